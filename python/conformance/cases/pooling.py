"""Pooling, within windows and global."""

from types import ModuleType
from typing import Any

from conformance.building import branches, chain
from conformance.registry import REDUNDANT, case

WINDOWS = (
    ("2", {"pool_size": 2}),
    ("3_strides_1", {"pool_size": 3, "strides": 1}),
    ("2_by_3", {"pool_size": (2, 3)}),
    ("2_strides_3", {"pool_size": 2, "strides": 3}),
    ("3_strides_2_1", {"pool_size": 3, "strides": (2, 1)}),
)


def windows(k: ModuleType, layer: Any) -> Any:
    return branches(
        k,
        (7, 6, 2),
        *(
            layer(padding=padding, name=f"{padding}_{name}", **options)
            for padding in ("valid", "same")
            for name, options in WINDOWS
        ),
    )


@case(lambda random: -abs(random.normal(0, 1, (2, 7, 6, 2))))
def max_pooling(k: ModuleType) -> Any:
    """MaxPooling2D with five windows and both paddings; all is negative, so padding
    with 0 would show."""
    return windows(k, k.layers.MaxPooling2D)


@case((2, 7, 6, 2), no_keras2=REDUNDANT)
def average_pooling(k: ModuleType) -> Any:
    """AveragePooling2D with five windows; same padding does not count what it adds."""
    return windows(k, k.layers.AveragePooling2D)


@case((2, 2, 5, 6), xla=True)
def pooling_channels_first(k: ModuleType) -> Any:
    """Pooling of both kinds in channels_first."""
    options = {"data_format": "channels_first", "padding": "same"}
    return branches(
        k,
        (2, 5, 6),
        k.layers.MaxPooling2D(3, strides=2, name="max", **options),
        k.layers.AveragePooling2D((2, 3), name="average", **options),
    )


@case((2, 4, 3, 3))
def global_pooling(k: ModuleType) -> Any:
    """GlobalAveragePooling2D and GlobalMaxPooling2D: plain, keepdims, channels_first."""
    first = "channels_first"
    return branches(
        k,
        (4, 3, 3),
        k.layers.GlobalAveragePooling2D(name="average"),
        k.layers.GlobalAveragePooling2D(keepdims=True, name="average_keepdims"),
        k.layers.GlobalAveragePooling2D(data_format=first, name="average_first"),
        k.layers.GlobalMaxPooling2D(name="max"),
        k.layers.GlobalMaxPooling2D(keepdims=True, name="max_keepdims"),
        k.layers.GlobalMaxPooling2D(data_format=first, keepdims=True, name="max_first_keepdims"),
    )


@case((2, 3, 4, 2))
def flatten(k: ModuleType) -> Any:
    """Flatten of 4-D input in both data formats."""
    return branches(
        k,
        (3, 4, 2),
        k.layers.Flatten(name="plain"),
        k.layers.Flatten(data_format="channels_first", name="first"),
    )


@case((3, 4), no_keras2=REDUNDANT)
def flatten_of_2d(k: ModuleType) -> Any:
    """Flatten of what is flat already, in the middle and as the last layer."""
    return chain(
        k,
        (4,),
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(3, name="dense"),
        k.layers.Flatten(name="flatten_1"),
    )


@case(lambda random: -abs(random.normal(0, 1, (2, 8, 3))))
def pooling_1d(k: ModuleType) -> Any:
    """MaxPooling1D, AveragePooling1D and the global ones, over negative values."""
    layers = k.layers
    return branches(
        k,
        (8, 3),
        layers.MaxPooling1D(3, name="max"),
        layers.MaxPooling1D(3, strides=2, padding="same", name="max_same"),
        layers.MaxPooling1D(2, strides=5, padding="same", name="max_far_apart"),
        layers.AveragePooling1D(2, strides=3, name="average"),
        layers.AveragePooling1D(4, strides=3, padding="same", name="average_same"),
        layers.GlobalMaxPooling1D(name="global_max"),
        layers.GlobalMaxPooling1D(keepdims=True, data_format="channels_first", name="max_first"),
        layers.GlobalAveragePooling1D(name="global_average"),
        layers.GlobalAveragePooling1D(keepdims=True, name="global_average_keepdims"),
    )


@case(lambda random: -abs(random.normal(0, 1, (2, 5, 4, 6, 2))))
def pooling_3d(k: ModuleType) -> Any:
    """MaxPooling3D, AveragePooling3D and the global ones, over negative values."""
    layers = k.layers
    return branches(
        k,
        (5, 4, 6, 2),
        layers.MaxPooling3D(name="max"),
        layers.MaxPooling3D((2, 3, 2), strides=(1, 2, 3), padding="same", name="max_same"),
        layers.AveragePooling3D((1, 2, 3), name="average"),
        layers.AveragePooling3D(3, strides=2, padding="same", name="average_same"),
        layers.AveragePooling3D(2, data_format="channels_first", name="average_first"),
        layers.GlobalMaxPooling3D(name="global_max"),
        layers.GlobalAveragePooling3D(keepdims=True, name="global_average_keepdims"),
        layers.GlobalAveragePooling3D(data_format="channels_first", name="global_average_first"),
    )


@case((2, 7, 8, 2), no_keras2=REDUNDANT)
def pooling_far_apart(k: ModuleType) -> Any:
    """Same padding where windows leave gaps."""
    options = {"strides": (4, 5), "padding": "same"}
    return branches(
        k,
        (7, 8, 2),
        k.layers.MaxPooling2D(2, name="max", **options),
        k.layers.AveragePooling2D((2, 3), name="average", **options),
        k.layers.Conv2D(3, 2, name="conv", **options),
    )
