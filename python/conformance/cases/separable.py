"""SeparableConv1D and SeparableConv2D: each channel by itself, then all mixed."""

from pathlib import Path
from types import ModuleType
from typing import Any

import h5py
import keras

from conformance.building import branches
from conformance.cases.activations_more import write_keras2
from conformance.registry import Case, case


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


class SeparableConv1D(keras.layers.SeparableConv1D):
    """As Keras 2 computes it with padding="causal", which Keras 3 no longer takes."""

    def call(self, inputs: Any) -> Any:
        return super().call(keras.layers.ZeroPadding1D((self.before(), 0))(inputs))

    def compute_output_shape(self, input_shape: Any) -> Any:
        batch, steps, channels = input_shape
        return super().compute_output_shape((batch, steps + self.before(), channels))

    def before(self) -> int:
        return self.dilation_rate[0] * (self.kernel_size[0] - 1)


def causal(k: ModuleType) -> Any:
    def conv(*arguments: Any, **options: Any) -> Any:
        if k is keras:
            return SeparableConv1D(*arguments, **options)
        return k.layers.SeparableConv1D(*arguments, padding="causal", **options)

    return conv


@case((2, 9, 3), write=write_keras2)
def keras2_causal_separable_conv1d(k: ModuleType) -> Any:
    """A causal SeparableConv1D, which only Keras 2 has: strides, dilation, depth multipliers."""
    conv = causal(k)
    return branches(
        k,
        (9, 3),
        conv(4, 3, name="plain"),
        conv(4, 2, strides=2, activation="relu", name="strides"),
        conv(2, 3, depth_multiplier=2, dilation_rate=2, name="dilation"),
    )


def write_theano(case: Case, folder: Path, model: Any) -> None:
    """What Keras 2 writes, but for the backend theano: the kernels of Conv layers upside down."""
    write_keras2(case, folder, model)
    with h5py.File(folder / "model-keras2.h5", "r+") as file:
        file.attrs["backend"] = b"theano"
        file["model_weights"].attrs["backend"] = b"theano"
        file.visititems(turn_round)


def turn_round(name: str, item: Any) -> None:
    if name.endswith("kernel:0") and item.ndim > 2:
        axes = tuple(range(item.ndim - 2))
        item[...] = item[...][tuple(slice(None, None, -1) for _ in axes)]


@case((2, 5, 6, 3), write=write_theano)
def keras2_theano(k: ModuleType) -> Any:
    """Kernels that Keras 2 trained with the backend theano, which are stored upside down."""
    x = k.Input((5, 6, 3), name="x")
    row = k.layers.Reshape((10, 9), name="reshape")(x)
    solid = k.layers.Reshape((5, 3, 2, 3), name="reshape_3d")(x)
    return k.Model(
        x,
        [
            k.layers.Conv1D(2, 3, name="conv1d")(row),
            k.layers.Conv1DTranspose(2, 3, name="conv1d_transpose")(row),
            k.layers.Conv2D(3, (2, 3), activation="relu", name="conv2d")(x),
            k.layers.Conv2DTranspose(3, (2, 3), strides=2, name="conv2d_transpose")(x),
            k.layers.Conv3D(2, (3, 2, 2), name="conv3d")(solid),
        ],
        name="theano",
    )


@case((2, 3, 7, 6, 2), write=write_theano)
def keras2_theano_steps(k: ModuleType) -> Any:
    """The same within TimeDistributed."""
    conv = k.layers.Conv2D(3, (2, 3), name="inner")
    return branches(k, (3, 7, 6, 2), k.layers.TimeDistributed(conv, name="time_distributed"))
