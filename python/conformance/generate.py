"""Writes the folders of cases and checks each file against the reference."""

import tempfile
from pathlib import Path
from typing import Any

import keras

from conformance import archive
from conformance.registry import Builder, Case
from exporter import keras2, reference, summary, weights


def generate(cases: list[Case], out: Path) -> None:
    """Writes `out/<case name>/` for each case; Keras 2 does all of its files in one process."""
    with tempfile.TemporaryDirectory() as scratch:
        for case in cases:
            generate_case(case, out / case.name, Path(scratch))
        jobs = [keras2_job(case, out / case.name, Path(scratch)) for case in cases]
        keras2.write([job for job in jobs if job])


def generate_case(case: Case, folder: Path, scratch: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    model = build(case)
    expected = compute_reference(case, model)
    reference.write(folder / "reference.npz", expected)
    summary.write_summary(folder, model, columns=80)
    (folder / "summary-wide.txt").write_text(summary.summary_text(model, columns=120))
    weights.save(model, weights_file(case, scratch))
    if case.write:
        case.write(case, folder, model)
        return
    for name in ("model.keras",) if case.no_h5 else ("model.keras", "model.h5"):
        model.save(folder / name)
        if name.endswith(".keras"):
            archive.repack(folder / name, case.stored)
        check_file(case, folder / name, expected)


def build(case: Case) -> Any:
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    model = case.build(keras)
    if not model.built:
        reference.flat_outputs(model, tuple(case.draw_inputs()))
    if case.train:
        train_once(case, model)
    weights.randomize(model, case.name)
    return model


def train_once(case: Case, model: Any) -> None:
    inputs = case.draw_inputs()
    targets = [keras.ops.ones_like(each) for each in reference.flat_outputs(model, tuple(inputs))]
    model.fit(single(inputs), single(targets), batch_size=len(inputs[0]), epochs=1, verbose=0)


def single(arrays: list[Any]) -> Any:
    return arrays[0] if len(arrays) == 1 else arrays


def compute_reference(case: Case, model: Any) -> reference.Outputs:
    inputs = case.draw_inputs()
    computing = twin_of(case.twin, model) if case.twin else model
    expected = reference.compute(computing, inputs, rows=len(inputs[0]), xla=case.xla)
    refuse_meaningless(case, expected)
    return expected


def refuse_meaningless(case: Case, expected: reference.Outputs) -> None:
    """A reference that is NaN or constant proves nothing."""
    for name, array in expected.items():
        if not (abs(array) < float("inf")).all():
            raise AssertionError(f"{case.name}: {name} is not finite")
        if array.size > 1 and array.min() == array.max():
            raise AssertionError(f"{case.name}: {name} is constant")


def twin_of(twin: Builder, model: Any) -> Any:
    """Builds the model that computes in float32 with the weights of `model` as stored."""
    keras.backend.clear_session()
    computing = twin(keras)
    weights.copy(model, computing)
    return computing


def check_file(case: Case, file: Path, expected: reference.Outputs) -> None:
    compiled = file.suffix == ".keras"  # Keras 3 does not read its own losses back from .h5
    loaded = keras.models.load_model(file, compile=compiled)
    computing = twin_of(case.twin, loaded) if case.twin else loaded
    computed = reference.run(
        lambda *tensors: reference.flat_outputs(computing, tensors), case.draw_inputs(), case.xla
    )
    what = f"{case.name}: {file.name}"
    reference.check(computed, reference.numbered(expected, "outputs"), what)


def weights_file(case: Case, scratch: Path) -> Path:
    return scratch / f"{case.name}.npz"


def keras2_job(case: Case, folder: Path, scratch: Path) -> keras2.Job | None:
    if case.no_keras2 or case.write:
        return None
    return keras2.Job(
        builder=address(case.build),
        weights=str(weights_file(case, scratch)),
        reference=str((folder / "reference.npz").resolve()),
        out=str((folder / "model-keras2.h5").resolve()),
        twin=address(case.twin) if case.twin else None,
        xla=case.xla,
        include_optimizer=case.train,
        train=case.train,
    )


def address(builder: Builder) -> str:
    return f"{builder.__module__}:{builder.__name__}"
