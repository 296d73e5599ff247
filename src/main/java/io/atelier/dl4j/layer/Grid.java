package io.atelier.dl4j.layer;

import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Margin;
import io.atelier.keras.layer.SlidingWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A tensor in a SameDiff graph with 1 to 3 spatial axes, its channels last, and what a sliding window makes of it.
 *
 * <p>Convolution is a matrix product of what is under the kernel with the kernel: Deeplearning4j's own operations know two
 * spatial axes well, have no groups, and pad by other rules.
 *
 * @param tensor {@code (batch, spatial axes…, channels)}
 * @param sizes of the spatial axes
 * @param channels the size of the last axis
 */
record Grid(SameDiff graph, SDVariable tensor, long[] sizes, long channels) {
    /** A tensor in Keras's layout for a data format; its shape must be known but for the batch. */
    static Grid of(SameDiff graph, SDVariable x, DataFormat dataFormat) {
        long[] shape = x.getShape();
        int rank = shape.length;
        int[] order = IntStream.concat(IntStream.concat(IntStream.of(0), IntStream.range(2, rank)), IntStream.of(1))
                .toArray();
        return dataFormat == DataFormat.CHANNELS_LAST
                ? new Grid(graph, x, Arrays.copyOfRange(shape, 1, rank - 1), shape[rank - 1])
                : new Grid(graph, x.permute(order), Arrays.copyOfRange(shape, 2, rank), shape[1]);
    }

    /** The tensor in Keras's layout for a data format. */
    SDVariable in(DataFormat dataFormat) {
        int rank = sizes.length + 2;
        int[] order = IntStream.concat(IntStream.of(0, rank - 1), IntStream.range(1, rank - 1))
                .toArray();
        return dataFormat == DataFormat.CHANNELS_LAST ? tensor : tensor.permute(order);
    }

    /** The same with zeros around the spatial axes. */
    Grid padded(List<Margin> margins) {
        if (margins.stream().allMatch(margin -> margin.total() == 0)) {
            return this;
        }
        int[][] padding = new int[sizes.length + 2][2];
        long[] padded = sizes.clone();
        for (int i = 0; i < sizes.length; i++) {
            padding[i + 1] = new int[] {margins.get(i).before(), margins.get(i).after()};
            padded[i] += margins.get(i).total();
        }
        return new Grid(
                graph, graph.nn().pad(tensor, graph.constant(Nd4j.createFromArray(padding)), 0), padded, channels);
    }

    /** The same without the ends of the spatial axes. */
    Grid cropped(List<Margin> margins) {
        if (margins.stream().allMatch(margin -> margin.total() == 0)) {
            return this;
        }
        long[] cropped = sizes.clone();
        SDIndex[] indices = all();
        for (int i = 0; i < sizes.length; i++) {
            Margin margin = margins.get(i);
            cropped[i] -= margin.total();
            indices[i + 1] = SDIndex.interval((long) margin.before(), sizes[i] - margin.after());
        }
        return new Grid(graph, tensor.get(indices), cropped, channels);
    }

    /** The same with {@code strides - 1} zeros behind every value of a spatial axis. */
    Grid spread(List<Integer> strides) {
        Grid spread = this;
        for (int i = 0; i < sizes.length; i++) {
            spread = spread.spread(i, strides.get(i));
        }
        return spread;
    }

    private Grid spread(int axis, int stride) {
        if (stride == 1) {
            return this;
        }
        long inner = channels;
        for (int i = axis + 1; i < sizes.length; i++) {
            inner *= sizes[i];
        }
        SDVariable zeros = graph.constant(Nd4j.createFromArray(new int[][] {{0, 0}, {0, stride - 1}, {0, 0}}));
        long[] longer = sizes.clone();
        longer[axis] *= stride;
        SDVariable apart = graph.nn().pad(tensor.reshape(-1, 1, inner), zeros, 0);
        return new Grid(graph, apart.reshape(shape(longer, channels)), longer, channels);
    }

    /**
     * The convolution with a kernel.
     *
     * @param kernel {@code (kernelSize…, channels / groups, filters)}
     * @param window of the kernel; its padding does not count
     */
    Grid convolved(SDVariable kernel, long filters, SlidingWindow window, int groups) {
        long[] newSizes = sizes.clone();
        for (int i = 0; i < sizes.length; i++) {
            newSizes[i] = (sizes[i] - window.extent(i)) / window.strides().get(i) + 1;
        }
        List<SDVariable> seen = seenBy(window, newSizes);
        long perGroup = channels / groups;
        SDVariable byPosition = kernel.reshape(seen.size(), perGroup, filters);
        SDVariable product = perGroup == 1
                ? channelByChannel(seen, byPosition, filters)
                : grouped(seen, byPosition, filters, groups);
        return new Grid(graph, product.reshape(shape(newSizes, filters)), newSizes, filters);
    }

    /** The same with a bias for each channel, if there is one. */
    Grid plus(@Nullable SDVariable bias) {
        return bias == null ? this : new Grid(graph, tensor.add(bias), sizes, channels);
    }

    /** For each position in the kernel, the values that it is multiplied with: {@code (windows, channels)}. */
    private List<SDVariable> seenBy(SlidingWindow window, long... newSizes) {
        int positions = window.size().stream().reduce(1, Math::multiplyExact);
        List<SDVariable> seen = new ArrayList<>();
        for (int position = 0; position < positions; position++) {
            SDIndex[] indices = all();
            int rest = position;
            for (int i = sizes.length - 1; i >= 0; i--) {
                long start = (long) rest
                        % window.size().get(i)
                        * window.dilationRate().get(i);
                rest /= window.size().get(i);
                long stride = window.strides().get(i);
                indices[i + 1] = SDIndex.interval(start, stride, start + (newSizes[i] - 1) * stride + 1);
            }
            seen.add(tensor.get(indices).reshape(-1, channels));
        }
        return seen;
    }

    /** Each channel multiplied with kernels of its own. */
    private SDVariable channelByChannel(List<SDVariable> seen, SDVariable kernel, long filters) {
        return IntStream.range(0, seen.size())
                .mapToObj(position -> seen.get(position)
                        .reshape(-1, channels, 1)
                        .mul(kernel.get(SDIndex.interval(position, position + 1), SDIndex.all(), SDIndex.all())
                                .reshape(1, channels, filters / channels)))
                .reduce(SDVariable::add)
                .orElseThrow();
    }

    /** One matrix product for each group. */
    private SDVariable grouped(List<SDVariable> seen, SDVariable kernel, long filters, int groups) {
        long perGroup = channels / groups;
        long filtersPerGroup = filters / groups;
        SDVariable[] products = new SDVariable[groups];
        for (int group = 0; group < groups; group++) {
            SDIndex itsChannels = SDIndex.interval(group * perGroup, (group + 1) * perGroup);
            SDIndex itsFilters = SDIndex.interval(group * filtersPerGroup, (group + 1) * filtersPerGroup);
            SDVariable[] columns = seen.stream()
                    .map(values -> groups == 1 ? values : values.get(SDIndex.all(), itsChannels))
                    .toArray(SDVariable[]::new);
            SDVariable matrix = groups == 1 ? kernel : kernel.get(SDIndex.all(), SDIndex.all(), itsFilters);
            products[group] = sideBySide(columns).mmul(matrix.reshape(seen.size() * perGroup, filtersPerGroup));
        }
        return sideBySide(products);
    }

    private SDVariable sideBySide(SDVariable... matrices) {
        return matrices.length == 1 ? matrices[0] : graph.concat(1, matrices);
    }

    private SDIndex[] all() {
        SDIndex[] indices = new SDIndex[sizes.length + 2];
        Arrays.fill(indices, SDIndex.all());
        return indices;
    }

    private static long[] shape(long[] sizes, long channels) {
        long[] shape = new long[sizes.length + 2];
        shape[0] = -1;
        System.arraycopy(sizes, 0, shape, 1, sizes.length);
        shape[sizes.length + 1] = channels;
        return shape;
    }
}
