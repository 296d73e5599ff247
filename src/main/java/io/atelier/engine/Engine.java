package io.atelier.engine;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Problem;
import io.atelier.keras.layer.LayerConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kinds of engine a model can run on. */
public enum Engine {
    /** Deeplearning4j: the engine that can also train. */
    DL4J("org.deeplearning4j:deeplearning4j-modelimport and org.nd4j:nd4j-native"),
    /** ONNX Runtime: the fast engine, for inference only. */
    ONNX("com.microsoft.onnxruntime:onnxruntime and com.google.protobuf:protobuf-java");

    /** The engine that is used where none is asked for. */
    public static final Engine DEFAULT = ONNX;

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final String artifacts;

    Engine(String artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * Lowers a model into a running engine of this kind.
     *
     * @throws io.atelier.keras.UnsupportedModelException if the model has a layer or option this engine does not handle
     * @throws IllegalStateException if the engine's libraries are not on the class path
     */
    public InferenceEngine open(KerasModel model) {
        try {
            return provider().open(model);
        } catch (LinkageError e) {
            throw missing(e);
        }
    }

    /**
     * Lowers a model into an engine for a server: where many threads call at once, each computes on its own rather than
     * share the work of one call with the others.
     *
     * @throws io.atelier.keras.UnsupportedModelException if the model has a layer or option this engine does not handle
     * @throws IllegalStateException if the engine's libraries are not on the class path
     */
    public InferenceEngine openShared(KerasModel model) {
        try {
            return provider().openShared(model);
        } catch (LinkageError e) {
            throw missing(e);
        }
    }

    /**
     * Begins to load the engine's libraries in the background and returns at once: a program that reads a model
     * meanwhile is ready sooner. {@link #open} does not depend on it, and tells what goes wrong.
     */
    public void prepare() {
        Thread thread = new Thread(
                () -> {
                    try {
                        provider().prepare();
                    } catch (RuntimeException | LinkageError e) {
                        LOG.debug("engine {} could not be prepared", id(), e);
                    }
                },
                "atelier-prepare-" + id());
        thread.setDaemon(true);
        thread.start();
    }

    /** What of a model this engine does not handle; empty if it handles all of it. */
    public List<Problem> refusals(KerasModel model) {
        try {
            return provider().refusals(model);
        } catch (LinkageError e) {
            throw missing(e);
        }
    }

    /**
     * Why this engine does not handle a layer of a model that cannot be read as a whole; empty if it does, as far as
     * that can be said without the shape that the layer takes.
     *
     * @throws IllegalStateException if the engine is not on the class path
     */
    public Optional<String> refusal(LayerConfig layer) {
        return provider().refusal(layer);
    }

    /** The name as it is written on the command line and in reports: {@code dl4j}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    private EngineProvider provider() {
        try {
            return ServiceLoader.load(EngineProvider.class, Engine.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(provider -> provider.kind() == this)
                    .findFirst()
                    .orElseThrow(this::missing);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw missing(e);
        }
    }

    private IllegalStateException missing() {
        return new IllegalStateException("engine " + id() + " is not on the class path; add " + artifacts);
    }

    private IllegalStateException missing(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new IllegalStateException(
                "engine " + id() + " cannot start (" + root + "); is all of " + artifacts
                        + " on the class path, the jar for this platform included?",
                cause);
    }
}
