package io.atelier.dl4j.layer;

import io.atelier.keras.layer.Margin;
import io.atelier.keras.layer.SlidingWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Max;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The largest or the mean value under a window over 1 to 3 spatial axes; of equal largest values the first has the
 * gradient, as in TensorFlow.
 *
 * <p>Works on one position under the window at a time, for all windows at once.
 */
public final class Pool implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final boolean max;
    private final SavedWindow window;

    @JsonCreator
    public Pool(@JsonProperty("max") boolean max, @JsonProperty("window") SavedWindow window) {
        this.max = max;
        this.window = window;
    }

    @Override
    public INDArray apply(INDArray x) {
        long[] shape = window.outputShape(x.shape());
        INDArray pooled = Nd4j.valueArrayOf(shape, max ? Double.NEGATIVE_INFINITY : 0, x.dataType());
        INDArray padded = padded(x, max ? Double.NEGATIVE_INFINITY : 0);
        for (INDArray values : positions(padded, shape)) {
            if (max) {
                Nd4j.exec(new Max(pooled, values.dup('c'), pooled));
            } else {
                pooled.addi(values);
            }
        }
        return max ? pooled : pooled.divi(counts(x, shape));
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        long[] shape = window.outputShape(x.shape());
        INDArray gradient = padded(x.ulike().assign(0), 0);
        List<INDArray> targets = positions(gradient, shape);
        if (max) {
            INDArray pooled = apply(x);
            INDArray left = outputGradient.dup('c');
            List<INDArray> values = positions(padded(x, Double.NEGATIVE_INFINITY), shape);
            for (int i = 0; i < targets.size(); i++) {
                INDArray share = values.get(i).eq(pooled).castTo(x.dataType()).muli(left);
                targets.get(i).addi(share);
                left.subi(share);
            }
        } else {
            INDArray share = outputGradient.div(counts(x, shape));
            targets.forEach(target -> target.addi(share));
        }
        return Margins.without(gradient, firstAxis(), before(x), after(x));
    }

    /** How many values of the input are under each window. */
    private INDArray counts(INDArray x, long... outputShape) {
        INDArray counts = Nd4j.zeros(x.dataType(), outputShape);
        positions(padded(x.ulike().assign(1), 0), outputShape).forEach(counts::addi);
        return counts;
    }

    private INDArray padded(INDArray x, double value) {
        return Margins.around(x, firstAxis(), before(x), after(x), value);
    }

    private int firstAxis() {
        return window.window().axis(0);
    }

    private int[] before(INDArray x) {
        return window.margins(x.shape()).stream().mapToInt(Margin::before).toArray();
    }

    private int[] after(INDArray x) {
        return window.margins(x.shape()).stream().mapToInt(Margin::after).toArray();
    }

    /** For each position under the window, a view of the values that all windows have there. */
    private List<INDArray> positions(INDArray padded, long... outputShape) {
        SlidingWindow sliding = window.window();
        long[] sizes = sliding.size().stream().mapToLong(Integer::longValue).toArray();
        long count = LongStream.of(sizes).reduce(1, (a, b) -> a * b);
        List<INDArray> views = new ArrayList<>();
        for (long position = 0; position < count; position++) {
            INDArrayIndex[] indices = new INDArrayIndex[padded.rank()];
            Arrays.fill(indices, NDArrayIndex.all());
            long rest = position;
            for (int i = sizes.length - 1; i >= 0; i--) {
                long start = rest % sizes[i];
                rest /= sizes[i];
                int stride = sliding.strides().get(i);
                long last = start + (outputShape[sliding.axis(i)] - 1) * stride;
                // ND4J looks beyond the array for a single value with a stride.
                indices[sliding.axis(i)] = start == last
                        ? NDArrayIndex.interval(start, start + 1)
                        : NDArrayIndex.interval(start, stride, last + 1);
            }
            views.add(padded.get(indices));
        }
        return views;
    }
}
