package io.atelier.train;

import io.atelier.dl4j.TrainedWeight;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Problem;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.Bidirectional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The penalties on large weights that a model's layers ask for: {@code l1 * sum(abs(w)) + l2 * sum(w²)} for each weight that
 * is trained.
 */
final class Regularizers {
    private static final String SUFFIX = "_regularizer";

    private static final String BACKWARD = "backward_layer";
    private static final String CELL = "cell";

    /** The options that hold a layer or a cell within a layer. */
    private static final Set<String> LAYERS = Set.of("layer", BACKWARD, CELL);

    private record Penalty(float l1, float l2) {}

    private record Penalized(TrainedWeight weight, Penalty penalty) {}

    private final List<Penalized> penalized = new ArrayList<>();

    /**
     * Reads the options of the trained layers.
     *
     * @throws UnsupportedModelException if a layer has another regularizer, one of its activity, or a constraint
     */
    Regularizers(KerasModel model, List<TrainedWeight> weights) {
        List<Problem> problems = new ArrayList<>();
        for (KerasLayer layer : model.layers()) {
            List<TrainedWeight> own = weights.stream()
                    .filter(weight -> weight.layer().equals(layer.name()))
                    .toList();
            layer.trainingOptions().forEach((option, value) -> {
                try {
                    if (!LAYERS.contains(option)) {
                        read(option, value, own);
                    } else if (!own.isEmpty()) {
                        readWithin(
                                option,
                                value,
                                layer.trainingOptions().containsKey(BACKWARD) ? oneWay(option, own) : own);
                    }
                } catch (IllegalArgumentException e) {
                    problems.add(Problem.ofLayer(layer.name(), layer.className(), String.valueOf(e.getMessage())));
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new UnsupportedModelException(model.origin().source(), problems);
        }
    }

    /**
     * Reads the options of a layer within a layer.
     *
     * @param own the weights to which they may belong; none if they cannot be told apart
     */
    private void readWithin(String option, Object value, List<TrainedWeight> own) {
        boolean isKnown = !option.equals(CELL) && !own.isEmpty();
        if (value instanceof Map<?, ?> entry && entry.get("config") instanceof Map<?, ?> config) {
            config.forEach((name, inner) -> {
                String key = String.valueOf(name);
                if (inner instanceof List<?> list && key.equals("cells")) {
                    list.forEach(item -> readWithin(key, item, own));
                } else if (inner != null && LAYERS.contains(key)) {
                    readWithin(key, inner, List.of());
                } else if (inner != null && isKnown) {
                    read(key, inner, own);
                } else if (inner != null && (key.endsWith(SUFFIX) || key.endsWith("_constraint"))) {
                    throw new IllegalArgumentException("training does not know " + key + " of the " + option
                            + " within the layer; freeze the layer, or save the model without it");
                }
            });
        }
    }

    /** The weights of one of the two directions of a Bidirectional. */
    private static List<TrainedWeight> oneWay(String option, List<TrainedWeight> weights) {
        String prefix = option.equals(BACKWARD) ? Bidirectional.BACKWARD : Bidirectional.FORWARD;
        return weights.stream()
                .filter(weight -> weight.name().startsWith(prefix))
                .toList();
    }

    private void read(String option, Object value, List<TrainedWeight> weights) {
        if (option.equals("activity" + SUFFIX) || option.endsWith("_constraint") && !weights.isEmpty()) {
            throw new IllegalArgumentException(
                    "training does not know " + option + "; freeze the layer, or save the model" + " without it");
        }
        if (!option.endsWith(SUFFIX) || weights.isEmpty()) {
            return;
        }
        Penalty penalty = penalty(Options.of(value));
        weights(option.substring(0, option.length() - SUFFIX.length()), weights)
                .forEach(weight -> penalized.add(new Penalized(weight, penalty)));
    }

    /**
     * DepthwiseConv2D has a depthwise_regularizer for its kernel, SeparableConv2D for its depthwise_kernel; the
     * kernel_regularizer of an attention is for the kernels of all its projections.
     */
    private static List<TrainedWeight> weights(String prefix, List<TrainedWeight> weights) {
        return Stream.of(prefix, prefix + "_kernel", prefix.equals("depthwise") ? "kernel" : prefix)
                .map(name -> weights.stream()
                        .filter(weight ->
                                weight.name().equals(name) || weight.name().endsWith("/" + name))
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static Penalty penalty(Options options) {
        Penalty penalty = switch (options.plainName()) {
            case "l1" -> new Penalty((float) options.number("l1", 0.01), 0);
            case "l2" -> new Penalty(0, (float) options.number("l2", 0.01));
            case "l1l2" ->
                options.className().equals("L1L2")
                        ? new Penalty((float) options.number("l1", 0), (float) options.number("l2", 0))
                        : new Penalty((float) options.number("l1", 0.01), (float) options.number("l2", 0.01));
            default ->
                throw new IllegalArgumentException("training does not know the regularizer " + options.className()
                        + ", only L1, L2 and L1L2; freeze the layer, or save the model without it");
        };
        options.end();
        return penalty;
    }

    /** Adds the slopes of all penalties to a gradient, and gives their sum. */
    double addTo(float[] values, float[] gradient) {
        double sum = 0;
        for (Penalized each : penalized) {
            float l1 = each.penalty.l1;
            float l2 = each.penalty.l2;
            int from = each.weight.offset();
            for (int i = from; i < from + each.weight.count(); i++) {
                sum += l1 * Math.abs(values[i]) + l2 * values[i] * values[i];
                gradient[i] += l1 * Math.signum(values[i]) + 2 * l2 * values[i];
            }
        }
        return sum;
    }

    /** The sum of all penalties on these weights, which are only asked for if there are any. */
    double sum(Supplier<float[]> weights) {
        if (penalized.isEmpty()) {
            return 0;
        }
        float[] values = weights.get();
        return addTo(values, new float[values.length]);
    }
}
