"""`python -m conformance.custom`: a model with layers of its own, which no table of ours has.

Writes `fixtures/custom-layers/`: a class without weights, one with a weight, and a Lambda.
"""

from pathlib import Path
from typing import Any

import keras
import numpy as np

from conformance import archive
from exporter import reference, weights

FOLDER = Path(__file__).parents[2] / "fixtures" / "custom-layers"


@keras.saving.register_keras_serializable("shop")
class SpaceToDepth(keras.layers.Layer):
    def __init__(self, block: int, **options: Any) -> None:
        super().__init__(**options)
        self.block = block

    def call(self, x: Any) -> Any:
        import tensorflow as tf

        return tf.nn.space_to_depth(x, self.block)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "block": self.block}


@keras.saving.register_keras_serializable("shop")
class Scale(keras.layers.Layer):
    def build(self, input_shape: tuple) -> None:
        self.factor = self.add_weight(shape=(input_shape[-1],), name="factor")

    def call(self, x: Any) -> Any:
        return x * self.factor


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    x = keras.Input((4, 6, 2), name="x")
    y = keras.layers.Conv2D(2, 1, name="conv2d")(x)
    y = Scale(name="scale")(SpaceToDepth(2, name="deep")(y))
    y = keras.layers.Lambda(lambda t: t * t, output_shape=(2, 3, 8), name="square")(y)
    y = keras.layers.Dense(3, name="dense")(keras.layers.Flatten(name="flatten")(y))
    model = keras.Model(x, y, name="custom")
    weights.randomize(model, "custom")
    inputs = [np.random.default_rng(7).normal(0, 1, (2, 4, 6, 2)).astype(np.float32)]
    reference.write(FOLDER / "reference.npz", reference.compute(model, inputs, rows=2))
    model.save(FOLDER / "model.h5")
    model.save(FOLDER / "model.keras")
    archive.repack(FOLDER / "model.keras", stored=False)


if __name__ == "__main__":
    main()
