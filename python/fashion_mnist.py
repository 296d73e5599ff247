"""Trains the Fashion-MNIST classifier, as the notebook does, and reports on it.

python fashion_mnist.py                          # 30 epochs, everything into build/fashion-mnist
python fashion_mnist.py --epochs 1 --limit 2000  # a short run
python fashion_mnist.py --reuse                  # report again on the run that is already there
"""

import argparse
import json
import logging
import sys
from pathlib import Path

import keras
import numpy as np
from sklearn.model_selection import train_test_split

from fashion import dataset, export, pictures, report
from fashion.dataset import CLASSES, Dataset
from fashion.model import build_model, compile_model

SEED = 777
MODEL = "model.keras"
HISTORY = "history.json"


def main(arguments: list[str] | None = None) -> None:
    options = parse(arguments)
    logging.getLogger("absl").setLevel(logging.ERROR)  # Keras advises against .h5; it is wanted
    options.out.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(SEED)

    data = dataset.load(options.data, options.limit)
    show_data(data, options.out)
    if options.reuse:
        model, history = restore(options.out)
    else:
        model, history = train(data, options)
    show_model(model, options.out)
    result = evaluate(model, data, options.out)
    pictures.draw_curves(history, options.out / "curves.png")
    report.write(options.report or options.out, options.out, data, history, result, model)
    if options.export:
        export.write(options.export, options.out / MODEL, data)
        print(f"exported to {options.export}")


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Train and evaluate a CNN on Fashion-MNIST, and export it."
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=dataset.DEBIAN if dataset.DEBIAN.is_dir() else None,
        help="folder with the four IDX files (.gz); without one, Keras downloads them "
        "(default here: %(default)s)",
    )
    parser.add_argument("--epochs", type=int, default=30, help="default: %(default)s")
    parser.add_argument("--limit", type=int, help="use the first N images of each set")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("build/fashion-mnist"),
        help="pictures, figures, TensorBoard logs and the model (default: %(default)s)",
    )
    parser.add_argument("--report", type=Path, help="folder of the Markdown report (default: OUT)")
    parser.add_argument("--export", type=Path, help="folder for the fixtures of the Java tests")
    parser.add_argument(
        "--reuse", action="store_true", help="do not train: take the model and history in OUT"
    )
    options = parser.parse_args(arguments)
    if options.reuse and not (options.out / HISTORY).is_file():
        parser.error(f"--reuse: there is no finished run in {options.out}")
    return options


def show_data(data: Dataset, out: Path) -> None:
    print("training images", data.train_images.shape, "labels", data.train_labels.shape)
    print("test images    ", data.test_images.shape, "labels", data.test_labels.shape)
    print("classes        ", ", ".join(CLASSES))
    chosen = np.random.default_rng(SEED).integers(0, len(data.train_images), 9)
    print("examples       ", ", ".join(map(str, chosen)))
    pictures.draw_grid(data.train_images[chosen], data.train_labels[chosen], out / "examples.png")


def train(data: Dataset, options: argparse.Namespace) -> tuple[keras.Model, dict]:
    images, validation_images, labels, validation_labels = train_test_split(
        dataset.scale(data.train_images),
        keras.utils.to_categorical(data.train_labels, len(CLASSES)),
        test_size=0.3,
        random_state=SEED,
    )
    print(f"training on {len(images):,} images, validating on {len(validation_images):,}")
    model = compile_model(build_model(keras))
    history = model.fit(
        images,
        labels,
        batch_size=32,
        epochs=options.epochs,
        validation_data=(validation_images, validation_labels),
        callbacks=[keras.callbacks.TensorBoard(options.out / "tensorboard")],
        verbose=1 if sys.stdout.isatty() else 2,
    ).history
    model.save(options.out / MODEL)
    (options.out / HISTORY).write_text(json.dumps(history, indent=1) + "\n")
    return model, history


def restore(out: Path) -> tuple[keras.Model, dict]:
    model = keras.models.load_model(out / MODEL)
    return model, json.loads((out / HISTORY).read_text())


def show_model(model: keras.Model, out: Path) -> None:
    model.summary()
    pictures.draw_model(model, out / "model.png")


def evaluate(model: keras.Model, data: Dataset, out: Path) -> report.Result:
    images = dataset.scale(data.test_images)
    categories = keras.utils.to_categorical(data.test_labels, len(CLASSES))
    loss, accuracy = model.evaluate(images, categories, verbose=0)
    predicted = model.predict(images, verbose=0).argmax(axis=1)
    result = report.Result.of(loss, accuracy, data.test_labels, predicted)
    print(f"test loss {loss:.4f}, test accuracy {accuracy:.4f}")
    print(result.classification)
    pictures.draw_confusion(result.confusion, out / "confusion.png")
    return result


if __name__ == "__main__":
    main()
