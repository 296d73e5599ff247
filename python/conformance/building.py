"""Short forms for what most cases build: a chain, or branches side by side."""

from types import ModuleType
from typing import Any


def chain(k: ModuleType, shape: tuple, *layers: Any) -> Any:
    """A Sequential of the layers; those that read the input directly show up best this way."""
    return k.Sequential([k.Input(shape, name="x"), *layers], name="chain")


def branches(k: ModuleType, shape: tuple, *layers: Any) -> Any:
    """A Functional model in which each layer reads the input and gives an output of its own."""
    x = k.Input(shape, name="x")
    return k.Model(x, [layer(x) for layer in layers], name="branches")
