"""The fixtures of the Java tests: one trained model in three files, and what it computes.

All of it follows from the `model.keras` of a run, so that an export from the same run gives the
same bytes.
"""

import shutil
import tempfile
from pathlib import Path

import keras
import numpy as np
from PIL import Image

from exporter import keras2, reference, weights
from exporter.summary import summary_text, write_summary
from fashion.dataset import CLASSES, Dataset, scale

REFERENCE_IMAGES = 256
LAYER_IMAGES = 12  # the outputs of all layers are large: 28 x 28 x 16 numbers of the first alone
IMAGES_A_CLASS = 3
COLUMNS = 80  # a terminal's width unless it says otherwise
WIDE_COLUMNS = 120


def write(folder: Path, run_model: Path, data: Dataset) -> None:
    """Writes the fixtures from the model that a run saved, and the images of its test set."""
    folder.mkdir(parents=True, exist_ok=True)
    write_keras3(folder, run_model)
    write_summaries(folder)
    write_reference(folder, data)
    write_keras2(folder)
    (folder / "labels.txt").write_text("".join(f"{name}\n" for name in CLASSES))
    write_images(folder / "images", data)


def write_keras3(folder: Path, run_model: Path) -> None:
    # A copy, as saving anew would put today's date into the archive.
    shutil.copyfile(run_model, folder / "model.keras")
    keras.models.load_model(run_model).save(folder / "model.h5")


def write_summaries(folder: Path) -> None:
    """Writes the summary of the model as it comes back from each file of Keras 3.

    They differ in the last lines: from HDF5 Keras restores an optimizer without its moments.
    """
    model = keras.models.load_model(folder / "model.keras")
    write_summary(folder, model, COLUMNS)
    (folder / "summary-wide.txt").write_text(summary_text(model, WIDE_COLUMNS))
    model = keras.models.load_model(folder / "model.h5")
    (folder / "summary-h5.txt").write_text(summary_text(model, COLUMNS))
    (folder / "summary-h5-wide.txt").write_text(summary_text(model, WIDE_COLUMNS))


def write_reference(folder: Path, data: Dataset) -> None:
    """Writes what `model.keras` computes, and checks that `model.h5` computes it too."""
    images = scale(data.test_images[:REFERENCE_IMAGES])
    outputs = reference.compute(
        keras.models.load_model(folder / "model.keras"), [images], LAYER_IMAGES
    )
    reference.write(folder / "reference.npz", outputs, data.test_labels[:REFERENCE_IMAGES])
    reloaded = keras.models.load_model(folder / "model.h5")
    computed = reference.flat_outputs(reloaded, (images,))
    reference.check(computed, reference.numbered(outputs, "outputs"), "model.h5")


def write_keras2(folder: Path) -> None:
    """Writes the model as Keras 2 saves it: compiled, but without the optimizer's moments.

    Those belong to the training that Keras 3 did; Keras 2 never took a step.
    """
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "weights.npz"
        weights.save(keras.models.load_model(folder / "model.keras"), file)
        job = keras2.Job(
            builder="fashion.model:build_compiled_model",
            weights=str(file),
            reference=str(folder / "reference.npz"),
            out=str(folder / "model-keras2.h5"),
            include_optimizer=True,
        )
        keras2.write([job])


def write_images(folder: Path, data: Dataset) -> None:
    """Writes the first test images of each class, named by label and index in the test set."""
    folder.mkdir(exist_ok=True)
    for stale in folder.glob("*.png"):
        stale.unlink()
    for label, name in enumerate(CLASSES):
        for index in np.flatnonzero(data.test_labels == label)[:IMAGES_A_CLASS]:
            file = folder / f"{slug(name)}-{index:04}.png"
            Image.fromarray(data.test_images[index]).save(file, optimize=True)


def slug(name: str) -> str:
    """A class name as part of a file name: `T-shirt/top` as `t-shirt-top`."""
    return name.lower().replace("/", "-").replace(" ", "-")
