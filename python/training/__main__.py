"""`python -m training [--only NAME ...] [--out FOLDER]`, from the folder `python`.

Takes 20 steps of training with each case, and writes the losses and, after 1, 5 and 20 steps, the
weights, and of some cases the model after 5, with its optimizer. Java draws the same batches: see
`Batches`.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import keras
import numpy as np

from conformance import archive
from exporter import weights
from training.batches import Batches
from training.cases import Case, cases
from training.models import MODELS

FIXTURES = Path(__file__).parents[2] / "fixtures" / "training"
STEPS = 20
WRITTEN = (1, 5, 20)
SAVED = 5
MOST_VALUES = 100


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--only", action="append", metavar="MODEL/CASE")
    parser.add_argument("--out", type=Path, default=FIXTURES)
    arguments = parser.parse_args()
    for case in cases():
        if not arguments.only or f"{case.model}/{case.name}" in arguments.only:
            write(case, arguments.out / case.model)


def write(case: Case, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    model = build(case.model, folder)
    model.compile(optimizer=case.optimizer, loss=case.loss)
    content = {
        "batch": case.batch,
        "compile": model.get_compile_config(),
        "sample_weights": "sample_weight" in case.options,
        "class_weights": list(case.options.get("class_weight", {}).values()),
        **train(case, model, folder),
    }
    (folder / f"{case.name}.json").write_text(json.dumps(content, indent=1) + "\n")


def build(name: str, folder: Path) -> Any:
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    model = MODELS[name]()
    if name != "notebook":
        weights.randomize(model, name)
        model.save(folder / "model.keras")
        archive.repack(folder / "model.keras", stored=False)
    return model


def train(case: Case, model: Any, folder: Path) -> dict[str, Any]:
    batches = Batches(case.batch, model.input_shape[1:], max(model.output_shape[-1], 2))
    losses = []
    states = {}
    for step in range(1, STEPS + 1):
        images, labels, sample_weight = batches.draw()
        model.reset_metrics()  # or the loss is the mean of all steps so far
        logs = model.train_on_batch(
            images,
            targets(case, labels, model),
            sample_weight=sample_weight if "sample_weight" in case.options else None,
            class_weight=case.options.get("class_weight"),
            return_dict=True,
        )
        losses.append(float(logs["loss"]))
        if step in WRITTEN:
            states[step] = {
                f"{layer.name}/{name}": sample(variable)
                for layer in model.layers
                for name, variable in weights_of(layer)
            }
        if step == SAVED and case.saved:
            model.save(folder / f"{case.name}.keras")
            archive.repack(folder / f"{case.name}.keras", stored=False)
    return {"losses": losses, "weights": states}


def targets(case: Case, labels: np.ndarray, model: Any) -> np.ndarray:
    if "sparse" in str(case.loss).lower():
        return labels
    if model.output_shape[-1] == 1:
        return labels[:, np.newaxis].astype("float32")
    return keras.utils.to_categorical(labels, model.output_shape[-1])


def weights_of(layer: Any, prefix: str = "") -> list[tuple[str, Any]]:
    """By the names that Java gives them; without the state of Dropout's random numbers."""
    if isinstance(layer, keras.layers.Bidirectional):
        backward = weights_of(layer.backward_layer, "backward/")
        return weights_of(layer.forward_layer, "forward/") + backward
    if isinstance(getattr(layer, "cell", None), keras.layers.StackedRNNCells):
        cells = enumerate(layer.cell.cells)
        return [weight for i, cell in cells for weight in weights_of(cell, f"cell_{i}/")]
    heads = keras.layers.MultiHeadAttention | keras.layers.GroupQueryAttention
    names = slice(-2 if isinstance(layer, heads) else -1, None)
    return [
        (prefix + "/".join(variable.path.split("/")[names]), variable)
        for variable in layer.variables
        if "seed" not in variable.name
    ]


def sample(variable: Any) -> dict[str, Any]:
    """Every so many values, and the length of the vector that all of them are."""
    values = np.ravel(variable.numpy())
    return {
        "norm": float(np.linalg.norm(values.astype("float64"))),
        "values": [float(f"{value:.8g}") for value in values[:: every(values.size)]],
    }


def every(size: int) -> int:
    return -(-size // MOST_VALUES)


if __name__ == "__main__":
    main()
