"""What Keras says about a model: `model.summary()` to the character, and the same as data."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras

COLUMNS = 120  # wide enough for Keras's own line lengths: 88, or 108 with "Connected to"


@contextmanager
def terminal(columns: int) -> Iterator[None]:
    """Pretends a terminal of so many columns: Keras cuts its tables to fit."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(columns)
    try:
        yield
    finally:
        del os.environ["COLUMNS"]
        if before is not None:
            os.environ["COLUMNS"] = before


def summary_text(model: keras.Model, columns: int = COLUMNS) -> str:
    """Returns exactly what `model.summary(print_fn=...)` hands to its function."""
    pieces: list[str] = []
    with terminal(columns):
        model.summary(print_fn=pieces.append)
    return "".join(pieces)


def summary_data(model: keras.Model) -> dict[str, Any]:
    optimizer = getattr(model, "optimizer", None)
    return {
        "name": model.name,
        "keras_version": keras.__version__,
        "layers": [
            {
                "name": layer.name,
                "class": type(layer).__name__,
                "output_shape": output_shape(layer),
                "parameters": layer.count_params(),
            }
            for layer in model.layers
        ],
        "total_parameters": model.count_params(),
        "trainable_parameters": count(model.trainable_weights),
        "non_trainable_parameters": count(model.non_trainable_weights),
        "optimizer_parameters": count(optimizer.variables) if optimizer else 0,
    }


def output_shape(layer: keras.Layer) -> Any:
    """The shape of a layer's last call, `None` (JSON null) where it is open."""
    outputs = layer._inbound_nodes[-1].output_tensors
    shapes = [list(tensor.shape) for tensor in outputs]
    return shapes[0] if len(shapes) == 1 else shapes


def count(variables: list[Any]) -> int:
    return sum(int(variable.value.shape.num_elements()) for variable in variables)


def write_summary(folder: Path, model: keras.Model, columns: int = COLUMNS) -> None:
    (folder / "summary.txt").write_text(summary_text(model, columns))
    (folder / "summary.json").write_text(
        json.dumps(summary_data(model), indent=2, ensure_ascii=False) + "\n"
    )
