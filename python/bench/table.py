"""What the results say: medians over the rounds, and ratios."""

from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Cell:
    model: str
    threads: int
    kind: str
    batch: int


class Table:
    def __init__(self, results: dict[str, Any]) -> None:
        self.results = results
        self.rounds: dict[tuple[Cell, str], dict[int, dict[str, float]]] = {}
        for row in results["rows"]:
            cell = Cell(row["model"], row["threads"], row["kind"], row["batch"])
            self.rounds.setdefault((cell, row["peer"]), {})[row["round"]] = row

    def cells(self) -> list[Cell]:
        return list(dict.fromkeys(cell for cell, _ in self.rounds))

    def value(self, cell: Cell, peer: str, field: str) -> float | None:
        rounds = self.rounds.get((cell, peer))
        return median(row[field] for row in rounds.values()) if rounds else None

    def ratio(self, cell: Cell, peer: str, base: str) -> float | None:
        """How many times as long as `base` a peer takes: the median of the rounds' own ratios."""
        ours, theirs = self.rounds.get((cell, peer)), self.rounds.get((cell, base))
        if not ours or not theirs:
            return None
        both = ours.keys() & theirs.keys()
        return median(ours[number]["p50"] / theirs[number]["p50"] for number in both)

    def cold(self, peer: str) -> float | None:
        entry = self.results["cold"].get(peer)
        return median(entry["seconds"]) if entry and entry["seconds"] else None
