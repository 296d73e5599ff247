"""Images of all ten classes as compressed IDX files: 2,000 to tune with, 500 held out."""

import gzip
from pathlib import Path

import numpy as np

from fashion.dataset import Dataset

TUNING = 2_000  # the last of the training images
HELD_OUT = 500  # the first of the test images


def write(folder: Path, data: Dataset) -> None:
    write_idx(folder / "train-images-idx3-ubyte.gz", data.train_images[-TUNING:])
    write_idx(folder / "train-labels-idx1-ubyte.gz", data.train_labels[-TUNING:])
    write_idx(folder / "t10k-images-idx3-ubyte.gz", data.test_images[:HELD_OUT])
    write_idx(folder / "t10k-labels-idx1-ubyte.gz", data.test_labels[:HELD_OUT])


def write_idx(file: Path, values: np.ndarray) -> None:
    """Writes unsigned bytes: magic number, sizes (big-endian), then the values."""
    header = bytes([0, 0, 8, values.ndim]) + np.array(values.shape, ">u4").tobytes()
    content = header + values.astype(np.uint8).tobytes()
    file.write_bytes(gzip.compress(content, mtime=0))
