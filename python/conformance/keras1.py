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

from conformance.registry import Case
from exporter import keras2, reference

CLASSES = {"Conv2D": "Convolution2D", "Functional": "Model"}
WEIGHTS = {
    "kernel": "W",
    "recurrent_kernel": "U",
    "bias": "b",
    "gamma": "gamma",
    "beta": "beta",
    "moving_mean": "running_mean",
    "moving_variance": "running_std",  # called so, but a variance
}


def write_keras1(case: Case, folder: Path, model: Any) -> None:
    file = folder / "model-keras1.h5"
    with h5py.File(file, "w") as h5:
        h5.attrs["keras_version"] = b"1.2.2"
        h5.attrs["model_config"] = json.dumps(model_config(model)).encode()
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
        if array.ndim == 4 and layer.data_format == "channels_first":
            array = array.transpose(3, 2, 0, 1)
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


def layer_entry(layer: Any) -> dict[str, Any]:
    name = type(layer).__name__
    config = {"name": layer.name, "trainable": True, **layer_config(name, layer.get_config())}
    return {"class_name": CLASSES.get(name, name), "config": config}


def layer_config(name: str, config: dict[str, Any]) -> dict[str, Any]:
    match name:
        case "InputLayer":
            shape = {"batch_input_shape": config["batch_shape"]}
            return {**shape, "input_dtype": "float32", "sparse": False}
        case "Dense":
            return {"output_dim": config["units"], "input_dim": None, **trained(config)}
        case "Conv2D":
            rows, columns = config["kernel_size"]
            size = {"nb_filter": config["filters"], "nb_row": rows, "nb_col": columns}
            return {**size, "subsample": config["strides"], **windowed(config), **trained(config)}
        case "MaxPooling2D" | "AveragePooling2D":
            size = {"pool_size": config["pool_size"], "strides": config["strides"]}
            return {**size, **windowed(config)}
        case "GlobalAveragePooling2D":
            return {"dim_ordering": dim_ordering(config)}
        case "BatchNormalization":
            kept = {key: config[key] for key in ("axis", "epsilon", "momentum")}
            return {"mode": 0, "gamma_regularizer": None, "beta_regularizer": None, **kept}
        case "Activation":
            return {"activation": config["activation"]}
        case "Dropout":
            return {"p": config["rate"]}
        case "Flatten":
            return {}
    return sequence_config(name, config)


def sequence_config(name: str, config: dict[str, Any]) -> dict[str, Any]:
    match name:
        case "LSTM" | "GRU" | "SimpleRNN":
            return recurrent_config(name, config)
        case "Bidirectional":
            inner = wrapped(config)
            inner["config"]["name"] = inner["config"]["name"].removeprefix("forward_")
            return {"layer": inner, "merge_mode": config["merge_mode"]}
        case "TimeDistributed":
            return {"layer": wrapped(config)}
    raise ValueError(f"Keras 1 has no {name}.")


def wrapped(config: dict[str, Any]) -> dict[str, Any]:
    name, inner = config["layer"]["class_name"], config["layer"]["config"]
    kept = {"name": inner["name"], "trainable": True}
    return {"class_name": name, "config": {**kept, **layer_config(name, inner)}}


def recurrent_config(name: str, config: dict[str, Any]) -> dict[str, Any]:
    result = {
        "output_dim": config["units"],
        "init": "glorot_uniform",
        "inner_init": "orthogonal",
        "activation": config["activation"],
        "return_sequences": config["return_sequences"],
        "go_backwards": config["go_backwards"],
        "stateful": False,
        "unroll": False,
        "consume_less": "cpu",
        "input_dim": None,
        "input_length": None,
        "W_regularizer": None,
        "U_regularizer": None,
        "b_regularizer": None,
        "dropout_W": 0.0,
        "dropout_U": 0.0,
    }
    if name != "SimpleRNN":
        result["inner_activation"] = config["recurrent_activation"]
    if name == "LSTM":
        result["forget_bias_init"] = "one"
    return result


def trained(config: dict[str, Any]) -> dict[str, Any]:
    penalty = {"name": "L1L2Regularizer", "l1": 0.0, "l2": 0.01}
    return {
        "init": "glorot_uniform",
        "activation": config["activation"],
        "W_regularizer": penalty if config["kernel_regularizer"] else None,
        "b_regularizer": None,
        "activity_regularizer": None,
        "W_constraint": None,
        "b_constraint": None,
        "bias": config["use_bias"],
    }


def windowed(config: dict[str, Any]) -> dict[str, Any]:
    return {"border_mode": config["padding"], "dim_ordering": dim_ordering(config)}


def dim_ordering(config: dict[str, Any]) -> str:
    return "th" if config["data_format"] == "channels_first" else "tf"


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
