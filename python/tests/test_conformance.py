"""The table of conformance cases and the fixtures written from it."""

from pathlib import Path

import numpy as np
import pytest

from conformance import layer_names
from conformance.__main__ import FIXTURES
from conformance.archive import read_entries
from conformance.cases import CASES
from conformance.generate import generate, generate_case
from conformance.registry import Case, case
from exporter import reference

CHOSEN = ("cnn", "two_inputs", "float16")
SIZE_LIMIT = 15_000_000


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("conformance")
    generate([CASES[name] for name in CHOSEN], out)
    return out


OTHER_FILES = {
    "weights_apart": {
        f"architecture{which}.{kind}"
        for which in ("", "-keras2", "-keras2-new", "-keras2-renamed")
        for kind in ("json", "weights.h5")
    },
    "hard_sigmoid_of_keras2": {"model-keras2.h5"},
    "older_keras_3": {"model-keras3.0.5.keras", "model-keras3.3.3.keras"},
    "archive_of_keras_2": {"model-keras2-13.keras", "model-keras2-15.keras"},
}


def expected_models(of: Case) -> set[str]:
    if of.name in OTHER_FILES:
        return OTHER_FILES[of.name]
    if of.write:
        version = of.name.split("_")[0]
        return {f"model-{version}.h5"} if version in ("keras1", "keras2") else {"model.h5"}
    h5 = {"model.h5"} if not of.no_h5 else set()
    keras2 = {"model-keras2.h5"} if not of.no_keras2 else set()
    return {"model.keras"} | h5 | keras2


def test_every_case_has_a_name_and_says_what_it_shows() -> None:
    assert len(CASES) > 50
    for name, each in CASES.items():
        assert name == each.name != ""
        assert each.description.endswith(".")
        assert each.inputs


def test_two_cases_of_one_name_are_refused() -> None:
    def cnn(k: object) -> None: ...

    with pytest.raises(ValueError, match="Two cases are called cnn"):
        case((1, 2))(cnn)


def test_cases_and_folders_correspond() -> None:
    assert {folder.name for folder in FIXTURES.iterdir() if folder.is_dir()} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_folder_is_complete(name: str) -> None:
    others = {"reference.npz", "summary.txt", "summary-wide.txt", "summary.json"}
    files = {file.name for file in (FIXTURES / name).iterdir()}
    assert files == expected_models(CASES[name]) | others


def test_fixtures_stay_small() -> None:
    files = [file for file in FIXTURES.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < SIZE_LIMIT


@pytest.mark.parametrize("name", CHOSEN)
def test_generating_again_gives_the_committed_reference(written: Path, name: str) -> None:
    again = reference.read(written / name / "reference.npz")
    committed = reference.read(FIXTURES / name / "reference.npz")
    assert list(again) == list(committed)
    for entry, array in committed.items():
        np.testing.assert_allclose(again[entry], array, rtol=0, atol=1e-6, err_msg=entry)


@pytest.mark.parametrize("name", CHOSEN)
def test_generating_again_gives_the_same_model_files(written: Path, name: str) -> None:
    for file in expected_models(CASES[name]):
        assert content(written / name / file) == content(FIXTURES / name / file)


def content(file: Path) -> object:
    """What a file holds, however its archive is compressed."""
    return read_entries(file) if file.suffix == ".keras" else file.read_bytes()


def test_constant_output_is_refused(tmp_path: Path) -> None:
    def dead(k: object) -> object:
        return k.Sequential([k.Input((2,)), k.layers.ReLU(threshold=1e6)])

    with pytest.raises(AssertionError, match="is constant"):
        generate_case(Case("dead", dead, ((3, 2),)), tmp_path / "dead", tmp_path)


def test_the_list_of_layers_is_that_of_this_keras() -> None:
    assert layer_names.FILE.read_text() == layer_names.text()
