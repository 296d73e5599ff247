"""What a model keeps of its training, and what must not matter in inference."""

from types import ModuleType
from typing import Any

from conformance.building import chain
from conformance.registry import case


def small(k: ModuleType) -> Any:
    return chain(
        k,
        (4,),
        k.layers.Dense(3, activation="relu", name="dense"),
        k.layers.Dense(2, activation="softmax", name="dense_1"),
    )


@case((3, 4), train=True)
def trained_with_adam(k: ModuleType) -> Any:
    """Compiled with adam and metrics and trained a step: the file has the optimizer's state."""
    model = small(k)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy", "mse"])
    return model


@case((3, 4), train=True)
def trained_with_sgd(k: ModuleType) -> Any:
    """Compiled with SGD, momentum and a loss object, and trained a step."""
    model = chain(k, (4,), k.layers.Dense(2, activation="sigmoid", name="dense"))
    optimizer = k.optimizers.SGD(0.1, momentum=0.9, nesterov=True)
    model.compile(optimizer, k.losses.BinaryCrossentropy(label_smoothing=0.1))
    return model


@case((3, 4), train=True)
def trained_with_rmsprop(k: ModuleType) -> Any:
    """Compiled with RMSprop on a learning rate schedule and trained a step."""
    model = chain(k, (4,), k.layers.Dense(2, name="dense"))
    rate = k.optimizers.schedules.ExponentialDecay(0.01, 100, 0.9)
    model.compile(k.optimizers.RMSprop(rate, centered=True), "mse")
    return model


@case((3, 4), train=True)
def custom_loss(k: ModuleType) -> Any:
    """Compiled with a registered loss function of its own, which only Python knows."""

    @k.saving.register_keras_serializable(package="conformance")
    def cubic(y_true: Any, y_pred: Any) -> Any:
        return (y_true - y_pred) ** 2 * y_true

    model = chain(k, (4,), k.layers.Dense(2, name="dense"))
    model.compile("sgd", cubic)
    return model


@case((3, 4), train=True)
def frozen(k: ModuleType) -> Any:
    """Layers that are not trainable, a BatchNormalization among them."""
    model = chain(
        k,
        (4,),
        k.layers.Dense(3, trainable=False, name="frozen_dense"),
        k.layers.BatchNormalization(name="frozen_normalization"),
        k.layers.Dense(2, name="dense"),
    )
    model.layers[1].trainable = False
    model.compile("sgd", "mse")
    return model


@case((2, 4, 4, 2))
def regularizers(k: ModuleType) -> Any:
    """Regularizers, initializers and constraints by name and as objects."""
    return chain(
        k,
        (4, 4, 2),
        k.layers.Conv2D(
            2,
            2,
            kernel_regularizer=k.regularizers.L2(0.01),
            kernel_initializer="he_normal",
            bias_initializer=k.initializers.Constant(0.1),
            kernel_constraint=k.constraints.MaxNorm(3, axis=[0, 1, 2]),
            name="conv2d",
        ),
        k.layers.BatchNormalization(
            gamma_regularizer="l1", beta_constraint="non_neg", name="batch_normalization"
        ),
        k.layers.Flatten(name="flatten"),
        k.layers.Dense(
            2,
            kernel_regularizer=k.regularizers.L1L2(0.1, 0.2),
            activity_regularizer="l2",
            bias_regularizer="l1",
            kernel_initializer=k.initializers.VarianceScaling(2.0, "fan_out", "uniform", seed=3),
            bias_constraint="unit_norm",
            name="dense",
        ),
    )
