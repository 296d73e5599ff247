package io.atelier.dl4j.layer;

import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The product of a tensor and a kernel whose axes have letters, and a bias: Keras's EinsumDense as one matrix product, or as
 * many as there are values along the axes that all three tensors have.
 *
 * @param x the letters of the input's axes, {@code abc}
 * @param kernel of the kernel's
 * @param y of the output's
 */
public record Einsum(
        @JsonProperty("x") String x,
        @JsonProperty("kernel") String kernel,
        @JsonProperty("y") String y) implements GraphFunction {
    private static final long serialVersionUID = 1;

    @Override
    public SDVariable define(SameDiff graph, SDVariable input, Map<String, SDVariable> weights) {
        SDVariable weight = Objects.requireNonNull(weights.get("kernel"));
        long[] sizes = input.getShape();
        String common = letters(x, axis -> has(kernel, axis) && has(y, axis));
        String rows = letters(x, axis -> !has(kernel, axis) && has(y, axis));
        String summed = letters(x, axis -> has(kernel, axis) && !has(y, axis));
        String alone = letters(x, axis -> !has(kernel, axis) && !has(y, axis));
        String columns = letters(kernel, axis -> !has(x, axis));

        SDVariable values = input.permute(order(x, common + rows + summed + alone));
        int rank = x.length() - alone.length();
        if (!alone.isEmpty()) {
            values = values.sum(IntStream.range(rank, x.length()).toArray());
        }
        SDVariable matrix = weight.permute(order(kernel, common + summed + columns));
        long batches = count(common, x, sizes);
        long inner = count(summed, x, sizes);
        long outer = count(columns, kernel, weight.getShape());
        SDVariable product = common.isEmpty()
                ? values.reshape(-1, inner).mmul(matrix.reshape(inner, outer))
                : values.reshape(batches, -1, inner).mmul(matrix.reshape(batches, inner, outer));
        String all = common + rows + columns;
        long[] shape = all.chars()
                .mapToLong(axis -> has(x, axis) ? sizes[x.indexOf(axis)] : weight.getShape()[kernel.indexOf(axis)])
                .toArray();
        SDVariable output = product.reshape(shape).permute(order(all, y));
        SDVariable bias = weights.get("bias");
        return bias == null ? output : output.add(bias);
    }

    private static boolean has(String axes, int axis) {
        return axes.indexOf(axis) >= 0;
    }

    private static String letters(String axes, java.util.function.IntPredicate which) {
        return axes.chars()
                .filter(which)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int[] order(String axes, String wanted) {
        return wanted.chars().map(axes::indexOf).toArray();
    }

    private static long count(String letters, String axes, long... sizes) {
        return letters.chars().mapToLong(axis -> sizes[axes.indexOf(axis)]).reduce(1, Math::multiplyExact);
    }
}
