"""Preprocessing layers within a model."""

from types import ModuleType
from typing import Any

import numpy as np

from conformance.building import branches, chain
from conformance.registry import case

DATA = np.random.default_rng(5).normal(3, 2, (64, 4, 3)).astype(np.float32)


@case((2, 4, 3), no_h5="Keras 3 forgets a list of axes when it loads a .h5.")
def normalization_given(k: ModuleType) -> Any:
    """Normalization with mean and variance in the config, and its inverse."""
    layer = k.layers.Normalization
    return branches(
        k,
        (4, 3),
        layer(mean=2.0, variance=4.0, name="one"),
        layer(mean=[1.0, 2.0, 3.0], variance=[4.0, 0.25, 1.0], name="last"),
        layer(axis=1, mean=[1.0, 2.0, 3.0, 4.0], variance=[4.0, 0.25, 1.0, 0.0], name="axis_1"),
        layer(axis=None, mean=2.0, variance=4.0, name="no_axis"),
        layer(mean=[1.0, 2.0, 3.0], variance=[4.0, 0.25, 1.0], invert=True, name="invert"),
    )


def adapted(k: ModuleType, **options: Any) -> Any:
    layer = k.layers.Normalization(**options)
    layer.adapt(DATA)
    return layer


@case((2, 4, 3))
def normalization_adapted(k: ModuleType) -> Any:
    """Normalization adapted to data, and a Dense after it."""
    return chain(k, (4, 3), adapted(k, name="normalization"), k.layers.Dense(2, name="dense"))


@case((2, 4, 3), no_h5="Keras 3 forgets a list of axes when it loads a .h5.")
def normalization_axes(k: ModuleType) -> Any:
    """Normalization adapted along several axes, one, or none, and its inverse."""
    return branches(
        k,
        (4, 3),
        adapted(k, axis=1, name="axis_1"),
        adapted(k, axis=(1, 2), name="two"),
        adapted(k, axis=None, name="none"),
        adapted(k, invert=True, name="invert"),
    )
