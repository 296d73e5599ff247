"""Embedding."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from conformance.registry import REDUNDANT, case


def numbers(below: int, *shape: int) -> Callable[[np.random.Generator], np.ndarray]:
    """Whole numbers from 0, many of them 0; the first of each row is not, so that none is empty."""

    def draw(random: np.random.Generator) -> np.ndarray:
        drawn = random.integers(1, below, shape) * (random.random(shape) < 0.6)
        drawn[:, 0] = 1
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
