"""Policies other than float32. The reference takes the weights as stored and counts in float32."""

from types import ModuleType
from typing import Any

from conformance.building import chain
from conformance.registry import case


def conv_dense(k: ModuleType, dtype: str) -> Any:
    return chain(
        k,
        (4, 4, 1),
        k.layers.Conv2D(2, 2, activation="relu", dtype=dtype, name="conv2d"),
        k.layers.BatchNormalization(dtype=dtype, name="batch_normalization"),
        k.layers.Flatten(dtype=dtype, name="flatten"),
        k.layers.Dense(3, dtype=dtype, name="dense"),
        k.layers.Activation("softmax", dtype="float32", name="activation"),
    )


def float32_conv_dense(k: ModuleType) -> Any:
    return conv_dense(k, "float32")


@case((2, 4, 4, 1), twin=float32_conv_dense)
def mixed_float16(k: ModuleType) -> Any:
    """The policy mixed_float16: weights stored in float32."""
    return conv_dense(k, "mixed_float16")


def dense(k: ModuleType, dtype: str) -> Any:
    return chain(
        k,
        (4,),
        k.layers.Dense(3, activation="tanh", dtype=dtype, name="dense"),
        k.layers.Dense(2, dtype=dtype, name="dense_1"),
    )


def float32_dense(k: ModuleType) -> Any:
    return dense(k, "float32")


@case((3, 4), twin=float32_dense)
def float16(k: ModuleType) -> Any:
    """Weights stored in float16."""
    return dense(k, "float16")


@case(
    (3, 4),
    twin=float32_dense,
    no_h5="Keras can write but not read it.",
    no_keras2="Keras can write but not read it.",
)
def bfloat16(k: ModuleType) -> Any:
    """Weights stored in bfloat16."""
    return dense(k, "bfloat16")


@case((3, 4), twin=float32_dense)
def float64(k: ModuleType) -> Any:
    """Weights stored in float64."""
    return dense(k, "float64")
