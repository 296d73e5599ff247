"""The process of one Python peer with one model; speaks as `io.atelier.bench.Worker` does.

`python -m bench.keras_worker PEER FOLDER THREADS` answers `predict BATCH WARM_UP SECONDS` and
`train BATCH WARM_UP SECONDS`; with `cold` behind, it tells of its first prediction and its memory.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

COLD_SECONDS = 3.0

Call = Callable[[], Any]


class Peer:
    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.model = keras.models.load_model(folder / "model.keras", compile=False)
        lines = (folder / "model.properties").read_text().split()
        properties = dict(line.split("=") for line in lines)
        shape = [int(size) for size in properties["inputShape"].split(",")]
        self.inputs = np.fromfile(folder / "inputs.bin", "<f4").reshape([-1, *shape])
        outputs = np.fromfile(folder / "outputs.bin", "<f4")
        self.outputs = outputs.reshape([-1, int(properties["classes"])])
        self.function = tf.function(lambda tensor: self.model(tensor, training=False))

    def prediction(self, size: int) -> Call:
        """What is timed: from an input in the peer's own type to a NumPy array."""
        batch = self.inputs[:size].copy()
        if self.name == "keras-predict":
            return lambda: self.model.predict(batch, batch_size=size, verbose=0)
        if self.name == "keras-predict-on-batch":
            return lambda: self.model.predict_on_batch(batch)
        if self.name == "tf-function":
            tensor = tf.constant(batch)
            return lambda: self.function(tensor).numpy()
        raise ValueError(f"No peer is called {self.name}.")

    def training_step(self, size: int) -> Call:
        if self.name != "keras-predict-on-batch":
            raise ValueError("does not train")
        trained = keras.models.clone_model(self.model)
        trained.set_weights(self.model.get_weights())
        trained.compile(optimizer=keras.optimizers.Adam(1e-3), loss="categorical_crossentropy")
        labels = np.eye(self.outputs.shape[1], dtype="f4")[self.outputs[:size].argmax(axis=1)]
        batch = self.inputs[:size].copy()
        return lambda: trained.train_on_batch(batch, labels)

    def difference(self, size: int = 8) -> float:
        return float(np.abs(self.prediction(size)() - self.outputs[:size]).max())


def measure(call: Call, warm_up: float, seconds: float) -> str:
    timed(call, warm_up)
    times = np.asarray(timed(call, seconds), np.float64)
    p50, p99 = np.percentile(times, [50, 99])
    return json.dumps({"p50": p50, "p99": p99, "mean": times.mean(), "count": len(times)})


def timed(call: Call, seconds: float) -> list[int]:
    """Calls one after the other, at least once; the nanoseconds that each took."""
    times = []
    before = time.perf_counter_ns()
    end = before + int(seconds * 1e9)
    while before < end:
        call()
        after = time.perf_counter_ns()
        times.append(after - before)
        before = time.perf_counter_ns()
    return times


def answer(text: str) -> None:
    print("@" + text, flush=True)


def kibibytes(key: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{key}:"):
            return int(line.split()[1])
    raise KeyError(key)


def start_cold(peer: Peer) -> None:
    answer(f"first {peer.prediction(1)()[0, 0]:.4f}")
    timed(peer.prediction(32), COLD_SECONDS)
    answer(json.dumps({"rss": kibibytes("VmRSS"), "peak": kibibytes("VmHWM")}))


def serve(peer: Peer) -> None:
    answer(f"ready {peer.difference():.3e}")
    for line in sys.stdin:
        kind, size, warm_up, seconds = line.split()
        try:
            make = peer.training_step if kind == "train" else peer.prediction
            answer(measure(make(int(size)), float(warm_up), float(seconds)))
        except Exception as problem:
            answer(f"refused {problem}".splitlines()[0])


def main() -> None:
    name, folder, threads, *cold = sys.argv[1:]
    if int(threads):
        tf.config.threading.set_intra_op_parallelism_threads(int(threads))
        tf.config.threading.set_inter_op_parallelism_threads(int(threads))
    peer = Peer(name, Path(folder))
    if cold:
        start_cold(peer)
    else:
        serve(peer)


if __name__ == "__main__":
    main()
