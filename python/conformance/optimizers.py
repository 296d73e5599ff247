"""Trains a small model with each optimizer, and saves it with what the optimizer remembers.

Beside each file stands, as JSON, what Keras itself says that its optimizer remembers of each
weight, by Keras 3's names. The momentum that SGD of Keras 2 keeps and never uses is left out.
Run as `python -m conformance.optimizers`; Keras 2 runs in a process of its own.
"""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

FOLDER = Path(__file__).parents[2] / "fixtures" / "optimizers"

OPTIMIZERS: dict[str, tuple[str, dict[str, Any]]] = {
    "adam": ("Adam", {}),
    "adam-amsgrad": ("Adam", {"amsgrad": True}),
    "adam-averaged": ("Adam", {"use_ema": True}),
    "adam-accumulated": ("Adam", {"gradient_accumulation_steps": 2}),
    "adamw": ("AdamW", {}),
    "adamax": ("Adamax", {}),
    "nadam": ("Nadam", {}),
    "sgd": ("SGD", {}),
    "sgd-momentum": ("SGD", {"momentum": 0.9}),
    "rmsprop": ("RMSprop", {}),
    "rmsprop-centered": ("RMSprop", {"momentum": 0.9, "centered": True}),
    "adagrad": ("Adagrad", {}),
    "adadelta": ("Adadelta", {}),
    "ftrl": ("Ftrl", {}),
    "lion": ("Lion", {}),
    "lamb": ("Lamb", {}),
}
NOT_IN_KERAS_2 = ("adam-accumulated", "lamb")
NOT_LEGACY = (*NOT_IN_KERAS_2, "adam-averaged", "adamw", "lion")

# Keras 3's names for what Keras 2 calls otherwise.
NAMES = {
    "m": "momentum",
    "v": "velocity",
    "vhat": "velocity_hat",
    "u": "norm",
    "rms": "velocity",
    "mg": "average_gradient",
    "accum_grad": "accumulated_grad",
    "accum_var": "accumulated_delta_var",
}

Slots = dict[str, dict[str, list[float]]]


def trained(k: ModuleType, optimizer: Any) -> Any:
    k.utils.set_random_seed(7)
    layers = k.layers
    model = k.Sequential(
        [
            k.Input((3,), name="x"),
            layers.Dense(3, activation="tanh", name="first"),
            layers.BatchNormalization(name="normalized"),
            layers.Dense(3, name="second"),
        ],
        name="small",
    )
    model.compile(optimizer, "mse")
    random = np.random.default_rng(7)
    inputs, outputs = random.normal(size=(2, 24, 3)).astype(np.float32)
    model.fit(inputs, outputs, batch_size=8, epochs=2, shuffle=False, verbose=0)
    return model


def values(variable: Any) -> list[float]:
    return [float(value) for value in np.array(variable).ravel()]


def write(model: Any, name: str, suffixes: list[str], slots: Slots) -> None:
    for suffix in suffixes:
        model.save(FOLDER / f"{name}{suffix}")
    optimizer = model.optimizer
    batches = getattr(optimizer, "_iterations", optimizer.iterations)
    truth: dict[str, Any] = {"iterations": int(np.array(batches)), "slots": slots}
    if name.startswith("nadam"):
        # Keras 2 has another one for the same steps; what counts is Keras 3's.
        factors = 0.9 * (1 - 0.5 * 0.96 ** np.arange(1, truth["iterations"] + 1))
        truth["u_product"] = float(np.prod(factors))
        if name == "nadam":
            np.testing.assert_allclose(optimizer._u_product, truth["u_product"], rtol=1e-5)
    (FOLDER / f"{name}.json").write_text(json.dumps(truth) + "\n")


def write_keras3() -> None:
    import keras

    for name, (cls, options) in OPTIMIZERS.items():
        model = trained(keras, getattr(keras.optimizers, cls)(**options))
        slots: Slots = {}
        for weight in model.trainable_variables:
            prefix = weight.path.replace("/", "_") + "_"
            path = "/".join(weight.path.split("/")[-2:])
            slots[path] = {
                variable.name.removeprefix(prefix): values(variable)
                for variable in model.optimizer.variables
                if variable.name.startswith(prefix)
            }
        write(model, name, [".keras", ".h5"], slots)


def write_keras2() -> None:
    import tf_keras

    for name, (cls, options) in OPTIMIZERS.items():
        if name in NOT_IN_KERAS_2:
            continue
        model = trained(tf_keras, getattr(tf_keras.optimizers, cls)(**options))
        slots: Slots = {weight.name.removesuffix(":0"): {} for weight in model.trainable_variables}
        for variable in model.optimizer.variables:
            for weight in slots:
                if name != "sgd" and variable.name.endswith(f"/{weight}:0"):
                    slot = variable.name.split("/")[1]
                    slots[weight][renamed(name, slot)] = values(variable)
        write(model, f"{name}-keras2", [".h5", ".keras"], slots)


def write_legacy() -> None:
    import tf_keras

    for name, (cls, options) in OPTIMIZERS.items():
        if name in NOT_LEGACY:
            continue
        model = trained(tf_keras, getattr(tf_keras.optimizers.legacy, cls)(**options))
        optimizer = model.optimizer
        slots: Slots = {
            weight.name.removesuffix(":0"): {
                renamed(name, slot): values(optimizer.get_slot(weight, slot))
                for slot in optimizer.get_slot_names()
            }
            for weight in model.trainable_variables
        }
        write(model, f"{name}-legacy", [".h5"], slots)


def renamed(optimizer: str, slot: str) -> str:
    return "norm" if (optimizer, slot) == ("adamax", "v") else NAMES.get(slot, slot)


WRITERS = {"keras3": write_keras3, "keras2": write_keras2, "legacy": write_legacy}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        WRITERS[sys.argv[1]]()
    else:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for writer in WRITERS:
            subprocess.run([sys.executable, "-m", "conformance.optimizers", writer], check=True)
