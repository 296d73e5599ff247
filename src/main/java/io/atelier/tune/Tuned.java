package io.atelier.tune;

import io.atelier.classify.ImageClassifier;
import io.atelier.classify.Labels;
import io.atelier.classify.ModelOutput;
import io.atelier.classify.Preprocessing;
import io.atelier.engine.Engine;
import io.atelier.keras.KerasModel;

/**
 * What fine-tuning gives: a new model. Immutable and thread-safe.
 *
 * @param model compiled as it was trained, with what the optimizer remembers; its frozen layers are marked as such
 * @param labels in the order of the model's outputs
 * @param preprocessing of images, the same as before
 * @param output what the model's numbers are
 * @param report how it went
 * @param <L> the type of a label
 */
public record Tuned<L>(
        KerasModel model, Labels<L> labels, Preprocessing preprocessing, ModelOutput output, TuningReport report) {
    /** A classifier of the model, on the default engine; the caller closes it. */
    public ImageClassifier<L> classifier() {
        return ImageClassifier.of(model, Engine.DEFAULT, labels, preprocessing, output);
    }
}
