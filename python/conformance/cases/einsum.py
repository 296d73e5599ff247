"""EinsumDense, and SpectralNormalization around layers that have a kernel."""

from types import ModuleType
from typing import Any

from conformance.building import branches
from conformance.registry import REDUNDANT, case


@case((2, 4, 3), no_keras2=REDUNDANT)
def einsum_dense(k: ModuleType) -> Any:
    """EinsumDense over the last axis, over two, over the first; with bias axes and activations."""
    layers = k.layers
    dense = layers.EinsumDense
    return branches(
        k,
        (4, 3),
        dense("abc,cd->abd", (None, 5), name="last"),
        dense("abc,cd->abd", (None, 5), bias_axes="d", activation="relu", name="bias"),
        dense("abc,bcd->ad", (2,), bias_axes="d", name="both"),
        dense("abc,bd->acd", (3, 2), bias_axes="cd", activation="softmax", name="bias_of_two"),
        dense("abc,bd->adc", (2, 3), bias_axes="d", name="bias_of_the_first"),
        dense("abc,cde->abde", (None, 2, 3), bias_axes="de", activation="gelu", name="heads"),
        dense("abc,cb->abc", (4, 3), bias_axes="b", name="scaled"),
        dense("...x,xy->...y", 2, bias_axes="y", name="ellipsis_in_front"),
        dense("ax...,xy->ay...", (2,), bias_axes="y", name="ellipsis_at_the_end"),
        dense("abc,de->abcde", (4, 3, 2, 2), name="outer"),
    )


@case((2, 4, 3), no_h5=REDUNDANT)
def einsum_dense_of_keras2(k: ModuleType) -> Any:
    """The EinsumDense that Keras 2 has too."""
    dense = k.layers.EinsumDense
    return branches(
        k,
        (4, 3),
        dense("abc,cd->abd", (None, 5), bias_axes="d", activation="relu", name="bias"),
        dense("abc,bcd->ad", (2,), bias_axes="d", name="both"),
        dense("...x,xy->...y", 2, bias_axes="y", name="ellipsis"),
    )


@case((2, 6, 5, 3), no_keras2="tf_keras 2.21 cannot build one.")
def spectral_normalization(k: ModuleType) -> Any:
    """SpectralNormalization around several kinds of layers: in inference, the kernel as it is."""
    layers = k.layers
    spectral = layers.SpectralNormalization
    return branches(
        k,
        (6, 5, 3),
        spectral(layers.Conv2D(4, 3, activation="relu"), name="conv2d"),
        spectral(layers.Dense(2, use_bias=False), power_iterations=2, name="dense"),
        spectral(layers.Conv2DTranspose(2, 3, strides=2, padding="same"), name="transposed"),
    )
