"""Conv2D: one option a layer.

In channels_first no output here is as wide as it has filters: Keras 3 on TensorFlow would add the
bias along its width, where Keras 2 and the documentation add it by filter.
"""

from types import ModuleType
from typing import Any

from conformance.building import branches, chain
from conformance.registry import REDUNDANT, case


@case((2, 7, 6, 2), no_keras2=REDUNDANT)
def conv2d_strides(k: ModuleType) -> Any:
    """Strides 1, 2 and (2, 1) with both paddings, even and odd sizes."""
    conv = k.layers.Conv2D
    return branches(
        k,
        (7, 6, 2),
        *(
            conv(2, 3, strides=strides, padding=padding, name=f"{padding}_{name}")
            for padding in ("valid", "same")
            for strides, name in ((1, "1"), (2, "2"), ((2, 1), "2_1"))
        ),
    )


@case((2, 9, 8, 2), no_keras2=REDUNDANT)
def conv2d_dilation(k: ModuleType) -> Any:
    """Dilation 2 and (2, 1) with both paddings."""
    conv = k.layers.Conv2D
    return branches(
        k,
        (9, 8, 2),
        *(
            conv(2, 3, dilation_rate=rate, padding=padding, name=f"{padding}_{name}")
            for padding in ("valid", "same")
            for rate, name in ((2, "2"), ((2, 1), "2_1"))
        ),
    )


@case((2, 7, 8, 2))
def conv2d_kernels(k: ModuleType) -> Any:
    """Kernels not square, even ones with same padding, 1x1 without bias, one smaller than its
    strides and one larger than the input."""
    conv = k.layers.Conv2D
    return branches(
        k,
        (7, 8, 2),
        conv(2, (1, 3), name="one_by_three"),
        conv(2, (3, 2), padding="same", name="three_by_two"),
        conv(2, 2, padding="same", name="even"),
        conv(2, 4, strides=2, padding="same", name="even_strides_2"),
        conv(3, 1, strides=2, use_bias=False, name="one_by_one"),
        conv(2, 2, strides=3, padding="same", name="even_strides_3"),
        conv(1, (9, 10), padding="same", name="larger_than_the_input"),
    )


@case((2, 5, 5, 4))
def conv2d_groups(k: ModuleType) -> Any:
    """Two groups, and as many groups as channels."""
    conv = k.layers.Conv2D
    return branches(
        k,
        (5, 5, 4),
        conv(4, 3, groups=2, padding="same", name="two_groups"),
        conv(8, 2, groups=4, use_bias=False, name="depthwise"),
    )


@case((2, 2, 6, 5), xla=True)
def conv2d_channels_first(k: ModuleType) -> Any:
    """A chain in channels_first, with strides and same padding, and Flatten of it."""
    first = "channels_first"
    return chain(
        k,
        (2, 6, 5),
        k.layers.Conv2D(3, 3, padding="same", data_format=first, activation="elu", name="conv"),
        k.layers.Conv2D(2, 2, strides=(2, 1), data_format=first, name="strided"),
        k.layers.Flatten(data_format=first, name="flatten"),
        k.layers.Dense(3, name="dense"),
    )


@case((2, 5, 4, 2), no_keras2=REDUNDANT)
def conv2d_activations(k: ModuleType) -> Any:
    """A chain of Conv2D with activations other than relu, softmax among them."""
    conv = k.layers.Conv2D
    return chain(
        k,
        (5, 4, 2),
        conv(3, 2, activation="tanh", name="tanh"),
        conv(3, 2, padding="same", activation="selu", name="selu"),
        conv(3, 2, activation="softmax", name="softmax"),
    )


@case((2, 5, 6, 1), stored=True)
def cnn(k: ModuleType) -> Any:
    """Conv2D, pooling, Flatten and Dense: Flatten in the order rows, columns, channels."""
    return chain(
        k,
        (5, 6, 1),
        k.layers.Conv2D(3, 3, padding="same", activation="relu", name="conv2d"),
        k.layers.MaxPooling2D(2, padding="same", name="max_pooling2d"),
        k.layers.Conv2D(2, 2, activation="relu", name="conv2d_1"),
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(4, activation="relu", name="dense"),
        k.layers.Dense(3, activation="softmax", name="dense_1"),
    )


@case((2, 9, 7, 3))
def open_size(k: ModuleType) -> Any:
    """An input of open height and width, fed 9x7."""
    return chain(
        k,
        (None, None, 3),
        k.layers.Conv2D(3, 3, strides=2, padding="same", activation="relu", name="conv2d"),
        k.layers.GlobalAveragePooling2D(name="average"),
        k.layers.Dense(2, name="dense"),
    )


@case((2, 2, 7, 6), xla=True)
def cnn_channels_first(k: ModuleType) -> Any:
    """A CNN in channels_first whose Flatten is plain: in the order channels, rows, columns."""
    first = "channels_first"
    return chain(
        k,
        (2, 7, 6),
        k.layers.Conv2D(3, 2, data_format=first, name="conv2d"),
        k.layers.BatchNormalization(axis=1, name="batch_normalization"),
        k.layers.Activation("relu", name="activation"),
        k.layers.MaxPooling2D(2, padding="same", data_format=first, name="max_pooling2d"),
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(3, name="dense"),
    )


@case((1, 1, 1, 1))
def ones_everywhere(k: ModuleType) -> Any:
    """One row, one pixel, one channel, one unit: no axis may get lost."""
    return chain(
        k,
        (1, 1, 1),
        k.layers.Conv2D(1, 3, padding="same", name="conv2d"),
        k.layers.MaxPooling2D(2, padding="same", name="max_pooling2d"),
        k.layers.BatchNormalization(name="batch_normalization"),
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(1, activation="sigmoid", name="dense"),
    )


@case((2, 9, 4))
def conv1d(k: ModuleType) -> Any:
    """Conv1D: all three paddings, each with strides and with dilation; groups; an even kernel."""
    conv = k.layers.Conv1D
    return branches(
        k,
        (9, 4),
        conv(3, 3, name="valid"),
        conv(3, 3, strides=2, activation="tanh", name="valid_strides"),
        conv(3, 2, strides=3, padding="same", name="same_strides"),
        conv(3, 2, padding="same", dilation_rate=3, name="same_dilation"),
        conv(4, 2, padding="causal", dilation_rate=2, name="causal_dilation"),
        conv(3, 4, strides=2, padding="causal", name="causal_strides"),
        conv(4, 3, groups=2, use_bias=False, name="groups"),
        conv(2, 1, strides=2, activation="softmax", name="one"),
    )


@case((2, 4, 9), xla=True, no_keras2=REDUNDANT)
def conv1d_channels_first(k: ModuleType) -> Any:
    """A chain of Conv1D in channels_first, and pooling of it."""
    first = "channels_first"
    return chain(
        k,
        (4, 9),
        k.layers.Conv1D(5, 3, padding="same", data_format=first, activation="elu", name="conv"),
        k.layers.Conv1D(6, 2, strides=2, groups=1, data_format=first, name="strided"),
        k.layers.BatchNormalization(axis=1, name="normalization"),
        k.layers.AveragePooling1D(2, strides=1, padding="same", data_format=first, name="average"),
        k.layers.GlobalMaxPooling1D(data_format=first, name="max"),
        k.layers.Dense(3, name="dense"),
    )


@case((2, 8, 3))
def conv1d_normalized(k: ModuleType) -> Any:
    """Conv1D and BatchNormalization, pooled: a network for sequences."""
    return chain(
        k,
        (8, 3),
        k.layers.Conv1D(4, 3, padding="same", name="conv1d"),
        k.layers.BatchNormalization(name="batch_normalization"),
        k.layers.Activation("relu", name="activation"),
        k.layers.MaxPooling1D(2, name="max_pooling1d"),
        k.layers.Conv1D(5, 2, padding="causal", activation="relu", name="conv1d_1"),
        k.layers.GlobalAveragePooling1D(name="average"),
        k.layers.Dense(2, activation="softmax", name="dense"),
    )


@case((2, 5, 6, 4, 2))
def conv3d(k: ModuleType) -> Any:
    """Conv3D: strides, dilation, groups, kernels that are no cubes, both paddings."""
    conv = k.layers.Conv3D
    return branches(
        k,
        (5, 6, 4, 2),
        conv(2, 2, activation="relu", name="valid"),
        conv(2, (2, 3, 1), strides=(2, 1, 3), padding="same", name="same_strides"),
        conv(2, 2, dilation_rate=2, padding="same", name="same_dilation"),
        conv(2, (1, 2, 2), groups=2, use_bias=False, name="groups"),
        conv(3, 2, strides=2, activation="softmax", name="softmax"),
    )


@case((1, 2, 4, 5, 6), xla=True, no_keras2=REDUNDANT)
def conv3d_channels_first(k: ModuleType) -> Any:
    """A chain in channels_first over three spatial axes."""
    first = "channels_first"
    return chain(
        k,
        (2, 4, 5, 6),
        k.layers.Conv3D(3, 2, padding="same", data_format=first, activation="relu", name="conv"),
        k.layers.MaxPooling3D((2, 2, 3), data_format=first, name="max"),
        k.layers.Flatten(data_format=first, name="flatten"),
    )
