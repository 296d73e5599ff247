"""The measuring: rounds over all peers, so that what the machine does meanwhile meets all alike."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.peers import PEERS, Peer, Process, RefusedError, jars, java

TOLERANCE = 1e-4  # of probabilities, against Keras
SLOW_SECONDS = 1.5  # a call that takes longer is measured once
LONGEST_SECONDS = 15.0  # a call that is expected to take longer is not measured


@dataclass(frozen=True)
class Plan:
    batches: tuple[int, ...] = (1, 8, 32, 256)
    threads: tuple[int, ...] = (0, 1)  # 0 is all cores
    rounds: int = 5
    other_rounds: int = 3  # of the models beside the first
    first_seconds: float = 0.8  # before all rounds, for the JVM's compiler
    warm_up_seconds: float = 0.15
    seconds: float = 0.5
    cold_runs: int = 5


QUICK = Plan(
    batches=(1, 32),
    threads=(0,),
    rounds=2,
    other_rounds=1,
    first_seconds=0.3,
    warm_up_seconds=0.1,
    seconds=0.2,
    cold_runs=1,
)


@dataclass
class Results:
    rows: list[dict[str, Any]] = field(default_factory=list)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    cold: dict[str, dict[str, Any]] = field(default_factory=dict)
    jars: dict[str, int] = field(default_factory=dict)

    def refuse(self, model: str, threads: int, peer: Peer, reason: object) -> None:
        say(f"  {peer.title}: refused: {reason}")
        entry = {"model": model, "threads": threads, "peer": peer.name, "reason": str(reason)}
        self.refusals.append(entry)


def say(text: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {text}", flush=True)


def write_graph(folder: Path) -> None:
    """The graph that engine onnx runs, for bare ONNX Runtime; none if the engine refuses."""
    arguments = [str(folder / "model.keras"), str(folder / "model.onnx")]
    (folder / "model.onnx").unlink(missing_ok=True)
    done = subprocess.run(
        java("atelier", "io.atelier.bench.WriteGraph", *arguments),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        say(f"  no graph of {folder.name}: {done.stderr.strip().splitlines()[:3]}")


@contextmanager
def running(
    peers: list[Peer], folder: Path, threads: int, results: Results
) -> Iterator[dict[Peer, Process]]:
    """The processes of all peers that take the model and compute what Keras computes."""
    processes: dict[Peer, Process] = {}
    try:
        for peer in peers:
            process = Process(peer, folder, threads)
            try:
                difference = float(process.answer().split()[1])
                if not difference <= TOLERANCE:
                    raise RefusedError(f"differs from Keras by {difference:.3g}")
                processes[peer] = process
            except RefusedError as reason:
                results.refuse(folder.name, threads, peer, reason)
                process.close()
        yield processes
    finally:
        for process in processes.values():
            process.close()


def predictions(folder: Path, threads: int, plan: Plan, rounds: int, results: Results) -> None:
    peers = [peer for peer in PEERS if not peer.models or folder.name in peer.models]
    with running(peers, folder, threads, results) as processes:
        jobs = [("predict", batch) for batch in plan.batches]
        interleaved(processes, jobs, folder.name, threads, plan, rounds, results)


def training(folder: Path, threads: int, plan: Plan, results: Results) -> None:
    peers = [peer for peer in PEERS if peer.trains]
    with running(peers, folder, threads, results) as processes:
        interleaved(processes, [("train", 32)], folder.name, threads, plan, plan.rounds, results)


def interleaved(
    processes: dict[Peer, Process],
    jobs: list[tuple[str, int]],
    model: str,
    threads: int,
    plan: Plan,
    rounds: int,
    results: Results,
) -> None:
    slow: dict[tuple[Peer, str, int], float] = {}  # seconds a call
    gone: set[Peer] = set()
    for number in range(-1, rounds):
        say(f"  {model}, {threads or 'all'} threads, round {number + 1} of {rounds}")
        for kind, batch in jobs:
            for peer, process in processes.items():
                if peer in gone or (peer, kind, batch) in slow:
                    continue
                expected = max(
                    (
                        seconds * batch / size
                        for (who, _, size), seconds in slow.items()
                        if who == peer
                    ),
                    default=0.0,
                )
                warm_up = plan.warm_up_seconds if number >= 0 else plan.first_seconds
                try:
                    if expected > LONGEST_SECONDS:
                        slow[peer, kind, batch] = expected
                        raise RefusedError(f"expected to take {expected:.0f} s a call")
                    times = process.ask(f"{kind} {batch} {warm_up} {plan.seconds}")
                except RefusedError as reason:
                    results.refuse(model, threads, peer, f"{kind}, batch {batch}: {reason}")
                    if expected <= LONGEST_SECONDS:
                        gone.add(peer)
                    continue
                if times["p50"] > SLOW_SECONDS * 1e9:
                    slow[peer, kind, batch] = times["p50"] / 1e9
                if number >= 0 or (peer, kind, batch) in slow:
                    entry = {"model": model, "threads": threads, "peer": peer.name, "kind": kind}
                    position = {"batch": batch, "round": max(number, 0)}
                    results.rows.append({**entry, **position, **times})


def cold_starts(folder: Path, plan: Plan, results: Results) -> None:
    """From the start of a process to its first prediction; memory in the first run, afterwards."""
    for run in range(plan.cold_runs):
        say(f"  cold start, run {run + 1} of {plan.cold_runs}")
        for peer in PEERS:
            process = Process(peer, folder, 0, "cold")
            try:
                process.answer()
                seconds = time.perf_counter() - process.started
                entry = results.cold.setdefault(peer.name, {"seconds": []})
                entry["seconds"].append(seconds)
                if run == 0:
                    entry.update(json.loads(process.answer()))
                else:
                    process.process.kill()
            except RefusedError as reason:
                results.refuse(folder.name, 0, peer, f"cold start: {reason}")
            finally:
                with suppress(OSError):
                    process.close()


def jar_sizes(results: Results) -> None:
    for peer in PEERS:
        if peer.classpath:
            results.jars[peer.name] = sum(jar.stat().st_size for jar in jars(peer.classpath))
