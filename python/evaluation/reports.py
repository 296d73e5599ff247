"""Confusion matrices, with what scikit-learn makes of the predictions behind them."""

import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import sklearn
from sklearn import metrics

from fashion.dataset import CLASSES


class Case(NamedTuple):
    name: str
    labels: tuple[str, ...]
    matrix: np.ndarray  # rows are true labels, columns predicted ones


def cases() -> list[Case]:
    random = np.random.default_rng(5)
    fashion = random.integers(0, 40, (10, 10)) + np.diag(random.integers(700, 960, 10))
    many = random.integers(0, 3, (40, 40))
    return [
        Case("fashion", CLASSES, fashion),
        Case("two", ("cats", "dogs"), np.array([[17, 3], [5, 90]])),
        Case("all right", ("a", "b", "c"), np.diag([4, 5, 6])),
        Case("all wrong", ("a", "b", "c"), np.array([[0, 2, 1], [3, 0, 0], [1, 1, 0]])),
        Case(
            "a class without images", ("a", "b", "c"), np.array([[3, 1, 1], [0, 0, 0], [0, 0, 4]])
        ),
        Case(
            "a class never predicted", ("a", "b", "c"), np.array([[3, 0, 1], [2, 0, 5], [0, 0, 4]])
        ),
        Case("neither", ("a", "b", "c"), np.array([[3, 0, 1], [0, 0, 0], [1, 0, 4]])),
        Case("one class only", ("a", "b"), np.array([[6, 0], [0, 0]])),
        # A tie at the fourth and the second digit: Python rounds the binary number, half to even.
        Case("ties", ("a", "b"), np.array([[1, 7], [3, 5]])),
        Case("ties of five digits", ("a", "b"), np.array([[1, 31], [3, 29]])),
        Case("a long name", ("a name wider than weighted avg", "b"), np.array([[6, 1], [2, 7]])),
        Case(
            "names of all alphabets", ("Stövel", "長靴", "👢 boot"), random.integers(1, 9, (3, 3))
        ),
        Case("large counts", ("a", "b"), np.array([[123456, 7], [89, 1234567]])),
        Case("many classes", tuple(f"class {i}" for i in range(40)), many),
    ]


def write(file: Path) -> None:
    with np.printoptions(threshold=sys.maxsize, linewidth=sys.maxsize):
        content = {
            "scikit-learn": sklearn.__version__,
            "cases": [described(case) for case in cases()],
        }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def described(case: Case) -> dict:
    true, predicted = predictions(case.matrix)
    labels = range(len(case.labels))
    matrix = metrics.confusion_matrix(true, predicted, labels=labels)
    if not np.array_equal(matrix, case.matrix):
        raise AssertionError(f"{case.name}: scikit-learn counts {matrix}")
    return {
        "name": case.name,
        "labels": case.labels,
        "counts": case.matrix.tolist(),
        "matrix": str(matrix),
        "accuracy": metrics.accuracy_score(true, predicted),
        "reports": {
            str(digits): metrics.classification_report(
                true,
                predicted,
                labels=labels,
                target_names=case.labels,
                digits=digits,
                zero_division=0,
            )
            for digits in (2, 4)
        },
    }


def predictions(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """True and predicted labels that have this confusion matrix."""
    true, predicted = np.indices(matrix.shape)
    counts = matrix.ravel()
    return np.repeat(true.ravel(), counts), np.repeat(predicted.ravel(), counts)
