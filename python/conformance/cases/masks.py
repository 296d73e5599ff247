"""Where masks come from, and where they go."""

from types import ModuleType
from typing import Any

from conformance.cases.dialects import write_keras2
from conformance.cases.masked import NO_H5, OTHER_RULES, flags, paragraphs, sentences, words
from conformance.cases.masking import numbers
from conformance.registry import case

KERAS_3_ONLY = "it has no keras.ops."


@case((3, 4, 3), flags(3, 4), flags(3, 4, 4), no_h5=NO_H5, no_keras2=KERAS_3_ONLY)
def masks_given(k: ModuleType) -> Any:
    """Masks that a call is given: an Input, or what functions of keras.ops make of values."""
    x = k.Input((4, 3), name="x")
    steps, pairs = k.Input((4,), dtype="bool", name="steps"), k.Input((4, 4), name="pairs")
    ops, layers = k.ops, k.layers
    positive = ops.any(x > 0.5, axis=-1)
    few = ops.logical_and(steps, ops.logical_not(ops.any(ops.less(x, -1), axis=-1)))
    outputs = [
        layers.LSTM(2, name="given")(x, mask=steps),
        layers.GRU(2, return_sequences=True, name="positive")(x, mask=positive),
        layers.Bidirectional(layers.SimpleRNN(2, name="rnn"), name="both")(
            x, mask=ops.logical_or(positive, steps)
        ),
        layers.Attention(name="attention")([x, x], mask=[steps, positive]),
        layers.Attention(name="of_values")([x, x], mask=[None, positive]),
        layers.MultiHeadAttention(2, 2, name="heads")(x, x, attention_mask=pairs),
        layers.MultiHeadAttention(2, 2, name="values")(
            x, x, value_mask=steps, attention_mask=ops.cast(pairs, "bool"), use_causal_mask=True
        ),
        layers.Softmax(name="softmax")(x, mask=x > 0),
        layers.LSTM(2, name="few")(x, mask=few),
    ]
    return k.Model([x, steps, pairs], outputs, name="masks_given")


@case(numbers(6, 3, 6), no_h5=NO_H5, no_keras2=OTHER_RULES)
def masks_handed_on(k: ModuleType) -> Any:
    """Layers that hand a mask on, and layers that drop it: what the mean of their steps is."""
    x = k.Input((6,), name="x")
    y = words(k, 4)(x)
    layers = k.layers
    chosen = [
        layers.Activation("tanh"),
        layers.ActivityRegularization(0.1),
        layers.AlphaDropout(0.5),
        layers.BatchNormalization(),
        layers.Dense(3),
        layers.Dropout(0.5),
        layers.ELU(),
        layers.GaussianDropout(0.5),
        layers.GaussianNoise(0.5),
        layers.GroupNormalization(2),
        layers.Identity(),
        layers.LayerNormalization(),
        layers.LeakyReLU(),
        layers.Normalization(mean=0.5, variance=2.0),
        layers.PReLU(),
        layers.ReLU(),
        layers.Rescaling(2.0),
        layers.SpatialDropout1D(0.5),
        layers.TimeDistributed(layers.Dense(2, name="dense_of_each"), name="each"),
        layers.UnitNormalization(),
        layers.AveragePooling1D(2),
        layers.Conv1D(2, 2, padding="same"),
        layers.Cropping1D(1),
        layers.EinsumDense("abc,cd->abd", output_shape=(None, 2)),
        layers.MaxPooling1D(2),
        layers.Permute((2, 1)),
        layers.RMSNormalization(),
        layers.Reshape((3, 8)),
        layers.SpectralNormalization(layers.Dense(2, name="normalized"), name="spectral"),
        layers.UpSampling1D(2),
        layers.ZeroPadding1D(1),
    ]
    mean = layers.GlobalAveragePooling1D
    outputs = [mean(name=f"mean_{i}")(each(y)) for i, each in enumerate(chosen)]
    return k.Model(x, outputs, name="masks_handed_on")


@case(numbers(6, 3, 5), numbers(6, 3, 5), no_h5=NO_H5, no_keras2=OTHER_RULES)
def masks_merged(k: ModuleType) -> Any:
    """What the mask of merged tensors is, and of one layer that is called twice."""
    a, b = k.Input((5,), name="a"), k.Input((5,), name="b")
    embedding, plain = words(k), k.layers.Embedding(6, 3, name="plain")
    one, other = embedding(a), embedding(b)
    merged = [
        k.layers.Add(name="add")([one, other]),
        k.layers.Multiply(name="multiply")([one, other]),
        k.layers.Maximum(name="maximum")([one, other, one]),
        k.layers.Average(name="average")([one, plain(b)]),
        k.layers.Concatenate(name="wider")([one, other]),
        k.layers.Concatenate(name="wider_plain")([one, plain(b)]),
        k.layers.Concatenate(axis=1, name="longer")([one, other]),
        k.layers.Concatenate(axis=1, name="longer_plain")([plain(b), one]),
    ]
    mean = k.layers.GlobalAveragePooling1D(name="mean")
    gru = k.layers.GRU(2, name="gru")
    outputs = [k.layers.GlobalAveragePooling1D(name=f"mean_{i}")(x) for i, x in enumerate(merged)]
    return k.Model([a, b], [*outputs, gru(one), gru(other), mean(one)], name="masks_merged")


@case(sentences, no_h5=NO_H5, no_keras2=OTHER_RULES)
def masks_nested(k: ModuleType) -> Any:
    """Nested models that are given a mask, or take that of what they take, and hand it on."""
    x = k.Input((5,), name="x")
    y = words(k)(x)
    inner = k.Sequential(
        [k.Input((5, 3), name="y"), k.layers.LSTM(3, return_sequences=True, name="lstm")],
        name="inner",
    )
    left, right = k.Input((5, 3), name="left"), k.Input((5, 3), name="right")
    pair = k.Model(
        [left, right],
        [k.layers.GRU(2, name="gru")(left), k.layers.LSTM(2, name="lstm_right")(right)],
        name="pair",
    )
    handed = inner(y)
    plain = k.layers.Conv1D(3, 1, name="conv")(y)
    outputs = [k.layers.GRU(2, name="after")(handed), *pair([handed, plain])]
    return k.Model(x, outputs, name="masks_nested")


@case(sentences, paragraphs, (5, 2), write=write_keras2, keras2_computes=True)
def keras2_masks(k: ModuleType) -> Any:
    """The masks of Keras 2: merged ones, of steps, with initial states, of shared tensors."""
    x, text = k.Input((5,), name="x"), k.Input((3, 4), name="text")
    state = k.Input((2,), name="state")
    layers = k.layers
    # Within models, so that Keras 3 shows no masks in the summary.
    y = k.Sequential([k.Input((5,)), words(k)], name="masked")(x)
    plain = layers.Embedding(6, 3, name="plain")(x)
    masking = k.Sequential([k.Input((5, 3)), layers.Masking(name="masking")], name="zeros")
    each = layers.TimeDistributed
    sentence = each(words(k, 2, "word"), name="each_word")(text)
    heads = layers.MultiHeadAttention(2, 2, dropout=0.1, name="heads")(y, y)
    merged = [
        layers.Add(name="add")([y, plain]),
        layers.Multiply(name="multiply")([y, masking(plain)]),
        layers.Maximum(name="maximum")([plain, y]),
        layers.Concatenate(name="wider")([plain, y]),
        layers.Add(name="residual")([y, heads]),
        layers.MultiHeadAttention(2, 2, name="more_heads")(y, heads),
        layers.Rescaling(2.0, name="rescaling")(y),
        layers.Dense(2, name="dense")(y),
    ]
    outputs = [layers.LSTM(2, name=f"lstm_{i}")(tensor) for i, tensor in enumerate(merged)]
    last = each(layers.LSTM(2, name="lstm"), name="each_sentence")(sentence)
    outputs += [
        *merged[-3:-1],
        layers.GRU(2, return_sequences=True, name="gru")(y, initial_state=state),
        layers.GRU(2, name="of_sentences")(last),
    ]
    return k.Model([x, text, state], outputs, name="keras2_masks")


@case(sentences, (5, 5), no_h5=NO_H5)
def masks_computed(k: ModuleType) -> Any:
    """Masks that an Embedding computes, and that comparisons make of an input."""
    x, scores = k.Input((5,), name="x"), k.Input((5,), name="scores")
    embedding = words(k)
    plain = k.layers.Embedding(6, 3, name="plain")(x)
    outputs = [
        k.layers.LSTM(2, name="computed")(plain, mask=embedding.compute_mask(x)),
        k.layers.GRU(2, name="compared")(plain, mask=scores > 0.5),
        k.layers.GRU(2, name="joined")(plain, mask=(scores > 0.5) | (x < scores)),
        k.layers.LSTM(2, name="masked")(embedding(x)),
    ]
    return k.Model([x, scores], outputs, name="masks_computed")
