"""UpSampling1D to UpSampling3D."""

from types import ModuleType
from typing import Any

from conformance.building import branches
from conformance.registry import REDUNDANT, case


@case((2, 3, 4, 2))
def upsampling_2d(k: ModuleType) -> Any:
    """Nearest and bilinear, which interpolates between the middles of pixels; channels_first."""
    up, first = k.layers.UpSampling2D, "channels_first"
    return branches(
        k,
        (3, 4, 2),
        up(name="nearest"),
        up((1, 3), name="nearest_1_3"),
        up(interpolation="bilinear", name="bilinear"),
        up((3, 4), interpolation="bilinear", name="bilinear_3_4"),
        up((2, 3), data_format=first, name="nearest_first"),
        up((2, 3), data_format=first, interpolation="bilinear", name="bilinear_first"),
    )


@case((2, 4, 3))
def upsampling_1d(k: ModuleType) -> Any:
    """Each step repeated, twice and three times."""
    return branches(
        k,
        (4, 3),
        k.layers.UpSampling1D(name="twice"),
        k.layers.UpSampling1D(3, name="three_times"),
    )


@case((1, 2, 3, 2, 2))
def upsampling_3d(k: ModuleType) -> Any:
    """Each value repeated along three axes; channels_first."""
    return branches(
        k,
        (2, 3, 2, 2),
        k.layers.UpSampling3D(name="twice"),
        k.layers.UpSampling3D((1, 3, 2), name="by_axis"),
        k.layers.UpSampling3D((2, 1, 3), data_format="channels_first", name="first"),
    )


@case((2, 3, 5, 2), no_keras2=REDUNDANT, no_h5=REDUNDANT)
def upsampling_open(k: ModuleType) -> Any:
    """Bilinear upsampling of images of open size, fed 3x5, between convolutions."""
    x = k.Input((None, None, 2), name="x")
    y = k.layers.Conv2D(3, 3, padding="same", activation="relu", name="conv2d")(x)
    y = k.layers.UpSampling2D(2, interpolation="bilinear", name="up")(y)
    y = k.layers.ZeroPadding2D(1, name="pad")(y)
    y = k.layers.Conv2DTranspose(2, 3, strides=2, padding="same", name="transposed")(y)
    y = k.layers.Cropping2D(2, name="crop")(y)
    return k.Model(x, y, name="upsampling_open")
