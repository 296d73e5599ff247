"""How layers hang together: several inputs and outputs, shared layers, orders and names."""

from types import ModuleType
from typing import Any

import numpy as np

from conformance.registry import REDUNDANT, case

SCOPES = "it wants layer names that TensorFlow accepts as scopes."


@case((3, 4))
def two_outputs(k: ModuleType) -> Any:
    """Two outputs, one of them in the middle of the chain; names Keras makes up."""
    x = k.Input((4,))
    middle = k.layers.Dense(3, activation="relu")(x)
    return k.Model(x, [k.layers.Dense(2)(middle), middle], name="two_outputs")


@case((3, 4), (3, 2), no_keras2=REDUNDANT)
def two_inputs(k: ModuleType) -> Any:
    """Two inputs and two outputs, neither in alphabetical order nor in order of creation."""
    a = k.Input((2,), name="a")
    z = k.Input((4,), name="z")
    of_a = k.layers.Dense(3, name="of_a")(a)
    of_z = k.layers.Dense(2, activation="tanh", name="of_z")(z)
    return k.Model([z, a], [of_a, of_z], name="two_inputs")


@case((3, 4), (3, 4), no_keras2=REDUNDANT)
def shared_dense(k: ModuleType) -> Any:
    """One Dense called on two inputs."""
    shared = k.layers.Dense(3, activation="tanh", name="shared")
    left, right = k.Input((4,), name="left"), k.Input((4,), name="right")
    return k.Model([left, right], [shared(left), shared(right)], name="shared_dense")


@case((3, 3))
def shared_at_two_depths(k: ModuleType) -> Any:
    """One Dense called on the input and again two layers later; names Keras makes up."""
    x = k.Input((3,), name="x")
    dense = k.layers.Dense(3)
    later = dense(k.layers.Dense(3, activation="relu")(k.layers.Dense(3)(x)))
    return k.Model(x, [later, dense(x)], name="shared_at_two_depths")


@case((3, 3), no_keras2=REDUNDANT)
def called_in_a_row(k: ModuleType) -> Any:
    """One Dense called three times in a row, on its own output."""
    x = y = k.Input((3,), name="x")
    dense = k.layers.Dense(3, activation="tanh", name="dense")
    for _ in range(3):
        y = dense(y)
    return k.Model(x, y, name="called_in_a_row")


@case((3, 4), no_keras2=REDUNDANT)
def input_as_output(k: ModuleType) -> Any:
    """The input itself is one of the outputs."""
    x = k.Input((4,), name="x")
    return k.Model(x, [k.layers.Dense(2, name="dense")(x), x], name="input_as_output")


@case((3, 4))
def layer_order(k: ModuleType) -> Any:
    """Layers made in another order than called, with names that count the wrong way."""
    last = k.layers.Dense(4, name="dense")
    first = k.layers.Dense(4, activation="softplus", name="dense_2")
    beside = k.layers.Dense(4, activation="tanh", name="dense_1")
    x = k.Input((4,), name="x")
    return k.Model(x, [beside(x), last(first(x))], name="layer_order")


@case((3, 4))
def sequential_built(k: ModuleType) -> Any:
    """A Sequential without InputLayer, built on a shape afterwards."""
    model = k.Sequential([k.layers.Dense(3, activation="relu"), k.layers.Dense(2)], name="built")
    model.build((None, 4))
    return model


@case((3, 4))
def sequential_called(k: ModuleType) -> Any:
    """A Sequential without InputLayer, built by calling it on three rows."""
    model = k.Sequential([k.layers.Dense(3, activation="relu"), k.layers.Dense(2)], name="called")
    model(np.zeros((3, 4), np.float32))
    return model


@case((3, 4), no_keras2=SCOPES)
def odd_names(k: ModuleType) -> Any:
    """Layer names with umlauts, other scripts, spaces, dots, signs and quotes."""
    names = ["dicht_ä", "two words", "a.b", "密", 'it\'s "<odd>" & 100%', "-1"]
    layers = [k.layers.Dense(4, activation="tanh", name=name) for name in names]
    return k.Sequential([k.Input((4,), name="x y"), *layers], name="wörter")


@case((3, 8, 8, 3))
def residual_block(k: ModuleType) -> Any:
    """Convolution and normalization twice, added to a projection of the block's input."""
    x = k.Input((8, 8, 3), name="x")
    y = k.layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False)(x)
    y = k.layers.ReLU()(k.layers.BatchNormalization()(y))
    y = k.layers.BatchNormalization()(k.layers.Conv2D(4, 3, padding="same", use_bias=False)(y))
    shortcut = k.layers.BatchNormalization()(k.layers.Conv2D(4, 1, strides=2, use_bias=False)(x))
    return k.Model(x, k.layers.ReLU()(k.layers.Add()([y, shortcut])), name="residual_block")


@case((3, 8, 8, 3))
def inception_block(k: ModuleType) -> Any:
    """Four branches of convolution and pooling, side by side along the channels."""
    x = k.Input((8, 8, 3), name="x")
    one = k.layers.Conv2D(2, 1, activation="relu")(x)
    three = k.layers.Conv2D(2, 1, activation="relu")(x)
    three = k.layers.Conv2D(3, 3, padding="same", activation="relu")(three)
    five = k.layers.Conv2D(1, 5, padding="same", activation="relu")(x)
    pooled = k.layers.MaxPooling2D(3, strides=1, padding="same")(x)
    pooled = k.layers.Conv2D(2, 1, activation="relu")(pooled)
    merged = k.layers.Concatenate(axis=-1)([one, three, five, pooled])
    return k.Model(x, merged, name="inception_block")


@case((3, 4), (3, 3), (3, 2))
def many_ends(k: ModuleType) -> Any:
    """Three inputs that meet step by step; outputs from every depth, one of them twice."""
    a, b, c = k.Input((4,), name="a"), k.Input((3,), name="b"), k.Input((2,), name="c")
    early = k.layers.Concatenate()([b, a])
    middle = k.layers.Dense(2, activation="tanh")(early)
    late = k.layers.Multiply()([middle, c])
    return k.Model([a, b, c], [late, early, middle, late], name="many_ends")


@case((3, 3), (3, 4))
def ends_by_name(k: ModuleType) -> Any:
    """Inputs and outputs given as dictionaries: Keras takes them in the order of their names."""
    second, first = k.Input((4,), name="second"), k.Input((3,), name="first")
    ends = {
        "upper": k.layers.Dense(2, name="a")(second),
        "lower": k.layers.Add(name="b")([k.layers.Dense(4, name="dense")(first), second]),
    }
    return k.Model({"second": second, "first": first}, ends, name="ends_by_name")
