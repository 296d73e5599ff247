"""The part of docs/benchmarks.md about serving: measured numbers only."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.aims import Aim
from bench.markdown import head, line
from bench.serving import CONNECTIONS, TITLES

OURS = "atelier"
PYTHON = ("fastapi-1", "fastapi-2")

TEXT = (Path(__file__).parent / "serving.md").read_text().rstrip()


class Serving:
    """What the results say: medians over the rounds, and ratios."""

    def __init__(self, results: dict[str, Any]) -> None:
        self.results = results
        self.rounds: dict[tuple[str, int], dict[int, dict[str, float]]] = {}
        for row in results["rows"]:
            key = (row["server"], row["connections"])
            self.rounds.setdefault(key, {})[row["round"]] = row

    def value(self, server: str, connections: int, key: str) -> float:
        return median(row[key] for row in self.rounds[server, connections].values())

    def ratio(self, server: str, base: str, connections: int, key: str) -> float:
        """How many times the base's value a server has: the median of the rounds' own ratios."""
        ours, theirs = self.rounds[server, connections], self.rounds[base, connections]
        return median(ours[number][key] / theirs[number][key] for number in ours)

    def aims(self) -> Iterator[Aim]:
        """Both against the Python server with the number of workers that suits the clients best."""
        for count in CONNECTIONS:
            where = f"{count} connection{'s' if count > 1 else ''}"
            more = min(self.ratio(OURS, peer, count, "a_second") for peer in PYTHON)
            yield Aim("requests/s, over FastAPI and Keras", where, 5, more, more=True)
            late = max(self.ratio(OURS, peer, count, "p99") for peer in PYTHON)
            yield Aim("p99 of requests, times FastAPI's", where, 1, late)


def serving_report(results: dict[str, Any]) -> str:
    serving = Serving(results)
    rows = results["rows"]
    text = TEXT.format(
        seconds=results["seconds"],
        rounds=len({row["round"] for row in rows}),
        date=results["date"],
        minutes=results["minutes"],
        refused=refusals(rows),
        wrong=sum(row["wrong"] for row in rows) or "no",
    )
    return "\n\n".join(["## Serving", text, ratios(serving), absolute(serving)])


def refusals(rows: list[dict[str, Any]]) -> str:
    counts = Counter[str]()
    for row in rows:
        counts[TITLES[row["server"]]] += row["refused"]
    told = [f"{title} refused {count} requests" for title, count in counts.items() if count]
    return ", ".join(told) or "No request was refused"


def ratios(serving: Serving) -> str:
    rows = []
    for server, title in TITLES.items():
        values = [serving.ratio(server, OURS, count, "a_second") for count in CONNECTIONS]
        late = [serving.ratio(server, OURS, count, "p99") for count in CONNECTIONS]
        cells = [f"{a:.2f} / {b:.2f}" for a, b in zip(values, late, strict=True)]
        rows.append(line(title, cells))
    columns = [f"{count} conn." for count in CONNECTIONS]
    return "\n".join([*head("times Atelier: requests/s, p99", columns), *rows])


def absolute(serving: Serving) -> str:
    rows = []
    for server, title in TITLES.items():
        for count in CONNECTIONS:
            a_second, p50, p99 = (
                serving.value(server, count, key) for key in ("a_second", "p50", "p99")
            )
            rows.append(line(title, [str(count), f"{a_second:,.0f}", f"{p50:.2f}", f"{p99:.2f}"]))
    return "\n".join([*head("", ["connections", "requests/s", "p50, ms", "p99, ms"]), *rows])
