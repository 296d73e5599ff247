"""Layouts other than one file of Keras 3: architecture and weights apart, archives of Keras 2."""

from types import ModuleType
from typing import Any

from conformance.building import chain
from conformance.formats import write_apart, write_keras2_archive
from conformance.older import bidirectional, write_older
from conformance.registry import case


def convolutions(k: ModuleType, *names: str) -> Any:
    """Several layers of a kind, whose weights would be taken for each other if only shapes told."""
    conv, norm, second, third, dense = names
    return chain(
        k,
        (6, 5, 2),
        k.layers.Conv2D(2, 2, activation="relu", name=conv),
        k.layers.BatchNormalization(name=norm),
        k.layers.Conv2D(2, 2, activation="tanh", name=second),
        k.layers.Dropout(0.5, name="dropout"),
        k.layers.Conv2D(2, 2, padding="same", name=third),
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(3, activation="softmax", name=dense),
    )


@case((2, 6, 5, 2), write=write_apart)
def weights_apart(k: ModuleType) -> Any:
    """An architecture as JSON, the weights in a file of their own, of Keras 3 and 2."""
    return convolutions(k, "first", "norm", "a", "b", "last")


@case((2, 6, 5, 2), write=write_keras2_archive)
def archive_of_keras_2(k: ModuleType) -> Any:
    """Archives as Keras 2.13 and Keras 2.15 write them."""
    return convolutions(k, "conv2d", "batch_normalization", "conv2d_1", "conv2d_2", "dense")


@case((2, 4, 3), write=write_older)
def older_keras_3(k: ModuleType) -> Any:
    """Archives that Keras 3.0.5 and 3.3.3 wrote of a Bidirectional LSTM."""
    return bidirectional(k)
