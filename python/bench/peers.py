"""The programs that are compared, and the processes they run in."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
OUT = ROOT / "target" / "bench"
PATIENCE_SECONDS = 90.0  # for one answer


@dataclass(frozen=True)
class Peer:
    name: str
    title: str
    classpath: str | None = None  # the file of its class path; None for Python
    models: tuple[str, ...] = ()  # the only ones it takes, if any are named
    trains: bool = False


PEERS = [
    Peer("onnxruntime", "bare ONNX Runtime", "onnxruntime"),
    Peer("onnx", "Atelier, engine onnx", "atelier"),
    Peer("classifier", "Atelier, FashionClassifier", "atelier", models=("cnn",)),
    Peer("dl4j", "Atelier, engine dl4j", "atelier", trains=True),
    Peer("stock-dl4j", "stock Deeplearning4j", "stock-dl4j", trains=True),
    Peer("tensorflow-java", "TensorFlow Java", "tensorflow-java"),
    Peer("tf-function", "tf.function"),
    Peer("keras-predict-on-batch", "Keras predict_on_batch", trains=True),
    Peer("keras-predict", "Keras predict"),
]
TITLES = {peer.name: peer.title for peer in PEERS}


class RefusedError(Exception):
    """A peer does not take a model, or computes something else than Keras."""


def jars(classpath: str) -> list[Path]:
    return [Path(jar) for jar in (OUT / f"{classpath}.classpath").read_text().strip().split(":")]


def harness() -> list[Path]:
    """JMH and what it needs, on top of what the peer needs."""
    parts = ("jmh-core", "jopt-simple", "commons-math3")
    return [jar for jar in jars("all") if jar.name.startswith(parts)]


def java(classpath: str, main: str, *arguments: str, jmh: bool = True) -> list[str]:
    folders = [ROOT / "target" / "test-classes"]
    if classpath == "atelier":
        folders.append(ROOT / "target" / "classes")
    own = jars(classpath)
    extra = [jar for jar in harness() if jar.name not in {path.name for path in own}]
    path = ":".join(str(part) for part in [*folders, *own, *(extra if jmh else [])])
    return ["java", "-Xmx2g", "-cp", path, main, *arguments]


def command(peer: Peer, folder: Path, threads: int, *options: str) -> list[str]:
    arguments = [peer.name, str(folder), str(threads), *options]
    if peer.classpath:
        return java(peer.classpath, "io.atelier.bench.Worker", *arguments)
    return [sys.executable, "-m", "bench.keras_worker", *arguments]


def environment(threads: int) -> dict[str, str]:
    """OpenMP's and OpenBLAS's threads are told here; the other peers are told in their own way."""
    variables = {**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "2"}
    if threads:
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
            variables[name] = str(threads)
    return variables


class Process:
    """A peer's process, which answers in lines that begin with `@`."""

    def __init__(self, peer: Peer, folder: Path, threads: int, *options: str) -> None:
        log = OUT / "logs" / f"{folder.name}-{peer.name}-{threads}{'-'.join(['', *options])}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        self.started = time.perf_counter()
        with log.open("w") as errors:
            self.process = subprocess.Popen(
                command(peer, folder, threads, *options),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=ROOT / "python",
                env=environment(threads),
            )

    def ask(self, line: str) -> dict[str, Any]:
        assert self.process.stdin
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        return json.loads(self.answer())

    def answer(self) -> str:
        assert self.process.stdout
        watch = threading.Timer(PATIENCE_SECONDS, self.process.kill)
        watch.start()
        try:
            for line in self.process.stdout:
                if line.startswith("@refused "):
                    reason = line.removeprefix("@refused ").strip()
                    raise RefusedError(reason.replace(f"{ROOT}/", ""))
                if line.startswith("@"):
                    return line[1:].strip()
        finally:
            watch.cancel()
        raise RefusedError(f"no answer within {PATIENCE_SECONDS:.0f} s, or it ended")

    def close(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
