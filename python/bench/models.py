"""The models that are measured, in every peer's format.

One is the committed CNN; the others are made here, with the weights that Keras draws, so that
nobody tunes to one network.
"""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np

from exporter import keras2, reference, weights

ROWS = 256  # the largest batch
WORDS = 5000
BLOCKS = [(1, 16, 1), (6, 24, 2), (6, 24, 1), (6, 32, 2), (6, 32, 1), (6, 64, 2), (6, 64, 1)]


@dataclass(frozen=True)
class Source:
    name: str
    title: str
    make: Callable[[Path], Any]  # writes model.keras and model-keras2.h5, gives the model
    inputs: Callable[[np.random.Generator], np.ndarray]


def mobile(k: ModuleType) -> Any:
    """MobileNetV2's blocks, fewer and narrower than the original's, for images of 96 x 96."""
    layers = k.layers
    inputs = k.Input((96, 96, 3))
    x = layers.Conv2D(16, 3, strides=2, padding="same", use_bias=False)(inputs)
    x = layers.ReLU(6.0)(layers.BatchNormalization()(x))
    for expansion, filters, strides in BLOCKS:
        x = block(layers, x, expansion, filters, strides)
    x = layers.Conv2D(320, 1, use_bias=False)(x)
    x = layers.ReLU(6.0)(layers.BatchNormalization()(x))
    x = layers.GlobalAveragePooling2D()(x)
    return k.Model(inputs, layers.Dense(10, activation="softmax")(x), name="mobile")


def block(layers: Any, x: Any, expansion: int, filters: int, strides: int) -> Any:
    """An inverted residual: expanded, filtered by channel, projected, added where it fits."""
    before, channels = x, int(x.shape[-1])
    if expansion > 1:
        x = layers.Conv2D(expansion * channels, 1, use_bias=False)(x)
        x = layers.ReLU(6.0)(layers.BatchNormalization()(x))
    if strides > 1:
        x = layers.ZeroPadding2D(((0, 1), (0, 1)))(x)
    padding = "valid" if strides > 1 else "same"
    x = layers.DepthwiseConv2D(3, strides=strides, padding=padding, use_bias=False)(x)
    x = layers.ReLU(6.0)(layers.BatchNormalization()(x))
    x = layers.BatchNormalization()(layers.Conv2D(filters, 1, use_bias=False)(x))
    return layers.Add()([before, x]) if strides == 1 and channels == filters else x


def text(k: ModuleType) -> Any:
    model = k.Sequential(name="text")
    model.add(k.Input((80,)))
    model.add(k.layers.Embedding(WORDS, 64))
    model.add(k.layers.LSTM(64))
    model.add(k.layers.Dense(10, activation="softmax"))
    return model


def grey_images(random: np.random.Generator) -> np.ndarray:
    return random.integers(0, 256, (ROWS, 28, 28, 1)).astype(np.float32) / np.float32(255)


def colour_images(random: np.random.Generator) -> np.ndarray:
    return random.random((ROWS, 96, 96, 3), np.float32)


def sentences(random: np.random.Generator) -> np.ndarray:
    return random.integers(0, WORDS, (ROWS, 80)).astype(np.float32)


def committed(folder: Path) -> Any:
    fixtures = Path(__file__).parents[2] / "fixtures" / "fashion-mnist"
    for name in ("model.keras", "model-keras2.h5"):
        shutil.copyfile(fixtures / name, folder / name)
    return keras.models.load_model(folder / "model.keras")


def built(builder: Callable[[ModuleType], Any]) -> Callable[[Path], Any]:
    def make(folder: Path) -> Any:
        keras.utils.set_random_seed(1)
        model = builder(keras)
        model.save(folder / "model.keras")
        with tempfile.TemporaryDirectory() as scratch:
            saved = Path(scratch) / "weights.npz"
            weights.save(model, saved)
            known = Path(scratch) / "reference.npz"
            source = next(source for source in SOURCES if source.name == builder.__name__)
            rows = source.inputs(np.random.default_rng(1))[:4]
            reference.write(known, reference.compute(model, [rows], len(rows)))
            keras2.write(
                [
                    keras2.Job(
                        builder=f"bench.models:{builder.__name__}",
                        weights=str(saved),
                        reference=str(known),
                        out=str(folder / "model-keras2.h5"),
                    )
                ]
            )
        return model

    return make


SOURCES = [
    Source(
        "cnn", "the CNN of Fashion-MNIST: 28 x 28 x 1, 89,546 parameters", committed, grey_images
    ),
    Source("mobile", "a MobileNetV2 in small: 96 x 96 x 3", built(mobile), colour_images),
    Source(
        "text", "an LSTM classifier: 80 words, Embedding, LSTM of 64 units", built(text), sentences
    ),
]


def write(folder: Path, source: Source) -> None:
    """Writes one model with its inputs and what Keras computes for them, unless it is there."""
    done = folder / "model.properties"
    if done.exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    keras.backend.clear_session()
    model = source.make(folder)
    inputs = source.inputs(np.random.default_rng(0))
    outputs = np.asarray(model.predict_on_batch(inputs))
    inputs.astype("<f4").tofile(folder / "inputs.bin")
    outputs.astype("<f4").tofile(folder / "outputs.bin")
    model.export(folder / "saved_model", verbose=False)
    shape = ",".join(str(size) for size in inputs.shape[1:])
    sequential = str(isinstance(model, keras.Sequential)).lower()
    done.write_text(
        f"inputShape={shape}\nclasses={outputs.shape[1]}\nsequential={sequential}\n"
        f"parameters={model.count_params()}\n"
    )
