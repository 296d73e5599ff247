package io.atelier.serve.models;

import io.atelier.classify.ImageClassifier;
import io.atelier.conformance.ConformanceReport;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model that is loaded, proven and ready to answer. Safe for use by many threads.
 *
 * <p>It is used between {@link #acquire()} and {@link #release()}; once {@link #retire() retired}, it closes when the last
 * use ends.
 */
public final class ServedModel {
    private final ModelSpec spec;
    private final BatchingEngine engine;
    private final Signature signature;
    private final Optional<ImageClassifier<?>> classifier;
    private final Optional<ConformanceReport> proof;
    /** The uses under way, and one more until the model is retired; closed at 0. */
    private final AtomicInteger uses = new AtomicInteger(1);

    ServedModel(
            ModelSpec spec,
            BatchingEngine engine,
            Optional<ImageClassifier<?>> classifier,
            Optional<ConformanceReport> proof) {
        this.spec = spec;
        this.engine = engine;
        this.signature = Signature.of(engine.model());
        this.classifier = classifier;
        this.proof = proof;
    }

    public ModelKey key() {
        return spec.key();
    }

    /** What was asked for. */
    public ModelSpec spec() {
        return spec;
    }

    public KerasModel model() {
        return engine.model();
    }

    /** What the model takes and gives. */
    public Signature signature() {
        return signature;
    }

    /** Runs the model, putting calls together; not to be closed. */
    public InferenceEngine engine() {
        return engine;
    }

    /** Empty for a model that does not take images. */
    public Optional<ImageClassifier<?>> classifier() {
        return classifier;
    }

    /** What came of the comparison with the reference beside the file; empty if there was none. */
    public Optional<ConformanceReport> proof() {
        return proof;
    }

    /** How many calls wait for a batch. */
    public int queued() {
        return engine.queued();
    }

    /** Begins a use; false if the model is closed already. */
    boolean acquire() {
        return uses.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** Ends a use. */
    void release() {
        if (uses.decrementAndGet() == 0) {
            engine.close();
        }
    }

    /** Lets the model close once nobody uses it; to be called once. */
    void retire() {
        release();
    }
}
