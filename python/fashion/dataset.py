"""Fashion-MNIST: 60,000 + 10,000 grey images of 28 x 28 pixels in ten classes."""

import gzip
from pathlib import Path
from typing import NamedTuple

import numpy as np

DEBIAN = Path("/usr/share/datasets/fashion-mnist")  # apt-get install dataset-fashion-mnist

CLASSES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)


class Dataset(NamedTuple):
    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


def load(folder: Path | None, limit: int | None = None) -> Dataset:
    """Reads the IDX files of a folder or, without one, lets Keras download them."""
    data = read_folder(folder) if folder else download()
    return Dataset(*(array[:limit] for array in data))


def read_folder(folder: Path) -> Dataset:
    return Dataset(
        read_idx(folder / "train-images-idx3-ubyte.gz"),
        read_idx(folder / "train-labels-idx1-ubyte.gz"),
        read_idx(folder / "t10k-images-idx3-ubyte.gz"),
        read_idx(folder / "t10k-labels-idx1-ubyte.gz"),
    )


def download() -> Dataset:
    from keras.datasets import fashion_mnist

    train, test = fashion_mnist.load_data()
    return Dataset(*train, *test)


def read_idx(file: Path) -> np.ndarray:
    """Reads an IDX file of unsigned bytes: magic number, sizes (big-endian), then the values."""
    content = gzip.decompress(file.read_bytes())
    if content[:3] != b"\x00\x00\x08":
        raise ValueError(f"{file} is not an IDX file of bytes: it starts with {content[:3].hex()}")
    dimensions = content[3]
    shape = np.frombuffer(content, ">u4", count=dimensions, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def scale(images: np.ndarray) -> np.ndarray:
    """Turns bytes into what the model was trained on: [0, 1] with one channel."""
    return (images / 255).astype(np.float32).reshape(-1, 28, 28, 1)
