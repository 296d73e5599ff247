"""The ONNX files that the Java tests wrote, seen by ONNX's own checker and by ONNX Runtime."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "target" / "onnx-exports"
FEWEST_EXPORTS = 142
TOLERANCE = 1e-5

exports = sorted(EXPORTS.glob("*/*.onnx"))


def fixture_of(export: Path) -> Path:
    name = export.parent.name
    inside = ROOT / "fixtures" / "conformance" / name
    return inside if inside.exists() else ROOT / "fixtures" / name


def test_there_are_enough_exports_to_speak_of() -> None:
    assert len(exports) >= FEWEST_EXPORTS, "run `mvn verify` first; it writes target/onnx-exports"


@pytest.mark.parametrize("export", exports, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_export_is_valid_and_computes_what_keras_computed(export: Path) -> None:
    onnx.checker.check_model(str(export), full_check=True)
    model = onnx.load(export)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(export, options, providers=["CPUExecutionProvider"])
    with np.load(fixture_of(export) / "reference.npz") as reference:
        feeds = {
            each.name: reference[f"inputs/{i}"].astype(np.float32)
            for i, each in enumerate(session.get_inputs())
        }
        outputs = session.run(None, feeds)
        assert len(outputs) == sum(name.startswith("outputs/") for name in reference)
        for i, ours in enumerate(outputs):
            keras = reference[f"outputs/{i}"]
            assert ours.shape == keras.shape
            largest = np.max(np.abs(ours - keras))
            assert largest <= TOLERANCE * max(1, np.max(np.abs(keras)))


@pytest.mark.parametrize("export", exports, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_export_tells_where_it_comes_from(export: Path) -> None:
    model = onnx.load(export)
    assert model.producer_name == "Atelier"
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    # An architecture names the file of its weights as well.
    assert metadata["source"].split(" with ")[0] == export.stem
    assert metadata["source_format"] in ("h5", "keras", "json")
    names = [each.name for each in (*model.graph.input, *model.graph.output)]
    assert len(set(names)) == len(names)
