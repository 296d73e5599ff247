"""Layers around other layers."""

from types import ModuleType
from typing import Any

from conformance.building import branches, chain
from conformance.registry import REDUNDANT, case

MODES = ["concat", "sum", "mul", "ave", None]


@case((3, 5, 2))
def bidirectional(k: ModuleType) -> Any:
    """Bidirectional LSTM and GRU in all merge modes, the last output and all outputs."""
    x = k.Input((5, 2), name="x")
    outputs: list = []
    for mode in MODES:
        for kind, layer in {"lstm": k.layers.LSTM, "gru": k.layers.GRU}.items():
            sequences = (kind == "lstm") == (mode in ("concat", "mul"))
            both = k.layers.Bidirectional(
                layer(2, return_sequences=sequences), merge_mode=mode, name=f"{kind}_{mode}"
            )(x)
            outputs += [both] if mode else both
    return k.Model(x, outputs, name="bidirectional")


@case((3, 5, 2))
def bidirectional_options(k: ModuleType) -> Any:
    """A backward layer of its own, a layer that goes backwards itself, SimpleRNN, states."""
    layers = k.layers
    x = k.Input((5, 2), name="x")
    first, *states = layers.Bidirectional(
        layers.LSTM(3, return_state=True, return_sequences=True), name="states"
    )(x)
    own = layers.Bidirectional(
        layers.GRU(3, return_sequences=True, name="ahead"),
        backward_layer=layers.SimpleRNN(
            3, return_sequences=True, go_backwards=True, activation="relu", name="back"
        ),
        name="own_backward",
    )(x)
    backwards = layers.Bidirectional(
        layers.GRU(2, go_backwards=True, return_sequences=True, reset_after=False, name="last"),
        backward_layer=layers.GRU(2, return_sequences=True, name="first"),
        name="backwards",
    )(x)
    simple = layers.Bidirectional(layers.SimpleRNN(2), merge_mode="mul", name="simple_rnn")(x)
    given = layers.Bidirectional(layers.LSTM(3), name="given")(x, initial_state=states)
    outputs = [first, *states, own, backwards, simple, given]
    return k.Model(x, outputs, name="bidirectional_options")


@case((2, 7, 3), no_keras2=REDUNDANT)
def bidirectional_tagger(k: ModuleType) -> Any:
    """A tagger: two bidirectional LSTMs and a softmax at each step, of which there may be any."""
    layers = k.layers
    return chain(
        k,
        (None, 3),
        layers.Bidirectional(layers.LSTM(3, return_sequences=True), name="lower"),
        layers.Dropout(0.2, name="dropout"),
        layers.Bidirectional(layers.LSTM(2, return_sequences=True), name="upper"),
        layers.TimeDistributed(layers.Dense(4, activation="softmax"), name="tags"),
    )


@case((2, 3, 4, 5, 2))
def time_distributed(k: ModuleType) -> Any:
    """TimeDistributed: convolution, pooling, normalization, Flatten and Dense."""
    layers = k.layers
    return chain(
        k,
        (3, 4, 5, 2),
        layers.TimeDistributed(layers.Conv2D(3, 2, activation="relu"), name="conv2d"),
        layers.TimeDistributed(layers.BatchNormalization(), name="batch_normalization"),
        layers.TimeDistributed(layers.MaxPooling2D(2), name="max_pooling"),
        layers.TimeDistributed(layers.Flatten(), name="flatten"),
        layers.TimeDistributed(layers.Dense(4, use_bias=False), name="dense"),
        layers.LSTM(3, name="lstm"),
    )


@case((2, 3, 4, 2), no_keras2=REDUNDANT)
def time_distributed_lstm(k: ModuleType) -> Any:
    """A recurrent layer for each sequence of a sequence, of open lengths."""
    layers = k.layers
    return branches(
        k,
        (None, None, 2),
        layers.TimeDistributed(layers.LSTM(3), name="lstm"),
        layers.TimeDistributed(
            layers.Bidirectional(layers.GRU(2, return_sequences=True)), name="both"
        ),
    )


@case((2, 3, 6, 6, 1))
def time_distributed_model(k: ModuleType) -> Any:
    """A whole model for each picture of a sequence, a Sequential and one with branches; an LSTM."""
    layers = k.layers
    conv = [k.Input((6, 6, 1)), layers.Conv2D(2, 3, name="conv"), layers.MaxPooling2D(name="pool")]
    rest = [layers.BatchNormalization(name="norm"), layers.Flatten(name="flat")]
    pictures = k.Sequential([*conv, *rest], name="pictures")
    y = k.Input((8,), name="y")
    left, right = layers.Dense(3, name="left")(y), layers.Dense(3, name="right")(y)
    merged = layers.Multiply(name="product")([left, right])
    branches_of = k.Model(y, layers.Concatenate(axis=1, name="wide")([merged, left]), name="split")
    x = k.Input((3, 6, 6, 1), name="x")
    features = layers.TimeDistributed(pictures, name="each_picture")(x)
    both = layers.TimeDistributed(branches_of, name="each_feature")(features)
    return k.Model(x, [layers.LSTM(2, name="lstm")(both), features], name="time_distributed_model")
