package io.atelier.serve.models;

import io.atelier.classify.FashionClassifier;
import io.atelier.classify.FashionItem;
import io.atelier.classify.ImageClassifier;
import io.atelier.classify.ImageLimits;
import io.atelier.classify.Labels;
import io.atelier.classify.ModelOutput;
import io.atelier.classify.Preprocessing;
import io.atelier.conformance.Conformance;
import io.atelier.conformance.ConformanceReport;
import io.atelier.conformance.Reference;
import io.atelier.conformance.TensorComparison;
import io.atelier.conformance.Verdict;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelMismatchException;
import io.atelier.keras.io.KerasReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a model, proves it, and makes it ready to answer. Thread-safe. */
final class ModelLoader {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

    private final Batching batching;
    private final ImageLimits limits;
    private final BatchListener listener;

    ModelLoader(Batching batching, ImageLimits limits, BatchListener listener) {
        this.batching = batching;
        this.limits = limits;
        this.listener = listener;
    }

    /** The reference of a model: {@code reference.npz} in its folder. */
    static Path reference(ModelSpec spec) {
        return spec.file().resolveSibling("reference.npz");
    }

    /** The labels of a model: those it was given, or {@code labels.txt} in its folder. */
    static Path labels(ModelSpec spec) {
        return spec.images().labels().orElseGet(() -> spec.file().resolveSibling("labels.txt"));
    }

    /**
     * Loads a model.
     *
     * @throws io.atelier.keras.ModelException if the file is no usable model, or does not compute what its reference holds
     * @throws io.atelier.conformance.InvalidReferenceException if the reference is not usable
     * @throws IllegalArgumentException if the options for images do not fit the model
     */
    ServedModel load(ModelSpec spec) {
        spec.engine().prepare();
        KerasModel model = KerasReader.read(spec.file());
        InferenceEngine engine = spec.engine().openShared(model);
        try {
            Optional<ConformanceReport> proof =
                    Files.exists(reference(spec)) ? Optional.of(prove(engine, spec)) : Optional.empty();
            Optional<ImageClassifier<?>> unbatched = classifier(spec, engine);
            BatchingEngine batches = new BatchingEngine(engine, batching, listener);
            return new ServedModel(
                    spec, batches, unbatched.isPresent() ? classifier(spec, batches) : Optional.empty(), proof);
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    private static ConformanceReport prove(InferenceEngine engine, ModelSpec spec) {
        ConformanceReport report = Conformance.check(engine, Reference.read(reference(spec)));
        if (report.verdict() == Verdict.FAIL) {
            TensorComparison worst = report.failures().get(0);
            throw new ModelMismatchException(
                    spec.file().toString(),
                    "it does not compute what " + reference(spec) + " holds: the first difference is in " + worst.name()
                            + "; write the reference of this very model, or remove it");
        }
        return report;
    }

    private Optional<ImageClassifier<?>> classifier(ModelSpec spec, InferenceEngine engine) {
        try {
            return Optional.of(imageClassifier(spec, engine));
        } catch (IllegalArgumentException e) {
            if (spec.images().isGiven()) {
                throw new IllegalArgumentException(spec.file() + ": " + e.getMessage(), e);
            }
            LOG.info("{} takes tensors only: {}", spec.key(), e.getMessage());
            return Optional.empty();
        }
    }

    private ImageClassifier<?> imageClassifier(ModelSpec spec, InferenceEngine engine) {
        ModelOutput output = spec.images().logits() ? ModelOutput.LOGITS : ModelOutput.PROBABILITIES;
        Optional<Labels<String>> labels = spec.images().labels().isPresent() || Files.exists(labels(spec))
                ? Optional.of(Labels.read(labels(spec)))
                : Optional.empty();
        if (isFashion(labels, engine.model())) {
            return FashionClassifier.of(engine, options(FashionClassifier.preprocessing(), spec), output);
        }
        return ImageClassifier.of(
                engine,
                labels.orElseGet(() -> Labels.numbered(engine.model())),
                options(Preprocessing.builder(), spec),
                output);
    }

    private static boolean isFashion(Optional<Labels<String>> labels, KerasModel model) {
        List<String> fashion = Labels.ofEnum(FashionItem.class).displayNames();
        return labels.map(given -> given.displayNames().equals(fashion))
                .orElseGet(() -> FashionClassifier.hasDatasetShapes(model));
    }

    private Preprocessing options(Preprocessing.Builder builder, ModelSpec spec) {
        ImageOptions images = spec.images();
        images.size().ifPresent(size -> builder.size(size.height(), size.width()));
        images.fit().ifPresent(builder::fit);
        images.inversion().ifPresent(builder::inversion);
        return builder.limits(limits).build();
    }
}
