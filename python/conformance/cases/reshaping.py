"""Layers that move, cut or repeat values."""

from types import ModuleType
from typing import Any

from conformance.building import branches, chain
from conformance.registry import REDUNDANT, case


@case((2, 3, 4, 2))
def reshape(k: ModuleType) -> Any:
    """Reshape to fewer and more axes, with and without -1; Permute of three axes."""
    layers = k.layers
    return branches(
        k,
        (3, 4, 2),
        layers.Reshape((8, 3), name="matrix"),
        layers.Reshape((-1,), name="flat"),
        layers.Reshape((2, -1, 3, 2), name="open"),
        layers.Permute((3, 1, 2), name="turned"),
        layers.Permute((2, 1, 3), name="swapped"),
    )


@case((2, 6, 4), no_keras2=REDUNDANT)
def reshape_open(k: ModuleType) -> Any:
    """Reshape and Permute of sequences of open length, fed 6."""
    return chain(
        k,
        (None, 4),
        k.layers.Dense(6, name="dense"),
        k.layers.Reshape((-1, 3), name="reshape"),
        k.layers.Permute((2, 1), name="permute"),
        k.layers.Permute((2, 1), name="permute_1"),
        k.layers.Dense(2, name="dense_1"),
    )


@case((2, 6, 5, 2))
def reshape_of_images(k: ModuleType) -> Any:
    """Reshape and Permute between convolutions, whose channels are last: no value may move."""
    return chain(
        k,
        (6, 5, 2),
        k.layers.Conv2D(3, 3, padding="same", name="conv2d"),
        k.layers.Permute((2, 1, 3), name="permute"),
        k.layers.Conv2D(4, 2, name="conv2d_1"),
        k.layers.Reshape((10, 8), name="reshape"),
        k.layers.Conv1D(3, 3, name="conv1d"),
        k.layers.Permute((2, 1), name="permute_1"),
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(2, name="dense"),
    )


@case((2, 5))
def repeat_vector(k: ModuleType) -> Any:
    """A vector repeated in front of a convolution, which pads it."""
    return chain(
        k,
        (5,),
        k.layers.Dense(3, name="dense"),
        k.layers.RepeatVector(4, name="repeat_vector"),
        k.layers.Conv1D(2, 3, padding="same", name="conv1d"),
    )


@case((2, 7, 6, 3))
def cropping_and_padding_2d(k: ModuleType) -> Any:
    """Cropping2D and ZeroPadding2D: one number, one an axis, one a side; channels_first."""
    crop, pad, first = k.layers.Cropping2D, k.layers.ZeroPadding2D, "channels_first"
    return branches(
        k,
        (7, 6, 3),
        crop(1, name="crop_1"),
        crop((1, 2), name="crop_1_2"),
        crop(((0, 1), (2, 0)), name="crop_sides"),
        crop(((1, 2), (0, 1)), data_format=first, name="crop_first"),
        pad(1, name="pad_1"),
        pad((1, 2), name="pad_1_2"),
        pad(((0, 1), (2, 0)), name="pad_sides"),
        pad(((1, 2), (0, 1)), data_format=first, name="pad_first"),
    )


@case((2, 6, 3))
def cropping_and_padding_1d(k: ModuleType) -> Any:
    """Cropping1D and ZeroPadding1D: one number, one a side."""
    return branches(
        k,
        (6, 3),
        k.layers.Cropping1D(1, name="crop_1"),
        k.layers.Cropping1D((0, 2), name="crop_sides"),
        k.layers.ZeroPadding1D(2, name="pad_2"),
        k.layers.ZeroPadding1D((0, 1), name="pad_sides"),
    )


@case((1, 4, 5, 3, 2))
def cropping_and_padding_3d(k: ModuleType) -> Any:
    """Cropping3D and ZeroPadding3D: one number, one an axis, one a side; channels_first."""
    crop, pad, first = k.layers.Cropping3D, k.layers.ZeroPadding3D, "channels_first"
    return branches(
        k,
        (4, 5, 3, 2),
        crop(1, name="crop_1"),
        crop(((1, 0), (0, 2), (1, 1)), name="crop_sides"),
        crop(((1, 2), (1, 0), (0, 1)), data_format=first, name="crop_first"),
        pad((1, 0, 2), name="pad_1_0_2"),
        pad(((1, 0), (0, 2), (1, 1)), name="pad_sides"),
        pad(((1, 0), (0, 2), (1, 1)), data_format=first, name="pad_first"),
    )


@case((2, 8, 7, 2))
def padded_convolutions(k: ModuleType) -> Any:
    """ZeroPadding2D in front of strided convolutions, and Cropping2D behind, as ResNets have it."""
    return chain(
        k,
        (8, 7, 2),
        k.layers.ZeroPadding2D(((3, 2), (2, 3)), name="pad"),
        k.layers.Conv2D(4, 5, strides=2, activation="relu", name="conv"),
        k.layers.ZeroPadding2D(1, name="pad_1"),
        k.layers.MaxPooling2D(3, strides=2, name="pool"),
        k.layers.ZeroPadding2D(((0, 1), (0, 1)), name="pad_2"),
        k.layers.DepthwiseConv2D(3, strides=2, name="depthwise"),
        k.layers.UpSampling2D(3, name="up"),
        k.layers.Cropping2D(((1, 0), (0, 1)), name="crop"),
        k.layers.GlobalAveragePooling2D(name="average"),
    )


@case((2, 5), no_keras2=REDUNDANT, no_h5=REDUNDANT)
def vector_to_image(k: ModuleType) -> Any:
    """A generator: Dense, Reshape to an image, and convolutions of it."""
    return chain(
        k,
        (5,),
        k.layers.Dense(24, activation="relu", name="dense"),
        k.layers.Reshape((3, 4, 2), name="reshape"),
        k.layers.Conv2D(3, 3, padding="same", name="conv2d"),
        k.layers.MaxPooling2D(2, strides=1, name="pool"),
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(2, name="dense_1"),
    )
