"""The model to be tuned and its images, which the Java side tunes and hands back."""

import json

import keras
import numpy as np

from fashion.dataset import read_folder, read_idx
from tuning.__main__ import FIXTURES
from tuning.images import HELD_OUT, TUNING, write_idx
from tuning.model import KNOWN, write_evaluation


def test_the_images_are_of_all_classes() -> None:
    data = read_folder(FIXTURES)
    assert data.train_images.shape == (TUNING, 28, 28)
    assert data.test_images.shape == (HELD_OUT, 28, 28)
    assert np.bincount(data.train_labels).min() > 150
    assert np.bincount(data.test_labels).min() > 30


def test_the_model_knows_eight_of_the_classes(tmp_path) -> None:
    model = keras.models.load_model(FIXTURES / "eight.keras")
    assert model.output_shape == (None, 8)
    assert tuple((FIXTURES / "eight.txt").read_text().splitlines()) == KNOWN
    model.save(tmp_path / "eight.keras")
    write_evaluation(tmp_path, read_folder(FIXTURES))
    written = json.loads((FIXTURES / "eight.json").read_text())
    again = json.loads((tmp_path / "eight.json").read_text())
    assert (again["images"], again["right"]) == (written["images"], written["right"])
    assert abs(again["loss"] - written["loss"]) < 1e-5
    assert written["right"] / written["images"] > 0.8


def test_idx_files_hold_what_was_written(tmp_path) -> None:
    values = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    write_idx(tmp_path / "values.gz", values)
    np.testing.assert_array_equal(read_idx(tmp_path / "values.gz"), values)
