"""The rest of the functions of keras.activations."""

import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np

from conformance.building import branches
from conformance.registry import REDUNDANT, Case, case
from exporter import keras2, weights

OF_KERAS_2 = ["gelu", "swish", "mish", "exponential"]
OF_KERAS_3 = [
    "relu6",
    "hard_sigmoid",
    "leaky_relu",
    "celu",
    "silu",
    "hard_silu",
    "hard_tanh",
    "hard_shrink",
    "soft_shrink",
    "tanh_shrink",
    "sparse_plus",
    "sparse_sigmoid",
    "squareplus",
    "log_sigmoid",
    "log_softmax",
]
BENDS = np.array([-3.0, -2.5, -1, -0.5, 0.5, 1, 2.5, 3, 6, 0, -0.0, 1e-30, -1e-30, 5, -88, 4])


def bends(random: np.random.Generator) -> Any:
    """The points where the functions bend, tiny and large numbers, and some between them."""
    return np.concatenate([BENDS, random.normal(0, 2, 16)]).reshape(2, 16)


@case(bends)
def activations_of_keras2(k: ModuleType) -> Any:
    """The activations that Keras 2 has too."""
    return branches(k, (16,), *(k.layers.Activation(name, name=name) for name in OF_KERAS_2))


def hard_sigmoid_as_it_was(x: Any) -> Any:
    return keras.ops.clip(0.2 * x + 0.5, 0, 1)


def write_keras2(case: Case, folder: Path, model: Any) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        values = Path(scratch) / "weights.npz"
        weights.save(model, values)
        job = keras2.Job(
            builder=f"{case.build.__module__}:{case.build.__name__}",
            weights=str(values),
            reference=str(folder / "reference.npz"),
            out=str(folder / "model-keras2.h5"),
        )
        keras2.write([job])


@case(bends, write=write_keras2)
def hard_sigmoid_of_keras2(k: ModuleType) -> Any:
    """The hard_sigmoid of Keras 2, which has another slope than that of Keras 3."""
    function = hard_sigmoid_as_it_was if k is keras else "hard_sigmoid"
    return branches(
        k,
        (16,),
        k.layers.Activation(function, name="activation"),
        k.layers.Dense(3, activation=function, name="dense"),
    )


@case(bends, no_keras2="Keras 2 does not have them.")
def activations_of_keras3(k: ModuleType) -> Any:
    """The activations that came with Keras 3."""
    return branches(k, (16,), *(k.layers.Activation(name, name=name) for name in OF_KERAS_3))


@case((2, 4, 4, 2), no_h5=REDUNDANT, no_keras2=REDUNDANT)
def activations_in_layers(k: ModuleType) -> Any:
    """Some of them as the option of Conv2D and Dense, channels_last."""
    return branches(
        k,
        (4, 4, 2),
        k.layers.Conv2D(3, 2, activation="gelu", name="conv_gelu"),
        k.layers.Conv2D(3, 2, activation="log_softmax", name="conv_log_softmax"),
        k.layers.Conv2D(2, 3, activation="hard_sigmoid", name="conv_hard_sigmoid"),
        k.layers.Dense(3, activation="mish", name="dense_mish"),
        k.layers.Dense(3, activation="log_softmax", name="dense_log_softmax"),
        k.layers.Dense(3, activation="leaky_relu", name="dense_leaky_relu"),
    )


SLOPE = {"keras": "negative_slope", "tf_keras": "alpha"}


@case((2, 4, 4, 2))
def activations_as_layers(k: ModuleType) -> Any:
    """Layers as the activation of others, each with options that change its numbers."""
    layers = k.layers
    slope = SLOPE[k.__name__]
    relu = layers.ReLU(max_value=0.8, negative_slope=0.1, threshold=0.2)
    leaky = layers.LeakyReLU(**{slope: 0.15})
    return branches(
        k,
        (4, 4, 2),
        layers.Dense(3, activation=layers.LeakyReLU(), name="dense_leaky"),
        layers.Dense(3, activation=layers.Softmax(axis=-2), name="dense_softmax_rows"),
        layers.Dense(3, activation=layers.Softmax(), name="dense_softmax"),
        layers.Conv2D(3, 2, activation=layers.ELU(alpha=0.4), name="conv_elu"),
        layers.Conv2D(3, 2, activation=layers.Softmax(axis=1), name="conv_softmax_rows"),
        layers.Conv2D(3, (1, 3), activation=relu, name="conv_relu"),
        layers.DepthwiseConv2D(2, activation=leaky, name="depthwise_leaky"),
        layers.SeparableConv2D(3, 2, activation=relu, name="separable_relu"),
        layers.Conv2DTranspose(3, 2, activation=leaky, name="transposed_leaky"),
        layers.Activation(layers.ReLU(max_value=0.5), name="activation_relu"),
    )


@case((2, 5, 3))
def recurrent_activations_as_layers(k: ModuleType) -> Any:
    """Layers as the activations of recurrent ones."""
    layers = k.layers
    leaky = layers.LeakyReLU(**{SLOPE[k.__name__]: 0.15})
    gate = layers.ReLU(max_value=1.0, negative_slope=0.05)
    return branches(
        k,
        (5, 3),
        layers.SimpleRNN(4, activation=leaky, name="simple_rnn"),
        layers.LSTM(4, activation=leaky, recurrent_activation=gate, name="lstm"),
        layers.GRU(4, activation=layers.ELU(0.5), recurrent_activation=gate, name="gru"),
    )


@case(bends, no_keras2="Keras 2 does not have it.")
def sparsemax(k: ModuleType) -> Any:
    """The activation sparsemax as Keras computes it, by itself and as an option."""
    layers = k.layers
    return branches(
        k,
        (16,),
        layers.Activation("sparsemax", name="activation"),
        layers.Dense(5, activation="sparsemax", name="dense"),
        layers.Dense(5, activation=layers.Activation("sparsemax"), name="dense_of_a_layer"),
    )


@case((2, 4, 4, 3), no_h5=REDUNDANT, no_keras2="Keras 2 does not have it.")
def sparsemax_of_images(k: ModuleType) -> Any:
    """sparsemax along the channels of a convolution."""
    return branches(k, (4, 4, 3), k.layers.Conv2D(4, 2, activation="sparsemax", name="conv2d"))
