package io.atelier.train;

import io.atelier.dl4j.TrainedWeight;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Problem;
import io.atelier.keras.UnsupportedModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The penalties on large weights that a model's layers ask for: {@code l1 * sum(abs(w)) + l2 * sum(w²)} for each weight that
 * is trained.
 */
final class Regularizers {
    private static final String SUFFIX = "_regularizer";

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
                    read(option, value, own);
                } catch (IllegalArgumentException e) {
                    problems.add(Problem.ofLayer(layer.name(), layer.className(), String.valueOf(e.getMessage())));
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new UnsupportedModelException(model.origin().source(), problems);
        }
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
        weight(option.substring(0, option.length() - SUFFIX.length()), weights)
                .ifPresent(weight -> penalized.add(new Penalized(weight, penalty)));
    }

    /** DepthwiseConv2D has a depthwise_regularizer for its kernel, SeparableConv2D for its depthwise_kernel. */
    private static Optional<TrainedWeight> weight(String prefix, List<TrainedWeight> weights) {
        return Stream.of(prefix, prefix + "_kernel", prefix.equals("depthwise") ? "kernel" : prefix)
                .flatMap(name -> weights.stream().filter(weight -> weight.name().equals(name)))
                .findFirst();
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
