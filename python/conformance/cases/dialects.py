"""Files as older or larger models have them."""

from pathlib import Path
from types import ModuleType
from typing import Any

import h5py

from conformance.building import chain
from conformance.keras1 import write_keras1
from conformance.registry import Case, case

LONG = 3300  # twenty names, each taking as much room as the longest, are too much for an attribute


def convolutions(k: ModuleType, shape: tuple, data_format: str, axis: int) -> Any:
    options = {"data_format": data_format}
    return chain(
        k,
        shape,
        k.layers.Conv2D(
            3, (2, 3), padding="same", kernel_regularizer="l2", name="convolution2d_1", **options
        ),
        k.layers.BatchNormalization(axis=axis, epsilon=1e-2, name="batchnormalization_1"),
        k.layers.Activation("relu", name="activation_1"),
        k.layers.MaxPooling2D(2, name="maxpooling2d_1", **options),
        k.layers.Conv2D(2, 2, strides=(1, 2), activation="tanh", name="convolution2d_2", **options),
        k.layers.Dropout(0.25, name="dropout_1"),
        k.layers.Flatten(name="flatten_1"),
        k.layers.Dense(4, activation="relu", use_bias=False, name="dense_1"),
        k.layers.Dense(3, activation="softmax", name="dense_2"),
    )


@case((2, 6, 12, 2), write=write_keras1)
def keras1_cnn_tf(k: ModuleType) -> Any:
    """A Sequential of Keras 1.2.2 with dim_ordering tf."""
    return convolutions(k, (6, 12, 2), "channels_last", -1)


@case((2, 2, 6, 12), write=write_keras1, xla=True)
def keras1_cnn_th(k: ModuleType) -> Any:
    """The same with dim_ordering th: kernels (filters, channels, rows, columns), not flipped."""
    return convolutions(k, (2, 6, 12), "channels_first", 1)


@case((2, 5, 4, 2), write=write_keras1)
def keras1_graph(k: ModuleType) -> Any:
    """A graph of Keras 1.2.2 with a shared layer and two outputs."""
    x = k.Input((5, 4, 2), name="input_1")
    pooled = k.layers.AveragePooling2D(
        (2, 1), strides=(2, 2), padding="same", name="averagepooling2d_1"
    )(x)
    mean = k.layers.GlobalAveragePooling2D(name="globalaveragepooling2d_1")(pooled)
    shared = k.layers.Dense(2, activation="softplus", name="dense_1")
    once = shared(mean)
    return k.Model(x, [k.layers.Dense(3, name="dense_2")(shared(once)), once], name="model_1")


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
