"""The models that are trained: small, or narrow copies of the notebook's."""

from pathlib import Path
from typing import Any

import keras
from keras import layers

NOTEBOOK = Path(__file__).parents[2] / "fixtures" / "fashion-mnist" / "model.keras"


def notebook() -> Any:
    """The notebook's model itself, trained further; its file is not written again."""
    return keras.models.load_model(NOTEBOOK)


def cnn() -> Any:
    """The notebook's model with fewer filters."""
    return keras.Sequential(
        [
            layers.Input((12, 12, 1)),
            layers.Conv2D(4, 3, padding="same", activation="relu", name="conv2d"),
            layers.MaxPool2D(2, strides=2, padding="same", name="pool"),
            layers.Conv2D(8, 3, padding="same", activation="relu", name="conv2d_1"),
            layers.MaxPool2D(2, strides=2, padding="same", name="pool_1"),
            layers.Flatten(name="flatten"),
            layers.Dense(16, activation="relu", name="dense"),
            layers.Dense(10, activation="softmax", name="dense_1"),
        ],
        name="cnn",
    )


def normalized() -> Any:
    """BatchNormalization after a convolution and after a Dense, and Dropout that drops nothing."""
    return keras.Sequential(
        [
            layers.Input((8, 8, 2)),
            layers.Conv2D(4, 3, use_bias=False, name="conv2d"),
            layers.BatchNormalization(momentum=0.9, name="bn"),
            layers.Activation("relu", name="relu"),
            layers.Dropout(0.0, name="dropout"),
            layers.GlobalAveragePooling2D(name="average"),
            layers.Dense(8, use_bias=False, name="dense"),
            layers.BatchNormalization(momentum=0.8, scale=False, name="bn_1"),
            layers.Activation("tanh", name="tanh"),
            layers.Dropout(0.0, name="dropout_1"),
            layers.Dense(5, activation="softmax", name="dense_1"),
        ],
        name="normalized",
    )


def dense() -> Any:
    return keras.Sequential(
        [
            layers.Input((6,)),
            layers.Dense(5, activation="tanh", name="dense"),
            layers.Dense(3, activation="softmax", name="dense_1"),
        ],
        name="dense",
    )


def logits() -> Any:
    return keras.Sequential(
        [
            layers.Input((6,)),
            layers.Dense(5, activation="tanh", name="dense"),
            layers.Dense(3, name="dense_1"),
        ],
        name="logits",
    )


def softmax_layer() -> Any:
    return keras.Sequential(
        [
            layers.Input((6,)),
            layers.Dense(3, name="dense"),
            layers.Softmax(name="softmax"),
        ],
        name="softmax_layer",
    )


def binary() -> Any:
    return keras.Sequential(
        [
            layers.Input((6,)),
            layers.Dense(5, activation="tanh", name="dense"),
            layers.Dense(1, activation="sigmoid", name="dense_1"),
        ],
        name="binary",
    )


def regularized() -> Any:
    r = keras.regularizers
    return keras.Sequential(
        [
            layers.Input((6,)),
            layers.Dense(
                5,
                activation="tanh",
                kernel_regularizer=r.L1(0.01),
                bias_regularizer=r.L2(0.02),
                name="dense",
            ),
            layers.BatchNormalization(gamma_regularizer=r.L2(0.03), name="bn"),
            layers.Dense(4, kernel_regularizer="l2", trainable=False, name="frozen"),
            layers.Dense(
                3, activation="softmax", kernel_regularizer=r.L1L2(0.01, 0.02), name="dense_1"
            ),
        ],
        name="regularized",
    )


def frozen() -> Any:
    """Frozen layers below the first that is trained, and between those that are."""
    return keras.Sequential(
        [
            layers.Input((8, 8, 2)),
            layers.Conv2D(3, 3, trainable=False, name="conv2d"),
            layers.BatchNormalization(trainable=False, name="bn"),
            layers.Conv2D(4, 3, activation="relu", name="conv2d_1"),
            layers.BatchNormalization(trainable=False, name="bn_1"),
            layers.Conv2D(4, 3, activation="relu", trainable=False, name="conv2d_2"),
            layers.BatchNormalization(momentum=0.5, name="bn_2"),
            layers.Flatten(name="flatten"),
            layers.Dense(3, activation="softmax", name="dense"),
        ],
        name="frozen",
    )


def functional() -> Any:
    """A graph with branches, one of them frozen up to where they meet."""
    x = layers.Input((8, 8, 2), name="image")
    a = layers.Conv2D(4, 3, padding="same", activation="relu", trainable=False, name="a")(x)
    a = layers.BatchNormalization(trainable=False, name="bn_a")(a)
    b = layers.Conv2D(4, 1, name="b")(x)
    y = layers.Add(name="add")([a, b])
    y = layers.DepthwiseConv2D(3, padding="same", name="depthwise")(y)
    y = layers.LayerNormalization(name="ln")(y)
    z = layers.SeparableConv2D(4, 3, padding="same", activation="silu", name="separable")(y)
    z = layers.Concatenate(name="concatenate")([y, z])
    z = layers.GlobalMaxPooling2D(name="max")(z)
    return keras.Model(x, layers.Dense(3, activation="softmax", name="dense")(z), name="functional")


def recurrent() -> Any:
    """Every cell on one another, in both directions and with stacked cells."""
    return keras.Sequential(
        [
            layers.Input((5, 3)),
            layers.LSTM(4, return_sequences=True, recurrent_regularizer="l2", name="lstm"),
            layers.Bidirectional(
                layers.GRU(3, return_sequences=True, kernel_regularizer="l1"), name="both"
            ),
            layers.TimeDistributed(
                layers.Dense(4, activation="relu", bias_regularizer="l2"), name="each"
            ),
            layers.RNN(
                [layers.SimpleRNNCell(3), layers.GRUCell(3, reset_after=False)],
                return_sequences=True,
                go_backwards=True,
                name="stack",
            ),
            layers.SimpleRNN(4, name="simple"),
            layers.Dense(3, activation="softmax", name="dense"),
        ],
        name="recurrent",
    )


def states() -> Any:
    """An LSTM that hands its last state to another one."""
    x = layers.Input((5, 3), name="x")
    _, h, c = layers.LSTM(4, return_state=True, name="encoder")(x)
    y = layers.LSTM(4, name="decoder")(x, initial_state=[h, c])
    return keras.Model(x, layers.Dense(3, activation="softmax", name="dense")(y), name="states")


def masked() -> Any:
    """Recurrent layers and a mean that leave steps out: those of 0, after a ReLU."""
    return keras.Sequential(
        [
            layers.Input((6, 1)),
            layers.Rescaling(1.0, -0.2, name="lower"),
            layers.ReLU(name="relu"),
            layers.Masking(name="masking"),
            layers.LSTM(4, return_sequences=True, name="lstm"),
            layers.Bidirectional(layers.GRU(3, return_sequences=True), name="both"),
            layers.GlobalAveragePooling1D(name="mean"),
            layers.Dense(3, activation="softmax", name="dense"),
        ],
        name="masked",
    )


def transformer() -> Any:
    """Attention of several heads, of heads that share, and plain, with additions and norms."""
    sequence = layers.Input((5, 4), name="x")
    y = layers.Dense(4, name="key")(sequence)
    z = layers.MultiHeadAttention(2, 3, kernel_regularizer="l2", name="heads")(sequence, y)
    x = layers.LayerNormalization(name="norm")(layers.Add(name="add")([sequence, z]))
    x = layers.GroupQueryAttention(2, 4, 2, name="grouped")(x, x, use_causal_mask=True)
    x = layers.AdditiveAttention(name="additive")([x, y])
    x = layers.Attention(use_scale=True, name="dot")([x, x])
    x = layers.GlobalAveragePooling1D(name="mean")(x)
    x = layers.Dense(3, activation="softmax", name="dense")(x)
    return keras.Model(sequence, x, name="transformer")


MODELS = {
    build.__name__: build
    for build in (
        notebook,
        cnn,
        normalized,
        dense,
        logits,
        softmax_layer,
        binary,
        regularized,
        frozen,
        functional,
        recurrent,
        states,
        masked,
        transformer,
    )
}
