package io.atelier.dl4j;

import io.atelier.dl4j.layer.Curve;
import io.atelier.dl4j.layer.ExponentialLinear;
import io.atelier.dl4j.layer.Gelu;
import io.atelier.dl4j.layer.LogSoftmax;
import io.atelier.dl4j.layer.ParametricReLU;
import io.atelier.dl4j.layer.Pointwise;
import io.atelier.dl4j.layer.Ramp;
import io.atelier.dl4j.layer.RectifiedLinear;
import io.atelier.dl4j.layer.SoftmaxOverAxes;
import io.atelier.dl4j.layer.Sparsemax;
import io.atelier.dl4j.layer.StockActivation;
import io.atelier.dl4j.layer.TensorFunction;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.ELU;
import io.atelier.keras.layer.LeakyReLU;
import io.atelier.keras.layer.PReLU;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.Softmax;
import io.atelier.keras.layer.ThresholdedReLU;
import java.util.List;
import java.util.Set;

/** Activations: layers of their own, and those that other layers end with. */
final class ActivationLowerings {
    private static final Set<ActivationOption> RIGHT_INSIDE = Set.of(
            ActivationFunction.LINEAR,
            ActivationFunction.RELU,
            ActivationFunction.SIGMOID,
            ActivationFunction.TANH,
            ActivationFunction.ELU,
            ActivationFunction.SELU,
            ActivationFunction.SOFTSIGN);

    private ActivationLowerings() {}

    static void addTo(Lowerings lowerings) {
        lowerings.add(Activation.class, (config, input) -> List.of(layer(config.function())));
        lowerings.add(Softmax.class, (config, input) -> List.of(layer(config)));
        lowerings.add(ReLU.class, (config, input) -> List.of(layer(config)));
        lowerings.add(LeakyReLU.class, (config, input) -> List.of(layer(config)));
        lowerings.add(ThresholdedReLU.class, (config, input) -> List.of(layer(config)));
        lowerings.add(ELU.class, (config, input) -> List.of(layer(config)));
        lowerings.add(PReLU.class, (config, input) -> List.of(Lowered.of(new ParametricReLU(), config.weights(input))));
    }

    /**
     * Whether a layer may end with Deeplearning4j's function of this name: softplus overflows there, the gradient of softmax
     * goes along the wrong axis in a channels_last convolution, and others are missing or are not Keras's.
     */
    static boolean isRightInside(ActivationOption function) {
        return RIGHT_INSIDE.contains(function);
    }

    /** The name of the function a layer ends with: linear where the function follows as a layer of its own. */
    static String inside(ActivationOption function, boolean isInside) {
        return (isInside && function instanceof ActivationFunction named ? named : ActivationFunction.LINEAR)
                .kerasName();
    }

    /** A layer that applies a function. */
    static Lowered layer(ActivationOption function) {
        return Lowered.of(function(function));
    }

    static TensorFunction function(ActivationOption function) {
        if (function instanceof ActivationFunction named) {
            return named(named);
        }
        if (function instanceof ReLU config) {
            return relu(config);
        }
        if (function instanceof LeakyReLU config) {
            return relu(config.asReLU());
        }
        if (function instanceof ThresholdedReLU config) {
            return relu(config.asReLU());
        }
        return function instanceof ELU config
                ? new ExponentialLinear(config.alpha())
                : softmax(((Softmax) function).axes());
    }

    private static TensorFunction named(ActivationFunction function) {
        return switch (function) {
            case LINEAR -> new StockActivation(org.nd4j.linalg.activations.Activation.IDENTITY);
            case RELU, SIGMOID, TANH, ELU, SELU, SOFTSIGN ->
                new StockActivation(org.nd4j.linalg.activations.Activation.fromString(function.kerasName()));
            case SOFTMAX -> new SoftmaxOverAxes(-1);
            case LOG_SOFTMAX -> new LogSoftmax();
            case CELU -> new ExponentialLinear(1);
            case LEAKY_RELU -> new RectifiedLinear(null, 0.2, 0);
            case RELU6 -> new Ramp(1, 0, 0, 6);
            case HARD_TANH -> new Ramp(1, 0, -1, 1);
            case HARD_SIGMOID -> new Ramp(1 / 6.0, 0.5, 0, 1);
            case HARD_SIGMOID_OF_KERAS_2 -> new Ramp(0.2, 0.5, 0, 1);
            case SPARSE_SIGMOID -> new Ramp(0.5, 0.5, 0, 1);
            case GELU -> new Gelu();
            case SPARSEMAX -> new Sparsemax();
            case SILU,
                    MISH,
                    SOFTPLUS,
                    HARD_SILU,
                    HARD_SHRINK,
                    SOFT_SHRINK,
                    TANH_SHRINK,
                    SPARSE_PLUS,
                    SQUAREPLUS,
                    LOG_SIGMOID,
                    EXPONENTIAL -> new Pointwise(Curve.valueOf(function.name()));
        };
    }

    private static TensorFunction softmax(List<Integer> axes) {
        return new SoftmaxOverAxes(axes.stream().mapToInt(Integer::intValue).toArray());
    }

    private static TensorFunction relu(ReLU config) {
        return new RectifiedLinear(config.maxValue().orElse(null), config.negativeSlope(), config.threshold());
    }
}
