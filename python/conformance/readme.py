"""The README of the fixtures, one line for each case."""

from pathlib import Path

from conformance.registry import Case

HEADING = """# Conformance cases

Written by `python -m conformance` (in `python/`); do not edit. Each folder is one small model with
random weights: `model.keras` and `model.h5` as Keras 3 saves it, `model-keras2.h5` as Keras 2 does,
`model-keras1.h5` as Keras 1.2.2 would have, `reference.npz` with inputs, outputs and the outputs of
each layer, and the summary as text at 80 and 120 columns and as JSON. Each file was read back and
gave the outputs of the reference to 1e-5 x max(1, max|y|).

| Case | What it shows |
| --- | --- |
"""


def write_readme(out: Path, cases: list[Case]) -> None:
    (out / "README.md").write_text(HEADING + "".join(map(line, cases)))


def line(case: Case) -> str:
    without = f" No model.h5: {case.no_h5}" if case.no_h5 else ""
    without += f" No model-keras2.h5: {case.no_keras2}" if case.no_keras2 else ""
    return f"| `{case.name}` | {case.description}{without} |\n"
