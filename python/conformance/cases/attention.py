"""Attention: plain, additive and of several heads."""

from types import ModuleType
from typing import Any

from conformance.cases.masking import numbers
from conformance.registry import REDUNDANT, case

NO_H5 = "Keras 3 mistakes the score_mode 'dot' for its function there."


@case((3, 4, 5), (3, 6, 5), (3, 6, 5), no_h5=NO_H5)
def attention(k: ModuleType) -> Any:
    """Every way to score, with and without a scale, with and without a key of its own."""
    query, value, key = k.Input((4, 5)), k.Input((6, 5)), k.Input((6, 5))
    layers = [
        k.layers.Attention(),
        k.layers.Attention(use_scale=True, dropout=0.5),
        k.layers.Attention(score_mode="concat"),
        k.layers.Attention(score_mode="concat", use_scale=True),
        k.layers.AdditiveAttention(),
        k.layers.AdditiveAttention(use_scale=False),
    ]
    outputs = [layer([query, value]) for layer in layers[::2]]
    outputs += [layer([query, value, key]) for layer in layers[1::2]]
    return k.Model([query, value, key], outputs, name="attention")


@case((3, 5, 4), no_h5=NO_H5)
def causal_attention(k: ModuleType) -> Any:
    """Attention of a sequence to itself that sees nothing that comes later."""
    x = k.Input((5, 4), name="x")
    plain = k.layers.Attention()([x, x], use_causal_mask=True)
    heads = k.layers.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True)
    return k.Model(x, [plain, heads], name="causal_attention")


@case((3, 4, 6), (3, 5, 3))
def multi_head_attention(k: ModuleType) -> Any:
    """Heads with sizes of their own, without bias, another output size, tensors by keyword."""
    query, value = k.Input((4, 6), name="query"), k.Input((5, 3), name="value")
    key = k.layers.Dense(4)(value)
    sized = k.layers.MultiHeadAttention(3, 2, value_dim=4, output_shape=7, dropout=0.2)
    outputs = [
        k.layers.MultiHeadAttention(2, 3)(query, value),
        sized(query, value, key=key),
        k.layers.MultiHeadAttention(2, 3, use_bias=False)(query=query, value=value, key=value),
        k.layers.MultiHeadAttention(1, 4)(query, query),
    ]
    return k.Model([query, value], outputs, name="multi_head_attention")


@case((3, 7, 4), no_keras2=REDUNDANT)
def attention_of_open_length(k: ModuleType) -> Any:
    """Causal attention to a sequence of any length."""
    x = k.Input((None, 4), name="x")
    heads = k.layers.MultiHeadAttention(2, 2)(x, x, use_causal_mask=True)
    return k.Model(x, heads, name="attention_of_open_length")


@case(numbers(9, 3, 6))
def transformer_encoder(k: ModuleType) -> Any:
    """Two encoder blocks over an Embedding: attention, addition, normalization, a Dense pair."""
    x = k.Input((6,), name="x")
    y = k.layers.Embedding(9, 4)(x)
    for _ in range(2):
        heads = k.layers.MultiHeadAttention(2, 2, dropout=0.1)(y, y)
        y = k.layers.LayerNormalization(epsilon=1e-6)(k.layers.Add()([y, heads]))
        hidden = k.layers.Dense(4)(k.layers.Dense(6, activation="relu")(y))
        y = k.layers.LayerNormalization(epsilon=1e-6)(k.layers.Add()([y, hidden]))
    return k.Model(x, k.layers.Dense(2)(k.layers.Flatten()(y)), name="transformer_encoder")


@case((3, 4, 6), (3, 5, 6), no_keras2="Keras 2 does not have it.")
def grouped_query_attention(k: ModuleType) -> Any:
    """Heads that share keys and values: all of them, some, none; without bias; causal."""
    query, value = k.Input((4, 6), name="query"), k.Input((5, 6), name="value")
    key = k.layers.Dense(4)(value)
    attention = k.layers.GroupQueryAttention
    outputs = [
        attention(3, 4, 1)(query, value),
        attention(2, 4, 2, dropout=0.1)(query, value, key=key),
        attention(2, 2, 2, use_bias=False)(query=query, value=value),
        attention(3, 6, 2)(query, query, use_causal_mask=True),
    ]
    return k.Model([query, value], outputs, name="grouped_query_attention")
