"""One tiny training from end to end, on images made up here, so that no data set is needed."""

import gzip
import json
import zipfile
from pathlib import Path
from typing import NamedTuple

import h5py
import keras
import numpy as np
import pytest
from PIL import Image

import fashion_mnist
from exporter import reference
from exporter.summary import summary_text
from fashion import export, pictures
from fashion.dataset import CLASSES, load, read_idx, scale
from fashion.model import build_compiled_model

TRAINING_IMAGES = 300
TEST_IMAGES = 270
LAYERS = {
    "conv2d": ("Conv2D", [None, 28, 28, 16], 160),
    "max_pooling2d": ("MaxPooling2D", [None, 14, 14, 16], 0),
    "conv2d_1": ("Conv2D", [None, 14, 14, 32], 4640),
    "max_pooling2d_1": ("MaxPooling2D", [None, 7, 7, 32], 0),
    "conv2d_2": ("Conv2D", [None, 7, 7, 64], 18496),
    "max_pooling2d_2": ("MaxPooling2D", [None, 4, 4, 64], 0),
    "flatten": ("Flatten", [None, 1024], 0),
    "dense": ("Dense", [None, 64], 65600),
    "dense_1": ("Dense", [None, 10], 650),
}


class Run(NamedTuple):
    data: Path
    out: Path
    report: Path
    export: Path


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("fashion")
    run = Run(folder / "data", folder / "out", folder / "report", folder / "export")
    write_data_set(run.data)
    fashion_mnist.main(
        [
            *("--epochs", "1", "--data", str(run.data), "--out", str(run.out)),
            *("--report", str(run.report), "--export", str(run.export)),
        ]
    )
    return run


def write_data_set(folder: Path) -> None:
    """Writes images whose class is the height of a bright bar in some noise."""
    folder.mkdir()
    random = np.random.default_rng(1)
    for name, amount in (("train", TRAINING_IMAGES), ("t10k", TEST_IMAGES)):
        labels = random.permutation(np.arange(amount) % len(CLASSES)).astype(np.uint8)
        images = random.integers(0, 120, (amount, 28, 28), dtype=np.uint8)
        for image, label in zip(images, labels, strict=True):
            image[2 * label + 3 : 2 * label + 6, 4:24] = 250
        write_idx(folder / f"{name}-images-idx3-ubyte.gz", images)
        write_idx(folder / f"{name}-labels-idx1-ubyte.gz", labels)


def write_idx(file: Path, array: np.ndarray) -> None:
    header = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    file.write_bytes(gzip.compress(header + array.tobytes(), compresslevel=1))


def test_idx_files_are_read_as_written(tmp_path: Path) -> None:
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    write_idx(tmp_path / "a.gz", array)
    np.testing.assert_array_equal(read_idx(tmp_path / "a.gz"), array)


def test_a_file_that_is_not_idx_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.gz"
    file.write_bytes(gzip.compress(b"something else"))
    with pytest.raises(ValueError, match="not an IDX file"):
        read_idx(file)


def test_the_run_leaves_its_pictures_report_and_logs(run: Run) -> None:
    for name in ("examples.png", "model.png", "curves.png", "confusion.png"):
        # The picture of the model takes Graphviz, which a machine may lack.
        if name != "model.png" or (run.out / name).is_file():
            assert Image.open(run.out / name).format == "PNG"
            assert (run.report / name).is_file()
    report = (run.report / "README.md").read_text()
    assert f"{TEST_IMAGES} test images" in report
    assert "Ankle boot" in report
    assert list((run.out / "tensorboard").rglob("events.out.tfevents.*"))


def test_a_finished_run_is_reported_again_and_without_graphviz(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no `dot` there
    fashion_mnist.main(
        ["--reuse", "--data", str(run.data), "--out", str(run.out), "--report", str(tmp_path)]
    )
    printed = capsys.readouterr().out
    assert "training on" not in printed
    assert "The model is not drawn" in printed
    title = "the layers and their shapes"
    with_picture = (run.report / "README.md").read_text()
    without = with_picture.replace(f"![{title}](model.png)", f"(no picture: {title})")
    assert (tmp_path / "README.md").read_text() == without


def test_reuse_without_a_run_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        fashion_mnist.main(["--reuse", "--out", str(tmp_path)])
    assert "no finished run" in capsys.readouterr().err


def test_the_summary_has_every_layer_and_the_totals(run: Run) -> None:
    summary = json.loads((run.export / "summary.json").read_text())
    found = {
        layer["name"]: (layer["class"], layer["output_shape"], layer["parameters"])
        for layer in summary["layers"]
    }
    assert found == LAYERS
    assert list(found) == list(LAYERS)
    assert summary["total_parameters"] == 89_546
    assert summary["trainable_parameters"] == 89_546
    assert summary["non_trainable_parameters"] == 0


@pytest.mark.parametrize(
    ("model", "text", "columns"),
    [
        ("model.keras", "summary.txt", 80),
        ("model.keras", "summary-wide.txt", 120),
        ("model.h5", "summary-h5.txt", 80),
        ("model.h5", "summary-h5-wide.txt", 120),
        ("model-keras2.h5", "summary-h5.txt", 80),
    ],
)
def test_the_text_is_the_summary_of_the_reloaded_model(
    run: Run, model: str, text: str, columns: int
) -> None:
    reloaded = keras.models.load_model(run.export / model)
    assert (run.export / text).read_text() == summary_text(reloaded, columns)


@pytest.mark.parametrize("name", ["model.keras", "model.h5", "model-keras2.h5"])
def test_the_reference_is_what_the_reloaded_model_predicts(run: Run, name: str) -> None:
    entries = reference.read(run.export / "reference.npz")
    model = keras.models.load_model(run.export / name)
    assert [layer.name for layer in model.layers] == list(LAYERS)
    reference.check([model.predict(entries["inputs/0"], verbose=0)], [entries["outputs/0"]], name)


def test_the_reference_has_the_inputs_labels_and_every_layer(run: Run) -> None:
    data = load(run.data)
    entries = reference.read(run.export / "reference.npz")
    assert {key for key in entries if key.startswith("layers/")} == {
        f"layers/{name}" for name in LAYERS
    }
    for name, (_, shape, _) in LAYERS.items():
        assert entries[f"layers/{name}"].shape == (12, *shape[1:])
    np.testing.assert_array_equal(entries["inputs/0"], scale(data.test_images[:256]))
    np.testing.assert_array_equal(entries["labels"], data.test_labels[:256])
    reference.check([entries["layers/dense_1"]], [entries["outputs/0"][:12]], "the last layer")


def test_the_files_of_keras_3_hold_the_state_of_the_optimizer(run: Run) -> None:
    model = keras.models.load_model(run.export / "model.keras")
    assert int(model.optimizer.iterations.numpy()) == 7  # 210 images in batches of 32
    with h5py.File(run.export / "model.h5") as file:
        assert "training_config" in file.attrs
        # The step count, the learning rate and two moments for each of the ten weights.
        assert len(file["optimizer_weights"].attrs["weight_names"]) == 22


def test_the_file_of_keras_2_is_by_keras_2(run: Run) -> None:
    with h5py.File(run.export / "model-keras2.h5") as file:
        assert file.attrs["keras_version"].startswith("2.")
        assert "training_config" in file.attrs
    with zipfile.ZipFile(run.export / "model.keras") as archive:
        assert json.loads(archive.read("metadata.json"))["keras_version"].startswith("3.")


def test_labels_and_images_are_those_of_the_test_set(run: Run) -> None:
    data = load(run.data)
    assert tuple((run.export / "labels.txt").read_text().splitlines()) == CLASSES
    files = sorted((run.export / "images").iterdir())
    assert len(files) == 30
    for file in files:
        label, _, index = file.stem.rpartition("-")
        with Image.open(file) as image:
            assert image.mode == "L"
            np.testing.assert_array_equal(np.asarray(image), data.test_images[int(index)])
        assert label == export.slug(CLASSES[data.test_labels[int(index)]])


def test_the_same_run_exports_the_same_bytes(run: Run, tmp_path: Path) -> None:
    export.write_keras3(tmp_path, run.out / "model.keras")
    export.write_reference(tmp_path, load(run.data))
    for name in ("model.keras", "model.h5", "reference.npz"):
        assert (tmp_path / name).read_bytes() == (run.export / name).read_bytes(), name


def test_without_graphviz_a_sentence_says_what_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no `dot` there
    stale = tmp_path / "model.png"
    stale.touch()
    assert not pictures.draw_model(build_compiled_model(keras), stale)
    assert "takes pydot (pip install pydot) and Graphviz" in capsys.readouterr().out
    assert not stale.exists()
