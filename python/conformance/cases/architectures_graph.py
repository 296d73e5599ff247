"""Small models of well-known shapes, whose graphs branch and meet."""

from types import ModuleType
from typing import Any

from conformance.registry import REDUNDANT, case


@case((2, 8, 8, 3), no_keras2=REDUNDANT)
def resnet_like(k: ModuleType) -> Any:
    """Three residual blocks, one of which halves the image, under a classifier."""
    x = k.Input((8, 8, 3), name="x")
    y = normalized(k, x, 4, 3)
    for filters, strides in ((4, 1), (6, 2), (6, 1)):
        shortcut = y if strides == 1 else normalized(k, y, filters, 1, strides, relu=False)
        y = normalized(k, normalized(k, y, filters, 3, strides), filters, 3, relu=False)
        y = k.layers.Activation("relu")(k.layers.Add()([y, shortcut]))
    y = k.layers.GlobalAveragePooling2D()(y)
    return k.Model(x, k.layers.Dense(5, activation="softmax")(y), name="resnet_like")


def normalized(
    k: ModuleType, x: Any, filters: int, size: int, strides: int = 1, relu: bool = True
) -> Any:
    convolution = k.layers.Conv2D(filters, size, strides, padding="same", use_bias=False)
    y = k.layers.BatchNormalization()(convolution(x))
    return k.layers.Activation("elu")(y) if relu else y


@case((2, 9, 9, 2), no_keras2=REDUNDANT, no_h5=REDUNDANT)
def inception_like(k: ModuleType) -> Any:
    """Two blocks of four branches each, with a pooling between them."""
    x = y = k.Input((9, 9, 2), name="x")
    for _ in range(2):
        pooled = k.layers.AveragePooling2D(3, strides=1, padding="same")(y)
        branches = [normalized(k, y, 2, 1), normalized(k, normalized(k, y, 2, 1), 3, 3)]
        branches += [normalized(k, normalized(k, y, 1, 1), 2, 5), normalized(k, pooled, 1, 1)]
        y = k.layers.MaxPooling2D(2)(k.layers.Concatenate()(branches))
    y = k.layers.Dropout(0.3)(k.layers.Flatten()(y))
    return k.Model(x, k.layers.Dense(3)(y), name="inception_like")


CITIES, PLANS = ((lambda random, rows=rows: random.integers(0, rows, (5, 1))) for rows in (7, 4))


@case((5, 6), CITIES, PLANS)
def wide_and_deep(k: ModuleType) -> Any:
    """A table: numbers and two categories, through Embeddings and Dense layers and past them."""
    table = k.Input((6,), name="table")
    city, plan = k.Input((1,), name="city"), k.Input((1,), name="plan")
    categories = [
        k.layers.Flatten()(k.layers.Embedding(rows, 2)(x)) for rows, x in ((7, city), (4, plan))
    ]
    deep = k.layers.Concatenate()([table, *categories])
    for units in (8, 4):
        deep = k.layers.BatchNormalization()(k.layers.Dense(units, activation="relu")(deep))
    both = k.layers.Concatenate()([deep, table])
    scores = k.layers.Dense(1, activation="sigmoid", name="churn")(both)
    return k.Model(
        [table, city, plan], [scores, k.layers.Dense(2, name="value")(deep)], name="wide"
    )
