"""Embedding and Masking, and what becomes of the masks they make."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from conformance.building import chain
from conformance.registry import REDUNDANT, case


def numbers(below: int, *shape: int) -> Callable[[np.random.Generator], np.ndarray]:
    """Whole numbers from 0, many of them 0; the first of each row is not, so that none is empty."""

    def draw(random: np.random.Generator) -> np.ndarray:
        drawn = random.integers(1, below, shape) * (random.random(shape) < 0.6)
        drawn[:, 0] = 1
        return drawn

    return draw


def steps(*shape: int) -> Callable[[np.random.Generator], np.ndarray]:
    """Rows of steps, some of which are 0 throughout, and some all but one value."""

    def draw(random: np.random.Generator) -> np.ndarray:
        drawn = random.normal(0, 1, shape)
        drawn[:, 1] = 0
        drawn[:, 2, 1:] = 0
        drawn[1:, 3] = 0.5
        return drawn

    return draw


@case(numbers(6, 3, 5))
def embedding(k: ModuleType) -> Any:
    """An Embedding of floats, which nothing else precedes."""
    x = k.Input((5,), name="x")
    return k.Model(x, k.layers.Embedding(6, 3)(x), name="embedding")


@case(lambda random: random.uniform(0, 5.99, (3, 5)), no_keras2=REDUNDANT)
def embedding_of_fractions(k: ModuleType) -> Any:
    """Fractions are cut off before the table is read."""
    x = k.Input((5,), name="x")
    return k.Model(x, k.layers.Embedding(6, 3)(x), name="embedding")


@case(lambda random: random.integers(-6, 6, (3, 5)), no_keras2="it takes no negative indices.")
def embedding_from_the_end(k: ModuleType) -> Any:
    """Negative numbers count from the table's end."""
    x = k.Input((5,), name="x")
    return k.Model(x, k.layers.Embedding(6, 3)(x), name="embedding")


@case(numbers(6, 3, 4), numbers(4, 3, 2, 3), lambda random: np.array([[8], [0], [3]]))
def embeddings(k: ModuleType) -> Any:
    """Three Embeddings of whole numbers of 2 and 3 axes, flat and side by side."""
    inputs = [k.Input(shape, dtype="int32") for shape in ((4,), (2, 3), (1,))]
    sizes = (6, 2), (4, 3), (9, 1)
    rows = [k.layers.Embedding(*size)(x) for size, x in zip(sizes, inputs, strict=True)]
    flat = k.layers.Concatenate()([k.layers.Flatten()(each) for each in rows])
    return k.Model(inputs, [k.layers.Dense(2)(flat), *rows], name="embeddings")


@case(numbers(6, 3, 5), numbers(6, 3, 5), no_keras2="masks follow other rules there.")
def masked_merging(k: ModuleType) -> Any:
    """Every element-wise layer on two masked tensors, and on one with a mask and one without."""
    inputs = [k.Input((5,), name=name) for name in "ab"]
    masked = [words(k, True, f"masked_{i}")(x) for i, x in enumerate(inputs)]
    plain = words(k, False, "plain")(inputs[1])
    pairs = [masked, [masked[0], plain], [plain, masked[0]]]
    kinds = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum")
    outputs = [getattr(k.layers, kind)()(pair) for kind in kinds for pair in pairs]
    return k.Model(inputs, outputs, name="masked_merging")


def words(k: ModuleType, masked: bool, name: str) -> Any:
    """An Embedding within a model: Keras 3 cannot read an .h5 that shows where its mask goes."""
    embedding = k.layers.Embedding(6, 3, mask_zero=masked, name=f"{name}_embedding")
    return k.Sequential([k.Input((5,), name=f"{name}_x"), embedding], name=name)


@case(numbers(6, 3, 5))
def embedding_average(k: ModuleType) -> Any:
    """The mean of the steps that are not masked, through layers that hand the mask on."""
    return chain(
        k,
        (5,),
        k.layers.Embedding(6, 4, mask_zero=True),
        k.layers.Dense(3, activation="tanh"),
        k.layers.Dropout(0.5),
        k.layers.Activation("elu"),
        k.layers.BatchNormalization(),
        k.layers.LayerNormalization(),
        k.layers.ReLU(negative_slope=0.2),
        k.layers.GlobalAveragePooling1D(),
    )


@case(numbers(6, 3, 5))
def mask_not_used(k: ModuleType) -> Any:
    """A mask that no layer looks at: Flatten drops it, GlobalMaxPooling1D takes no notice."""
    x = k.Input((5,), name="x")
    y = k.layers.Embedding(6, 4, mask_zero=True)(x)
    flat = k.layers.Dense(2)(k.layers.Flatten()(y))
    return k.Model(x, [flat, k.layers.GlobalMaxPooling1D()(y)], name="mask_not_used")


@case(steps(3, 5, 4))
def masking(k: ModuleType) -> Any:
    """Masking of steps of zeros, and the mean of what is left."""
    masking = k.layers.Masking()
    return chain(k, (5, 4), masking, k.layers.Dense(3), k.layers.GlobalAveragePooling1D())


@case(steps(3, 5, 4), no_keras2=REDUNDANT)
def masking_of_a_value(k: ModuleType) -> Any:
    """Masking of steps of another value, and the mean of what is left with its axis kept."""
    masking = k.layers.Masking(mask_value=0.5)
    pooling = k.layers.GlobalAveragePooling1D(keepdims=True)
    return chain(k, (5, 4), masking, k.layers.Rescaling(2.0), pooling)
