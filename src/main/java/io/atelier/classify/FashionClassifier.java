package io.atelier.classify;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.layer.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A model trained on Fashion-MNIST, telling which of the ten {@link FashionItem}s an image shows.
 *
 * <p>Grey pixels ({@code byte[]}) and numbers ({@code float[][]}) are 28 x 28, light on black as in the dataset.
 * Pictures, files and streams may be of any size: see {@link #preprocessing()}. Safe for use by many threads at once.
 */
public final class FashionClassifier extends ImageClassifier<FashionItem> {
    private static final Shape INPUT = Shape.of(Shape.UNKNOWN, 28, 28, 1);
    private static final Shape OUTPUT = Shape.of(Shape.UNKNOWN, 10);

    private FashionClassifier(InferenceEngine engine, Preprocessing preprocessing, ModelOutput output) {
        super(engine, Labels.ofEnum(FashionItem.class), sized(preprocessing, engine.model()), output);
    }

    /** A model of Dense layers only, or one for images of any size, does not tell the dataset's size by itself. */
    private static Preprocessing sized(Preprocessing preprocessing, KerasModel model) {
        boolean open = model.inputShapes().stream()
                .anyMatch(shape -> shape.rank() == 2
                        || Arrays.stream(shape.toArray()).skip(1).anyMatch(size -> size == Shape.UNKNOWN));
        return open && preprocessing.size().isEmpty()
                ? preprocessing.withSize(new Preprocessing.Size(28, 28))
                : preprocessing;
    }

    /**
     * A classifier of a model file, on the default engine, with the default {@link #preprocessing()}.
     *
     * @throws io.atelier.keras.InvalidModelException if the file is missing, damaged or no model
     * @throws io.atelier.keras.UnsupportedModelException if the model has something that is not handled
     * @throws IllegalArgumentException if the model does not take images, or does not give ten probabilities
     */
    public static FashionClassifier load(Path file) {
        return load(file, Engine.DEFAULT);
    }

    /**
     * A classifier of a model file, on the default engine.
     *
     * @throws io.atelier.keras.InvalidModelException if the file is missing, damaged or no model
     * @throws io.atelier.keras.UnsupportedModelException if the model has something that is not handled
     * @throws IllegalArgumentException if the model and the options do not fit together
     */
    public static FashionClassifier load(Path file, Preprocessing preprocessing, ModelOutput output) {
        return of(read(file, Engine.DEFAULT), Engine.DEFAULT, preprocessing, output);
    }

    /**
     * A classifier of a model file, with the default {@link #preprocessing()}.
     *
     * @throws io.atelier.keras.InvalidModelException if the file is missing, damaged or no model
     * @throws io.atelier.keras.UnsupportedModelException if the model has something that the engine does not handle
     * @throws IllegalArgumentException if the model does not take images, or does not give ten probabilities
     */
    public static FashionClassifier load(Path file, Engine engine) {
        return of(read(file, engine), engine);
    }

    /**
     * A classifier on a running engine, with the default {@link #preprocessing()}.
     *
     * @param engine closed by {@link #close()}
     * @throws IllegalArgumentException if the model does not take images, or does not give ten probabilities
     */
    public static FashionClassifier of(InferenceEngine engine) {
        return of(engine, preprocessing().build(), ModelOutput.PROBABILITIES);
    }

    /**
     * A classifier on a running engine.
     *
     * @param engine closed by {@link #close()}
     * @throws IllegalArgumentException if the model and the options do not fit together; the engine stays open
     */
    public static FashionClassifier of(InferenceEngine engine, Preprocessing preprocessing, ModelOutput output) {
        return new FashionClassifier(engine, preprocessing, output);
    }

    /**
     * A classifier on an engine of its own, with the default {@link #preprocessing()}.
     *
     * @throws IllegalArgumentException if the model does not take images, or does not give ten probabilities
     * @throws io.atelier.keras.UnsupportedModelException if the engine does not handle the model
     */
    public static FashionClassifier of(KerasModel model, Engine engine) {
        return opened(engine.open(model), FashionClassifier::of);
    }

    /**
     * A classifier on an engine of its own.
     *
     * @throws IllegalArgumentException if the model and the options do not fit together
     * @throws io.atelier.keras.UnsupportedModelException if the engine does not handle the model
     */
    public static FashionClassifier of(
            KerasModel model, Engine engine, Preprocessing preprocessing, ModelOutput output) {
        return opened(engine.open(model), running -> of(running, preprocessing, output));
    }

    /**
     * Whether a model has the shapes of one trained on the dataset: one input {@code (None, 28, 28, 1)}, one output
     * {@code (None, 10)}. A model of digits has them as well.
     */
    public static boolean hasDatasetShapes(KerasModel model) {
        return model.inputShapes().equals(List.of(INPUT))
                && model.outputShapes().equals(List.of(OUTPUT));
    }

    /**
     * The preprocessing that makes a photograph look like the dataset, to be changed by further options: the model's
     * size (28 x 28 if it leaves that open), letterboxed, inverted where the ground is light, transparent pixels on
     * white, divided by 255 unless the model does that.
     *
     * <p>An image of the dataset passes through to the bit: at 28 x 28 pixels nothing is resampled, and
     * {@link Inversion#AUTO} leaves every one of the 70,000 as it is. An image of 28 x 28 pixels that is dark on white
     * is inverted as any other.
     */
    public static Preprocessing.Builder preprocessing() {
        return Preprocessing.builder(Fit.LETTERBOX, Inversion.AUTO);
    }
}
