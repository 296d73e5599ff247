"""Writes the class names of all layers that Keras exports.

`python -m conformance.layer_names` writes `fixtures/keras-layers.txt`; the Java side
must have an answer to each of them.
"""

from pathlib import Path

import keras

FILE = Path(__file__).parents[2] / "fixtures" / "keras-layers.txt"


def names() -> list[str]:
    """As they stand in a file, where an alias is never written."""
    exported = (getattr(keras.layers, name) for name in dir(keras.layers))
    return sorted(
        {
            layer.__name__
            for layer in exported
            if isinstance(layer, type) and issubclass(layer, keras.layers.Layer)
        }
    )


def text() -> str:
    heading = f"# The layers of Keras {keras.__version__}, written by conformance/layer_names.py.\n"
    return heading + "".join(f"{name}\n" for name in names())


if __name__ == "__main__":
    FILE.write_text(text())
