"""The peer in Python that Atelier's server is compared with: FastAPI with Keras.

`python -m bench.fastapi_peer MODEL PORT WORKERS` answers `POST /classify`, a PNG as the body, as
Atelier's server does.
"""

import os
import sys

from bench import keras_classifier


def application():
    """What each worker of uvicorn makes for itself."""
    from fastapi import FastAPI, HTTPException, Request
    from fastapi.concurrency import run_in_threadpool
    from PIL import UnidentifiedImageError

    classify = keras_classifier.load(os.environ["MODEL"])
    app = FastAPI()

    @app.post("/classify")
    async def answer(request: Request) -> dict:
        try:
            return (await run_in_threadpool(classify, [await request.body()]))[0]
        except UnidentifiedImageError as error:
            raise HTTPException(400, "no image") from error

    return app


if __name__ == "__main__":
    import uvicorn

    os.environ["MODEL"] = sys.argv[1]
    uvicorn.run(
        "bench.fastapi_peer:application",
        factory=True,
        port=int(sys.argv[2]),
        workers=int(sys.argv[3]),
        log_level="warning",
        access_log=False,
    )
