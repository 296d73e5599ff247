"""The pictures of the notebook, as small PNG files."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import keras
import numpy as np
import seaborn
from matplotlib import pyplot
from matplotlib.ticker import MaxNLocator

from fashion.dataset import CLASSES


def save(figure: pyplot.Figure, file: Path) -> None:
    figure.savefig(file, dpi=100, bbox_inches="tight", metadata={"Software": None})
    pyplot.close(figure)


def draw_grid(images: np.ndarray, labels: np.ndarray, file: Path) -> None:
    figure, axes = pyplot.subplots(3, 3, figsize=(5, 5.6), layout="constrained")
    for axis, image, label in zip(axes.flat, images, labels, strict=True):
        axis.imshow(image, cmap="gray_r", vmin=0, vmax=255)
        axis.set_title(CLASSES[label], fontsize=11)
        axis.set_axis_off()
    save(figure, file)


def draw_confusion(confusion: np.ndarray, file: Path) -> None:
    figure, axis = pyplot.subplots(figsize=(8, 7), layout="constrained")
    seaborn.heatmap(
        confusion,
        annot=True,
        fmt="d",
        cmap="Blues",
        square=True,
        linewidths=0.5,
        cbar_kws={"shrink": 0.8, "label": "images"},
        xticklabels=CLASSES,
        yticklabels=CLASSES,
        ax=axis,
    )
    axis.set_xlabel("predicted")
    axis.set_ylabel("true")
    axis.tick_params(axis="x", rotation=45)
    axis.tick_params(axis="y", rotation=0)
    pyplot.setp(axis.get_xticklabels(), ha="right", rotation_mode="anchor")
    save(figure, file)


def draw_curves(history: dict[str, list[float]], file: Path) -> None:
    figure, axes = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    epochs = range(1, len(history["loss"]) + 1)
    for axis, metric, title in zip(axes, ("loss", "acc"), ("loss", "accuracy"), strict=True):
        axis.plot(epochs, history[metric], marker=".", label="training")
        axis.plot(epochs, history[f"val_{metric}"], marker=".", label="validation")
        axis.set_title(title)
        axis.set_xlabel("epoch")
        axis.set_xlim(0.5, len(epochs) + 0.5)
        axis.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        axis.grid(alpha=0.3)
        axis.legend()
    save(figure, file)


def draw_model(model: keras.Model, file: Path) -> bool:
    """Draws the layers with Graphviz; says so and goes on where that is not installed."""
    file.unlink(missing_ok=True)  # else a picture of an earlier run would pass for this one's
    try:
        keras.utils.plot_model(model, to_file=str(file), show_shapes=True, dpi=60)
    except (ImportError, OSError):
        print(
            "The model is not drawn: that takes pydot (pip install pydot) "
            "and Graphviz (apt-get install graphviz)."
        )
        return False
    return True
