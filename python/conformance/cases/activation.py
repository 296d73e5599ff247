"""Activation layers and the layers that are nothing but an activation."""

from types import ModuleType
from typing import Any

import numpy as np

from conformance.building import branches, chain
from conformance.cases.dense import ACTIVATIONS
from conformance.registry import REDUNDANT, case


def wide(*shape: int) -> Any:
    """Draws inputs that reach beyond the bends of the functions."""
    return lambda random: random.normal(0, 4, shape)


NUMBERS = np.array(
    [[0.0, -0.0, 1e-30, -1e-30], [88.0, -88.0, 20.0, -20.0], [1e4, -1e4, 1, -1], [3, 2, 0.5, -2]]
)


@case(lambda random: NUMBERS)
def activation_layers(k: ModuleType) -> Any:
    """Each activation as a layer, at zero, at tiny and at huge numbers: nothing overflows."""
    return branches(k, (4,), *(k.layers.Activation(name, name=name) for name in ACTIVATIONS))


@case(wide(2, 2, 3, 3), no_keras2=REDUNDANT)
def activation_layers_on_4d(k: ModuleType) -> Any:
    """Activation layers on 4-D input; softmax over the last axis."""
    names = ("relu", "tanh", "softmax")
    return branches(k, (2, 3, 3), *(k.layers.Activation(name, name=name) for name in names))


@case(wide(3, 9))
def relu_layer(k: ModuleType) -> Any:
    """The options of the layer ReLU, one by one and all together."""
    relu = k.layers.ReLU
    return branches(
        k,
        (9,),
        relu(name="plain"),
        relu(max_value=6, name="max_value"),
        relu(negative_slope=0.1, name="negative_slope"),
        relu(threshold=0.5, name="threshold"),
        relu(max_value=3.0, negative_slope=0.1, threshold=0.5, name="all"),
    )


@case(wide(2, 3, 4, 5))
def softmax_layer(k: ModuleType) -> Any:
    """Softmax over the last axis and over axis 1 of 4-D input."""
    return branches(
        k,
        (3, 4, 5),
        k.layers.Softmax(name="last"),
        k.layers.Softmax(axis=1, name="axis_1"),
        k.layers.Softmax(axis=-2, name="axis_minus_2"),
    )


@case(lambda random: random.integers(0, 256, (2, 6, 5, 3)))
def rescaling(k: ModuleType) -> Any:
    """Rescaling by a number, with an offset, and by channel."""
    rescaling = k.layers.Rescaling
    return branches(
        k,
        (6, 5, 3),
        rescaling(1 / 255, name="to_one"),
        rescaling(1 / 127.5, offset=-1, name="to_minus_one"),
        rescaling([0.5, 0.25, 2.0], offset=[-1.0, 0.0, 3.5], name="by_channel"),
    )


@case(lambda random: random.integers(0, 256, (2, 6, 5, 3)), no_keras2=REDUNDANT)
def rescaling_first(k: ModuleType) -> Any:
    """Rescaling as the first layer, a random change of pictures, then Conv2D."""
    return chain(
        k,
        (6, 5, 3),
        k.layers.Rescaling(1 / 255, name="rescaling"),
        k.layers.RandomFlip(name="flip"),
        k.layers.Conv2D(2, 3, activation="relu", name="conv2d"),
    )


@case((3, 6))
def dropout(k: ModuleType) -> Any:
    """Dropout between layers, with and without seed, and at the end: nothing in inference."""
    return chain(
        k,
        (6,),
        k.layers.Dropout(0.5, name="at_the_input"),
        k.layers.Dense(4, activation="relu", name="dense"),
        k.layers.Dropout(0.9, seed=7, name="with_seed"),
        k.layers.Dense(3, name="dense_1"),
        k.layers.Dropout(0.25, name="at_the_end"),
    )
