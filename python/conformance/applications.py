"""Whole models of `keras.applications`, too large to be committed, with what Keras computes.

Their weights are random, of a size with which numbers neither fade nor grow on their way.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np

from exporter import reference, weights

applications = keras.applications

# How to make each, and the values of pixels that it expects.
APPLICATIONS: dict[str, tuple[Callable[[], Any], tuple[float, float]]] = {
    "MobileNetV2": (
        lambda: applications.MobileNetV2((96, 96, 3), alpha=0.35, weights=None),
        (-1, 1),
    ),
    "EfficientNetB0": (lambda: applications.EfficientNetB0(weights=None), (0, 255)),
}


def write(names: list[str], out: Path) -> None:
    """Writes `out/<name>/` with `model.keras`, `model.h5` and `reference.npz` for each."""
    for name in names:
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        keras.backend.clear_session()
        build, pixels = APPLICATIONS[name]
        model = build()
        images = np.random.default_rng(1).uniform(*pixels, (2, *model.input_shape[1:]))
        inputs = [images.astype(np.float32)]
        weights.randomize(model, name)
        strengthen(model)
        expected = reference.compute(model, inputs, rows=1)
        reference.write(folder / "reference.npz", expected)
        for file in (folder / "model.keras", folder / "model.h5"):
            model.save(file)
            loaded = keras.models.load_model(file, compile=False)
            computed = reference.flat_outputs(loaded, tuple(inputs))
            reference.check(computed, reference.numbered(expected, "outputs"), str(file))


def strengthen(model: Any) -> None:
    """Lets the depthwise kernels grow: each of their channels adds up itself alone."""
    for layer in model.layers:
        if isinstance(layer, keras.layers.DepthwiseConv2D):
            kernel, *others = layer.get_weights()
            layer.set_weights([kernel * np.sqrt(kernel.shape[2]), *others])
