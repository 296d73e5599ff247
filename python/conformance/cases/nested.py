"""Models within models: where their weights stand in a file, and what their graphs become."""

from types import ModuleType
from typing import Any

from conformance.cases.masking import numbers
from conformance.registry import case

CLASHES = "weights of the same name would overwrite each other there."


def block(k: ModuleType, inputs: int, units: int, name: str, prefix: str = "") -> Any:
    """A Sequential of layers whose names are the same in every block of the same prefix."""
    return k.Sequential(
        [
            k.Input((inputs,), name="x"),
            k.layers.Dense(units, name=f"{prefix}dense"),
            k.layers.BatchNormalization(name=f"{prefix}norm"),
            k.layers.Activation("tanh", name=f"{prefix}tanh"),
        ],
        name=name,
    )


@case((3, 4))
def nested_sequential(k: ModuleType) -> Any:
    """A Functional model with a Sequential in it, between two layers of its own."""
    x = k.Input((4,), name="x")
    y = block(k, 3, 3, "block")(k.layers.Dense(3, name="before")(x))
    return k.Model(x, k.layers.Dense(2, name="after")(y), name="nested_sequential")


@case((3, 6, 6, 3))
def nested_functional(k: ModuleType) -> Any:
    """A Sequential whose first layer is a Functional model with branches."""
    x = k.Input((6, 6, 3), name="x")
    left, right = (
        k.layers.Conv2D(4, size, padding="same", name=f"by_{size}")(x) for size in (3, 1)
    )
    features = k.Model(x, k.layers.Add(name="sum")([left, right]), name="features")
    head = [k.layers.GlobalAveragePooling2D(name="pool"), k.layers.Dense(2, name="dense")]
    return k.Sequential([features, *head], name="nested_functional")


@case((3, 8, 8, 3))
def nested_in_groups(k: ModuleType) -> Any:
    """The shape of a Teachable Machine: two Sequentials, one with a Functional model in it."""
    x = k.Input((8, 8, 3), name="x")
    y = k.layers.Conv2D(4, 3, strides=2, use_bias=False, name="stem")(x)
    y = k.layers.ReLU(max_value=6, name="relu6")(k.layers.BatchNormalization(name="norm")(y))
    y = k.layers.DepthwiseConv2D(3, padding="same", use_bias=False, name="depthwise")(y)
    body = k.Model(x, k.layers.Conv2D(5, 1, name="project")(y), name="body")
    features = k.Sequential([body, k.layers.GlobalAveragePooling2D()], name="features")
    hidden = k.layers.Dense(6, activation="relu", name="hidden")
    scores = k.layers.Dense(3, activation="softmax", use_bias=False, name="scores")
    classes = k.Sequential([k.Input((5,)), hidden, scores], name="classes")
    return k.Sequential([features, classes], name="nested_in_groups")


@case((3, 4), no_h5=CLASHES, no_keras2=CLASHES)
def nested_three_deep(k: ModuleType) -> Any:
    """Models in models in models, whose layers all have the same names and shapes."""
    x = k.Input((4,), name="x")
    inner = k.Sequential([k.Input((4,)), block(k, 4, 4, "a"), block(k, 4, 4, "b")], name="inner")
    middle = k.Model(x, block(k, 4, 4, "b")(inner(block(k, 4, 4, "a")(x))), name="middle")
    return k.Sequential([k.Input((4,)), middle, block(k, 4, 4, "a")], name="nested_three_deep")


@case((3, 4))
def nested_deep(k: ModuleType) -> Any:
    """Models in models in models, and layers whose names are their own."""
    x = k.Input((4,), name="x")
    inner = [k.Input((4,)), block(k, 4, 4, "a", "a_"), block(k, 4, 4, "b", "b_")]
    y = k.Sequential(inner, name="inner")(block(k, 4, 4, "c", "c_")(x))
    middle = k.Model(x, block(k, 4, 4, "d", "d_")(y), name="middle")
    return k.Sequential([k.Input((4,)), middle, block(k, 4, 4, "e", "e_")], name="nested_deep")


@case((3, 4))
def nested_frozen(k: ModuleType) -> Any:
    """Nested models frozen as a whole and in part, which reorders the weights in an .h5 file."""
    blocks = [block(k, 4, 4, name, f"{name}_") for name in ("part", "whole", "other")]
    blocks[0].layers[0].trainable = False
    blocks[1].trainable = False
    group = k.Sequential([k.Input((4,)), *blocks], name="group")
    return k.Sequential([k.Input((4,)), group], name="nested_frozen")


@case(numbers(6, 3, 5))
def nested_frozen_embedding(k: ModuleType) -> Any:
    """A frozen Embedding in front of a Dense, both in a nested model."""
    frozen = k.layers.Embedding(6, 3, trainable=False, name="embedding")
    inner = k.Sequential([k.Input((5,)), frozen, k.layers.Dense(2, name="dense")], name="inner")
    return k.Sequential([k.Input((5,)), inner], name="nested_frozen_embedding")


@case((3, 4), (3, 4))
def nested_twice(k: ModuleType) -> Any:
    """One nested model called on two inputs, and on its own output; in it a layer called twice."""
    a, b = k.Input((4,), name="a"), k.Input((4,), name="b")
    x = k.Input((4,), name="x")
    dense = k.layers.Dense(4, activation="tanh", name="dense")
    twice = k.Model(x, dense(block(k, 4, 4, "block", "block_")(dense(x))), name="twice")
    of_a, of_b = twice(a), twice(b)
    difference = k.layers.Subtract(name="difference")([of_b, of_a])
    return k.Model([a, b], [difference, twice(of_a), of_b], name="nested_twice")


@case((3, 4), (3, 3))
def nested_ends(k: ModuleType) -> Any:
    """A nested model of two inputs and three outputs, one of which is its input."""
    a, b = k.Input((4,), name="a"), k.Input((3,), name="b")
    left, right = k.Input((3,), name="left"), k.Input((4,), name="right")
    both = k.layers.Concatenate(name="both")([right, left])
    inner = k.Model(
        [left, right], [k.layers.Dense(3, name="dense")(both), both, left], name="inner"
    )
    one, two, three = inner([b, a])
    merged = k.layers.Multiply(name="merged")([one, three])
    return k.Model([a, b], [merged, two], name="nested_ends")


@case(numbers(6, 3, 5))
def nested_mask(k: ModuleType) -> Any:
    """A mask that is made in one nested model and used in another."""
    embedding = k.layers.Embedding(6, 3, mask_zero=True, name="embedding")
    words = k.Sequential([k.Input((5,)), embedding, k.layers.Dense(3, name="dense")], name="words")
    mean = k.Sequential(
        [k.Input((5, 3)), k.layers.GlobalAveragePooling1D(name="mean")], name="mean"
    )
    return k.Sequential([k.Input((5,)), words, mean], name="nested_mask")
