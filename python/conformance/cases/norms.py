"""The normalizations of each example by itself."""

from types import ModuleType
from typing import Any

import numpy as np

from conformance.building import branches, chain
from conformance.registry import REDUNDANT, case

NO_LIST = "Keras 3 forgets a list of axes when it loads a .h5."


@case((3, 4, 5, 2), no_h5=NO_LIST)
def layer_normalization(k: ModuleType) -> Any:
    """Over the last axis, another one, several; without centre, scale or both; other epsilon."""
    layer = k.layers.LayerNormalization
    return branches(
        k,
        (4, 5, 2),
        layer(name="last"),
        layer(axis=1, name="axis_1"),
        layer(axis=[1, 2, 3], name="all"),
        layer(axis=[1, 2], name="two"),
        layer(center=False, name="no_center"),
        layer(scale=False, name="no_scale"),
        layer(axis=(-2, -1), center=False, scale=False, epsilon=0.1, name="neither"),
    )


@case((3, 4, 5), no_h5=NO_LIST, no_keras2="Keras 2 does not have rms_scaling.")
def layer_normalization_rms(k: ModuleType) -> Any:
    """With rms_scaling, which leaves the mean where it is, and has gamma and no beta."""
    layer = k.layers.LayerNormalization
    return branches(
        k,
        (4, 5),
        layer(rms_scaling=True, name="rms"),
        layer(axis=1, scale=False, rms_scaling=True, name="axis_1"),
        layer(axis=[2, -2], rms_scaling=True, name="mixed"),
    )


@case((2, 5, 6, 2), no_h5=NO_LIST, no_keras2=REDUNDANT)
def layer_normalization_conv(k: ModuleType) -> Any:
    """Between convolutions, over the channels and over all axes."""
    return chain(
        k,
        (5, 6, 2),
        k.layers.Conv2D(3, 2, name="conv2d"),
        k.layers.LayerNormalization(name="channels"),
        k.layers.Conv2D(2, 2, activation="tanh", name="conv2d_1"),
        k.layers.LayerNormalization(axis=[1, 2, 3], name="all"),
    )


@case((2, 5, 3), no_keras2=REDUNDANT)
def layer_normalization_open(k: ModuleType) -> Any:
    """On sequences of any length."""
    return chain(k, (None, 3), k.layers.LayerNormalization(name="layer_normalization"))


@case((2, 5, 6, 4))
def group_normalization(k: ModuleType) -> Any:
    """Two, one and as many groups as channels; another axis; without centre or scale."""
    layer = k.layers.GroupNormalization
    return branches(
        k,
        (5, 6, 4),
        layer(groups=2, name="two"),
        layer(groups=1, name="one"),
        layer(groups=-1, name="each"),
        layer(groups=3, axis=2, name="axis_2"),
        layer(groups=5, axis=1, center=False, name="axis_1"),
        layer(groups=2, scale=False, epsilon=0.1, name="no_scale"),
    )


@case((2, 5, 6, 2), no_keras2=REDUNDANT)
def group_normalization_conv(k: ModuleType) -> Any:
    """Between convolutions."""
    return chain(
        k,
        (5, 6, 2),
        k.layers.Conv2D(4, 2, name="conv2d"),
        k.layers.GroupNormalization(groups=2, name="groups"),
        k.layers.Conv2D(2, 2, name="conv2d_1"),
    )


@case((2, 5, 4), no_h5=NO_LIST, no_keras2="Keras 2 does not have it.")
def rms_normalization(k: ModuleType) -> Any:
    """Over the last axis, over two, with another epsilon."""
    layer = k.layers.RMSNormalization
    return branches(
        k,
        (5, 4),
        layer(name="last"),
        layer(axis=[1, 2], name="two"),
        layer(epsilon=0.1, name="epsilon"),
    )


def with_small_rows(random: np.random.Generator) -> Any:
    """One row of zeros and one of tiny numbers."""
    x = random.normal(0, 1, (3, 4, 5))
    x[1, 2] = 0
    x[2, 1] = 1e-5
    return x


@case(with_small_rows, no_h5=NO_LIST)
def unit_normalization(k: ModuleType) -> Any:
    """Over the last axis, another one, and two; a row of zeros stays one."""
    layer = k.layers.UnitNormalization
    return branches(
        k, (4, 5), layer(name="last"), layer(axis=1, name="axis_1"), layer(axis=[1, 2], name="two")
    )
