"""Writes models with genuine Keras 2 (`tf_keras`), which needs a process of its own.

The process takes a list of jobs as JSON on its standard input. It builds each model anew with the
same function, gives it the weights that Keras 3 has, saves it, reloads it and compares.
"""

import importlib
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from exporter import reference, weights


@dataclass(frozen=True)
class Job:
    builder: str  # "module:function", called with tf_keras
    weights: str  # as `weights.save` wrote them
    reference: str
    out: str
    twin: str | None = None  # a builder whose model computes the reference, if not the same one
    xla: bool = False
    include_optimizer: bool = False
    train: bool = False  # one training step before saving, so that the optimizer has weights
    computes: bool = False  # the reference's outputs are to be those of Keras 2


def write(jobs: list[Job]) -> None:
    """Runs the jobs in a new process and raises if one of them fails."""
    result = subprocess.run(
        [sys.executable, "-m", "exporter.keras2"],
        input=json.dumps([asdict(absolute(job)) for job in jobs]),
        text=True,
        capture_output=True,
        cwd=Path(__file__).parents[1],
        check=False,
    )
    if result.returncode:
        raise RuntimeError(f"Keras 2 failed:\n{result.stderr[-4000:]}")


def absolute(job: Job) -> Job:
    """The same job for the new process, whose working directory is another one."""
    files = {key: str(Path(getattr(job, key)).resolve()) for key in ("weights", "reference", "out")}
    return Job(**{**asdict(job), **files})


def main() -> None:
    import tf_keras

    for job in json.load(sys.stdin):
        run(Job(**job), tf_keras)


def run(job: Job, tf_keras: Any) -> None:
    try:
        save(job, tf_keras)
        if job.computes:
            write_reference(job, tf_keras)
        compare(job, tf_keras)
    except Exception as problem:
        problem.add_note(f"The job: {job}")
        raise


def save(job: Job, tf_keras: Any) -> None:
    tf_keras.backend.clear_session()  # else the names Keras makes up count on from job to job
    tf_keras.utils.set_random_seed(0)
    model = build(job.builder, tf_keras)
    weights.load(model, Path(job.weights))
    if job.train:
        train_once(model, job)
        weights.load(model, Path(job.weights))  # the step moved them away from the reference
    model.save(job.out, include_optimizer=job.include_optimizer)


def build(builder: str, tf_keras: Any) -> Any:
    module, function = builder.split(":")
    return getattr(importlib.import_module(module), function)(tf_keras)


def train_once(model: Any, job: Job) -> None:
    """Takes a step towards the outputs of other rows; towards its own it would not move at all."""
    entries = reference.read(Path(job.reference))
    inputs = reference.numbered(entries, "inputs")
    targets = [np.roll(array, 1, axis=0) for array in reference.numbered(entries, "outputs")]
    model.train_on_batch(
        inputs if len(inputs) > 1 else inputs[0], targets if len(targets) > 1 else targets[0]
    )


def write_reference(job: Job, tf_keras: Any) -> None:
    """Keeps the inputs of the reference; inner layers are left out."""
    model = tf_keras.models.load_model(job.out, compile=False)
    inputs = reference.numbered(reference.read(Path(job.reference)), "inputs")
    outputs = reference.flat_outputs(model, tuple(inputs))
    entries = {f"inputs/{index}": array for index, array in enumerate(inputs)}
    entries |= {f"outputs/{index}": np.asarray(array) for index, array in enumerate(outputs)}
    reference.write(Path(job.reference), entries)


def compare(job: Job, tf_keras: Any) -> None:
    """Reloads what was saved and checks that it computes the reference."""
    model = tf_keras.models.load_model(job.out, compile=job.include_optimizer)
    if job.twin:
        twin = build(job.twin, tf_keras)
        weights.copy(model, twin)
        model = twin
    entries = reference.read(Path(job.reference))
    computed = reference.run(
        lambda *tensors: reference.flat_outputs(model, tensors),
        reference.numbered(entries, "inputs"),
        job.xla,
    )
    reference.check(computed, reference.numbered(entries, "outputs"), job.out)


if __name__ == "__main__":
    main()
