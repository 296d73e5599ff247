"""The weights of a model by layer, in a form both generations of Keras understand."""

import zlib
from pathlib import Path
from typing import Any

import numpy as np


def leaves(model: Any, prefix: str = "") -> dict[str, Any]:
    """The layers with weights of a model and of the models nested in it, by `outer/inner` name."""
    found: dict[str, Any] = {}
    for layer in model.layers:
        name = prefix + layer.name
        if getattr(layer, "layers", None):
            found.update(leaves(layer, f"{name}/"))
        elif layer.weights:
            found[name] = layer
    return found


def save(model: Any, file: Path) -> None:
    arrays = {
        f"{name}:{index}": np.asarray(array, np.float32)
        for name, layer in leaves(model).items()
        for index, array in enumerate(layer.get_weights())
    }
    np.savez(file, **arrays)


def load(model: Any, file: Path) -> None:
    with np.load(file) as arrays:
        expected = set(arrays)
        for name, layer in leaves(model).items():
            keys = [f"{name}:{index}" for index in range(len(layer.weights))]
            layer.set_weights([arrays[key] for key in keys])
            expected -= set(keys)
    if expected:
        raise ValueError(f"Weights that no layer took: {sorted(expected)}")


def copy(source: Any, target: Any) -> None:
    """Gives `target`, of the same layers, the weights of `source`."""
    for ours, theirs in zip(leaves(target).values(), leaves(source).values(), strict=True):
        ours.set_weights([np.asarray(array, np.float32) for array in theirs.get_weights()])


def randomize(model: Any, seed: str) -> None:
    """Draws every weight anew, so that none hides behind a 0 or a 1.

    A Normalization keeps the statistics it was adapted to: it computes with copies of them.
    """
    random = np.random.default_rng(zlib.crc32(seed.encode()))
    for layer in leaves(model).values():
        if type(layer).__name__ == "Normalization":
            continue
        layer.set_weights([draw(variable, random) for variable in layer.weights])


def draw(variable: Any, random: np.random.Generator) -> np.ndarray:
    shape = tuple(variable.shape)
    if variable.name.endswith(("gamma", "variance")):
        return random.uniform(0.5, 1.5, shape)
    if len(shape) > 1:
        return random.normal(0, 1.2 / np.sqrt(np.prod(shape[:-1])), shape)
    return random.normal(0, 0.5, shape)
