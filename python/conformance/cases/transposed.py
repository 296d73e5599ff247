"""Conv1DTranspose to Conv3DTranspose."""

from types import ModuleType
from typing import Any

from conformance.building import branches, chain
from conformance.registry import REDUNDANT, case


@case((2, 4, 5, 2))
def conv2d_transpose(k: ModuleType) -> Any:
    """Both paddings over odd and even kernels, smaller than, equal to and larger than strides."""
    conv = k.layers.Conv2DTranspose
    return branches(
        k,
        (4, 5, 2),
        conv(3, 3, name="valid"),
        conv(3, 3, strides=2, padding="same", name="same_3_strides_2"),
        conv(3, 2, strides=2, padding="same", activation="relu", name="same_2_strides_2"),
        conv(3, 4, strides=2, padding="same", use_bias=False, name="same_4_strides_2"),
        conv(3, 2, strides=3, padding="same", name="same_2_strides_3"),
        conv(3, 3, strides=2, name="valid_3_strides_2"),
        conv(3, 2, strides=3, name="valid_2_strides_3"),
        conv(3, (2, 3), strides=(1, 2), padding="same", activation="softmax", name="by_axis"),
    )


@case((2, 4, 5, 2), no_keras2=REDUNDANT)
def conv2d_transpose_output_padding(k: ModuleType) -> Any:
    """Output padding with both paddings, the same and another on each axis."""
    conv = k.layers.Conv2DTranspose
    return branches(
        k,
        (4, 5, 2),
        conv(3, 3, strides=2, output_padding=1, name="valid_1"),
        conv(3, 2, strides=3, output_padding=(0, 2), name="valid_0_2"),
        conv(3, 3, strides=2, padding="same", output_padding=0, name="same_0"),
        conv(3, 3, strides=(2, 3), padding="same", output_padding=(1, 2), name="same_1_2"),
        conv(3, 4, strides=2, padding="same", output_padding=1, name="same_even_1"),
    )


@case((2, 4, 5, 2), xla=True, no_keras2=REDUNDANT, no_h5=REDUNDANT)
def conv2d_transpose_dilation(k: ModuleType) -> Any:
    """Dilation with both paddings; it does not go together with strides."""
    conv = k.layers.Conv2DTranspose
    return branches(
        k,
        (4, 5, 2),
        conv(3, 3, dilation_rate=2, name="valid"),
        conv(3, 2, dilation_rate=(3, 1), padding="same", name="same"),
    )


@case((2, 3, 4, 5), xla=True, no_keras2=REDUNDANT)
def conv2d_transpose_channels_first(k: ModuleType) -> Any:
    """A chain of Conv2DTranspose in channels_first."""
    conv, first = k.layers.Conv2DTranspose, "channels_first"
    return chain(
        k,
        (3, 4, 5),
        conv(4, 3, strides=2, padding="same", data_format=first, activation="relu", name="same"),
        conv(2, 2, strides=(1, 3), data_format=first, name="valid"),
    )


@case((2, 5, 3))
def conv1d_transpose(k: ModuleType) -> Any:
    """Strides, both paddings, output padding."""
    conv = k.layers.Conv1DTranspose
    return branches(
        k,
        (5, 3),
        conv(4, 3, strides=2, padding="same", activation="relu", name="same"),
        conv(4, 2, strides=3, name="valid"),
        conv(4, 3, strides=2, padding="same", output_padding=0, name="output_padding"),
        conv(2, 4, use_bias=False, name="one_stride"),
    )


@case((1, 3, 2, 4, 2))
def conv3d_transpose(k: ModuleType) -> Any:
    """Strides, both paddings, output padding."""
    conv = k.layers.Conv3DTranspose
    return branches(
        k,
        (3, 2, 4, 2),
        conv(2, 3, strides=2, padding="same", name="same"),
        conv(2, (1, 2, 3), strides=(2, 1, 2), activation="tanh", name="valid"),
        conv(3, 2, strides=2, output_padding=(0, 1, 0), use_bias=False, name="output_padding"),
    )
