package io.atelier.train;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivationOption;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Softmax;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The softmax or sigmoid at the end of a model: a crossentropy is computed of what goes into it, which Keras does as well,
 * so that small probabilities keep their gradient.
 */
final class OutputEnd {
    private OutputEnd() {}

    /**
     * The model whose outputs the loss is computed of: without the activation at its end where the loss takes logits.
     *
     * @throws UnsupportedModelException if the activation and the loss do not belong together
     */
    static KerasModel fitted(KerasModel model, Loss loss) {
        if (!loss.kind().isCrossentropy()) {
            return model;
        }
        KerasLayer last = model.layer(model.outputs().get(0).layer());
        Optional<ActivationOption> activation = activation(last.config());
        boolean isBinary = loss.kind() == Loss.Kind.BINARY_CROSSENTROPY;
        boolean isSoftmax = activation.filter(OutputEnd::isSoftmax).isPresent();
        boolean isSigmoid =
                activation.filter(ActivationFunction.SIGMOID::equals).isPresent();
        if (isBinary ? isSigmoid : isSoftmax) {
            return model.withLayers(Map.of(last.name(), withoutActivation(last)));
        }
        if (isSoftmax || isSigmoid || !loss.fromLogits()) {
            throw new UnsupportedModelException(
                    model.origin().source(),
                    "the loss " + Losses.name(loss.kind()) + " needs " + (isBinary ? "a sigmoid" : "a softmax")
                            + " at the end of the model, or logits (from_logits); received layer " + last
                            + activation
                                    .map(end -> " with the activation " + end)
                                    .orElse("")
                            + "; give another loss");
        }
        return model;
    }

    /** Whether the model ends in a softmax or a sigmoid. */
    static boolean givesProbabilities(KerasModel model) {
        LayerConfig last = model.layer(model.outputs().get(0).layer()).config();
        return activation(last)
                .filter(end -> isSoftmax(end) || end == ActivationFunction.SIGMOID)
                .isPresent();
    }

    private static Optional<ActivationOption> activation(LayerConfig config) {
        if (config instanceof Dense dense) {
            return Optional.of(dense.activation());
        }
        if (config instanceof Activation activation) {
            return Optional.of(activation.function());
        }
        return config instanceof Softmax softmax ? Optional.of(softmax) : Optional.empty();
    }

    private static boolean isSoftmax(ActivationOption activation) {
        return activation == ActivationFunction.SOFTMAX
                || activation instanceof Softmax softmax
                        && (softmax.axes().equals(List.of(-1)) || softmax.axes().equals(List.of(1)));
    }

    private static KerasLayer withoutActivation(KerasLayer layer) {
        LayerConfig config = layer.config() instanceof Dense dense
                ? new Dense(dense.units(), ActivationFunction.LINEAR, dense.useBias())
                : new Activation(ActivationFunction.LINEAR);
        return new KerasLayer(
                layer.name(), config, layer.weights(), layer.trainable(), layer.dtypePolicy(), layer.trainingOptions());
    }
}
