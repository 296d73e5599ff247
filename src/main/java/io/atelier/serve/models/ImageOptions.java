package io.atelier.serve.models;

import io.atelier.classify.Fit;
import io.atelier.classify.Inversion;
import io.atelier.classify.Preprocessing;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a model takes its images, and what it tells apart: what is not in its file.
 *
 * @param labels a text file with a label a line; empty takes {@code labels.txt} beside the model, then Fashion-MNIST's for
 *     a model that takes 28 x 28 x 1 and gives ten values, then {@code class 0}, {@code class 1}, …
 * @param size that images are brought to; empty takes the model's
 * @param fit of images of other proportions; empty is letterbox with Fashion-MNIST's labels, else stretch, as Keras does
 * @param inversion of light and dark; empty is auto with Fashion-MNIST's labels, else never
 * @param logits whether the model gives the values before softmax or sigmoid; false by default
 */
public record ImageOptions(
        Optional<Path> labels,
        Optional<Preprocessing.Size> size,
        Optional<Fit> fit,
        Optional<Inversion> inversion,
        boolean logits) {
    /** Everything told by the model and what lies beside it. */
    public static final ImageOptions DEFAULT =
            new ImageOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** These options with a file of labels. */
    public ImageOptions withLabels(Path file) {
        return new ImageOptions(Optional.of(file), size, fit, inversion, logits);
    }

    /** Whether somebody asked for anything, so that a model that takes no images must be refused. */
    boolean isGiven() {
        return !equals(DEFAULT);
    }
}
