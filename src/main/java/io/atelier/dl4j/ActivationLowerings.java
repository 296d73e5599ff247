package io.atelier.dl4j;

import io.atelier.dl4j.layer.RectifiedLinear;
import io.atelier.dl4j.layer.SoftmaxOverAxes;
import io.atelier.dl4j.layer.Softplus;
import io.atelier.dl4j.layer.StockActivation;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.Softmax;
import java.util.List;

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
        return Lowered.of(
                switch (function) {
                    case SOFTMAX -> new SoftmaxOverAxes(-1);
                    case SOFTPLUS -> new Softplus();
                    case LINEAR -> new StockActivation(org.nd4j.linalg.activations.Activation.IDENTITY);
                    default ->
                        new StockActivation(org.nd4j.linalg.activations.Activation.fromString(function.kerasName()));
                });
    }

    private static Lowered softmax(List<Integer> axes) {
        return Lowered.of(
                new SoftmaxOverAxes(axes.stream().mapToInt(Integer::intValue).toArray()));
    }

    private static Lowered relu(ReLU config) {
        return Lowered.of(
                new RectifiedLinear(config.maxValue().orElse(null), config.negativeSlope(), config.threshold()));
    }
}
