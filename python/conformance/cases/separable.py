"""SeparableConv1D and SeparableConv2D: each channel by itself, then all mixed."""

from types import ModuleType
from typing import Any

from conformance.building import branches
from conformance.registry import case


@case((2, 7, 6, 3))
def separable_conv2d(k: ModuleType) -> Any:
    """Strides, dilation, depth multipliers, even kernels, both paddings, activations."""
    conv = k.layers.SeparableConv2D
    return branches(
        k,
        (7, 6, 3),
        conv(4, 3, name="valid"),
        conv(4, 3, strides=2, padding="same", activation="relu", name="same_strides"),
        conv(2, (2, 4), depth_multiplier=2, padding="same", activation="softmax", name="even"),
        conv(2, 2, dilation_rate=2, padding="same", use_bias=False, name="same_dilation"),
        conv(5, (3, 2), strides=2, depth_multiplier=3, name="strides"),
    )


@case((2, 9, 3))
def separable_conv1d(k: ModuleType) -> Any:
    """Strides, dilation, depth multipliers, both paddings, activations."""
    conv = k.layers.SeparableConv1D
    return branches(
        k,
        (9, 3),
        conv(4, 3, name="valid"),
        conv(4, 2, strides=2, padding="same", activation="relu", name="same_strides"),
        conv(2, 3, depth_multiplier=2, dilation_rate=2, padding="same", name="same_dilation"),
        conv(5, 4, depth_multiplier=3, use_bias=False, activation="tanh", name="no_bias"),
    )
