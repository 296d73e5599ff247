"""Files as older or larger models have them."""

import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import h5py

from conformance.building import branches, chain
from conformance.cudnn import write_cudnn
from conformance.registry import Case, case

LONG = 3300  # twenty names, each taking as much room as the longest, are too much for an attribute


def write_chunked(case: Case, folder: Path, model: Any) -> None:
    from conformance.generate import check_file
    from exporter import reference

    file = folder / "model.h5"
    model.save(file)
    check_file(case, file, reference.read(folder / "reference.npz"))
    with h5py.File(file) as h5:
        if "layer_names1" not in h5["model_weights"].attrs:
            raise AssertionError(f"{file}: Keras did not divide layer_names.")


@case((2, 3), write=write_chunked)
def chunked_attributes(k: ModuleType) -> Any:
    """So many long layer names that Keras divides them into layer_names0 and layer_names1."""
    names = [f"dense_{index:02}" for index in range(20)]
    names[3] = names[3].ljust(LONG, "x")
    layers = [k.layers.Activation("tanh", name=name) for name in names]
    layers[3] = k.layers.Dense(3, activation="tanh", name=names[3])
    layers[-1] = k.layers.Dense(2, name=names[-1])
    return chain(k, (3,), *layers)


def write_keras2(case: Case, folder: Path, model: Any) -> None:
    """Only the file of Keras 2, in which the options mean something else than in Keras 3."""
    from conformance.generate import address
    from exporter import keras2, weights

    with tempfile.TemporaryDirectory() as scratch:
        drawn = Path(scratch) / "weights.npz"
        weights.save(model, drawn)
        keras2.write(
            [
                keras2.Job(
                    builder=address(case.build),
                    weights=str(drawn),
                    reference=str(folder / "reference.npz"),
                    out=str(folder / "model-keras2.h5"),
                    computes=case.keras2_computes,
                )
            ]
        )


def hard_sigmoids(k: ModuleType, function: Any) -> Any:
    layers = k.layers
    return branches(
        k,
        (5, 2),
        layers.Activation(function, name="activation"),
        layers.Dense(3, activation=function, name="dense"),
        layers.LSTM(3, recurrent_activation=function, name="lstm"),
        layers.LSTM(3, activation=function, return_sequences=True, name="lstm_inside"),
        layers.Bidirectional(layers.GRU(2, recurrent_activation=function), name="both"),
        layers.TimeDistributed(layers.Dense(2, activation=function), name="each"),
        layers.RNN(layers.LSTMCell(2, recurrent_activation=function), name="cell"),
    )


def hard_sigmoid_of_keras_2(k: ModuleType) -> Any:
    def hard_sigmoid(x: Any) -> Any:
        return k.ops.clip(0.2 * x + 0.5, 0, 1)

    # Bidirectional makes its layers anew, of their configs.
    return hard_sigmoids(k, k.saving.register_keras_serializable()(hard_sigmoid))


@case((3, 5, 2), twin=hard_sigmoid_of_keras_2, write=write_keras2)
def keras2_hard_sigmoid(k: ModuleType) -> Any:
    """hard_sigmoid of Keras 1 and 2 has the slope 0.2, that of Keras 3 the slope 1 / 6."""
    return hard_sigmoids(k, "hard_sigmoid")


@case((3, 5, 2), write=write_cudnn)
def keras2_cudnn(k: ModuleType) -> Any:
    """CuDNNLSTM and CuDNNGRU of Keras 2: gates transposed, two biases."""
    layers = k.layers
    return chain(
        k,
        (5, 2),
        layers.LSTM(3, return_sequences=True, name="lstm"),
        layers.Bidirectional(layers.GRU(2, return_sequences=True), name="both"),
        layers.GRU(4, go_backwards=True, name="gru"),
    )


@case(lambda random: random.normal(0, 1e-7, (3, 4, 5)), write=write_keras2, keras2_computes=True)
def keras2_unit_normalization(k: ModuleType) -> Any:
    """Keras 2 divides by no norm below 1e-6, within other layers too; Keras 3 by smaller ones."""
    layers = k.layers
    inner = [k.Input((4, 5)), layers.TimeDistributed(layers.UnitNormalization(), name="inner_each")]
    return branches(
        k,
        (4, 5),
        layers.UnitNormalization(name="plain"),
        layers.TimeDistributed(layers.UnitNormalization(), name="each"),
        k.Sequential(inner, name="model"),
    )
