"""The `.h5` files that the Java tests wrote of models of Keras 3, loaded by Keras 2.

Keras 2 is asked in a process of its own.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITTEN = ROOT / "target" / "written"
TOLERANCE = 1e-5

# One line a case: the largest difference from what Keras 3 computed, and the optimizer.
ASK = """
import json, sys
import numpy as np, tensorflow as tf, tf_keras
for written, reference in zip(sys.argv[1::2], sys.argv[2::2]):
    model = tf_keras.models.load_model(written)
    with np.load(reference) as data:
        inputs = [data[f"inputs/{i}"] for i in range(len(model.inputs))]
        outputs = tf.nest.flatten(model(inputs[0] if len(inputs) == 1 else inputs))
        worst = max(
            float(np.max(np.abs(np.asarray(ours) - data[f"outputs/{i}"])))
            for i, ours in enumerate(outputs)
        )
    optimizer = type(model.optimizer).__name__ if model.optimizer else None
    print(json.dumps([worst, optimizer]))
"""

CASES = {
    "batch_normalization": None,
    "conv2d_strides": None,
    "dense_plain": None,
    "fashion-mnist": "Adam",
    "lstm": None,
    "residual_block": None,
    "shared_dense": None,
    "trained_with_adam": "Adam",
    "trained_with_rmsprop": "RMSprop",
    "trained_with_sgd": "SGD",
    "two_inputs": None,
    "two_outputs": None,
    "unet": None,
}


def fixture(name: str) -> Path:
    inside = ROOT / "fixtures" / "conformance" / name
    return inside if inside.exists() else ROOT / "fixtures" / name


@pytest.fixture(scope="module")
def answers() -> dict[str, tuple[float, str | None]]:
    paths = []
    for name in CASES:
        written = WRITTEN / name / "model.keras.to.h5"
        assert written.exists(), "run `mvn verify` first; it writes target/written"
        paths += [str(written), str(fixture(name) / "reference.npz")]
    done = subprocess.run(
        [sys.executable, "-c", ASK, *paths], check=True, capture_output=True, text=True
    )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    return dict(zip(CASES, map(tuple, lines), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_keras2_computes_what_keras3_computed(
    name: str, answers: dict[str, tuple[float, str | None]]
) -> None:
    worst, optimizer = answers[name]
    assert worst <= TOLERANCE
    assert optimizer == CASES[name]
