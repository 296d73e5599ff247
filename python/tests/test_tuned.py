"""The model that a Java test tuned and wrote, answering the same images in Keras."""

import json
from pathlib import Path

import keras
import numpy as np
from sklearn import metrics

from fashion.dataset import CLASSES, read_folder, scale
from tuning.__main__ import FIXTURES

WRITTEN = Path(__file__).parents[2] / "target" / "tuned"


def test_keras_answers_every_image_as_java_did() -> None:
    assert WRITTEN.exists(), "run `mvn verify` first; it writes target/tuned"
    java = json.loads((WRITTEN / "tuned.json").read_text())
    model = keras.models.load_model(WRITTEN / "tuned.keras")
    data = read_folder(FIXTURES)
    images = scale(data.test_images)

    predicted = np.argmax(model.predict(images, verbose=0), axis=1)

    matrix = metrics.confusion_matrix(data.test_labels, predicted, labels=range(len(CLASSES)))
    assert matrix.tolist() == java["confusionMatrix"]
    assert int(np.sum(predicted == data.test_labels)) == java["correct"]
    assert java["accuracy"] >= 0.8
    loss, accuracy = model.evaluate(images, data.test_labels, verbose=0)
    assert abs(accuracy - java["accuracy"]) < 1e-6
    assert abs(loss - java["loss"]) < 1e-4


def test_keras_goes_on_training_the_model() -> None:
    model = keras.models.load_model(WRITTEN / "tuned.keras")
    data = read_folder(FIXTURES)
    images = scale(data.train_images[:256])
    before, _ = model.evaluate(images, data.train_labels[:256], verbose=0)
    model.fit(images, data.train_labels[:256], epochs=3, verbose=0)
    after, _ = model.evaluate(images, data.train_labels[:256], verbose=0)
    assert after < before
