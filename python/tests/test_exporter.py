"""The parts that write models, summaries and reference outputs."""

import os
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest

from exporter import keras2, reference, weights
from exporter.summary import summary_data, summary_text, terminal
from fashion.model import build_compiled_model, build_model


def shared_and_nested() -> keras.Model:
    """A model that calls one layer twice and holds another model."""
    shared = keras.layers.Dense(3, name="shared")
    inner_input = keras.Input((3,), name="inner_input")
    inner = keras.Model(inner_input, keras.layers.Dense(2, name="deep")(inner_input), name="inner")
    first = keras.Input((3,), name="first")
    second = keras.Input((3,), name="second")
    added = keras.layers.Add(name="add")([shared(first), shared(second)])
    return keras.Model([first, second], [inner(added), added], name="outer")


def inputs(rows: int) -> list[np.ndarray]:
    random = np.random.default_rng(2)
    return [random.random((rows, 3), dtype=np.float32) for _ in range(2)]


def test_a_reference_names_every_call_and_inner_layer() -> None:
    model = shared_and_nested()
    given = inputs(5)
    entries = reference.compute(model, given, rows=4)
    assert set(entries) == {
        *("inputs/0", "inputs/1", "outputs/0", "outputs/1"),
        *("layers/shared@0", "layers/shared@1", "layers/add"),
        "layers/inner/deep",
    }
    shared = model.get_layer("shared")
    for index, array in enumerate(given):
        np.testing.assert_allclose(entries[f"layers/shared@{index}"], shared(array[:4]), rtol=1e-6)
    assert entries["outputs/0"].shape == (5, 2)


def test_a_layer_rebuilt_by_sequential_has_one_call() -> None:
    # add() calls all layers anew, so that the first one has many calls outside this graph.
    entries = reference.compute(build_model(keras), [np.zeros((1, 28, 28, 1), np.float32)], 1)
    assert not [name for name in entries if "@" in name]


def test_a_reference_is_read_as_written(tmp_path: Path) -> None:
    file = tmp_path / "reference.npz"
    reference.write(
        file, {"inputs/0": np.arange(3.0), "inputs/1": np.ones(2, np.int64)}, np.array([7])
    )
    entries = reference.read(file)
    assert {name: array.dtype for name, array in entries.items()} == {
        "inputs/0": np.float32,
        "inputs/1": np.int32,
        "labels": np.int32,
    }
    assert [array.tolist() for array in reference.numbered(entries, "inputs")] == [
        [0, 1, 2],
        [1, 1],
    ]


@pytest.mark.parametrize(
    ("computed", "complaint"),
    [
        ([], "0 outputs, expected 1"),
        ([np.zeros(3)], r"\(3,\), expected \(2,\)"),
        ([np.array([100, 1.01])], "differs by 0.01"),
        ([np.array([100, np.nan])], "differs by nan"),
    ],
)
def test_outputs_that_differ_are_refused(computed: list[np.ndarray], complaint: str) -> None:
    expected = [np.array([100, 1], np.float32)]
    reference.check([np.array([100, 1.0009])], expected, "close")
    with pytest.raises(AssertionError, match=complaint):
        reference.check(computed, expected, "far")


def test_weights_travel_by_file_and_by_copy(tmp_path: Path) -> None:
    source, loaded, copied = (shared_and_nested() for _ in range(3))
    weights.randomize(source, "some seed")
    weights.save(source, tmp_path / "weights.npz")
    weights.load(loaded, tmp_path / "weights.npz")
    weights.copy(source, copied)
    for model in (loaded, copied):
        for ours, theirs in zip(model.get_weights(), source.get_weights(), strict=True):
            np.testing.assert_array_equal(ours, theirs)


def test_a_summary_fits_its_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "77")
    model = shared_and_nested()
    narrow, wide = (max(map(len, summary_text(model, n).splitlines())) for n in (60, 120))
    assert narrow <= 60 < wide <= 120
    assert os.environ["COLUMNS"] == "77"


def test_the_terminal_is_put_back_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    with pytest.raises(KeyError), terminal(60):
        raise KeyError
    assert "COLUMNS" not in os.environ


def test_the_data_of_a_summary() -> None:
    data = summary_data(shared_and_nested())
    by_name = {layer["name"]: layer for layer in data["layers"]}
    assert by_name["shared"] == {
        "name": "shared",
        "class": "Dense",
        "output_shape": [None, 3],
        "parameters": 12,
    }
    assert data["total_parameters"] == 20
    assert data["optimizer_parameters"] == 0


def test_keras_2_saves_trained_models_and_names_the_job_that_fails(tmp_path: Path) -> None:
    model = build_compiled_model(keras)
    weights.save(model, tmp_path / "weights.npz")
    images = np.random.default_rng(3).random((4, 28, 28, 1), dtype=np.float32)
    reference.write(tmp_path / "reference.npz", reference.compute(model, [images], 1))

    def job(builder: str, out: str, **more: bool) -> keras2.Job:
        return keras2.Job(
            builder=f"fashion.model:{builder}",
            weights=str(tmp_path / "weights.npz"),
            reference=str(tmp_path / "reference.npz"),
            out=str(tmp_path / out),
            **more,
        )

    good = job("build_compiled_model", "good.h5", include_optimizer=True, train=True)
    bad = job("no_such_builder", "bad.h5")
    with pytest.raises(RuntimeError, match=r"The job: .*no_such_builder"):
        keras2.write([good, bad])
    with h5py.File(tmp_path / "good.h5") as file:
        names = file["optimizer_weights"].attrs["weight_names"]
        moment = file["optimizer_weights"]["Adam/m/dense_1/kernel:0"]
        assert len(names) > 20
        assert np.abs(moment).max() > 0
        kernel = file["model_weights/dense_1/dense_1/kernel:0"]
        np.testing.assert_array_equal(kernel, model.get_layer("dense_1").get_weights()[0])
    assert not (tmp_path / "bad.h5").exists()
