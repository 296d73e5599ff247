"""Reference outputs: what Keras computes, layer by layer, in one `.npz` file.

Its entries: `inputs/0`, `inputs/1`, … in the model's input order; `outputs/0`, … in its output
order; `layers/<layer name>` for every layer but InputLayers (`layers/<name>@<node index>` for one
that is called several times, `layers/<outer>/<inner>` inside a nested model, each followed by
`:<index>` if the call gives several tensors), each with as many rows of the batch as its first
dimension says; `labels` where there are any.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import tree

Outputs = dict[str, np.ndarray]


def compute(model: keras.Model, inputs: list[np.ndarray], rows: int, xla: bool = False) -> Outputs:
    """Returns the entries of a reference; of inner layers the outputs for the first `rows` only.

    With `xla` the model is compiled: TensorFlow's own kernels refuse `channels_first`
    convolutions on a CPU, XLA's compute them.
    """
    outputs = run(lambda *tensors: flat_outputs(model, tensors), inputs, xla)
    first = [array[:rows] for array in inputs]
    layers = run(lambda *tensors: layer_outputs(model, list(tensors)), first, xla)
    return {
        **{f"inputs/{index}": array for index, array in enumerate(inputs)},
        **{f"outputs/{index}": np.asarray(array) for index, array in enumerate(outputs)},
        **{f"layers/{name}": np.asarray(array) for name, array in layers.items()},
    }


def run(function: Callable[..., Any], inputs: list[np.ndarray], xla: bool) -> Any:
    tensors = [tf.convert_to_tensor(array) for array in inputs]
    return tf.function(function, jit_compile=True)(*tensors) if xla else function(*tensors)


def flat_outputs(model: Any, tensors: tuple) -> list:
    """Calls a model of either generation of Keras on its inputs, in inference."""
    structure = getattr(model, "_inputs_struct", getattr(model, "_nested_inputs", None))
    if isinstance(structure, dict):
        inputs: Any = dict(zip(sorted(structure), tensors, strict=True))
    else:
        inputs = list(tensors) if len(tensors) > 1 else tensors[0]
    outputs = model(inputs, training=False)
    return tree.flatten(outputs)


def layer_outputs(
    model: keras.Model, tensors: list, prefix: str = "", copy: int = 0, copies: int = 1
) -> dict[str, Any]:
    """Walks the graph of a model once and returns what each call of a layer gave.

    The calls of a layer in a nested model that is called several times are counted through.
    """
    graph = model._functional if isinstance(model, keras.Sequential) else model
    ours = {id(node) for nodes in graph._nodes_by_depth.values() for node in nodes}
    computed = dict(zip(map(id, graph.inputs), tensors, strict=True))
    collected: dict[str, Any] = {}
    for nodes in (graph._nodes_by_depth[depth] for depth in sorted(graph._nodes_by_depth)[::-1]):
        for node in nodes:
            if node.is_input:
                continue
            arguments, keywords = node.arguments.fill_in(computed)
            if "training" in keywords:  # as the model says when it predicts
                keywords["training"] = False
            result = node.operation(*arguments, **keywords)
            computed.update(zip(map(id, node.outputs), tree.flatten(result), strict=True))
            calls = [call for call in node.operation._inbound_nodes if id(call) in ours]
            call, count = copy * len(calls) + calls.index(node), copies * len(calls)
            name = prefix + node.operation.name
            if isinstance(node.operation, keras.Model):
                inner = tree.flatten(arguments[0])
                collected.update(layer_outputs(node.operation, inner, f"{name}/", call, count))
            elif isinstance(getattr(node.operation, "layer", None), keras.Model):
                collected.update(step_outputs(node.operation.layer, arguments[0], f"{name}/"))
            elif isinstance(node.operation, keras.Layer):  # masks are made by bare operations
                collected.update(named(result, name if count == 1 else f"{name}@{call}"))
    return collected


def step_outputs(model: keras.Model, sequence: Any, prefix: str) -> dict[str, Any]:
    """What the layers of a model give that is applied to each step of a sequence."""
    steps = tf.reshape(sequence, (-1, *sequence.shape[2:]))
    return {
        name: tf.reshape(array, (*sequence.shape[:2], *array.shape[1:]))
        for name, array in layer_outputs(model, [steps], prefix).items()
    }


def named(result: Any, name: str) -> dict[str, Any]:
    """What a call gave under its name; several tensors have their index behind it."""
    tensors = tree.flatten(result)
    if len(tensors) == 1:
        return {name: tensors[0]}
    return {f"{name}:{index}": tensor for index, tensor in enumerate(tensors)}


def write(file: Path, outputs: Outputs, labels: np.ndarray | None = None) -> None:
    entries = {name: narrow(array) for name, array in outputs.items()}
    if labels is not None:
        entries["labels"] = narrow(labels)
    np.savez_compressed(file, **entries)


def narrow(array: np.ndarray) -> np.ndarray:
    """float32, or int32 for whole numbers: the only two types of the layout."""
    return array.astype(np.int32 if np.issubdtype(array.dtype, np.integer) else np.float32)


def read(file: Path) -> Outputs:
    with np.load(file) as entries:
        return dict(entries)


def numbered(entries: Outputs, kind: str) -> list[np.ndarray]:
    """The entries `kind/0`, `kind/1`, … in order."""
    amount = sum(name.startswith(f"{kind}/") for name in entries)
    return [entries[f"{kind}/{index}"] for index in range(amount)]


def check(computed: list[np.ndarray], expected: list[np.ndarray], what: str) -> None:
    """Refuses outputs that differ by more than 1e-5 x max(1, max|expected|)."""
    if len(computed) != len(expected):
        raise AssertionError(f"{what}: {len(computed)} outputs, expected {len(expected)}")
    for index, (ours, theirs) in enumerate(zip(computed, expected, strict=True)):
        ours = np.asarray(ours, np.float32)
        if ours.shape != theirs.shape:
            raise AssertionError(f"{what}: output {index}: {ours.shape}, expected {theirs.shape}")
        tolerance = 1e-5 * max(1.0, float(np.abs(theirs).max()))
        difference = float(np.abs(ours - theirs).max())
        if not difference <= tolerance:
            raise AssertionError(
                f"{what}: output {index} differs by {difference:.3g}, allowed {tolerance:.3g}"
            )
