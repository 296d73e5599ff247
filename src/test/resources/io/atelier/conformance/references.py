"""Writes the references next to it: `python references.py`, with numpy 2."""

from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def dense(x, inputs, units):
    """The layer of TestModels.dense: the same weights by the same formula."""
    i, j = np.indices((inputs, units))
    kernel = ((3 * i + 5 * j) % 7 - 3) / 4
    bias = (np.arange(units) - 1) / 8
    return (x @ kernel + bias).astype(np.float32)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return (e / e.sum(-1, keepdims=True)).astype(np.float32)


def classifier():
    images = np.random.default_rng(1).normal(size=(130, 4)).astype(np.float32)
    hidden = np.maximum(dense(images, 4, 5), 0)
    scores = softmax(dense(hidden, 5, 3))
    labels = scores.argmax(-1).astype(np.int32)
    labels[:13] = (labels[:13] + 1) % 3
    # The first 70 and 2 rows: more and fewer than one batch.
    return {
        "inputs/0": images,
        "outputs/0": scores,
        "layers/hidden": hidden[:70],
        "layers/scores": scores[:2],
        "labels": labels,
    }


def few(**changes):
    """The first 6 rows of it all."""
    return {key: array[:6] for key, array in classifier().items()} | changes


def changed(array, index, value):
    array = array.copy()
    array[index] = value
    return array


def write(name, entries, save=np.savez_compressed):
    save(HERE / f"{name}.npz", **entries)


c = classifier()
write("classifier", c)
write("damaged_layer", c | {"layers/hidden": changed(c["layers/hidden"], (66, 3), 2.5)})

f = few()
write("outputs_only", {key: f[key] for key in ("inputs/0", "outputs/0")}, np.savez)
write("without_outputs", {"inputs/0": f["inputs/0"]})
write("without_hidden", {key: f[key] for key in f if key != "layers/hidden"})
write("damaged_output", few(**{"outputs/0": changed(f["outputs/0"], 5, [9, 0, 0])}))
write("nan", few(**{"layers/scores": changed(f["layers/scores"], (1, 2), np.nan)}))
write("wrong_layer_shape", few(**{"layers/hidden": f["layers/hidden"][:, :4]}))
write("wrong_input_shape", few(**{"inputs/0": np.zeros((6, 7), np.float32)}))
write("other_model", few(**{"layers/conv2d": f["layers/hidden"]}))
write(
    "types",
    {
        "inputs/0": np.asfortranarray(f["inputs/0"]),
        "outputs/0": np.asfortranarray(f["outputs/0"].astype(np.float64)),
        "layers/hidden": f["layers/hidden"].astype(np.float64),
        "labels": f["labels"].astype(np.int64)[:, np.newaxis],
    },
)
cube = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
write("fortran", {"inputs/0": np.asfortranarray(cube), "outputs/0": cube + np.uint8(200)})
write("float16", {"inputs/0": cube.astype(np.float16), "outputs/0": cube})

x = np.random.default_rng(2).normal(size=(3, 4)).astype(np.float32)
once = dense(x, 4, 4)
twice = dense(once, 4, 4)
write("shared", {"inputs/0": x, "outputs/0": twice, "layers/d@0": once, "layers/d@1": twice})

ids = np.array([[1, 2, 3], [70000, -5, 0]], np.int32)
write("int32", {"inputs/0": ids, "outputs/0": ids / 2, "layers/halb ½ 層@1": ids / 2})
