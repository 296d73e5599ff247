"""Measures Atelier's server beside others: the same model, pictures and clients, on this machine.

Each round starts one server after the other, so that what the machine does meanwhile meets all
alike, and loads each by 1, 16, 64 and 256 connections over the loopback.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.measure import say
from bench.peers import OUT, ROOT, environment, java

MODEL = ROOT / "fixtures" / "fashion-mnist" / "model.keras"
PICTURE = ROOT / "fixtures" / "fashion-mnist" / "images" / "ankle-boot-0000.png"
PORT = 18081
CONNECTIONS = (1, 16, 64, 256)
PATIENCE_SECONDS = 120.0  # for a server to be ready
JSON = OUT / "serving.json"


@dataclass(frozen=True)
class Plan:
    rounds: int = 3
    seconds: float = 4.0  # and as long before, to warm up


QUICK = Plan(rounds=1, seconds=1.0)


@dataclass(frozen=True)
class Server:
    name: str
    title: str
    command: Callable[[], list[str]]  # asked when it is started: what it names is built before
    path: str = "classify"
    prepare: Callable[[], None] = field(default=lambda: None)


def atelier(batch: int) -> Callable[[], list[str]]:
    options = ["--port", str(PORT), "--queue", "512", "--max-batch", str(batch)]
    arguments = ["serve", str(MODEL), *options]
    return lambda: java("atelier", "io.atelier.cli.Atelier", *arguments, jmh=False)


def peer(module: str, *arguments: object) -> Callable[[], list[str]]:
    command = [sys.executable, "-m", f"bench.{module}", str(MODEL), str(PORT)]
    return lambda: [*command, *map(str, arguments)]


def register(batch: int) -> Callable[[], None]:
    """Tells Multi Model Server to load the model, with two workers."""

    def post() -> None:
        query = f"url=fashion&initial_workers=2&synchronous=true&batch_size={batch}"
        url = f"http://127.0.0.1:{PORT + 1}/models?{query}&max_batch_delay=1"
        retried(lambda: urllib.request.urlopen(urllib.request.Request(url, method="POST")))

    return post


def servers() -> list[Server]:
    mms = peer("mms_peer")
    predict = "predictions/fashion"
    return [
        Server("atelier", "Atelier", atelier(32)),
        Server("atelier-1", "Atelier, each request alone", atelier(1)),
        Server("fastapi-1", "FastAPI and Keras, 1 worker", peer("fastapi_peer", 1)),
        Server("fastapi-2", "FastAPI and Keras, 2 workers", peer("fastapi_peer", 2)),
        Server("mms-1", "Multi Model Server and Keras, 2 workers", mms, predict, register(1)),
        Server(
            "mms-32",
            "Multi Model Server and Keras, 2 workers, batches of 32",
            mms,
            predict,
            register(32),
        ),
    ]


TITLES = {server.name: server.title for server in servers()}


def retried(ask: Callable[[], Any]) -> None:
    """Asks until there is an answer."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            ask()
            return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@contextlib.contextmanager
def running(server: Server) -> Iterator[str]:
    """The URL of a server that has answered once, by each of its workers most likely."""
    log = OUT / "logs" / f"serve-{server.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            server.command(),
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT / "python",
            env=environment(0),
            start_new_session=True,
        )
    try:
        server.prepare()
        url = f"http://127.0.0.1:{PORT}/{server.path}"
        request = urllib.request.Request(
            url, PICTURE.read_bytes(), {"Content-Type": "image/png"}, method="POST"
        )
        for _ in range(8):
            retried(lambda: urllib.request.urlopen(request).read())
        yield url
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        # Multi Model Server leaves a worker behind.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def load(url: str, seconds: float) -> list[dict[str, Any]]:
    """A row for each number of connections."""
    arguments = [url, str(seconds), *map(str, CONNECTIONS)]
    command = java("atelier", "io.atelier.serve.load.ServerLoad", *arguments, jmh=False)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return [json.loads(line) for line in done.stdout.splitlines()]


def measure(plan: Plan) -> None:
    started = time.time()
    rows = []
    for number in range(plan.rounds):
        for server in servers():
            say(f"  {server.title}, round {number + 1} of {plan.rounds}")
            with running(server) as url:
                for row in load(url, plan.seconds):
                    rows.append({"server": server.name, "round": number, **row})
    JSON.write_text(
        json.dumps(
            {
                "date": time.strftime("%Y-%m-%d", time.localtime(started)),
                "quick": plan == QUICK,
                "minutes": (time.time() - started) / 60,
                "seconds": plan.seconds,
                "rows": rows,
            },
            indent=1,
        )
    )
