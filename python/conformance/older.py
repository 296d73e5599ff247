"""Writes archives with older releases of Keras 3, each from a folder of its own.

Those did not yet put a weight under its name, and kept the layer that a Bidirectional was made of.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from conformance import archive
from conformance.registry import Case
from exporter import weights

VERSIONS = ("3.0.5", "3.3.3")
BESIDES = "dm-tree==0.1.10"  # which Keras 3.0 needs


def bidirectional(k: ModuleType) -> Any:
    layers = k.layers
    return k.Sequential(
        [
            k.Input((4, 3), name="x"),
            layers.Bidirectional(layers.LSTM(4), name="both"),
            layers.Dense(2, name="dense"),
        ],
        name="older",
    )


def write_older(case: Case, folder: Path, model: Any) -> None:
    from conformance.generate import check_file
    from exporter import reference

    expected = reference.read(folder / "reference.npz")
    with tempfile.TemporaryDirectory() as scratch:
        drawn = Path(scratch) / "weights.npz"
        weights.save(model, drawn)
        for version in VERSIONS:
            file = folder.resolve() / f"model-keras{version}.keras"
            packages = Path(scratch) / version
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
            subprocess.run([*pip, "--target", packages, f"keras=={version}", BESIDES], check=True)
            subprocess.run(
                [sys.executable, "-m", "conformance.older", version, drawn, file],
                env={**os.environ, "PYTHONPATH": str(packages)},
                cwd=Path(__file__).parents[1],
                check=True,
            )
            archive.repack(file, stored=False)
            check_file(case, file, expected)


def main(version: str, drawn: str, file: str) -> None:
    import keras

    if keras.__version__ != version:
        raise AssertionError(f"Keras is {keras.__version__}, expected {version}")
    model = bidirectional(keras)
    weights.load(model, Path(drawn))
    model.save(file)


if __name__ == "__main__":
    main(*sys.argv[1:])
