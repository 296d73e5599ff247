"""What is trained, and how."""

from dataclasses import dataclass, field
from typing import Any

from keras import losses, optimizers
from keras.optimizers import schedules

CROSSENTROPY = "sparse_categorical_crossentropy"


@dataclass(frozen=True)
class Case:
    name: str
    model: str
    optimizer: Any
    loss: Any = CROSSENTROPY
    batch: int = 8
    options: dict[str, Any] = field(default_factory=dict)
    saved: bool = False


def cases() -> list[Case]:
    """Made anew for each run: an optimizer serves one model."""
    return [*main_cases(), *optimizer_cases(), *schedule_cases(), *loss_cases()]


def main_cases() -> list[Case]:
    found = []
    for model, batch in (("notebook", 32), ("cnn", 8), ("normalized", 8)):
        for name, optimizer in (
            ("adam", optimizers.Adam()),
            ("sgd-momentum", optimizers.SGD(0.01, momentum=0.9)),
            ("rmsprop", optimizers.RMSprop()),
        ):
            found.append(
                Case(
                    name, model, optimizer, "categorical_crossentropy", batch, saved=model == "cnn"
                )
            )
    for model in (
        "regularized",
        "frozen",
        "functional",
        "recurrent",
        "states",
        "masked",
        "transformer",
    ):
        found.append(Case("sgd", model, optimizers.SGD(0.05)))
        found.append(Case("adam", model, optimizers.Adam(0.005)))
    return found


def optimizer_cases() -> list[Case]:
    o = optimizers
    return [
        Case(name, "dense", optimizer, saved=True)
        for name, optimizer in (
            ("sgd", o.SGD(0.1)),
            ("sgd-nesterov", o.SGD(0.1, momentum=0.8, nesterov=True)),
            ("sgd-clipnorm", o.SGD(0.1, clipnorm=0.05)),
            ("sgd-clipvalue", o.SGD(0.1, clipvalue=0.01)),
            ("sgd-global-clipnorm", o.SGD(0.1, global_clipnorm=0.1)),
            ("sgd-decay", o.SGD(0.1, momentum=0.5, weight_decay=0.1)),
            ("adam", o.Adam(0.01, beta_1=0.8, beta_2=0.9, epsilon=1e-3)),
            ("adam-amsgrad", o.Adam(0.01, beta_2=0.5, amsgrad=True)),
            ("adamw", o.AdamW(0.01, weight_decay=0.1)),
            ("rmsprop", o.RMSprop(0.01, rho=0.8, momentum=0.5, centered=True, epsilon=1e-4)),
            ("adagrad", o.Adagrad(0.1, initial_accumulator_value=0.2, epsilon=1e-4)),
            ("adadelta", o.Adadelta(1.0, rho=0.9, epsilon=1e-4)),
            ("adamax", o.Adamax(0.01, beta_1=0.8, beta_2=0.9, epsilon=1e-4)),
            ("nadam", o.Nadam(0.01, beta_1=0.8, beta_2=0.9, epsilon=1e-4)),
            ("lion", o.Lion(0.01, beta_1=0.8, beta_2=0.9, weight_decay=0.1)),
        )
    ]


def schedule_cases() -> list[Case]:
    s = schedules
    return [
        Case(name, "dense", optimizers.SGD(schedule))
        for name, schedule in (
            ("exponential", s.ExponentialDecay(0.5, 7, 0.5)),
            ("exponential-staircase", s.ExponentialDecay(0.5, 7, 0.5, staircase=True)),
            ("piecewise", s.PiecewiseConstantDecay([3, 9], [0.5, 0.2, 0.05])),
            ("polynomial", s.PolynomialDecay(0.5, 10, 0.01, power=2.0)),
            ("polynomial-cycle", s.PolynomialDecay(0.5, 6, 0.01, cycle=True)),
            ("inverse", s.InverseTimeDecay(0.5, 4, 0.7)),
            ("inverse-staircase", s.InverseTimeDecay(0.5, 4, 0.7, staircase=True)),
            ("cosine", s.CosineDecay(0.5, 12, alpha=0.1)),
            ("cosine-warmup", s.CosineDecay(0.01, 9, 0.1, warmup_target=0.5, warmup_steps=5)),
        )
    ]


def loss_cases() -> list[Case]:
    # A sum of losses has gradients as many times larger as there are examples.
    return [
        Case(name, model, optimizers.SGD(0.05 if name == "sum" else 0.5), loss, options=options)
        for name, model, loss, options in (
            ("smoothing", "dense", losses.CategoricalCrossentropy(label_smoothing=0.2), {}),
            ("sum", "dense", losses.SparseCategoricalCrossentropy(reduction="sum"), {}),
            ("sample-weights", "dense", CROSSENTROPY, {"sample_weight": True}),
            (
                "weighted-mean",
                "dense",
                losses.SparseCategoricalCrossentropy(reduction="mean_with_sample_weight"),
                {"sample_weight": True},
            ),
            ("class-weights", "dense", CROSSENTROPY, {"class_weight": {0: 0.5, 1: 2.0, 2: 1.0}}),
            ("sparse", "logits", losses.SparseCategoricalCrossentropy(from_logits=True), {}),
            (
                "smoothing",
                "logits",
                losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
                {},
            ),
            ("crossentropy", "softmax_layer", "categorical_crossentropy", {}),
            ("crossentropy", "binary", "binary_crossentropy", {}),
            ("smoothing", "binary", losses.BinaryCrossentropy(label_smoothing=0.2), {}),
            ("crossentropy", "logits", losses.BinaryCrossentropy(from_logits=True), {}),
            ("mse", "dense", "mse", {}),
            ("mae", "logits", losses.MeanAbsoluteError(), {}),
            ("huber", "logits", losses.Huber(), {}),
        )
    ]
