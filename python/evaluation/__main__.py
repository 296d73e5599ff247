"""`python -m evaluation`, from the folder `python`: writes `fixtures/evaluation`."""

from pathlib import Path

from evaluation.reports import write

FIXTURES = Path(__file__).parents[2] / "fixtures" / "evaluation"

if __name__ == "__main__":
    write(FIXTURES / "scikit-learn.json")
