package io.atelier.keras.io;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layers of Keras that are not read, each with what to do instead. */
final class RefusedLayers {
    private static final Map<String, String> REASONS = reasons();

    private RefusedLayers() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>();
        add(reasons, "is a base class that computes nothing itself; use a class of keras.layers", "Layer", "Wrapper");
        add(
                reasons,
                "is the step of a recurrent layer and no layer of a model; use it within keras.layers.RNN",
                "GRUCell",
                "LSTMCell",
                "SimpleRNNCell",
                "StackedRNNCells");
        add(
                reasons,
                "runs code of another framework, which is not in the file; export that model for ONNX Runtime by itself",
                "FlaxLayer",
                "JaxLayer",
                "TFSMLayer",
                "TorchModuleWrapper");
        add(
                reasons,
                "takes or hashes texts, while tensors of an engine are numbers; do its work before the model, and build the"
                        + " model with an Input of numbers",
                "HashedCrossing",
                "Hashing",
                "StringLookup",
                "TextVectorization");
        add(
                reasons,
                "changes pictures by steps that are not supported; apply it to the pictures before the model, and save the"
                        + " model without it",
                "AutoContrast",
                "ContrastLimitedAdaptiveHistogramEqualization",
                "Equalization");
        add(
                reasons,
                "changes the boxes around what is in a picture, which is work for before the model; save the model"
                        + " without it",
                "MaxNumBoundingBoxes");
        add(
                reasons,
                "makes spectra of sound, which is not supported; do that before the model, and build the model with an"
                        + " Input of the spectra",
                "MelSpectrogram",
                "STFTSpectrogram");
        add(
                reasons,
                "is several layers in one, which is not supported; put the layers into the model one after the other",
                "Pipeline");
        add(
                reasons,
                "is used in two directions by its call, which is not supported; use an Embedding, and a Dense for the way"
                        + " back",
                "ReversibleEmbedding");
        add(
                reasons,
                "hands pictures on uncropped in inference, whatever shape Keras gives for it; use a CenterCrop, or save the"
                        + " model without it",
                "RandomCrop");
        return Map.copyOf(reasons);
    }

    private static void add(Map<String, String> reasons, String reason, String... classNames) {
        List.of(classNames).forEach(className -> reasons.put(className, "a layer of this kind " + reason));
    }

    /** Why layers of a class are not read, and what to do; empty if it is not one of Keras's, or is read. */
    static Optional<String> reason(String className) {
        return Optional.ofNullable(REASONS.get(className));
    }
}
