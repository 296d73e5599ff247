"""What Atelier aims at, and whether the results reach it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench.table import Cell, Table

OURS = {"cnn": ("classifier", "onnx")}  # by model, whose prediction an aim is about


@dataclass(frozen=True)
class Aim:
    """One line: `value` is to be at most `bound`, or at least if `more` is wanted."""

    what: str
    where: str
    bound: float
    value: float | None
    more: bool = False
    unit: str = "x"

    @property
    def reached(self) -> bool:
        if self.value is None:
            return False
        return self.value >= self.bound if self.more else self.value <= self.bound

    def verdict(self) -> str:
        if self.value is None:
            return "not measured"
        if self.reached:
            return "reached"
        gap = self.bound / self.value if self.more else self.value / self.bound
        return f"**missed** by {(gap - 1) * 100:.0f} %"

    def row(self) -> str:
        sign = "≥" if self.more else "≤"
        value = "-" if self.value is None else f"{self.value:.2f}{self.unit}"
        return (
            f"| {self.what} | {self.where} | {sign} {self.bound:g}{self.unit} | {value} "
            f"| {self.verdict()} |"
        )


def aims(table: Table) -> Iterator[Aim]:
    for cell in table.cells():
        if cell.kind == "train":
            yield faster(table, cell, "dl4j", "stock-dl4j", 6, "a training step, engine dl4j")
            continue
        if cell.model == "cnn":
            yield from of_the_cnn(table, cell)
        for peer in OURS.get(cell.model, ("onnx",)):
            yield faster(table, cell, peer, "keras-predict", 2, f"{peer} over Keras predict")
    cold, stock = table.cold("classifier"), table.cold("stock-dl4j")
    share = 100 * cold / stock if cold and stock else None
    yield Aim("cold start of the classifier, of stock DL4J's", "cnn", 40, share, unit=" %")


def of_the_cnn(table: Table, cell: Cell) -> Iterator[Aim]:
    bound = 1.15 if cell.batch == 1 else 1.05
    value = table.ratio(cell, "classifier", "onnxruntime")
    yield Aim("classifier, times bare ONNX Runtime", where(cell), bound, value)
    if cell.batch in (1, 32):
        least = 40 if cell.batch == 1 else 20
        yield faster(table, cell, "classifier", "stock-dl4j", least, "classifier over stock DL4J")
    if cell.batch == 32:
        yield faster(table, cell, "dl4j", "stock-dl4j", 8, "engine dl4j over stock DL4J")


def faster(table: Table, cell: Cell, peer: str, base: str, least: float, what: str) -> Aim:
    return Aim(what, where(cell), least, table.ratio(cell, base, peer), more=True)


def where(cell: Cell) -> str:
    threads = "1 thread" if cell.threads else "all cores"
    return f"{cell.model}, batch {cell.batch}, {threads}"
