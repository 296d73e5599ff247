"""The files that the Java tests wrote, loaded by Keras 3 and by Keras 2."""

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
WRITTEN = ROOT / "target" / "written"
FEWEST_FILES = 1000
TOLERANCE = 1e-5

# In these Keras computes with 16 bits.
ROUGH = ("float16", "mixed_float16")
# Keras needs the class or function of the user's own.
CUSTOM = ("custom_loss",)

written = sorted(path for path in WRITTEN.glob("*/*.to.*") if path.parent.name not in CUSTOM)
conformance = [path for path in written if path.parent.name != "optimizers"]
optimizers = [path for path in written if path.parent.name == "optimizers"]


def label(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def source_of(path: Path) -> Path:
    """What `model.h5.to.keras` was made of."""
    folder = path.parent.name
    inside = ROOT / "fixtures" / "conformance" / folder
    return (inside if inside.exists() else ROOT / "fixtures" / folder) / path.name.split(".to.")[0]


def is_of_keras3(source: Path) -> bool:
    return not any(old in source.name for old in ("keras1", "keras2", "legacy"))


def plain(config: Any) -> Any:
    """Without what differs between the kinds of file, whatever was saved: build shapes, tuples."""
    if isinstance(config, dict):
        return {name: plain(value) for name, value in config.items() if name != "build_config"}
    return [plain(value) for value in config] if isinstance(config, list | tuple) else config


def outputs_of(model: Any, reference: Any) -> list[np.ndarray]:
    inputs = []
    while f"inputs/{len(inputs)}" in reference:
        inputs.append(reference[f"inputs/{len(inputs)}"])
    given = inputs[0] if len(inputs) == 1 else inputs
    if not isinstance(model, keras.Sequential) and isinstance(model.input, dict):
        given = dict(zip(sorted(model.input), inputs, strict=True))
    return [np.asarray(each) for each in keras.tree.flatten(model(given, training=False))]


def test_there_are_enough_files_to_speak_of() -> None:
    assert len(written) >= FEWEST_FILES, "run `mvn verify` first; it writes target/written"


@pytest.mark.parametrize("path", conformance, ids=label)
def test_keras_loads_a_file_and_computes_what_it_computed_before(path: Path) -> None:
    model = keras.models.load_model(path)
    source = source_of(path)
    with np.load(source.parent / "reference.npz") as reference:
        outputs = outputs_of(model, reference)
        assert len(outputs) == sum(name.startswith("outputs/") for name in reference)
        tolerance = 1e-2 if path.parent.name in ROUGH else TOLERANCE
        for i, ours in enumerate(outputs):
            expected = reference[f"outputs/{i}"]
            largest = np.max(np.abs(ours.astype(np.float32) - expected.astype(np.float32)))
            assert largest <= tolerance * max(1, np.max(np.abs(expected)))


@pytest.mark.parametrize(
    "path", [path for path in conformance if is_of_keras3(source_of(path))], ids=label
)
def test_config_and_weights_are_those_of_the_file_it_was_made_of(path: Path) -> None:
    source = source_of(path)
    model = keras.models.load_model(path, compile=False)
    original = keras.models.load_model(source, compile=False)
    assert plain(model.get_config()) == plain(original.get_config())
    assert len(model.weights) == len(original.weights)
    for ours, expected in zip(model.weights, original.weights, strict=True):
        assert ours.trainable == expected.trainable
        if path.parent.name == "float64":
            np.testing.assert_allclose(ours, expected, rtol=1e-7)
        else:
            np.testing.assert_array_equal(ours, expected)


@pytest.mark.parametrize(
    "path", [path for path in optimizers if path.suffix == ".keras"], ids=label
)
def test_the_optimizer_remembers_what_it_did(path: Path) -> None:
    model = keras.models.load_model(path)
    source = source_of(path)
    truth = json.loads(source.with_suffix(".json").read_text())
    batches = getattr(model.optimizer, "_iterations", model.optimizer.iterations)
    assert int(np.array(batches)) == truth["iterations"]
    found = {}
    for weight in model.trainable_variables:
        prefix = weight.path.replace("/", "_") + "_"
        found["/".join(weight.path.split("/")[-2:])] = {
            variable.name.removeprefix(prefix): np.array(variable).ravel()
            for variable in model.optimizer.variables
            if variable.name.startswith(prefix)
        }
    for weight, slots in truth["slots"].items():
        assert set(found[weight]) == set(slots)
        for name, values in slots.items():
            np.testing.assert_array_equal(found[weight][name], np.float32(values))
    if is_of_keras3(source) and source.suffix == ".keras":
        original = keras.models.load_model(source)
        assert model.optimizer.get_config() == original.optimizer.get_config()
        assert model.get_compile_config() == original.get_compile_config()
        for ours, expected in zip(
            model.optimizer.variables, original.optimizer.variables, strict=True
        ):
            np.testing.assert_array_equal(ours, expected)
    model.fit(np.ones((8, 3)), np.ones((8, 3)), verbose=0)
