"""Writes a model of Keras 3 with CuDNNLSTM and CuDNNGRU, the layers of Keras 2 for GPUs.

They need a GPU to run, but Keras 2 reads their weights into LSTM and GRU: a process of its own does
that with the file and compares with the reference.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from conformance.registry import Case
from exporter import keras2, reference

GATES = {"LSTM": 4, "GRU": 3}
OPTIONS = ["name", "trainable", "units", "return_sequences", "return_state", "go_backwards"]


def write_cudnn(case: Case, folder: Path, model: Any) -> None:
    file = folder / "model-keras2.h5"
    with h5py.File(file, "w") as h5:
        h5.attrs["keras_version"] = b"2.2.4"
        h5.attrs["backend"] = b"tensorflow"
        h5.attrs["model_config"] = json.dumps(model_config(model)).encode()
        group = h5.create_group("model_weights")
        group.attrs["keras_version"] = b"2.2.4"
        group.attrs["backend"] = b"tensorflow"
        group.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        for layer in model.layers:
            write_layer(group.create_group(layer.name), layer)
    builder = f"{case.build.__module__}:{case.build.__name__}"
    subprocess.run(
        [sys.executable, "-m", "conformance.cudnn", file, builder, folder],
        cwd=Path(__file__).parents[1],
        check=True,
    )


def write_layer(group: h5py.Group, layer: Any) -> None:
    names = []
    for direction in directions(layer):
        arrays = for_cudnn(GATES[type(direction).__name__], *map(np.asarray, direction.weights))
        for weight, array in zip(direction.weights, arrays, strict=True):
            names.append(f"{layer.name}/{direction.name}/{weight.name}:0")
            group.create_dataset(names[-1], data=array)
    group.attrs["weight_names"] = [name.encode() for name in names]


def directions(layer: Any) -> list[Any]:
    if type(layer).__name__ == "Bidirectional":
        return [layer.forward_layer, layer.backward_layer]
    return [layer]


def for_cudnn(gates: int, kernel: np.ndarray, recurrent: np.ndarray, bias: np.ndarray) -> list:
    """The inverse of what `convert_rnn_weights` in Keras 2 does."""
    if bias.ndim == 1:  # of the LSTM, which has the sum of both
        first = np.linspace(-1, 1, len(bias), dtype=np.float32)
        bias = np.stack([first, bias - first])
    return [
        np.hstack([gate.T.reshape(gate.shape) for gate in np.hsplit(kernel, gates)]),
        np.hstack([gate.T for gate in np.hsplit(recurrent, gates)]),
        bias.reshape(-1),
    ]


def model_config(model: Any) -> dict[str, Any]:
    layers = [layer_entry(layer) for layer in model.layers]
    layers[0]["config"]["batch_input_shape"] = [None, *model.input_shape[1:]]
    return {"class_name": "Sequential", "config": {"name": model.name, "layers": layers}}


def layer_entry(layer: Any) -> dict[str, Any]:
    config = layer.get_config()
    if type(layer).__name__ == "Bidirectional":
        inner = layer_entry(layer.forward_layer)
        kept = {"name": layer.name, "trainable": True, "merge_mode": config["merge_mode"]}
        return {"class_name": "Bidirectional", "config": {**kept, "layer": inner}}
    kept = {option: config[option] for option in OPTIONS}
    return {"class_name": f"CuDNN{type(layer).__name__}", "config": {**kept, "stateful": False}}


def check(file: Path, builder: str, folder: Path) -> None:
    import tf_keras

    model = keras2.build(builder, tf_keras)
    model.load_weights(file)
    expected = reference.read(folder / "reference.npz")
    inputs = reference.numbered(expected, "inputs")
    computed = reference.flat_outputs(model, tuple(inputs))
    reference.check(computed, reference.numbered(expected, "outputs"), str(file))


if __name__ == "__main__":
    check(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
