"""`python -m conformance.costs FOLDER`: models of 10, 100 and 500 layers and of 1, 10 and 100 MB.

Nothing is proven with them: the Java program `ImportCost` measures what it costs to open them.
"""

import sys
from pathlib import Path

import keras


def deep(layers: int) -> keras.Model:
    x = y = keras.Input((16,), name="x")
    for index in range(layers):
        y = keras.layers.Dense(16, activation="relu", name=f"dense_{index}")(y)
    return keras.Model(x, y, name="deep")


def wide(branches: int) -> keras.Model:
    x = keras.Input((16,), name="x")
    outputs = [keras.layers.Dense(4, name=f"dense_{index}")(x) for index in range(branches)]
    return keras.Model(x, keras.layers.Concatenate(name="concatenate")(outputs), name="wide")


def heavy(megabytes: int) -> keras.Model:
    units = int((megabytes * 1e6 / 4 / 4) ** 0.5)
    layers = [keras.layers.Dense(units, name=f"dense_{index}") for index in range(4)]
    return keras.Sequential([keras.Input((units,), name="x"), *layers], name="heavy")


def main(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for size in (10, 100, 500):
        deep(size).save(folder / f"deep-{size:03}.keras")
        wide(size).save(folder / f"wide-{size:03}.keras")
    for size in (1, 10, 100):
        heavy(size).save(folder / f"heavy-{size:03}.keras")
        heavy(size).save(folder / f"heavy-{size:03}.h5")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
