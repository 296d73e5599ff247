"""The report of a run: figures and pictures in one Markdown page."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from sklearn import metrics

from exporter.summary import summary_text
from fashion.dataset import CLASSES, Dataset

PICTURES = ("examples.png", "model.png", "curves.png", "confusion.png")


@dataclass(frozen=True)
class Result:
    """What the model did with the test set."""

    loss: float
    accuracy: float
    classification: str
    confusion: np.ndarray

    @staticmethod
    def of(loss: float, accuracy: float, labels: np.ndarray, predicted: np.ndarray) -> "Result":
        every_class = range(len(CLASSES))
        classification = metrics.classification_report(
            labels, predicted, labels=every_class, target_names=CLASSES, digits=4, zero_division=0
        )
        confusion = metrics.confusion_matrix(labels, predicted, labels=every_class)
        return Result(loss, accuracy, classification, confusion)


def write(
    folder: Path,
    run: Path,
    data: Dataset,
    history: dict[str, list[float]],
    result: Result,
    model: keras.Model,
) -> None:
    """Writes README.md into `folder`, and beside it the pictures of `run`."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = [name for name in PICTURES if (run / name).is_file()]
    if folder.resolve() != run.resolve():
        for name in drawn:
            shutil.copyfile(run / name, folder / name)
    (folder / "README.md").write_text(page(data, history, result, model, drawn))


def page(
    data: Dataset,
    history: dict[str, list[float]],
    result: Result,
    model: keras.Model,
    drawn: list[str],
) -> str:
    def picture(name: str, title: str) -> str:
        return f"![{title}]({name})" if name in drawn else f"(no picture: {title})"

    return f"""# The Fashion-MNIST model

Written by `python/fashion_mnist.py`: the CNN trained for {epochs(history)} with \
Keras {keras.__version__}, and what it makes of the {len(data.test_images):,} test images.

**Test accuracy {result.accuracy:.4f}, test loss {result.loss:.4f}.**

## Data

{len(data.train_images):,} training images (70 % to train on, 30 % to validate) and \
{len(data.test_images):,} test images of 28 x 28 grey pixels, scaled to [0, 1], in ten classes.

{picture("examples.png", "nine training images with their labels")}

## Model

```
{summary_text(model).strip()}
```

{picture("model.png", "the layers and their shapes")}

## Training

Adam, categorical cross-entropy, batches of 32. The last epoch: \
training loss {history["loss"][-1]:.4f}, accuracy {history["acc"][-1]:.4f}; \
validation loss {history["val_loss"][-1]:.4f}, accuracy {history["val_acc"][-1]:.4f}.
{overfitting(history)}
{picture("curves.png", "loss and accuracy over the epochs")}

## Test

```
{result.classification.rstrip()}
```

{picture("confusion.png", "confusion matrix: true class by predicted class")}
"""


def epochs(history: dict[str, list[float]]) -> str:
    amount = len(history["loss"])
    return "one epoch" if amount == 1 else f"{amount} epochs"


def overfitting(history: dict[str, list[float]]) -> str:
    """Names the epoch with the best validation loss where training went on past it."""
    best = int(np.argmin(history["val_loss"]))
    if best == len(history["val_loss"]) - 1:
        return ""
    return (
        f"The validation loss was lowest ({history['val_loss'][best]:.4f}) after epoch "
        f"{best + 1}; from there on the model learns its training images by heart.\n"
    )
