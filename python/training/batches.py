"""Numbers that look random, which Java draws as well."""

import numpy as np


class Batches:
    """Batches from a linear congruential generator, so that they need not be stored."""

    def __init__(self, size: int, shape: tuple[int, ...], classes: int) -> None:
        self.size = size
        self.shape = shape
        self.classes = classes
        self.state = 1

    def draw(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Images of numbers from 0 to 1, a label for each, and a weight for each from 0 to 1."""
        count = self.size * int(np.prod(self.shape))
        images = np.array([self.byte() for _ in range(count)], dtype="float32") / np.float32(255)
        labels = np.array([self.byte() % self.classes for _ in range(self.size)])
        weights = np.array([self.byte() for _ in range(self.size)], "float32") / np.float32(255)
        return images.reshape(self.size, *self.shape), labels, weights

    def byte(self) -> int:
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return self.state >> 24
