"""Layers that make one tensor of several."""

from types import ModuleType
from typing import Any

from conformance.registry import REDUNDANT, case

KINDS = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")


@case((3, 4))
def merge_kinds(k: ModuleType) -> Any:
    """Two Dense layers merged by every element-wise layer."""
    x = k.Input((4,), name="x")
    sides = [k.layers.Dense(3, name="left")(x), k.layers.Dense(3, name="right")(x)]
    return k.Model(x, [getattr(k.layers, kind)()(sides) for kind in KINDS], name="merge_kinds")


@case((3, 4), (3, 4), (3, 4))
def merge_three(k: ModuleType) -> Any:
    """Three inputs merged by every element-wise layer that takes so many."""
    inputs = [k.Input((4,), name=name) for name in "abc"]
    merged = [getattr(k.layers, kind)()(inputs) for kind in KINDS if kind != "Subtract"]
    return k.Model(inputs, merged, name="merge_three")


@case((3, 4, 1, 3), (3, 1, 5, 3), (3, 5, 1), (3, 3), no_h5="Keras 3 takes it; one file is enough.")
def merge_broadcast(k: ModuleType) -> Any:
    """Axes of size 1 are repeated, and inputs of fewer axes get more after the batch."""
    inputs = [k.Input(shape) for shape in ((4, 1, 3), (1, 5, 3), (5, 1), (3,))]
    merged = [getattr(k.layers, kind)()(inputs) for kind in KINDS if kind != "Subtract"]
    differences = [k.layers.Subtract()(inputs[:2]), k.layers.Subtract()([inputs[3], inputs[1]])]
    return k.Model(inputs, [*merged, *differences], name="merge_broadcast")


@case((3, 2), (3, 4, 2), (3, 4, 3, 2), (3, 2, 4, 3, 2))
def concatenate(k: ModuleType) -> Any:
    """Concatenate along every axis, from the front and from the back, on 2 to 5 axes."""
    inputs = [k.Input(shape) for shape in ((2,), (4, 2), (4, 3, 2), (2, 4, 3, 2))]
    outputs = []
    for rank, x in enumerate(inputs, start=2):
        # Keras 2 has no activation layer of 5 axes that Keras 3 has as well, but this one.
        other = k.layers.Rescaling(-0.5, 0.25)(x)
        outputs += [k.layers.Concatenate(axis=axis)([x, other, x]) for axis in range(1, rank)]
        outputs += [k.layers.Concatenate(axis=-axis)([other, x]) for axis in range(1, rank)]
    return k.Model(inputs, outputs, name="concatenate")


@case((3, 4, 4, 3))
def concatenate_convolutions(k: ModuleType) -> Any:
    """Convolutions side by side along channels, rows and columns, with a layer after each."""
    x = k.Input((4, 4, 3), name="x")
    sides = [k.layers.Conv2D(2, 3, padding="same")(x), k.layers.Conv2D(2, 1)(x)]
    merged = [k.layers.Concatenate(axis=axis)(sides) for axis in (-1, 1, 2)]
    return k.Model(x, [k.layers.Conv2D(2, 2)(each) for each in merged], name="concatenated")


@case((3, 4), (3, 4))
def dot(k: ModuleType) -> Any:
    """Dot of two vectors, plain and as the cosine of their angle."""
    inputs = [k.Input((4,), name=name) for name in "ab"]
    layers = [k.layers.Dot(axes=1), k.layers.Dot(axes=-1, normalize=True)]
    return k.Model(inputs, [layer(inputs) for layer in layers], name="dot")


@case((3, 4, 2), (3, 2, 4), (3, 4), (3, 3, 4, 2))
def dot_axes(k: ModuleType) -> Any:
    """Dot along different axes of tensors of 2 to 4 axes, some of them normalized."""
    a, b, c, d = (k.Input(shape, name=name) for name, shape in zip("abcd", SHAPES, strict=True))
    pairs = [
        (a, b, (2, 1)),
        (a, b, (1, 2)),
        (a, b, (-1, -2)),
        (a, a, 1),
        (a, a, -1),
        (a, c, (1, 1)),
        (c, a, (1, 1)),
        (d, a, (2, 1)),
        (a, d, (2, 3)),
        (d, d, (1, 1)),
    ]
    outputs = [
        k.layers.Dot(axes, normalize=bool(index % 2))([left, right])
        for index, (left, right, axes) in enumerate(pairs)
    ]
    return k.Model([a, b, c, d], outputs, name="dot_axes")


SHAPES = ((4, 2), (2, 4), (4,), (3, 4, 2))


@case((3, 6, 6, 2), no_keras2=REDUNDANT)
def merge_open_size(k: ModuleType) -> Any:
    """Merging layers on images whose size is open."""
    x = k.Input((None, None, 2), name="x")
    same = k.layers.Conv2D(2, 3, padding="same")(x)
    added = k.layers.Add()([x, same])
    both = k.layers.Concatenate()([added, x])
    return k.Model(x, k.layers.GlobalAveragePooling2D()(both), name="merge_open_size")
