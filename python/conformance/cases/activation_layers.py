"""The layers that are an activation with options or weights."""

from types import ModuleType
from typing import Any

from conformance.building import branches, chain
from conformance.cases.activation import wide
from conformance.registry import REDUNDANT, case


@case(wide(3, 9))
def elu_and_leaky_relu(k: ModuleType) -> Any:
    """ELU with alpha, LeakyReLU with its slope, which Keras 2 calls alpha, and their defaults."""
    slope = "negative_slope" if k.__name__ == "keras" else "alpha"
    return branches(
        k,
        (9,),
        k.layers.ELU(name="elu"),
        k.layers.ELU(alpha=0.4, name="elu_alpha"),
        k.layers.LeakyReLU(name="leaky"),
        k.layers.LeakyReLU(**{slope: 0.05}, name="leaky_slope"),
        k.layers.LeakyReLU(**{slope: 0.0}, name="leaky_zero"),
    )


@case(wide(2, 4, 5, 3))
def prelu(k: ModuleType) -> Any:
    """PReLU with an alpha for each value, along some axes, and for each channel."""
    return branches(
        k,
        (4, 5, 3),
        k.layers.PReLU(name="all"),
        k.layers.PReLU(shared_axes=[1, 2], name="channels"),
        k.layers.PReLU(shared_axes=[1], name="columns"),
        k.layers.PReLU(shared_axes=[2, 3], name="rows"),
        k.layers.PReLU(shared_axes=[1, 2, 3], name="one"),
    )


@case((2, 6, 6, 2), no_keras2=REDUNDANT)
def prelu_conv(k: ModuleType) -> Any:
    """PReLU between Conv2D and MaxPooling2D, with and without shared axes; axes permuted."""
    return chain(
        k,
        (6, 6, 2),
        k.layers.Conv2D(3, 2, name="conv2d"),
        k.layers.PReLU(shared_axes=[1, 2], name="shared"),
        k.layers.MaxPooling2D(2, padding="same", name="pool"),
        k.layers.PReLU(name="not_shared"),
        k.layers.Permute((3, 2, 1), name="permute"),
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(3, name="dense"),
    )


@case(wide(2, 3, 4, 5), no_h5="Keras 3 forgets a list of axes when it loads a .h5.")
def softmax_axes(k: ModuleType) -> Any:
    """Softmax over two axes, over a list of one, and over all but the batch."""
    return branches(
        k,
        (3, 4, 5),
        k.layers.Softmax(axis=[1, 3], name="two"),
        k.layers.Softmax(axis=[2], name="one"),
        k.layers.Softmax(axis=(-3, -2, -1), name="all"),
    )
