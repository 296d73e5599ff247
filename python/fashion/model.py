"""The CNN of the notebook, for either generation of Keras."""

from types import ModuleType
from typing import Any


def build_model(k: ModuleType) -> Any:
    """Builds the network of 89,546 parameters with `k`: `keras` or `tf_keras`."""
    model = k.Sequential(name="sequential")
    model.add(k.Input((28, 28, 1)))
    for block, filters in enumerate((16, 32, 64)):
        suffix = f"_{block}" if block else ""
        model.add(
            k.layers.Conv2D(filters, 3, padding="same", activation="relu", name=f"conv2d{suffix}")
        )
        model.add(k.layers.MaxPool2D(2, strides=2, padding="same", name=f"max_pooling2d{suffix}"))
    model.add(k.layers.Flatten(name="flatten"))
    model.add(k.layers.Dense(64, activation="relu", name="dense"))
    model.add(k.layers.Dense(10, activation="softmax", name="dense_1"))
    return model


def compile_model(model: Any) -> Any:
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["acc"])
    return model


def build_compiled_model(k: ModuleType) -> Any:
    return compile_model(build_model(k))
