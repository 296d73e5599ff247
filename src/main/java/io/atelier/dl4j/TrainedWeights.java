package io.atelier.dl4j;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.jspecify.annotations.Nullable;

/** Takes a network's weights back into the Keras model that it was made of. */
final class TrainedWeights {
    private final KerasModel model;
    private final NetworkPlan plan;
    private final Function<String, @Nullable Layer> layers;

    /**
     * @param layers the network's layers by the names that the plan gives them
     */
    TrainedWeights(KerasModel model, NetworkPlan plan, Function<String, @Nullable Layer> layers) {
        this.model = model;
        this.plan = plan;
        this.layers = layers;
    }

    KerasModel model() {
        Map<String, Map<String, Tensor>> found = new HashMap<>();
        for (NetworkPlan.PlannedLayer planned : plan.layers()) {
            if (!planned.isVertex() && !planned.kerasLayer().weights().isEmpty()) {
                weights(planned).forEach((name, values) -> put(found, planned.kerasLayer(), name, values));
            }
        }
        Map<String, KerasLayer> trained = new HashMap<>();
        found.forEach((name, weights) -> {
            Map<String, Tensor> all = new LinkedHashMap<>(model.layer(name).weights());
            all.putAll(weights);
            trained.put(name, model.layer(name).withWeights(all));
        });
        return model.withLayers(trained);
    }

    private Map<String, Tensor> weights(NetworkPlan.PlannedLayer planned) {
        Layer layer = layers.apply(planned.name());
        if (layer == null) {
            throw new IllegalArgumentException(
                    "the network has no layer '" + planned.name() + "' as " + model + " has");
        }
        try {
            return layer.paramTable() == null
                    ? Map.of()
                    : WeightTransfer.weights(planned.kerasLayer(), layer.paramTable());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "layer '" + planned.name() + "' has other parameters than in " + model + ": " + e.getMessage(), e);
        }
    }

    private static void put(Map<String, Map<String, Tensor>> found, KerasLayer layer, String weight, Tensor values) {
        Tensor other =
                found.computeIfAbsent(layer.name(), name -> new HashMap<>()).put(weight, values);
        if (other != null && !other.equals(values)) {
            throw new IllegalStateException("layer " + layer + " is called several times, and its copies in the network"
                    + " have different weights now; freeze the layer while training");
        }
    }
}
