"""Models as Keras 1.2.2 would have saved them."""

from types import ModuleType
from typing import Any

from conformance.building import chain
from conformance.cases.masking import numbers
from conformance.keras1 import write_keras1, write_merged
from conformance.registry import case


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


@case((2, 6, 5, 2), write=write_keras1)
def keras1_images(k: ModuleType) -> Any:
    """Layers of Keras 1 for images: dilated and separable convolutions, 3D, sizes, PReLU."""
    layers = k.layers
    x = k.Input((6, 5, 2), name="input_1")
    depth = layers.Reshape((6, 5, 2, 1), name="reshape_1")(x)
    outputs = [
        layers.Conv2D(3, (2, 3), dilation_rate=(2, 1), name="atrousconvolution2d_1")(x),
        layers.SeparableConv2D(
            3, (2, 3), strides=2, depth_multiplier=2, activation="relu", name="separable_1"
        )(x),
        layers.Conv3D(2, (3, 2, 1), padding="same", name="convolution3d_1")(depth),
        layers.UpSampling2D((1, 2), name="upsampling2d_1")(x),
        layers.ZeroPadding2D((2, 1), name="zeropadding2d_1")(x),
        layers.Cropping2D(((1, 2), (0, 1)), name="cropping2d_1")(x),
        layers.PReLU(name="prelu_1")(x),
    ]
    return k.Model(x, outputs, name="model_1")


@case((2, 2, 6, 5), write=write_keras1, xla=True)
def keras1_images_th(k: ModuleType) -> Any:
    """Layers that Keras 1 saved without dim_ordering, in a model whose others have th."""
    layers, th = k.layers, {"data_format": "channels_first"}
    x = k.Input((2, 6, 5), name="input_1")
    depth = layers.Reshape((1, 2, 6, 5), name="reshape_1")(x)
    outputs = [
        layers.Conv2D(3, 2, padding="same", name="convolution2d_1", **th)(x),
        layers.Conv3D(2, (2, 3, 1), name="convolution3d_1", **th)(depth),
        layers.UpSampling2D((1, 2), name="upsampling2d_1", **th)(x),
        layers.ZeroPadding2D((2, 1), name="zeropadding2d_1", **th)(x),
        layers.Cropping2D(((1, 2), (0, 1)), name="cropping2d_1", **th)(x),
    ]
    return k.Model(x, outputs, name="model_1")


@case(numbers(7, 3, 5), write=write_keras1)
def keras1_sequences(k: ModuleType) -> Any:
    """Layers of Keras 1 for sequences: Embedding, Convolution1D, pooling, noise."""
    layers = k.layers
    x = k.Input((5,), name="input_1")
    words = layers.Embedding(7, 4, name="embedding_1")(x)
    noisy = layers.GaussianNoise(0.5, name="gaussiannoise_1")(words)
    outputs = [
        layers.Conv1D(3, 2, strides=2, activation="tanh", name="convolution1d_1")(noisy),
        layers.Conv1D(2, 2, dilation_rate=2, name="atrousconvolution1d_1")(words),
        layers.MaxPooling1D(3, strides=2, padding="same", name="maxpooling1d_1")(words),
        layers.AveragePooling1D(2, name="averagepooling1d_1")(words),
        layers.UpSampling1D(2, name="upsampling1d_1")(words),
    ]
    return k.Model(x, outputs, name="model_1")


@case((3, 4), (3, 5, 4), write=write_keras1)
def keras1_merge(k: ModuleType) -> Any:
    """Merge of Keras 1 in each of its modes, by name and in graphs."""
    layers = k.layers
    a, b = k.Input((4,), name="input_1"), k.Input((5, 4), name="input_2")
    flat = layers.Dense(4, activation="tanh", name="dense_1")(layers.Flatten(name="flatten_1")(b))
    pair = [layers.Dense(4, name="dense_2")(a), flat]
    kinds = [layers.Add, layers.Multiply, layers.Average, layers.Maximum]
    outputs = [kind(name=f"merge_{number}")(pair) for number, kind in enumerate(kinds)]
    wide = layers.Conv1D(3, 1, name="convolution1d_1")(b)
    outputs += [
        layers.Concatenate(axis=-1, name="merge_4")([*pair, a]),
        layers.Concatenate(axis=1, name="merge_5")([b, b]),
        layers.Dot(axes=(1, 1), name="merge_6")(pair),
        layers.Dot(axes=(1, 1), name="merge_7")([b, wide]),
    ]
    return k.Model([a, b], outputs, name="model_1")


@case((3, 4), (3, 3), write=write_merged)
def keras1_merged_sequential(k: ModuleType) -> Any:
    """A Sequential of Keras 1 that begins with a Merge of two others."""
    layers = k.layers
    a, b = k.Input((4,), name="dense_1_input"), k.Input((3,), name="dense_2_input")
    left = layers.Dense(2, activation="tanh", name="dense_1")(a)
    right = layers.Dense(3, activation="relu", name="dense_2")(b)
    merged = layers.Concatenate(axis=1, name="merge_1")([left, right])
    return k.Model([a, b], layers.Dense(2, name="dense_3")(merged), name="sequential_3")
