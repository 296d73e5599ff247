"""What layers do with the masks that reach them."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from conformance.building import chain
from conformance.cases.masking import numbers
from conformance.registry import REDUNDANT, case

NO_H5 = "Keras 3 cannot read an .h5 that shows where its mask goes."
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
    drawn = random.integers(1, 6, (5, 3, 4))
    drawn[:, 0, 2:] = 0
    drawn[1, 1, 0] = 0
    drawn[1, 2] = 0
    return drawn


def words(k: ModuleType, size: int = 3, name: str = "words") -> Any:
    return k.layers.Embedding(6, size, mask_zero=True, name=name)


def flags(*shape: int) -> Callable[[np.random.Generator], np.ndarray]:
    return lambda random: random.random(shape) < 0.6


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


@case(sentences, sentences, no_h5=NO_H5)
def masked_attention(k: ModuleType) -> Any:
    """Attention to masked keys, of masked queries, causal, and a layer that uses its mask."""
    a, b = k.Input((5,), name="a"), k.Input((5,), name="b")
    query, value = words(k, 3, "query")(a), words(k, 3, "value")(b)
    plain = k.layers.Embedding(6, 3, name="plain")(b)
    attended = k.layers.Attention(use_scale=True, name="both")([query, value])
    outputs = [
        attended,
        k.layers.Attention(score_mode="concat", name="of_keys")([plain, value, plain]),
        k.layers.AdditiveAttention(name="of_queries")([query, plain]),
        k.layers.Attention(name="causal")([query, query], use_causal_mask=True),
        k.layers.LSTM(2, name="after")(attended),
    ]
    return k.Model([a, b], outputs, name="masked_attention")


@case(sentences, sentences, no_h5=NO_H5, no_keras2=OTHER_RULES)
def masked_heads(k: ModuleType) -> Any:
    """Several heads: masked queries, values and keys, causal, and layers that use the mask."""
    a, b = k.Input((5,), name="a"), k.Input((5,), name="b")

    def fresh(x: Any, name: str) -> Any:
        """A tensor that no other layer takes: Keras 3 takes its mask away."""
        return words(k, 4, name)(x)

    own = fresh(a, "own")
    plain = k.layers.Embedding(6, 4, name="plain")(b)
    heads = k.layers.MultiHeadAttention(2, 2, name="both")(own, fresh(b, "other"))
    outputs = [
        heads,
        k.layers.MultiHeadAttention(1, 3, name="of_keys")(plain, plain, key=fresh(b, "key")),
        k.layers.MultiHeadAttention(2, 2, dropout=0.2, name="dropped")(fresh(a, "query"), plain),
        k.layers.MultiHeadAttention(2, 2, name="causal")(
            *[fresh(a, "self")] * 2, use_causal_mask=True
        ),
        k.layers.LSTM(2, name="after")(k.layers.Add(name="sum")([own, heads])),
    ]
    return k.Model([a, b], outputs, name="masked_heads")


@case(numbers(6, 3, 5), no_h5=NO_H5, no_keras2=OTHER_RULES)
def masked_transformer(k: ModuleType) -> Any:
    """Two encoder blocks; of their masks only the first attention and the mean see anything."""
    x = k.Input((5,), name="x")
    y = words(k, 4)(x)
    for i in range(2):
        heads = k.layers.MultiHeadAttention(2, 2, name=f"heads_{i}")(y, y)
        y = k.layers.LayerNormalization(name=f"norm_{i}")(k.layers.Add(name=f"add_{i}")([y, heads]))
        hidden = k.layers.Dense(4, activation="relu", name=f"hidden_{i}")(y)
        y = k.layers.Add(name=f"more_{i}")([k.layers.Dropout(0.1, name=f"drop_{i}")(y), hidden])
    return k.Model(x, k.layers.GlobalAveragePooling1D(name="mean")(y), name="masked_transformer")


@case(sentences, sentences, no_h5=NO_H5, no_keras2="Keras 2 does not have it.")
def masked_grouped_heads(k: ModuleType) -> Any:
    """Heads that share keys and values, with masks, which this layer leaves to the others."""
    a, b = k.Input((5,), name="a"), k.Input((5,), name="b")
    query, value = words(k, 4, "query")(a), words(k, 4, "value")(b)
    outputs = [
        k.layers.GroupQueryAttention(2, 4, 2, name="both")(query, value),
        k.layers.GroupQueryAttention(2, 2, 1, name="causal")(query, query, use_causal_mask=True),
    ]
    outputs.append(k.layers.LSTM(2, name="after")(outputs[0]))
    return k.Model([a, b], outputs, name="masked_grouped_heads")


@case(paragraphs, no_h5=NO_H5)
def masked_steps(k: ModuleType) -> Any:
    """Layers applied to each sentence of a text, with the mask of its words."""
    x = k.Input((3, 4), name="x")
    y = words(k)(x)
    each = k.layers.TimeDistributed
    outputs = [
        each(k.layers.LSTM(2, name="lstm"), name="last")(y),
        each(k.layers.GRU(2, return_sequences=True, name="gru"), name="all")(y),
        each(k.layers.Bidirectional(k.layers.LSTM(2, name="inner"), name="both"), name="wrapped")(
            y
        ),
        each(k.layers.Dense(2, name="dense"), name="dense_each")(y),
    ]
    return k.Model(x, outputs, name="masked_steps")


@case(sentences, (5, 2), no_h5=NO_H5, no_keras2=OTHER_RULES)
def masked_initial_state(k: ModuleType) -> Any:
    """With an initial state, a layer takes no mask unless its call is given one."""
    x, state = k.Input((5,), name="x"), k.Input((2,), name="state")
    y = words(k)(x)
    gru = k.layers.GRU(2, return_sequences=True, name="gru")(y, initial_state=state)
    given = k.layers.GRU(2, return_sequences=True, return_state=True, name="given")
    outputs = [
        gru,
        *given(y, initial_state=state, mask=k.ops.not_equal(x, 0)),
        k.layers.LSTM(2, name="after")(gru),
    ]
    return k.Model([x, state], outputs, name="masked_initial_state")


@case((3, 4, 5, 4, 2), flags(3, 4), no_h5=REDUNDANT)
def masked_conv_lstm(k: ModuleType) -> Any:
    """ConvLSTM2D that is given a mask: the last output, all of them, backwards."""
    x, steps = k.Input((4, 5, 4, 2), name="x"), k.Input((4,), dtype="bool", name="steps")
    conv_lstm, gates = k.layers.ConvLSTM2D, {"recurrent_activation": "sigmoid"}
    outputs = [
        conv_lstm(2, 3, name="last", **gates)(x, mask=steps),
        conv_lstm(2, 3, return_sequences=True, name="all", **gates)(x, mask=steps),
        conv_lstm(2, 2, return_sequences=True, go_backwards=True, name="backwards", **gates)(
            x, mask=steps
        ),
    ]
    return k.Model([x, steps], outputs, name="masked_conv_lstm")


@case((2, 4, 6, 2), flags(2, 4), no_h5=REDUNDANT, no_keras2="Keras 2 ignores the option.")
def masked_conv_lstm_zero(k: ModuleType) -> Any:
    """ConvLSTM1D that gives zeros where it is masked."""
    x, steps = k.Input((4, 6, 2), name="x"), k.Input((4,), dtype="bool", name="steps")
    options = {"return_sequences": True, "zero_output_for_mask": True, "go_backwards": True}
    y = k.layers.ConvLSTM1D(2, 2, name="zero", **options)(x, mask=steps)
    return k.Model([x, steps], y, name="masked_conv_lstm_zero")
