"""Dense layers and the functions they end in."""

from types import ModuleType
from typing import Any

import numpy as np

from conformance.building import branches, chain
from conformance.registry import REDUNDANT, case

SHOWN = "activation_layers shows how it names them."
ACTIVATIONS = [
    "linear",
    "relu",
    "sigmoid",
    "tanh",
    "softmax",
    "elu",
    "selu",
    "softplus",
    "softsign",
]


@case((3, 4), stored=True)
def dense_plain(k: ModuleType) -> Any:
    """A chain of Dense layers on 2-D input, the last one without bias."""
    return chain(
        k,
        (4,),
        k.layers.Dense(5, activation="relu", name="first"),
        k.layers.Dense(3, use_bias=False, name="no_bias"),
    )


@case((2, 5, 4), no_keras2=REDUNDANT)
def dense_on_3d(k: ModuleType) -> Any:
    """Dense on 3-D input: the units replace the last axis."""
    return chain(
        k,
        (5, 4),
        k.layers.Dense(3, activation="tanh", name="first"),
        k.layers.Dense(2, use_bias=False, name="no_bias"),
    )


@case((3, 4), no_h5=SHOWN, no_keras2=SHOWN)
def dense_activations(k: ModuleType) -> Any:
    """Each activation as the option of a Dense."""
    dense = [k.layers.Dense(6, activation=name, name=f"dense_{name}") for name in ACTIVATIONS]
    return branches(k, (4,), *dense)


LOGITS = np.array([[1e3, -1e3, 0, 999], [-3e6, -3e6, -3e6, -3e6 + 1], [1e3, -3e6, 1e3, 0]])


@case(lambda random: LOGITS)
def softmax_extremes(k: ModuleType) -> Any:
    """Softmax of logits from -3e6 to 1e3: finite, and each row sums to 1."""
    return branches(
        k,
        (4,),
        k.layers.Activation("softmax", name="activation"),
        k.layers.Softmax(name="softmax"),
    )
