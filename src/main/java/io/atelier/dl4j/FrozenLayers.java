package io.atelier.dl4j;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.Problem;
import io.atelier.keras.TensorRef;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Prepares the frozen layers of a model for gradients.
 *
 * <p>Deeplearning4j's FrozenLayer passes no gradient on. That is right, and saves time, where nothing below is trained.
 * Elsewhere a frozen layer becomes a trainable one whose gradients nobody uses, and a frozen BatchNormalization, which
 * works with its moving statistics in training as well, becomes the scale and offset that it is. A frozen layer that drops
 * something, as Keras does nevertheless, becomes a trainable one as well.
 */
final class FrozenLayers {
    private FrozenLayers() {}

    /**
     * The model for a network that is to be trained: of the same outputs, with layers of the same names.
     *
     * @throws UnsupportedModelException if a BatchNormalization cannot be a scale and an offset of the last axis
     */
    static KerasModel forTraining(KerasModel model) {
        Set<String> above = aboveTrained(model);
        Map<String, KerasLayer> replacements = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (KerasLayer layer : model.layers()) {
            boolean isIdle =
                    !above.contains(layer.name()) && InnerDropout.of(layer).rate() == 0;
            if (layer.trainable() || layer.weights().isEmpty() || isIdle) {
                continue;
            }
            if (layer.config() instanceof BatchNormalization normalization) {
                Shape input =
                        model.shape(model.calls(layer.name()).get(0).inputs().get(0));
                if (input.axisIndex(normalization.axis()) != input.rank() - 1) {
                    problems.add(Problem.ofLayer(
                            layer.name(),
                            layer.className(),
                            "it is frozen above a layer that is trained, and its axis " + normalization.axis()
                                    + " is not the last; freeze all layers below it as well, or none"));
                    continue;
                }
                replacements.put(layer.name(), new KerasLayer(layer.name(), affine(layer, normalization), Map.of()));
            } else {
                replacements.put(
                        layer.name(),
                        new KerasLayer(
                                layer.name(),
                                layer.config(),
                                layer.weights(),
                                true,
                                layer.dtypePolicy(),
                                layer.trainingOptions()));
            }
        }
        if (!problems.isEmpty()) {
            throw new UnsupportedModelException(model.origin().source(), problems);
        }
        return model.withLayers(replacements);
    }

    /** The layers that are trained, and all whose inputs depend on one. */
    private static Set<String> aboveTrained(KerasModel model) {
        Set<String> above = new HashSet<>();
        for (LayerCall call : model.calls()) {
            KerasLayer layer = model.layer(call.layer());
            boolean isTrained = layer.trainable() && !layer.weights().isEmpty();
            if (isTrained || call.inputs().stream().map(TensorRef::layer).anyMatch(above::contains)) {
                above.add(layer.name());
            }
        }
        return above;
    }

    private static Rescaling affine(KerasLayer layer, BatchNormalization normalization) {
        int size = layer.weight("moving_mean").valueCount();
        List<Double> scale = new ArrayList<>();
        List<Double> offset = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double gamma = normalization.scale() ? layer.weight("gamma").get(i) : 1;
            double beta = normalization.center() ? layer.weight("beta").get(i) : 0;
            double factor = gamma / Math.sqrt(layer.weight("moving_variance").get(i) + normalization.epsilon());
            scale.add(factor);
            offset.add(beta - layer.weight("moving_mean").get(i) * factor);
        }
        return new Rescaling(scale, offset);
    }
}
