"""The table of cases: a builder of a model with a name and what to feed it."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

REDUNDANT = "it would repeat model.h5."  # the fixtures have to stay small

Builder = Callable[[ModuleType], Any]  # called with `keras` or `tf_keras`
Draw = Callable[[np.random.Generator], np.ndarray]
Write = Callable[["Case", Path, Any], None]


@dataclass(frozen=True)
class Case:
    name: str
    build: Builder
    inputs: tuple[tuple[int, ...] | Draw, ...]  # shapes, the batch first, or how to draw an input
    no_h5: str = ""  # why there is no model.h5
    no_keras2: str = ""  # why there is no model-keras2.h5
    twin: Builder | None = None  # computes the reference in float32, if the model itself does not
    xla: bool = False  # TensorFlow's own kernels refuse channels_first on a CPU
    train: bool = False  # one training step before saving, so that the optimizer has weights
    stored: bool = False  # keep the entries of model.keras uncompressed, as Keras has them
    keras2_computes: bool = False  # the reference is what Keras 2 computes, with `write_keras2`
    write: Write | None = None  # writes files of its own instead of model.keras and model.h5

    @property
    def description(self) -> str:
        return " ".join((self.build.__doc__ or "").split())

    def draw_inputs(self) -> list[np.ndarray]:
        random = np.random.default_rng(zlib.crc32(f"inputs of {self.name}".encode()))
        return [draw_input(source, random) for source in self.inputs]


CASES: dict[str, Case] = {}


def draw_input(source: tuple[int, ...] | Draw, random: np.random.Generator) -> np.ndarray:
    array = source(random) if callable(source) else random.normal(0, 1, source)
    return array.astype(np.float32)


def case(*inputs: tuple[int, ...] | Draw, **options: Any) -> Callable[[Builder], Builder]:
    """Registers a builder as a case of the builder's own name."""

    def register(build: Builder) -> Builder:
        name = build.__name__
        if name in CASES:
            raise ValueError(f"Two cases are called {name}.")
        CASES[name] = Case(name, build, inputs, **options)
        return build

    return register
