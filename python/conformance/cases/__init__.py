"""The cases by family; importing this package registers them all."""

from conformance.cases import (
    activation,
    activation_layers,
    activations_more,
    convolution,
    dense,
    dialects,
    dtypes,
    formats,
    graphs,
    masking,
    merging,
    nested,
    normalization,
    norms,
    pooling,
    preprocessing,
    training,
)
from conformance.registry import CASES

__all__ = [
    "CASES",
    "activation",
    "activation_layers",
    "activations_more",
    "convolution",
    "dense",
    "dialects",
    "dtypes",
    "formats",
    "graphs",
    "masking",
    "merging",
    "nested",
    "normalization",
    "norms",
    "pooling",
    "preprocessing",
    "training",
]
