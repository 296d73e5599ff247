package io.atelier.classify;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.io.KerasReader;
import io.atelier.keras.io.ReadOptions;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A model that tells which of several labels an image shows.
 *
 * <p>Safe for use by many threads at once: an application shares one. {@link #close()} frees the engine's native
 * memory. Lists are run in batches of 64 images, so that memory does not grow with the list.
 *
 * <p>All methods that classify throw {@link InvalidImageException} for an image that cannot be classified, and
 * {@link IllegalStateException} after {@link #close()} or if what the model answers are no probabilities.
 *
 * @param <L> the type of a label
 */
public sealed class ImageClassifier<L> implements AutoCloseable permits FashionClassifier {
    private static final int BATCH_SIZE = 64;

    private final InferenceEngine engine;
    private final Labels<L> labels;
    private final Preprocessor preprocessor;
    private final OutputReader<L> outputReader;
    private final int batchSize;

    ImageClassifier(InferenceEngine engine, Labels<L> labels, Preprocessing preprocessing, ModelOutput output) {
        this.engine = engine;
        this.labels = labels;
        this.preprocessor = new Preprocessor(engine.model(), preprocessing);
        this.outputReader = new OutputReader<>(engine.model(), labels, output);
        this.batchSize = Math.min(preprocessor.maxBatch(), BATCH_SIZE);
    }

    /**
     * A classifier of a model whose outputs are probabilities.
     *
     * @param engine closed by {@link #close()}
     * @throws IllegalArgumentException if model, labels and preprocessing do not fit together; the engine stays open
     */
    public static <L> ImageClassifier<L> of(InferenceEngine engine, Labels<L> labels, Preprocessing preprocessing) {
        return of(engine, labels, preprocessing, ModelOutput.PROBABILITIES);
    }

    /**
     * A classifier on a running engine.
     *
     * @param engine closed by {@link #close()}
     * @throws IllegalArgumentException if model, labels and options do not fit together; the engine stays open
     */
    public static <L> ImageClassifier<L> of(
            InferenceEngine engine, Labels<L> labels, Preprocessing preprocessing, ModelOutput output) {
        return new ImageClassifier<>(engine, labels, preprocessing, output);
    }

    /**
     * A classifier on an engine of its own.
     *
     * @throws IllegalArgumentException if model, labels and options do not fit together
     * @throws io.atelier.keras.UnsupportedModelException if the engine does not handle the model
     */
    public static <L> ImageClassifier<L> of(
            KerasModel model, Engine engine, Labels<L> labels, Preprocessing preprocessing, ModelOutput output) {
        return opened(engine.open(model), running -> of(running, labels, preprocessing, output));
    }

    /**
     * A classifier of a model file, on the default engine.
     *
     * @throws io.atelier.keras.InvalidModelException if the file is missing, damaged or no model
     * @throws io.atelier.keras.UnsupportedModelException if the model has something that is not handled
     * @throws IllegalArgumentException if model, labels and preprocessing do not fit together
     */
    public static <L> ImageClassifier<L> load(Path file, Labels<L> labels, Preprocessing preprocessing) {
        return load(file, Engine.DEFAULT, labels, preprocessing);
    }

    /**
     * A classifier of a model file.
     *
     * @throws io.atelier.keras.InvalidModelException if the file is missing, damaged or no model
     * @throws io.atelier.keras.UnsupportedModelException if the model has something that the engine does not handle
     * @throws IllegalArgumentException if model, labels and preprocessing do not fit together
     */
    public static <L> ImageClassifier<L> load(Path file, Engine engine, Labels<L> labels, Preprocessing preprocessing) {
        return of(read(file, engine), engine, labels, preprocessing, ModelOutput.PROBABILITIES);
    }

    /** Reads a model while the engine's libraries are loaded. */
    static KerasModel read(Path file, Engine engine) {
        engine.prepare();
        return KerasReader.read(file, ReadOptions.DEFAULT.withoutOptimizerState());
    }

    /** Makes a classifier on an engine that nobody else will close if that fails. */
    static <C> C opened(InferenceEngine engine, Function<InferenceEngine, C> factory) {
        try {
            return factory.apply(engine);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** Classifies an image of any size and colour model. */
    public Prediction<L> classify(BufferedImage image) {
        return classify(new ImageInput.Picture(image));
    }

    /** Classifies an image file. */
    public Prediction<L> classify(Path file) {
        return classify(new ImageInput.File(file));
    }

    /** Classifies an encoded image, read to the end of the stream, which is not closed. */
    public Prediction<L> classify(InputStream stream) {
        return classify(new ImageInput.Stream(stream));
    }

    /**
     * Classifies grey pixels of the model's own size and polarity, which are scaled and nothing else.
     *
     * @param grey height x width unsigned bytes, row by row
     */
    public Prediction<L> classify(byte[] grey) {
        return classify(new ImageInput.Grey(grey));
    }

    /**
     * Classifies a grey image that is scaled already, as the model takes it.
     *
     * @param values height x width finite numbers, within what the preprocessing's scaling gives
     */
    public Prediction<L> classify(float[][] values) {
        return classify(new ImageInput.Values(values));
    }

    /** Classifies one image in any form. */
    public Prediction<L> classify(ImageInput image) {
        return classifyAll(List.of(image)).get(0);
    }

    /** Classifies images of any size and colour model; predictions come in their order. */
    public List<Prediction<L>> classifyImages(List<BufferedImage> images) {
        return classifyEach(images, ImageInput.Picture::new);
    }

    /** Classifies image files; predictions come in their order. */
    public List<Prediction<L>> classifyFiles(List<Path> files) {
        return classifyEach(files, ImageInput.File::new);
    }

    /** Classifies encoded images, as {@link #classify(InputStream)} does; predictions come in their order. */
    public List<Prediction<L>> classifyStreams(List<? extends InputStream> streams) {
        return classifyEach(streams, ImageInput.Stream::new);
    }

    /** Classifies grey pixels, as {@link #classify(byte[])} does; predictions come in their order. */
    public List<Prediction<L>> classifyGrey(List<byte[]> images) {
        return classifyEach(images, ImageInput.Grey::new);
    }

    /** Classifies scaled grey images, as {@link #classify(float[][])} does; predictions come in their order. */
    public List<Prediction<L>> classifyValues(List<float[][]> images) {
        return classifyEach(images, ImageInput.Values::new);
    }

    private <T> List<Prediction<L>> classifyEach(List<T> images, Function<T, ImageInput> form) {
        return classifyAll(images.stream().map(form).toList());
    }

    /** Classifies images in any mixture of forms; predictions come in their order. */
    public List<Prediction<L>> classifyAll(List<ImageInput> images) {
        List<Prediction<L>> predictions = new ArrayList<>(images.size());
        for (int from = 0; from < images.size(); from += batchSize) {
            predictions.addAll(classifyBatch(batch(images, from, Math.min(from + batchSize, images.size()))));
        }
        return predictions;
    }

    /**
     * Classifies images that {@link #preprocessor()} has written into a batch, which is run at once.
     *
     * @param batch of the shape {@link Preprocessor#batchShape}
     * @return a prediction an image, in order
     */
    public List<Prediction<L>> classifyBatch(Tensor batch) {
        Tensor outputs = engine.predict(List.of(batch)).get(0);
        return outputReader.read(outputs, batch.shape().size(0));
    }

    /** The tensor the model is given for an image: a batch of one. */
    public Tensor preprocess(ImageInput image) {
        return batch(List.of(image), 0, 1);
    }

    private Tensor batch(List<ImageInput> images, int from, int to) {
        float[] values = new float[Math.multiplyExact(to - from, preprocessor.valueCount())];
        for (int i = from; i < to; i++) {
            ImageInput image = images.get(i);
            preprocessor.write(image, source(image, i, images.size()), values, (i - from) * preprocessor.valueCount());
        }
        return Tensor.wrap(preprocessor.batchShape(to - from), values);
    }

    private static String source(ImageInput image, int index, int count) {
        if (image instanceof ImageInput.File file) {
            return file.path().toString();
        }
        return count == 1 ? "image" : "image " + (index + 1) + " of " + count;
    }

    /** What turns images into the numbers the model takes. */
    public Preprocessor preprocessor() {
        return preprocessor;
    }

    /** What the classifier tells apart. */
    public Labels<L> labels() {
        return labels;
    }

    /** The model that is run. */
    public KerasModel model() {
        return engine.model();
    }

    /** Frees the engine; later calls throw {@link IllegalStateException}. Closing twice does nothing. */
    @Override
    public void close() {
        engine.close();
    }
}
