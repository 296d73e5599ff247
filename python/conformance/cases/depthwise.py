"""DepthwiseConv1D and DepthwiseConv2D: each channel by itself."""

from types import ModuleType
from typing import Any

from conformance.building import branches, chain
from conformance.registry import REDUNDANT, case


@case((2, 7, 6, 3))
def depthwise_conv2d(k: ModuleType) -> Any:
    """Strides, dilation, depth multipliers, even kernels, both paddings, activations."""
    conv = k.layers.DepthwiseConv2D
    return branches(
        k,
        (7, 6, 3),
        conv(3, name="valid"),
        conv(3, strides=2, padding="same", activation="relu", name="same_strides"),
        conv((2, 4), strides=2, padding="same", depth_multiplier=2, name="even"),
        conv(2, dilation_rate=2, padding="same", name="same_dilation"),
        conv((3, 2), dilation_rate=(1, 2), depth_multiplier=3, use_bias=False, name="dilation"),
        conv(1, strides=3, depth_multiplier=2, activation="softmax", name="one"),
    )


@case((2, 9, 3), no_keras2="Keras 2 gives its DepthwiseConv1D no shape.")
def depthwise_conv1d(k: ModuleType) -> Any:
    """Strides, dilation, depth multipliers, both paddings; strides together with dilation."""
    conv = k.layers.DepthwiseConv1D
    return branches(
        k,
        (9, 3),
        conv(3, activation="tanh", name="valid"),
        conv(2, strides=2, padding="same", depth_multiplier=2, name="same_strides"),
        conv(3, dilation_rate=2, padding="same", use_bias=False, name="same_dilation"),
        conv(3, strides=2, dilation_rate=2, padding="same", name="strides_and_dilation"),
    )


@case((2, 3, 7, 6), no_keras2="it refuses channels_first on a CPU.")
def depthwise_channels_first(k: ModuleType) -> Any:
    """A chain of depthwise and separable convolutions in channels_first."""
    first = "channels_first"
    return chain(
        k,
        (3, 7, 6),
        k.layers.DepthwiseConv2D(
            3, strides=2, padding="same", depth_multiplier=2, data_format=first, name="depthwise"
        ),
        k.layers.SeparableConv2D(
            5, 2, padding="same", depth_multiplier=2, data_format=first, name="separable"
        ),
        k.layers.ReLU(max_value=6, name="relu"),
        k.layers.GlobalAveragePooling2D(data_format=first, name="average"),
    )


@case((2, 7, 7, 3), no_keras2=REDUNDANT, no_h5=REDUNDANT)
def strides_and_dilation(k: ModuleType) -> Any:
    """Depthwise and separable convolutions, which take strides and dilation at once."""
    options = {"strides": 2, "dilation_rate": 2}
    return branches(
        k,
        (7, 7, 3),
        k.layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2, name="same", **options),
        k.layers.DepthwiseConv2D(2, name="valid", **options),
        k.layers.SeparableConv2D(4, 2, padding="same", name="separable", **options),
    )
