"""Writes a model of Keras 3 as Keras 1.2.2 would have saved it.

`tf_keras` still knows what such weights mean (`preprocess_weights_for_loading`): a process of its
own loads each file with it and compares with the reference.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from conformance.keras1_config import layer_entry
from conformance.registry import Case
from exporter import keras2, reference

WEIGHTS = {
    "kernel": "W",
    "recurrent_kernel": "U",
    "bias": "b",
    "gamma": "gamma",
    "beta": "beta",
    "moving_mean": "running_mean",
    "moving_variance": "running_std",  # called so, but a variance
    "embeddings": "W",
    "alpha": "alphas",
    "depthwise_kernel": "depthwise_kernel",
    "pointwise_kernel": "pointwise_kernel",
}


def write_keras1(case: Case, folder: Path, model: Any) -> None:
    write(case, folder, model, model_config(model))


def write_merged(case: Case, folder: Path, model: Any) -> None:
    write(case, folder, model, merged_config(model))


def write(case: Case, folder: Path, model: Any, config: dict[str, Any]) -> None:
    file = folder / "model-keras1.h5"
    with h5py.File(file, "w") as h5:
        h5.attrs["keras_version"] = b"1.2.2"
        h5.attrs["model_config"] = json.dumps(config).encode()
        write_weights(h5.create_group("model_weights"), model)
    arguments = [file, f"{case.build.__module__}:{case.build.__name__}", folder, int(case.xla)]
    subprocess.run(
        [sys.executable, "-m", "conformance.keras1", *map(str, arguments)],
        cwd=Path(__file__).parents[1],
        check=True,
    )


def write_weights(group: h5py.Group, model: Any) -> None:
    """The group says nothing of versions: that is how Keras 2 tells that it is of Keras 1."""
    group.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
    for layer in model.layers:
        arrays = named_arrays(layer.name, layer)
        of_layer = group.create_group(layer.name)
        of_layer.attrs["weight_names"] = [name.encode() for name in arrays]
        for name, array in arrays.items():
            of_layer.create_dataset(name, data=array)


def named_arrays(name: str, layer: Any) -> dict[str, np.ndarray]:
    match type(layer).__name__:
        case "Bidirectional":
            inner = layer.forward_layer.name.removeprefix("forward_")
            return {
                **named_arrays(f"forward_{inner}", layer.forward_layer),
                **named_arrays(f"backward_{inner}", layer.backward_layer),
            }
        case "TimeDistributed":
            return named_arrays(name, layer.layer)
        case "LSTM":
            return by_gate(name, layer, stored="icfo", columns="ifco")
        case "GRU":
            return by_gate(name, layer, stored="zrh", columns="zrh")
    arrays = {}
    for weight in layer.weights:
        array = np.asarray(weight)
        if array.ndim > 3 and layer.data_format == "channels_first":
            array = np.moveaxis(array, (-1, -2), (0, 1))
        elif type(layer).__name__ == "Conv1D" and array.ndim == 3:
            array = array[:, None]
        arrays[f"{name}_{WEIGHTS[weight.name]}:0"] = array
    return arrays


def by_gate(name: str, layer: Any, stored: str, columns: str) -> dict[str, np.ndarray]:
    """A recurrent layer's weights as Keras 1 had them: each gate by itself."""
    parts = {
        WEIGHTS[weight.name]: np.split(np.asarray(weight), len(columns), axis=-1)
        for weight in layer.weights
    }
    return {
        f"{name}_{part}_{gate}:0": arrays[columns.index(gate)]
        for gate in stored
        for part, arrays in parts.items()
    }


def model_config(model: Any) -> dict[str, Any]:
    if type(model).__name__ == "Sequential":
        layers = [layer_entry(layer) for layer in model.layers]
        batch_shape = [None, *model.input_shape[1:]]
        layers[0]["config"].update(batch_input_shape=batch_shape, input_dtype="float32")
        return {"class_name": "Sequential", "config": layers}
    return {"class_name": "Model", "config": graph_config(model)}


def merged_config(model: Any) -> dict[str, Any]:
    """A Sequential that begins with a Merge of others, one for each input of the model."""
    *branches, merge, last = (layer for layer in model.layers if not is_input(layer))
    first = layer_entry(merge)
    first["config"]["layers"] = [
        {"class_name": "Sequential", "config": [with_shape(layer)]} for layer in branches
    ]
    return {"class_name": "Sequential", "config": [first, layer_entry(last)]}


def is_input(layer: Any) -> bool:
    return type(layer).__name__ == "InputLayer"


def with_shape(layer: Any) -> dict[str, Any]:
    entry = layer_entry(layer)
    entry["config"].update(batch_input_shape=list(layer.input.shape), input_dtype="float32")
    return entry


def graph_config(model: Any) -> dict[str, Any]:
    """For layers of one input; inputs are layers, outputs are named by layer, node and tensor."""
    return {
        "name": model.name,
        "layers": [
            {**layer_entry(layer), "name": layer.name, "inbound_nodes": inbound_nodes(layer)}
            for layer in model.layers
        ],
        "input_layers": [place(tensor) for tensor in model.inputs],
        "output_layers": [place(tensor) for tensor in model.outputs],
    }


def inbound_nodes(layer: Any) -> list[Any]:
    nodes = layer._inbound_nodes
    return [[place(tensor) for tensor in node.input_tensors] for node in nodes if not node.is_input]


def place(tensor: Any) -> list[Any]:
    layer, node, index = tensor._keras_history
    return [layer.name, node, index]


def check(file: Path, builder: str, folder: Path, xla: bool) -> None:
    import tf_keras

    model = keras2.build(builder, tf_keras)
    model.load_weights(file)
    expected = reference.read(folder / "reference.npz")
    computed = reference.run(
        lambda *tensors: reference.flat_outputs(model, tensors),
        reference.numbered(expected, "inputs"),
        xla,
    )
    reference.check(computed, reference.numbered(expected, "outputs"), str(file))


if __name__ == "__main__":
    check(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4] == "1")
