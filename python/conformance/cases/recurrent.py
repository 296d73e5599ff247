"""Recurrent layers."""

from types import ModuleType
from typing import Any

from conformance.building import branches, chain
from conformance.keras1 import write_keras1
from conformance.registry import REDUNDANT, case

FUNCTIONS = {  # at the gates, and for the candidate; not both without bound, else all explodes
    "sigmoid": "relu",
    "tanh": "elu",
    "relu": "tanh",
    "linear": "softsign",
    "softsign": "softplus",
    "elu": "hard_sigmoid",
    "softplus": "sigmoid",
    "hard_sigmoid": "linear",
}
KERAS_2_ONLY = "hard_sigmoid is another function there; keras2_hard_sigmoid shows it."


@case((5, 6, 3))
def simple_rnn(k: ModuleType) -> Any:
    """SimpleRNN: the last output, all outputs, without bias, another function, backwards."""
    simple_rnn = k.layers.SimpleRNN
    return branches(
        k,
        (6, 3),
        simple_rnn(4, name="last"),
        simple_rnn(2, return_sequences=True, name="all"),
        simple_rnn(3, use_bias=False, activation="relu", name="no_bias"),
        simple_rnn(2, return_sequences=True, go_backwards=True, name="backwards"),
    )


@case((5, 6, 3), stored=True)
def lstm(k: ModuleType) -> Any:
    """LSTM: the last output, all outputs, without bias, backwards, unrolled, with dropout."""
    lstm = k.layers.LSTM
    return branches(
        k,
        (6, 3),
        lstm(4, name="last"),
        lstm(2, return_sequences=True, name="all"),
        lstm(3, use_bias=False, unit_forget_bias=False, name="no_bias"),
        lstm(2, return_sequences=True, go_backwards=True, name="backwards"),
        lstm(2, go_backwards=True, unroll=True, name="unrolled"),
        lstm(2, dropout=0.3, recurrent_dropout=0.2, name="dropped"),
    )


@case((5, 6, 3))
def gru(k: ModuleType) -> Any:
    """GRU: reset_after true and false, each with bias and without, all outputs, backwards."""
    gru = k.layers.GRU
    return branches(
        k,
        (6, 3),
        gru(4, name="after"),
        gru(4, reset_after=False, name="before"),
        gru(2, use_bias=False, return_sequences=True, name="after_no_bias"),
        gru(2, use_bias=False, reset_after=False, return_sequences=True, name="before_no_bias"),
        gru(3, return_sequences=True, go_backwards=True, name="backwards"),
    )


@case((1, 7, 2), no_keras2=REDUNDANT)
def recurrent_chain(k: ModuleType) -> Any:
    """One row; an open number of steps; LSTM, GRU and SimpleRNN on top of one another."""
    return chain(
        k,
        (None, 2),
        k.layers.LSTM(3, return_sequences=True, name="lstm"),
        k.layers.GRU(4, return_sequences=True, go_backwards=True, name="gru"),
        k.layers.SimpleRNN(2, name="simple_rnn"),
    )


@case((3, 1, 2), no_keras2=REDUNDANT)
def recurrent_one_step(k: ModuleType) -> Any:
    """A single step, a single unit."""
    return branches(
        k,
        (1, 2),
        k.layers.LSTM(1, return_sequences=True, name="lstm"),
        k.layers.GRU(1, name="gru"),
        k.layers.Bidirectional(k.layers.SimpleRNN(1, name="simple_rnn"), name="both"),
    )


@case((3, 5, 2), no_keras2=KERAS_2_ONLY)
def recurrent_activations(k: ModuleType) -> Any:
    """LSTM and GRU with each function at the gates and for the candidate."""
    return branches(
        k,
        (5, 2),
        *[
            layer(2, activation=inner, recurrent_activation=gate, name=f"{kind}_{gate}")
            for kind, layer in {"lstm": k.layers.LSTM, "gru": k.layers.GRU}.items()
            for gate, inner in FUNCTIONS.items()
        ],
    )


@case((3, 5, 2), no_keras2=REDUNDANT)
def recurrent_rare_activations(k: ModuleType) -> Any:
    """Functions that inference engines have no recurrent operator for: selu and softmax."""
    layers = k.layers
    return branches(
        k,
        (5, 2),
        layers.LSTM(3, activation="softmax", return_sequences=True, name="lstm_softmax"),
        layers.LSTM(2, activation="selu", go_backwards=True, use_bias=False, name="lstm_selu"),
        layers.GRU(3, activation="softmax", return_sequences=True, name="gru_after"),
        layers.GRU(3, activation="selu", reset_after=False, name="gru_before"),
        layers.GRU(3, activation="selu", use_bias=False, name="gru_no_bias"),
        layers.SimpleRNN(
            3, activation="softmax", return_sequences=True, go_backwards=True, name="simple_rnn"
        ),
    )


@case((3, 5, 2))
def recurrent_states(k: ModuleType) -> Any:
    """The last state as further outputs, and an initial state from other layers."""
    x = k.Input((5, 2), name="x")
    encoded, h, c = k.layers.LSTM(3, return_state=True, name="encoder")(x)
    decoded = k.layers.LSTM(3, return_sequences=True, name="decoder")(x, initial_state=[h, c])
    every, last = k.layers.GRU(
        3, return_sequences=True, return_state=True, go_backwards=True, name="gru"
    )(x, initial_state=h)
    simple, state = k.layers.SimpleRNN(3, return_state=True, name="simple_rnn")(
        x, initial_state=[c]
    )
    softmax, *states = k.layers.LSTM(
        3, activation="softmax", return_state=True, name="lstm_softmax"
    )(x, initial_state=[h, c])
    outputs = [encoded, c, decoded, every, last, simple, state, softmax, *states]
    return k.Model(x, outputs, name="recurrent_states")


@case((3, 5, 2))
def rnn_cells(k: ModuleType) -> Any:
    """RNN with each cell, and with stacked cells."""
    layers = k.layers
    stack = [layers.LSTMCell(3), layers.GRUCell(2, reset_after=False), layers.LSTMCell(4)]
    x = k.Input((5, 2), name="x")
    return k.Model(
        x,
        [
            layers.RNN(layers.SimpleRNNCell(3), name="simple_rnn")(x),
            layers.RNN(layers.LSTMCell(3), return_sequences=True, name="lstm")(x),
            layers.RNN(layers.GRUCell(3), go_backwards=True, name="gru")(x),
            *flat(layers.RNN(stack, return_state=True, go_backwards=True, name="stack")(x)),
        ],
        name="rnn_cells",
    )


def flat(outputs: Any) -> list:
    """The states of stacked cells are nested in Keras 2."""
    return (
        [tensor for each in outputs for tensor in flat(each)]
        if isinstance(outputs, list | tuple)
        else [outputs]
    )


@case((2, 12, 1), no_keras2=REDUNDANT)
def anomaly_lstm(k: ModuleType) -> Any:
    """Two LSTMs of sigmoid and relu on one another, and a Dense for each step."""
    return chain(
        k,
        (12, 1),
        k.layers.LSTM(8, activation="sigmoid", return_sequences=True, name="encoder"),
        k.layers.LSTM(6, activation="relu", return_sequences=True, name="decoder"),
        k.layers.TimeDistributed(k.layers.Dense(1), name="value"),
    )


@case((2, 4, 3), write=write_keras1)
def keras1_recurrent(k: ModuleType) -> Any:
    """Recurrent layers of Keras 1.2.2, which stored each gate by itself."""
    layers = k.layers
    return chain(
        k,
        (4, 3),
        layers.LSTM(3, return_sequences=True, name="lstm_1"),
        layers.Bidirectional(
            layers.LSTM(2, return_sequences=True, name="lstm_2"), name="bidirectional_1"
        ),
        layers.GRU(4, return_sequences=True, reset_after=False, name="gru_1"),
        layers.TimeDistributed(layers.Dense(3, name="dense_1"), name="timedistributed_1"),
        layers.Bidirectional(
            layers.SimpleRNN(3, name="simplernn_1"), merge_mode="sum", name="bidirectional_2"
        ),
    )


@case((2, 4, 6, 5, 2))
def conv_lstm2d(k: ModuleType) -> Any:
    """ConvLSTM2D: the last output, all of them, strides, dilation, without bias, backwards."""
    conv_lstm, gates = k.layers.ConvLSTM2D, {"recurrent_activation": "sigmoid"}
    return branches(
        k,
        (4, 6, 5, 2),
        conv_lstm(3, 3, name="last", **gates),
        conv_lstm(2, (2, 3), padding="same", return_sequences=True, name="all", **gates),
        conv_lstm(2, 3, strides=2, padding="same", activation="relu", name="strides", **gates),
        conv_lstm(2, 2, dilation_rate=2, use_bias=False, name="dilation", **gates),
        conv_lstm(2, 2, go_backwards=True, return_sequences=True, name="backwards", **gates),
    )


@case((2, 4, 6, 2), no_keras2=REDUNDANT)
def conv_lstm1d(k: ModuleType) -> Any:
    """ConvLSTM1D, with its default functions and another one."""
    conv_lstm = k.layers.ConvLSTM1D
    return branches(
        k,
        (4, 6, 2),
        conv_lstm(3, 3, name="last"),
        conv_lstm(2, 2, padding="same", recurrent_activation="hard_sigmoid", name="hard"),
    )


@case((2, 3, 2, 5, 4), xla=True, no_h5=REDUNDANT, no_keras2=REDUNDANT)
def conv_lstm2d_channels_first(k: ModuleType) -> Any:
    """The same, channels_first."""
    options = {"data_format": "channels_first", "return_sequences": True}
    return branches(k, (3, 2, 5, 4), k.layers.ConvLSTM2D(3, 2, name="all", **options))


@case((2, 3, 4, 3, 3, 2), no_h5=REDUNDANT, no_keras2=REDUNDANT)
def conv_lstm3d(k: ModuleType) -> Any:
    """ConvLSTM3D."""
    return branches(k, (3, 4, 3, 3, 2), k.layers.ConvLSTM3D(2, 2, padding="same", name="last"))
