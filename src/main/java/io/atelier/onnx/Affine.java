package io.atelier.onnx;

import io.atelier.onnx.proto.NodeProto;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A multiplication and an addition for each index of one axis: {@code x * factor + summand}.
 *
 * @param factors as long as the axis, never written to
 * @param summands as long as the axis, never written to
 */
record Affine(double[] factors, double[] summands) {
    /** Changes nothing. */
    static Affine identity(int size) {
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        return new Affine(ones, new double[size]);
    }

    /**
     * What a node does along an axis; empty if it does anything else.
     *
     * @param fromRight which axis, counted from the last, that being 0; -1 takes only constants of one value
     * @param size of the axis
     * @param maxRank the rank of the tensor: a constant of more axes would give the result more
     */
    static Optional<Affine> of(GraphEditor graph, NodeProto node, int fromRight, int size, int maxRank) {
        return operand(graph, node, fromRight, size, maxRank).map(values -> {
            double[] negative = Arrays.stream(values).map(value -> -value).toArray();
            double[] inverse = Arrays.stream(values).map(value -> 1 / value).toArray();
            return switch (node.getOpType()) {
                case "Mul" -> new Affine(values, new double[size]);
                case "Div" -> new Affine(inverse, new double[size]);
                case "Add" -> new Affine(identity(size).factors(), values);
                default -> new Affine(identity(size).factors(), negative);
            };
        });
    }

    /** The input of a node that is no constant, where {@link #of} gives something. */
    static String variable(GraphEditor graph, NodeProto node) {
        return graph.constant(node.getInput(1)).isPresent() ? node.getInput(0) : node.getInput(1);
    }

    private static Optional<double[]> operand(GraphEditor graph, NodeProto node, int fromRight, int size, int maxRank) {
        String operator = node.getOpType();
        if (!List.of("Mul", "Add", "Sub", "Div").contains(operator)) {
            return Optional.empty();
        }
        Optional<GraphEditor.Constant> constant = graph.constant(node.getInput(1));
        if (constant.isEmpty() && List.of("Mul", "Add").contains(operator)) {
            constant = graph.constant(node.getInput(0));
        }
        return constant.filter(found -> found.dims().size() <= maxRank).flatMap(found -> along(found, fromRight, size));
    }

    private static Optional<double[]> along(GraphEditor.Constant constant, int fromRight, int size) {
        double[] values = new double[size];
        if (constant.valueCount() == 1) {
            Arrays.fill(values, constant.at(0));
            return Optional.of(values);
        }
        int axis = constant.dims().size() - 1 - fromRight;
        boolean fits =
                fromRight >= 0 && axis >= 0 && constant.dims().get(axis) == size && constant.valueCount() == size;
        return fits ? Optional.of(constant.values()) : Optional.empty();
    }

    /** This, and then another. */
    Affine then(Affine next) {
        double[] newFactors = new double[factors.length];
        double[] newSummands = new double[factors.length];
        Arrays.setAll(newFactors, i -> factors[i] * next.factors[i]);
        Arrays.setAll(newSummands, i -> summands[i] * next.factors[i] + next.summands[i]);
        return new Affine(newFactors, newSummands);
    }

    boolean adds() {
        return Arrays.stream(summands).anyMatch(summand -> summand != 0);
    }
}
