"""Layers that make categories of numbers, and vectors of categories."""

from types import ModuleType
from typing import Any

import numpy as np

from conformance.building import branches
from conformance.registry import REDUNDANT, case


def tokens(*shape: int) -> Any:
    return lambda random: random.integers(0, 5, shape)


@case(tokens(3, 4))
def category_encoding(k: ModuleType) -> Any:
    """CategoryEncoding in its modes; a category that is there twice counts once or twice."""
    encoding = k.layers.CategoryEncoding
    return branches(
        k,
        (4,),
        encoding(5, output_mode="multi_hot", name="multi_hot"),
        encoding(7, output_mode="multi_hot", name="multi_hot_of_more"),
        encoding(5, output_mode="count", name="count"),
    )


@case(tokens(4, 1), no_keras2=REDUNDANT)
def category_encoding_of_one(k: ModuleType) -> Any:
    """CategoryEncoding of one category an example, whose axis is taken."""
    encoding = k.layers.CategoryEncoding
    return branches(
        k,
        (1,),
        encoding(5, output_mode="one_hot", name="one_hot"),
        encoding(5, output_mode="multi_hot", name="multi_hot"),
        encoding(5, output_mode="count", name="count"),
    )


@case(tokens(2, 3, 4), no_keras2="Keras 2 encodes two axes at most.")
def category_encoding_of_3d(k: ModuleType) -> Any:
    """one_hot and multi_hot of more axes."""
    encoding = k.layers.CategoryEncoding
    return branches(
        k,
        (3, 4),
        encoding(5, output_mode="one_hot", name="one_hot"),
    )


EDGES = [-1.5, 0.0, 0.25, 2.0]


def at_the_edges(random: np.random.Generator) -> Any:
    """On the edges, next to them, and elsewhere."""
    near = [np.nextafter(np.float32(edge), np.float32(9)) for edge in EDGES]
    return np.concatenate([EDGES, near, random.normal(0, 2, 8)]).reshape(4, 4)


@case(at_the_edges)
def discretization(k: ModuleType) -> Any:
    """Discretization into numbers: a value on an edge belongs to the bin above."""
    return branches(
        k,
        (4,),
        k.layers.Discretization(bin_boundaries=EDGES, name="edges"),
        k.layers.Discretization(bin_boundaries=[0.5], name="one_edge"),
    )


@case(at_the_edges, no_keras2=REDUNDANT)
def discretization_modes(k: ModuleType) -> Any:
    """Discretization into vectors."""
    layers = k.layers
    return branches(
        k,
        (4,),
        layers.Discretization(bin_boundaries=EDGES, output_mode="one_hot", name="one_hot"),
        layers.Discretization(bin_boundaries=EDGES, output_mode="multi_hot", name="multi_hot"),
        layers.Discretization(bin_boundaries=EDGES, output_mode="count", name="count"),
    )


@case(at_the_edges, no_h5=REDUNDANT, no_keras2=REDUNDANT)
def discretization_adapted(k: ModuleType) -> Any:
    """A Discretization that found its edges in data."""
    layer = k.layers.Discretization(num_bins=4, name="adapted")
    layer.adapt(np.linspace(-2, 2, 64, dtype="float32").reshape(-1, 1))
    return branches(k, (4,), layer)


def whole_numbers(*shape: int) -> Any:
    """Those of the vocabulary 12, 36, 7, and -5 to 40 else."""
    return lambda random: np.where(
        random.random(shape) < 0.6,
        random.choice([12, 36, 7], shape),
        random.integers(-5, 40, shape),
    )


@case(whole_numbers(4, 6), no_h5=REDUNDANT)
def integer_lookup(k: ModuleType) -> Any:
    """The places of whole numbers in a vocabulary, also with a mask token; vectors of them."""
    x = k.Input((6,), dtype="int64", name="x")
    words = [12, 36, 7]
    lookup = k.layers.IntegerLookup
    layers = [
        lookup(vocabulary=words, name="places"),
        lookup(vocabulary=words, mask_token=0, name="masked"),
        lookup(vocabulary=words, output_mode="multi_hot", name="multi_hot"),
        lookup(
            vocabulary=words,
            output_mode="count",
            max_tokens=6,
            pad_to_max_tokens=True,
            name="count",
        ),
    ]
    return k.Model(x, [layer(x) for layer in layers], name="integer_lookup")


@case(whole_numbers(5, 1), no_h5=REDUNDANT, no_keras2=REDUNDANT)
def integer_lookup_of_one(k: ModuleType) -> Any:
    """The place of one number as a vector, and as a row of an Embedding."""
    x = k.Input((1,), dtype="int64", name="x")
    one_hot = k.layers.IntegerLookup(vocabulary=[12, 36, 7], output_mode="one_hot", name="one_hot")
    place = k.layers.IntegerLookup(vocabulary=[7, 12], name="place")(x)
    return k.Model(
        x, [one_hot(x), k.layers.Embedding(3, 2, name="row")(place)], name="integer_lookup_of_one"
    )
