"""Where masks go, and what layers do with those that reach them."""

from types import ModuleType
from typing import Any

import numpy as np

from conformance.building import chain
from conformance.registry import case

NO_H5 = "Keras 3 cannot read an .h5 that shows where its mask goes."
KERAS_3_ONLY = "it has no keras.ops."
OTHER_RULES = "masks follow other rules there."


def sentences(random: np.random.Generator) -> np.ndarray:
    """Rows of 5 words of 6: all there, padded behind, padded before, with gaps, and none at all."""
    drawn = random.integers(1, 6, (5, 5))
    drawn[1, 3:] = 0
    drawn[2, :2] = 0
    drawn[3, 1::2] = 0
    drawn[4] = 0
    return drawn


def paragraphs(random: np.random.Generator) -> np.ndarray:
    """Rows of 3 sentences, of which the last of the second row is empty."""
    drawn = random.integers(1, 6, (2, 3, 4))
    drawn[:, 0, 2:] = 0
    drawn[1, 1, 0] = 0
    drawn[1, 2] = 0
    return drawn


def words(k: ModuleType, size: int = 3, name: str = "words") -> Any:
    return k.layers.Embedding(6, size, mask_zero=True, name=name)


@case(sentences, no_h5=NO_H5)
def masked_recurrent(k: ModuleType) -> Any:
    """Each recurrent layer: the last output, all of them, backwards, with zeros where masked."""
    x = k.Input((5,), name="x")
    y = words(k)(x)
    kinds = {"lstm": k.layers.LSTM, "gru": k.layers.GRU, "rnn": k.layers.SimpleRNN}
    outputs = []
    for name, kind in kinds.items():
        layers = [
            kind(2, name=f"{name}_last"),
            kind(2, return_sequences=True, name=f"{name}_all"),
            kind(2, return_sequences=True, go_backwards=True, name=f"{name}_backwards"),
            kind(2, return_sequences=True, zero_output_for_mask=True, name=f"{name}_zero"),
        ]
        outputs += [layer(y) for layer in layers]
    outputs.append(k.layers.LSTM(2, activation="softmax", name="lstm_softmax")(y))
    outputs.append(k.layers.GRU(2, reset_after=False, go_backwards=True, name="gru_before")(y))
    return k.Model(x, outputs, name="masked_recurrent")


@case(sentences)
def masked_chain(k: ModuleType) -> Any:
    """A Sequential of layers that hand the mask on, use it, and drop it in the end."""
    return chain(
        k,
        (5,),
        words(k),
        k.layers.Dropout(0.5, name="dropout"),
        k.layers.Bidirectional(k.layers.LSTM(2, return_sequences=True, name="lstm"), name="both"),
        k.layers.BatchNormalization(name="batch_norm"),
        k.layers.GRU(3, return_sequences=True, name="gru"),
        k.layers.LayerNormalization(name="layer_norm"),
        k.layers.TimeDistributed(k.layers.Dense(3, activation="tanh", name="dense"), name="each"),
        k.layers.SpatialDropout1D(0.5, name="spatial"),
        k.layers.SimpleRNN(2, name="rnn"),
    )


@case(sentences, no_h5=NO_H5)
def masked_states(k: ModuleType) -> Any:
    """The states of masked sequences, cells, and stacked cells."""
    x = k.Input((5,), name="x")
    y = words(k)(x)
    stack = [k.layers.LSTMCell(2), k.layers.GRUCell(3)]
    outputs = [
        *k.layers.LSTM(2, return_state=True, return_sequences=True, name="lstm")(y),
        *k.layers.GRU(2, return_state=True, go_backwards=True, name="gru")(y),
        k.layers.RNN(k.layers.GRUCell(2), name="cell")(y),
        k.layers.RNN(stack, return_sequences=True, go_backwards=True, name="stack")(y),
    ]
    return k.Model(x, outputs, name="masked_states")


@case(sentences, no_h5=NO_H5)
def masked_bidirectional(k: ModuleType) -> Any:
    """Every way to merge the directions, of all outputs and of the last."""
    x = k.Input((5,), name="x")
    y = words(k)(x)
    outputs = []
    for mode in ("concat", "sum", "mul", "ave", None):
        for is_sequence in (True, False):
            name = f"{mode}_{'all' if is_sequence else 'last'}"
            inner = k.layers.LSTM(2, return_sequences=is_sequence, name=f"{name}_lstm")
            layer = k.layers.Bidirectional(inner, merge_mode=mode, name=name)
            made = layer(y)
            outputs += made if isinstance(made, list | tuple) else [made]
    return k.Model(x, outputs, name="masked_bidirectional")
