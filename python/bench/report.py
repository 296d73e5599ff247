"""Writes docs/benchmarks.md from the results: measured numbers only."""

from pathlib import Path
from statistics import median
from typing import Any

from bench.aims import Aim, aims
from bench.markdown import NONE, head, line
from bench.peers import PEERS, TITLES
from bench.serving_report import Serving, serving_report
from bench.table import Cell, Table

BASE = "onnxruntime"

HEAD = (Path(__file__).parent / "head.md").read_text().rstrip()


def report(results: dict[str, Any], serving: dict[str, Any]) -> str:
    table = Table(results)
    all_aims = [*aims(table), *Serving(serving).aims()]
    parts = [HEAD, run(results), "## Aims", aim_table(all_aims), "## Ratios", ratio_text()]
    for model, threads, kind in groups(table):
        parts += [heading(results, model, threads, kind), ratios(table, model, threads, kind)]
    parts += ["## Cold start, memory, size", start_table(results), serving_report(serving)]
    parts += ["## Absolute"]
    for model, threads, kind in groups(table):
        parts += [heading(results, model, threads, kind), absolute(table, model, threads, kind)]
    parts += ["## Not measured", refusals(results), "## Machine", machine(results)]
    return "\n\n".join(parts) + "\n"


def run(results: dict[str, Any]) -> str:
    quick = " A quick try: too short to rely on." if results["quick"] else ""
    when = f"{results['date']}, {results['minutes']:.0f} minutes"
    return f"This run: `{results['command']}`, {when}.{quick}"


def aim_table(all_aims: list[Aim]) -> str:
    lines = [aim.row() for aim in sorted(all_aims, key=lambda aim: aim.what)]
    return "\n".join(
        ["| aim | where | bound | measured | |", "| --- | --- | --- | --- | --- |", *lines]
    )


def ratio_text() -> str:
    return (
        f"How many times as long as with {TITLES[BASE]} a call takes (p50); where that did not run "
        "the model, as with Keras predict."
    )


def groups(table: Table) -> list[tuple[str, int, str]]:
    return list(dict.fromkeys((cell.model, cell.threads, cell.kind) for cell in table.cells()))


def heading(results: dict[str, Any], model: str, threads: int, kind: str) -> str:
    what = {"predict": "prediction", "train": "training step"}[kind]
    return f"### {results['models'][model]}; {what}, {'1 thread' if threads else 'all cores'}"


def group_cells(table: Table, model: str, threads: int, kind: str) -> list[Cell]:
    cells = [c for c in table.cells() if (c.model, c.threads, c.kind) == (model, threads, kind)]
    return sorted(cells, key=lambda cell: cell.batch)


def ratios(table: Table, model: str, threads: int, kind: str) -> str:
    cells = group_cells(table, model, threads, kind)
    measured = {peer.name for peer in PEERS for c in cells if table.value(c, peer.name, "p50")}
    base = next(
        name for name in (BASE, "keras-predict", "keras-predict-on-batch") if name in measured
    )
    rows = []
    for peer in PEERS:
        values = [table.ratio(cell, peer.name, base) for cell in cells]
        if any(values):
            rows.append(line(peer.title, [NONE if v is None else f"{v:.2f}" for v in values]))
    return "\n".join([*head(f"times {TITLES[base]}", [f"batch {c.batch}" for c in cells]), *rows])


def absolute(table: Table, model: str, threads: int, kind: str) -> str:
    rows = []
    for cell in group_cells(table, model, threads, kind):
        for peer in PEERS:
            p50, p99, mean = (table.value(cell, peer.name, key) for key in ("p50", "p99", "mean"))
            if p50 is not None and p99 is not None and mean is not None:
                a_second = f"{cell.batch / mean * 1e9:,.0f}"
                values = [str(cell.batch), f"{p50 / 1e6:.3f}", f"{p99 / 1e6:.3f}", a_second]
                rows.append(line(peer.title, values))
    columns = ["batch", "p50, ms", "p99, ms", "rows/s"]
    return "\n".join([*head("", columns), *rows])


def start_table(results: dict[str, Any]) -> str:
    rows = []
    for peer in PEERS:
        cold = results["cold"].get(peer.name)
        if not cold:
            continue
        jars = results["jars"].get(peer.name)
        values = [
            f"{median(cold['seconds']):.2f}",
            f"{min(cold['seconds']):.2f} to {max(cold['seconds']):.2f}",
            f"{cold['rss'] / 1024:.0f}" if "rss" in cold else NONE,
            f"{cold['peak'] / 1024:.0f}" if "peak" in cold else NONE,
            f"{jars / 2**20:.1f}" if jars else NONE,
        ]
        rows.append(line(peer.title, values))
    columns = ["cold start, s", "range, s", "resident, MiB", "peak, MiB", "jars, MiB"]
    runs = max((len(cold["seconds"]) for cold in results["cold"].values()), default=0)
    text = (
        "With the CNN, all cores: from the start of the process to the first prediction, median of "
        f"{runs} runs; memory after three seconds more of batches of 32, with a heap of at most "
        "2 GiB; all jars on the class path, with the natives of this platform (Atelier's hold both "
        "engines)."
    )
    return "\n".join([text, "", *head("", columns), *rows])


def refusals(results: dict[str, Any]) -> str:
    lines = {
        f"- {entry['model']}, {TITLES[entry['peer']]}: {entry['reason']}"
        for entry in results["refusals"]
    }
    return "\n".join(sorted(lines)) or "Every peer took every model."


def machine(results: dict[str, Any]) -> str:
    rows = [line(name, [value]) for name, value in results["machine"].items()]
    return "\n".join([*head("", [""]), *rows])
