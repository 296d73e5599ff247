"""What the benchmark makes of measured numbers."""

from typing import Any

from bench import report
from bench.aims import Aim
from bench.serving import CONNECTIONS, TITLES
from bench.table import Cell, Table


def row(peer: str, number: int, p50: float, batch: int = 1) -> dict[str, Any]:
    entry = {"model": "cnn", "threads": 0, "kind": "predict", "batch": batch, "peer": peer}
    return {**entry, "round": number, "p50": p50, "p99": 2 * p50, "mean": p50, "count": 9}


def results() -> dict[str, Any]:
    return {
        "command": "src/bench/run",
        "quick": False,
        "date": "2026-01-02",
        "minutes": 3.0,
        "machine": {"CPU": "one"},
        "models": {"cnn": "the CNN"},
        "rows": [
            *(row("onnxruntime", i, p50) for i, p50 in enumerate([1e6, 2e6, 4e6])),
            *(row("classifier", i, p50) for i, p50 in enumerate([1.1e6, 2.4e6, 4.4e6])),
            row("stock-dl4j", 0, 33e6),
            row("keras-predict", 1, 24e6),
        ],
        "refusals": [{"model": "cnn", "threads": 0, "peer": "dl4j", "reason": "no"}],
        "cold": {
            "classifier": {"seconds": [0.5, 0.4, 0.9], "rss": 2048, "peak": 4096},
            "stock-dl4j": {"seconds": [2.0]},
        },
        "jars": {"classifier": 1048576},
    }


def served(server: str, number: int, a_second: float, p99: float) -> list[dict[str, Any]]:
    """A row for each number of connections."""
    figures = {"a_second": a_second, "p50": p99 / 2, "p99": p99, "refused": 0, "wrong": 0}
    entry = {"server": server, "round": number, **figures}
    return [{**entry, "connections": count} for count in CONNECTIONS]


def serving() -> dict[str, Any]:
    return {
        "quick": False,
        "date": "2026-01-03",
        "minutes": 4.0,
        "seconds": 2.5,
        "rows": [
            row
            for server in TITLES
            for number, speed in enumerate([1.0, 4.0, 2.0])
            for row in (
                served(server, number, 6000 * speed, 3 / speed)
                if server == "atelier"
                else served(server, number, 1000 * speed, 6 / speed)
            )
        ],
    }


def test_a_ratio_is_the_median_of_the_ratios_within_rounds() -> None:
    table = Table(results())
    cell = Cell("cnn", 0, "predict", 1)
    assert round(table.ratio(cell, "classifier", "onnxruntime") or 0, 9) == 1.1
    # Only the rounds that both were measured in.
    assert round(table.ratio(cell, "stock-dl4j", "classifier") or 0, 9) == 30
    assert table.ratio(cell, "dl4j", "classifier") is None
    assert table.value(cell, "classifier", "p50") == 2.4e6


def test_an_aim_is_reached_or_missed_by_so_much() -> None:
    assert Aim("a", "b", 1.15, 1.15).verdict() == "reached"
    assert Aim("a", "b", 1.0, 1.25).verdict() == "**missed** by 25 %"
    assert Aim("a", "b", 40, 41, more=True).verdict() == "reached"
    assert Aim("a", "b", 40, 20, more=True).verdict() == "**missed** by 100 %"
    assert Aim("a", "b", 40, None).verdict() == "not measured"


def test_the_report_has_aims_ratios_and_absolute_numbers() -> None:
    text = report.report(results(), serving())
    for line in (
        "| classifier, times bare ONNX Runtime | cnn, batch 1, all cores | ≤ 1.15x | 1.10x "
        "| reached |",
        "| classifier over stock DL4J | cnn, batch 1, all cores | ≥ 40x | 30.00x "
        "| **missed** by 33 % |",
        "| cold start of the classifier, of stock DL4J's | cnn | ≤ 40 % | 25.00 % | reached |",
        "| Atelier, FashionClassifier | 1.10 |",
        "| Atelier, FashionClassifier | 1 | 2.400 | 4.800 | 417 |",
        "| Atelier, FashionClassifier | 0.50 | 0.40 to 0.90 | 2 | 4 | 1.0 |",
        "- cnn, Atelier, engine dl4j: no",
        "| requests/s, over FastAPI and Keras | 16 connections | ≥ 5x | 6.00x | reached |",
        "| p99 of requests, times FastAPI's | 16 connections | ≤ 1x | 0.50x | reached |",
        "| Atelier | 64 | 12,000 | 0.75 | 1.50 |",
        "No request was refused; no answers were wrong or lost.",
    ):
        assert line in text
