"""A small model of eight of the ten classes, trained for a few epochs."""

import json
from pathlib import Path

import keras
import numpy as np

from fashion.dataset import CLASSES, Dataset, scale
from tuning.images import HELD_OUT, TUNING

KNOWN = CLASSES[:8]  # neither bags nor ankle boots
EPOCHS = 4


def build_model() -> keras.Model:
    model = keras.Sequential(name="wardrobe")
    model.add(keras.Input((28, 28, 1)))
    for block, filters in enumerate((8, 16, 32)):
        model.add(
            keras.layers.Conv2D(
                filters, 3, padding="same", activation="relu", name=f"convolution_{block}"
            )
        )
        model.add(keras.layers.MaxPool2D(2, padding="same", name=f"pooling_{block}"))
    model.add(keras.layers.Flatten(name="flatten"))
    model.add(keras.layers.Dense(48, activation="relu", name="features"))
    model.add(keras.layers.Dense(len(KNOWN), activation="softmax", name="head"))
    model.compile(
        optimizer=keras.optimizers.Adam(0.001),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


def write(folder: Path, data: Dataset) -> None:
    """Trains on images that the tuning does not see."""
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(8)
    model = build_model()
    model.fit(
        *known(data.train_images[:-TUNING], data.train_labels[:-TUNING]),
        batch_size=64,
        epochs=EPOCHS,
        verbose=2,
    )
    model.save(folder / "eight.keras")
    (folder / "eight.txt").write_text("".join(f"{name}\n" for name in KNOWN))


def write_evaluation(folder: Path, data: Dataset) -> None:
    """Writes how good the model is on held-out images of the classes that it knows."""
    model = keras.models.load_model(folder / "eight.keras")
    images, labels = known(data.test_images[:HELD_OUT], data.test_labels[:HELD_OUT])
    right = int(np.sum(np.argmax(model.predict(images, verbose=0), axis=1) == labels))
    loss, _ = model.evaluate(images, labels, verbose=0)
    content = {"images": len(labels), "right": right, "loss": loss}
    (folder / "eight.json").write_text(json.dumps(content, indent=1) + "\n")


def known(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    chosen = labels < len(KNOWN)
    return scale(images[chosen]), labels[chosen]
