package io.atelier.dl4j;

import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.Softmax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Activations: layers of their own, and those that other layers end with. */
final class ActivationLowerings {
    private ActivationLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(Activation.class, (config, input) -> List.of(layer(config.function())));
        lowerings.add(Softmax.class, (config, input) -> List.of(softmax(config.axes())));
        lowerings.add(ReLU.class, (config, input) -> List.of(relu(config)));
    }

    /**
     * Whether a layer may end with Deeplearning4j's function of this name: softplus overflows there, and the gradient
     * of softmax goes along the wrong axis in a channels_last convolution.
     */
    static boolean isRightInside(ActivationFunction function) {
        return function != ActivationFunction.SOFTPLUS && function != ActivationFunction.SOFTMAX;
    }

    /** The name of the function a layer ends with: linear where the function follows as a layer of its own. */
    static String inside(ActivationFunction function, boolean isInside) {
        return (isInside ? function : ActivationFunction.LINEAR).kerasName();
    }

    /** A layer that applies a function. */
    static Lowered layer(ActivationFunction function) {
        return function == ActivationFunction.SOFTMAX
                ? softmax(List.of(-1))
                : new Lowered(ImportedLayers.ACTIVATION, Map.of("activation", function.kerasName()));
    }

    private static Lowered softmax(List<Integer> axes) {
        return new Lowered(ImportedLayers.SOFTMAX, Map.of("axis", axes));
    }

    private static Lowered relu(ReLU config) {
        Map<String, Object> options = new HashMap<>();
        config.maxValue().ifPresent(value -> options.put("max_value", value));
        options.put("negative_slope", config.negativeSlope());
        options.put("threshold", config.threshold());
        return new Lowered(ImportedLayers.RELU, options);
    }
}
