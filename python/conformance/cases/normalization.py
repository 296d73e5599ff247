"""BatchNormalization with statistics that are not 0 and 1."""

from types import ModuleType
from typing import Any

from conformance.building import branches, chain
from conformance.registry import REDUNDANT, case


@case((3, 10))
def batch_normalization(k: ModuleType) -> Any:
    """After a Dense of 30 units, with the default epsilon of 1e-3."""
    return chain(
        k,
        (10,),
        k.layers.Dense(30, activation="relu", name="dense"),
        k.layers.BatchNormalization(epsilon=1e-3, name="batch_normalization"),
    )


@case((2, 4, 5, 2), no_keras2=REDUNDANT)
def batch_normalization_conv(k: ModuleType) -> Any:
    """After Conv2D, before its activation."""
    return chain(
        k,
        (4, 5, 2),
        k.layers.Conv2D(3, 2, use_bias=False, name="conv2d"),
        k.layers.BatchNormalization(name="batch_normalization"),
        k.layers.Activation("relu", name="activation"),
    )


@case((2, 2, 4, 5), xla=True)
def batch_normalization_channels_first(k: ModuleType) -> Any:
    """After a channels_first Conv2D, with axis=1."""
    return chain(
        k,
        (2, 4, 5),
        k.layers.Conv2D(3, 2, data_format="channels_first", name="conv2d"),
        k.layers.BatchNormalization(axis=1, name="batch_normalization"),
    )


@case((2, 3, 4), no_keras2=REDUNDANT)
def batch_normalization_3d(k: ModuleType) -> Any:
    """On 3-D input, over axis 1 and over the last."""
    return branches(
        k,
        (3, 4),
        k.layers.BatchNormalization(axis=1, name="axis_1"),
        k.layers.BatchNormalization(axis=-1, name="last"),
    )


@case((3, 4), no_keras2=REDUNDANT)
def batch_normalization_options(k: ModuleType) -> Any:
    """On the input itself: without centre, without scale, without both, other epsilon."""
    layer = k.layers.BatchNormalization
    return branches(
        k,
        (4,),
        layer(center=False, name="no_center"),
        layer(scale=False, name="no_scale"),
        layer(center=False, scale=False, name="neither"),
        layer(epsilon=0.1, momentum=0.5, name="epsilon"),
    )
