"""Pooling to a given size."""

from types import ModuleType
from typing import Any

from conformance.building import branches
from conformance.registry import REDUNDANT, case

NOT_IN_KERAS2 = "Keras 2 does not have it."


@case((2, 10, 3), no_keras2=NOT_IN_KERAS2)
def adaptive_pooling_1d(k: ModuleType) -> Any:
    """Windows of one size, of two, that overlap, and repeated values; the mean and the largest."""
    layers = k.layers
    return branches(
        k,
        (10, 3),
        *(layers.AdaptiveAveragePooling1D(size, name=f"average_{size}") for size in (3, 5, 7, 9)),
        *(layers.AdaptiveMaxPooling1D(size, name=f"max_{size}") for size in (3, 5, 7, 9)),
    )


@case((2, 7, 9, 2), no_keras2=NOT_IN_KERAS2)
def adaptive_pooling_2d(k: ModuleType) -> Any:
    """One size for both axes, and one for each."""
    layers = k.layers
    return branches(
        k,
        (7, 9, 2),
        layers.AdaptiveAveragePooling2D(3, name="average"),
        layers.AdaptiveAveragePooling2D((5, 4), name="average_of_two"),
        layers.AdaptiveMaxPooling2D(3, name="max"),
        layers.AdaptiveMaxPooling2D((5, 4), name="max_of_two"),
    )


@case((2, 2, 7, 9), no_h5=REDUNDANT, no_keras2=NOT_IN_KERAS2)
def adaptive_pooling_channels_first(k: ModuleType) -> Any:
    """The same, channels_first."""
    layers = k.layers
    options = {"data_format": "channels_first"}
    return branches(
        k,
        (2, 7, 9),
        layers.AdaptiveAveragePooling2D((5, 4), name="average", **options),
        layers.AdaptiveMaxPooling2D((5, 4), name="max", **options),
    )


@case((2, 5, 4, 6, 2), no_h5=REDUNDANT, no_keras2=NOT_IN_KERAS2)
def adaptive_pooling_3d(k: ModuleType) -> Any:
    """Three axes."""
    layers = k.layers
    return branches(
        k,
        (5, 4, 6, 2),
        layers.AdaptiveAveragePooling3D((3, 2, 4), name="average"),
        layers.AdaptiveMaxPooling3D((3, 2, 4), name="max"),
    )
