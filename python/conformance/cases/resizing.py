"""Layers that make pictures another size."""

from types import ModuleType
from typing import Any

from conformance.building import branches, chain
from conformance.registry import REDUNDANT, case


@case((2, 7, 5, 3))
def resizing(k: ModuleType) -> Any:
    """Resizing to more and to fewer rows and columns, in each interpolation."""
    resize = k.layers.Resizing
    return branches(
        k,
        (7, 5, 3),
        resize(10, 9, name="larger"),
        resize(4, 3, name="smaller"),
        resize(14, 3, interpolation="nearest", name="nearest"),
        resize(3, 8, interpolation="nearest", name="nearest_smaller"),
        resize(11, 4, interpolation="bicubic", name="bicubic"),
        resize(5, 7, crop_to_aspect_ratio=True, name="cropped"),
        resize(9, 4, crop_to_aspect_ratio=True, interpolation="nearest", name="cropped_nearest"),
    )


@case((2, 3, 6, 12), no_h5=REDUNDANT, no_keras2="Keras 2 has no data_format here.")
def resizing_channels_first(k: ModuleType) -> Any:
    """Resizing channels_first: one picture has its rows in axis 2."""
    resize = k.layers.Resizing
    options = {"data_format": "channels_first"}
    return branches(
        k,
        (3, 6, 12),
        resize(4, 18, name="linear", **options),
        resize(4, 18, interpolation="nearest", name="nearest", **options),
        resize(5, 5, crop_to_aspect_ratio=True, name="cropped", **options),
        resize(5, 5, pad_to_aspect_ratio=True, fill_value=0.5, name="padded", **options),
        resize(5, 5, interpolation="bicubic", name="bicubic", **options),
    )


@case((2, 8, 5, 2), no_keras2="Keras 2 does not have it.")
def resizing_padded(k: ModuleType) -> Any:
    """Resizing with pad_to_aspect_ratio: columns or rows of the fill value on both sides."""
    resize = k.layers.Resizing
    return branches(
        k,
        (8, 5, 2),
        resize(6, 6, pad_to_aspect_ratio=True, name="columns"),
        resize(9, 3, pad_to_aspect_ratio=True, fill_value=1.5, name="rows"),
        resize(4, 4, pad_to_aspect_ratio=True, interpolation="nearest", name="nearest"),
    )


@case((2, 7, 5, 3), no_h5=REDUNDANT, no_keras2=REDUNDANT)
def resizing_open(k: ModuleType) -> Any:
    """Pictures of any size, which a convolution after them asks to be of one."""
    return chain(
        k,
        (None, None, 3),
        k.layers.Resizing(6, 6, name="resizing"),
        k.layers.Conv2D(2, 3, name="conv2d"),
        k.layers.Resizing(5, 9, interpolation="nearest", name="nearest"),
    )


@case((2, 8, 5, 3))
def center_crop(k: ModuleType) -> Any:
    """CenterCrop to even and odd sizes; a picture that is too small is cropped and resized."""
    crop = k.layers.CenterCrop
    return branches(
        k,
        (8, 5, 3),
        crop(4, 3, name="even_rows"),
        crop(5, 2, name="odd_rows"),
        crop(8, 5, name="all"),
        crop(10, 4, name="too_few_rows"),
        crop(4, 7, name="too_few_columns"),
        crop(12, 9, name="too_small"),
    )


@case((2, 3, 8, 5), no_h5=REDUNDANT, no_keras2="Keras 2 has no data_format here.")
def center_crop_channels_first(k: ModuleType) -> Any:
    """The same, channels_first."""
    options = {"data_format": "channels_first"}
    return branches(
        k,
        (3, 8, 5),
        k.layers.CenterCrop(4, 3, name="inside", **options),
        k.layers.CenterCrop(4, 7, name="too_few_columns", **options),
    )
