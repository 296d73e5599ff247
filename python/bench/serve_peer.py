"""The peer that `docs/serving.md` compares with: the same model behind FastAPI and Keras.

`python -m bench.serve_peer MODEL PORT [WORKERS]` answers `POST /classify`, a PNG as the body, as
Atelier's server does. The model is called through `tf.function`, Keras's fastest way for a small
batch, and compiled before the first request.
"""

import io
import os
import sys
from contextlib import asynccontextmanager

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


def application():
    """What each worker of uvicorn makes for itself."""
    import keras
    import numpy as np
    import tensorflow as tf
    from fastapi import FastAPI, HTTPException, Request
    from fastapi.concurrency import run_in_threadpool
    from PIL import Image, UnidentifiedImageError

    model = keras.models.load_model(os.environ["MODEL"], compile=False)
    function = tf.function(lambda batch: model(batch, training=False))

    def classify(body: bytes) -> dict:
        try:
            image = Image.open(io.BytesIO(body)).convert("L").resize((28, 28))
        except UnidentifiedImageError as error:
            raise HTTPException(400, "no image") from error
        batch = np.asarray(image, np.float32)[None, :, :, None] / np.float32(255)
        scores = function(tf.constant(batch)).numpy()[0]
        top = [
            {"label": LABELS[i], "confidence": float(scores[i])} for i in np.argsort(-scores)[:3]
        ]
        return {"images": [{**top[0], "predictions": top}]}

    @asynccontextmanager
    async def compiled(_: FastAPI):
        function(tf.zeros((1, 28, 28, 1)))
        yield

    app = FastAPI(lifespan=compiled)

    @app.post("/classify")
    async def answer(request: Request) -> dict:
        return await run_in_threadpool(classify, await request.body())

    return app


if __name__ == "__main__":
    import uvicorn

    os.environ["MODEL"] = sys.argv[1]
    uvicorn.run(
        "bench.serve_peer:application",
        factory=True,
        port=int(sys.argv[2]),
        workers=int(sys.argv[3]) if len(sys.argv) > 3 else 1,
        log_level="warning",
        access_log=False,
    )
