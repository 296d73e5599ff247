package io.atelier.dl4j;

import io.atelier.dl4j.layer.GraphFunction;
import io.atelier.dl4j.layer.TensorFunction;
import io.atelier.dl4j.layer.TensorsFunction;
import io.atelier.dl4j.sequence.TapeFunction;
import io.atelier.dl4j.sequence.TapeInputs;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.dropout.IDropout;

/**
 * One Deeplearning4j layer that stands for a Keras layer, or for a part of one, as the config that modelimport reads.
 *
 * @param className a Keras 2 class name that modelimport knows, or one of {@link ImportedLayers}
 * @param config Keras 2's options for it, without the name; what one of ours applies, as it is
 * @param timeAxes how many axes after the batch count steps, each of which the layer takes as an example of its own
 */
record Lowered(String className, Map<String, Object> config, int timeAxes) {
    /** The option that holds a function. */
    static final String FUNCTION = "function";

    /** The option that lists a function's weights. */
    static final String WEIGHTS = "weights";

    /** The option that says what a function takes of what its layer is given. */
    static final String INPUTS = "inputs";

    Lowered(String className, Map<String, Object> config) {
        this(className, config, 0);
    }

    /** A layer without weights that applies a function. */
    static Lowered of(TensorFunction function) {
        return new Lowered(ImportedLayers.FUNCTION, Map.of(FUNCTION, function, WEIGHTS, List.of()));
    }

    /** A vertex that applies a function to several tensors. */
    static Lowered of(TensorsFunction function) {
        return new Lowered(ImportedLayers.VERTEX, Map.of(FUNCTION, function));
    }

    /** A layer that does something in training only. */
    static Lowered of(IDropout dropout) {
        return new Lowered(ImportedLayers.DROPOUT, Map.of(FUNCTION, dropout));
    }

    /** Whether the layer hands its input on as it is in inference. */
    boolean isDropout() {
        return className.equals(ImportedLayers.DROPOUT) || className.equals("Dropout");
    }

    /** A layer that applies a function of these weights, which it takes from the Keras layer as they are. */
    static Lowered of(GraphFunction function, List<WeightSpec> weights) {
        return new Lowered(ImportedLayers.FUNCTION, Map.of(FUNCTION, function, WEIGHTS, weights));
    }

    /** A layer that applies a function of several tensors, and of weights, which it takes as they are. */
    static Lowered of(TapeFunction function, List<WeightSpec> weights, List<Shape> inputs) {
        List<Integer> ranks = inputs.stream().map(Shape::rank).toList();
        List<Integer> sources = IntStream.range(0, inputs.size()).boxed().toList();
        return new Lowered(
                ImportedLayers.FUNCTION,
                Map.of(FUNCTION, function, WEIGHTS, weights, INPUTS, new TapeInputs(ranks, sources)));
    }

    /** The same layer, applied to each step of a sequence. */
    Lowered forEachStep() {
        return new Lowered(className, config, timeAxes + 1);
    }

    /** Whether the layer applies a function that may take several tensors, packed into one. */
    boolean isTape() {
        return config.get(FUNCTION) instanceof TapeFunction;
    }

    /** The same layer with other {@link #INPUTS}. */
    Lowered taking(TapeInputs inputs) {
        Map<String, Object> changed = new HashMap<>(config);
        changed.put(INPUTS, inputs);
        return new Lowered(className, changed, timeAxes);
    }

    /** The same layer, whose function has this {@code dropout}. */
    Lowered dropping(double rate) {
        Map<String, Object> changed = new HashMap<>(config);
        if (config.get(FUNCTION) instanceof TapeFunction function) {
            changed.put(FUNCTION, function.dropping(rate));
        }
        return new Lowered(className, changed, timeAxes);
    }

    /** The whole config as modelimport's parser would give it; modelimport writes into these maps. */
    HashMap<String, Object> layerConfig(String name) {
        HashMap<String, Object> inner = new HashMap<>(config);
        inner.put("name", name);
        HashMap<String, Object> outer = new HashMap<>();
        outer.put("class_name", className);
        outer.put("config", inner);
        outer.put("keras_version", 2);
        return outer;
    }
}
