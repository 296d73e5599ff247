"""The classifier of the servers in Python that Atelier's is compared with."""

import io
from collections.abc import Callable

LABELS = [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
]


def load(path: str) -> Callable[[list[bytes]], list[dict]]:
    """A function from pictures to what `/classify` answers for each.

    The model is called through `tf.function`, Keras's fastest way for a small batch, and is
    compiled here, before the first request.

    Raises (when called):
        PIL.UnidentifiedImageError: if one of them is no picture.
    """
    import keras
    import numpy as np
    import tensorflow as tf
    from PIL import Image

    model = keras.models.load_model(path, compile=False)
    shape = tf.TensorSpec((None, 28, 28, 1), tf.float32)
    function = tf.function(lambda batch: model(batch, training=False), input_signature=[shape])

    def pixels(picture: bytes) -> np.ndarray:
        image = Image.open(io.BytesIO(picture)).convert("L").resize((28, 28))
        return np.asarray(image, np.float32)[:, :, None] / np.float32(255)

    def ranked(scores: np.ndarray) -> dict:
        top = [
            {"label": LABELS[i], "confidence": float(scores[i])} for i in np.argsort(-scores)[:3]
        ]
        return {"images": [{**top[0], "predictions": top}]}

    def classify(pictures: list[bytes]) -> list[dict]:
        batch = np.stack([pixels(picture) for picture in pictures])
        return [ranked(scores) for scores in function(tf.constant(batch)).numpy()]

    function(tf.zeros((1, 28, 28, 1)))
    return classify
