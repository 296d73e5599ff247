"""Whole models of `keras.applications`, written when they are needed."""

from pathlib import Path

import numpy as np

from conformance import applications
from exporter import reference


def test_a_model_has_its_files_and_a_reference_of_every_layer(tmp_path: Path) -> None:
    applications.write(["MobileNetV2"], tmp_path)
    folder = tmp_path / "MobileNetV2"
    assert {file.name for file in folder.iterdir()} == {"model.keras", "model.h5", "reference.npz"}
    expected = reference.read(folder / "reference.npz")
    assert expected["inputs/0"].shape == (2, 96, 96, 3)
    assert expected["layers/block_16_project_BN"].shape == (1, 3, 3, 112)
    assert sum(name.startswith("layers/") for name in expected) == 155
    spread = [array.std() for name, array in expected.items() if name.endswith("_project_BN")]
    assert len(spread) == 17
    assert min(spread) > 0.1
    assert max(spread) < 10
    first, second = expected["outputs/0"]
    assert np.abs(first - second).max() > 1e-3
