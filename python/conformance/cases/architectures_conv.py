"""Small networks in the shape of well-known ones."""

from types import ModuleType
from typing import Any

from conformance.building import chain
from conformance.registry import REDUNDANT, case


@case((1, 16, 16, 1), no_keras2=REDUNDANT, no_h5=REDUNDANT)
def lenet(k: ModuleType) -> Any:
    """LeNet-5: tanh, average pooling, three dense layers."""
    return chain(
        k,
        (16, 16, 1),
        k.layers.Conv2D(6, 5, padding="same", activation="tanh", name="conv2d"),
        k.layers.AveragePooling2D(2, name="average_pooling2d"),
        k.layers.Conv2D(8, 5, activation="tanh", name="conv2d_1"),
        k.layers.AveragePooling2D(2, name="average_pooling2d_1"),
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(20, activation="tanh", name="dense"),
        k.layers.Dense(14, activation="tanh", name="dense_1"),
        k.layers.Dense(10, activation="softmax", name="dense_2"),
    )


@case((1, 16, 16, 3), no_keras2=REDUNDANT, no_h5=REDUNDANT)
def vgg(k: ModuleType) -> Any:
    """VGG: blocks of 3x3 convolutions, each ended by a pooling."""
    blocks = [
        layer
        for block, filters in enumerate((4, 6, 8))
        for layer in (
            *(
                k.layers.Conv2D(
                    filters, 3, padding="same", activation="relu", name=f"block{block}_conv{conv}"
                )
                for conv in range(2)
            ),
            k.layers.MaxPooling2D(2, strides=2, name=f"block{block}_pool"),
        )
    ]
    return chain(
        k,
        (16, 16, 3),
        *blocks,
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(16, activation="relu", name="fc1"),
        k.layers.Dropout(0.5, name="dropout"),
        k.layers.Dense(5, activation="softmax", name="predictions"),
    )


@case((1, 12, 12, 1), no_keras2=REDUNDANT, no_h5=REDUNDANT)
def autoencoder(k: ModuleType) -> Any:
    """A convolutional autoencoder: strided convolutions down, Conv2DTranspose up."""
    return chain(
        k,
        (12, 12, 1),
        k.layers.Conv2D(4, 3, strides=2, padding="same", activation="relu", name="down"),
        k.layers.Conv2D(6, 3, strides=2, padding="same", activation="relu", name="down_1"),
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(5, name="code"),
        k.layers.Dense(54, activation="relu", name="decoded"),
        k.layers.Reshape((3, 3, 6), name="reshape"),
        k.layers.Conv2DTranspose(4, 3, strides=2, padding="same", activation="relu", name="up"),
        k.layers.Conv2DTranspose(3, 3, strides=2, padding="same", activation="relu", name="up_1"),
        k.layers.Conv2D(1, 3, padding="same", activation="sigmoid", name="image"),
    )


@case((1, 12, 12, 1), no_keras2=REDUNDANT, no_h5=REDUNDANT)
def autoencoder_upsampling(k: ModuleType) -> Any:
    """A convolutional autoencoder: pooling down, UpSampling2D up."""
    return chain(
        k,
        (12, 12, 1),
        k.layers.Conv2D(4, 3, padding="same", activation="relu", name="conv2d"),
        k.layers.MaxPooling2D(2, padding="same", name="pool"),
        k.layers.Conv2D(3, 3, padding="same", activation="relu", name="conv2d_1"),
        k.layers.MaxPooling2D(2, padding="same", name="pool_1"),
        k.layers.Conv2D(3, 3, padding="same", activation="relu", name="conv2d_2"),
        k.layers.UpSampling2D(2, name="up"),
        k.layers.Conv2D(4, 3, padding="same", activation="relu", name="conv2d_3"),
        k.layers.UpSampling2D(2, interpolation="bilinear", name="up_1"),
        k.layers.Conv2D(1, 3, padding="same", activation="sigmoid", name="image"),
    )


@case((1, 16, 16, 3), no_keras2=REDUNDANT, no_h5=REDUNDANT)
def mobilenet(k: ModuleType) -> Any:
    """MobileNetV2: inverted residuals of depthwise convolutions, with ReLU6 and Add."""
    layers = k.layers
    x = k.Input((16, 16, 3), name="x")

    def normalized(y: Any, name: str, relu: bool = True) -> Any:
        y = layers.BatchNormalization(epsilon=1e-3, momentum=0.999, name=f"{name}_bn")(y)
        return layers.ReLU(6.0, name=f"{name}_relu")(y) if relu else y

    def block(y: Any, filters: int, strides: int, name: str) -> Any:
        wide = layers.Conv2D(12, 1, use_bias=False, name=f"{name}_expand")(y)
        wide = normalized(wide, f"{name}_expand")
        if strides == 2:
            wide = layers.ZeroPadding2D(((0, 1), (0, 1)), name=f"{name}_pad")(wide)
        wide = layers.DepthwiseConv2D(
            3,
            strides=strides,
            padding="same" if strides == 1 else "valid",
            use_bias=False,
            name=f"{name}_depthwise",
        )(wide)
        wide = normalized(wide, f"{name}_depthwise")
        narrow = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_project")(wide)
        narrow = normalized(narrow, f"{name}_project", relu=False)
        return narrow if strides == 2 else layers.Add(name=f"{name}_add")([y, narrow])

    stem = layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False, name="stem")(x)
    y = normalized(stem, "stem")
    y = block(y, 4, 1, "block_1")
    y = block(y, 6, 2, "block_2")
    y = block(y, 6, 1, "block_3")
    y = layers.GlobalAveragePooling2D(2, name="pool")(y)
    y = layers.Dense(5, activation="softmax", name="predictions")(y)
    return k.Model(x, y, name="mobilenet")


@case(lambda random: random.integers(0, 20, (2, 12)), no_keras2=REDUNDANT, no_h5=REDUNDANT)
def text_cnn(k: ModuleType) -> Any:
    """A CNN over words: an Embedding, convolutions of three widths side by side, their maxima."""
    layers = k.layers
    x = k.Input((12,), name="x")
    words = layers.Embedding(20, 5, name="embedding")(x)
    features = [
        layers.GlobalMaxPooling1D(name=f"max_{width}")(
            layers.Conv1D(3, width, activation="relu", name=f"conv_{width}")(words)
        )
        for width in (2, 3, 4)
    ]
    y = layers.Concatenate(name="features")(features)
    y = layers.Dropout(0.5, name="dropout")(y)
    y = layers.Dense(2, activation="softmax", name="dense")(y)
    return k.Model(x, y, name="text_cnn")


@case((1, 8, 8, 1), no_keras2=REDUNDANT, no_h5=REDUNDANT)
def unet(k: ModuleType) -> Any:
    """A U-Net: what goes down comes up by Conv2DTranspose and UpSampling2D and meets its like."""
    layers = k.layers

    def double(y: Any, filters: int, name: str) -> Any:
        for number in (1, 2):
            y = layers.Conv2D(
                filters, 3, padding="same", activation="relu", name=f"{name}_conv{number}"
            )(y)
        return y

    x = k.Input((8, 8, 1), name="x")
    fine = double(x, 3, "down1")
    middle = double(layers.MaxPooling2D(name="pool1")(fine), 4, "down2")
    coarse = double(layers.MaxPooling2D(name="pool2")(middle), 5, "bottom")
    coarse = layers.Dropout(0.5, name="dropout")(coarse)
    up = layers.Conv2DTranspose(4, 2, strides=2, name="up2")(coarse)
    up = double(layers.Concatenate(name="skip2")([middle, up]), 4, "up2_after")
    up = layers.Conv2D(3, 2, padding="same", name="up1")(layers.UpSampling2D(name="wider")(up))
    up = double(layers.Concatenate(name="skip1")([fine, up]), 3, "up1_after")
    return k.Model(x, layers.Conv2D(2, 1, activation="softmax", name="classes")(up), name="unet")


@case((2, 8, 8, 1), (2, 8, 8, 1), no_keras2=REDUNDANT)
def siamese(k: ModuleType) -> Any:
    """Two pictures through one tower; how far apart they are, at right angles and along the way."""
    layers = k.layers
    picture = k.Input((8, 8, 1), name="picture")
    y = layers.Conv2D(3, 3, activation="relu", name="conv2d")(picture)
    y = layers.BatchNormalization(name="normalization")(y)
    y = layers.Flatten(name="flatten")(layers.MaxPooling2D(name="pool")(y))
    tower = k.Model(picture, layers.Dense(4, activation="tanh", name="embedding")(y), name="tower")
    left, right = k.Input((8, 8, 1), name="left"), k.Input((8, 8, 1), name="right")
    of_left, of_right = tower(left), tower(right)
    cosine = layers.Dot(axes=1, normalize=True, name="cosine")([of_left, of_right])
    difference = layers.Subtract(name="difference")([of_left, of_right])
    squared = layers.Multiply(name="squared")([difference, difference])
    same = layers.Dense(1, activation="sigmoid", name="same")(squared)
    return k.Model([left, right], [same, cosine], name="siamese")


@case((2, 12, 12, 3), no_keras2=REDUNDANT)
def several_heads(k: ModuleType) -> Any:
    """One trunk, three heads of their own kind: what it is, where it is, and a map of it."""
    layers = k.layers
    x = k.Input((12, 12, 3), name="x")
    y = layers.Conv2D(4, 3, strides=2, padding="same", activation="relu", name="trunk")(x)
    y = layers.SeparableConv2D(5, 3, padding="same", activation="relu", name="trunk_1")(y)
    kind = layers.GlobalAveragePooling2D(name="mean")(y)
    kind = layers.Dense(3, activation="softmax", name="kind")(kind)
    place = layers.Dense(4, name="place")(layers.GlobalMaxPooling2D(name="most")(y))
    where = layers.Conv2DTranspose(
        1, 4, strides=2, padding="same", activation="sigmoid", name="where"
    )(y)
    return k.Model(x, [kind, place, where], name="several_heads")
