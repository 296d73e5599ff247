"""The texts of scikit-learn that the Java side is held to."""

from pathlib import Path

from evaluation.__main__ import FIXTURES
from evaluation.reports import write


def test_the_fixture_is_what_scikit_learn_prints_today(tmp_path: Path) -> None:
    write(tmp_path / "scikit-learn.json")
    written = (tmp_path / "scikit-learn.json").read_text()
    assert written == (FIXTURES / "scikit-learn.json").read_text()
