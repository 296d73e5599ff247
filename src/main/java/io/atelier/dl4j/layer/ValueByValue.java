package io.atelier.dl4j.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Merges tensors value by value: axes of size 1 are repeated to fit, and a tensor of fewer axes gets axes of size 1 after
 * its batch axis.
 */
public final class ValueByValue implements TensorsFunction {
    private static final long serialVersionUID = 1;

    /** What becomes of the values in one place. */
    public enum Kind {
        ADD,
        SUBTRACT,
        MULTIPLY,
        AVERAGE,
        MAXIMUM,
        MINIMUM
    }

    private final Kind kind;

    @JsonCreator
    public ValueByValue(@JsonProperty("kind") Kind kind) {
        this.kind = kind;
    }

    @Override
    public INDArray apply(List<INDArray> x) {
        return merge(repeated(x));
    }

    @Override
    public List<INDArray> gradients(List<INDArray> x, INDArray outputGradient) {
        List<INDArray> repeated = repeated(x);
        INDArray output = merge(repeated);
        INDArray left = outputGradient.dup('c');
        List<INDArray> gradients = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            INDArray gradient = switch (kind) {
                case ADD -> outputGradient;
                case SUBTRACT -> i == 0 ? outputGradient : outputGradient.neg();
                case AVERAGE -> outputGradient.div(x.size());
                case MULTIPLY -> timesOthers(outputGradient, repeated, i);
                case MAXIMUM, MINIMUM -> {
                    // Of equal values, the first takes it all.
                    INDArray taken =
                            repeated.get(i).eq(output).castTo(left.dataType()).muli(left);
                    left.subi(taken);
                    yield taken;
                }
            };
            gradients.add(summed(gradient, x.get(i).shape()));
        }
        return gradients;
    }

    private INDArray merge(List<INDArray> x) {
        INDArray merged = x.get(0).dup('c');
        for (INDArray other : x.subList(1, x.size())) {
            merged = switch (kind) {
                case ADD, AVERAGE -> merged.addi(other);
                case SUBTRACT -> merged.subi(other);
                case MULTIPLY -> merged.muli(other);
                case MAXIMUM -> Transforms.max(merged, other, false);
                case MINIMUM -> Transforms.min(merged, other, false);
            };
        }
        return kind == Kind.AVERAGE ? merged.divi(x.size()) : merged;
    }

    private static INDArray timesOthers(INDArray outputGradient, List<INDArray> x, int index) {
        INDArray gradient = outputGradient.dup('c');
        for (int i = 0; i < x.size(); i++) {
            if (i != index) {
                gradient.muli(x.get(i));
            }
        }
        return gradient;
    }

    private static List<INDArray> repeated(List<INDArray> x) {
        int rank = x.stream().mapToInt(INDArray::rank).max().orElseThrow();
        long[] shape = new long[rank];
        Arrays.fill(shape, 1);
        for (INDArray each : x) {
            long[] own = expanded(each.shape(), rank);
            Arrays.setAll(shape, axis -> Math.max(shape[axis], own[axis]));
        }
        return x.stream()
                .map(each -> {
                    INDArray wide =
                            each.rank() == rank ? each : each.dup('c').reshape('c', expanded(each.shape(), rank));
                    return Arrays.equals(wide.shape(), shape) ? wide : wide.broadcast(shape);
                })
                .toList();
    }

    /** A shape with axes of size 1 after its batch axis. */
    private static long[] expanded(long[] shape, int rank) {
        long[] expanded = new long[rank];
        Arrays.fill(expanded, 1);
        expanded[0] = shape[0];
        System.arraycopy(shape, 1, expanded, rank - shape.length + 1, shape.length - 1);
        return expanded;
    }

    /** The gradient of a tensor whose values were repeated: the sum over their copies. */
    private static INDArray summed(INDArray gradient, long[] shape) {
        long[] expanded = expanded(shape, gradient.rank());
        int[] repeated = IntStream.range(0, expanded.length)
                .filter(axis -> expanded[axis] != gradient.size(axis))
                .toArray();
        INDArray sum = repeated.length == 0 ? gradient : gradient.sum(true, repeated);
        return sum.dup('c').reshape('c', shape);
    }
}
