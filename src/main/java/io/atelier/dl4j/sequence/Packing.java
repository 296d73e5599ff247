package io.atelier.dl4j.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Several tensors as one, since a Deeplearning4j layer takes and gives one array: a row for each example, which begins with the
 * tensors' sizes, batch left out, followed by their values.
 *
 * <p>The sizes are there because those of open axes differ from batch to batch; their gradient is 0.
 */
final class Packing {
    private Packing() {}

    static INDArray pack(List<INDArray> tensors) {
        return rows(sizes(tensors), tensors);
    }

    /** The gradient of packed tensors from those of each. */
    static INDArray packGradients(List<INDArray> gradients) {
        return rows(new float[sizes(gradients).length], gradients);
    }

    /** The tensors of these shapes that are packed, or their gradients. */
    static List<INDArray> unpack(INDArray packed, List<long[]> shapes) {
        List<INDArray> tensors = new ArrayList<>();
        long from = headerSize(shapes);
        for (long[] shape : shapes) {
            long to = from + valuesPerExample(shape);
            tensors.add(columns(packed, from, to).dup('c').reshape('c', shape));
            from = to;
        }
        return tensors;
    }

    /**
     * The shapes of packed tensors.
     *
     * @param ranks of each, its batch axis included
     */
    static List<long[]> shapes(INDArray packed, List<Integer> ranks) {
        List<long[]> shapes = new ArrayList<>();
        long place = 0;
        for (int rank : ranks) {
            long[] shape = new long[rank];
            shape[0] = packed.size(0);
            for (int axis = 1; axis < rank; axis++) {
                shape[axis] = packed.getLong(0, place++);
            }
            shapes.add(shape);
        }
        return shapes;
    }

    private static INDArray rows(float[] header, List<INDArray> tensors) {
        long batch = tensors.get(0).size(0);
        INDArray rows =
                Nd4j.create(tensors.get(0).dataType(), new long[] {batch, header.length + values(tensors)}, 'c');
        columns(rows, 0, header.length)
                .assign(Nd4j.create(header, new long[] {1, header.length}, 'c').broadcast(batch, header.length));
        long from = header.length;
        for (INDArray tensor : tensors) {
            long to = from + valuesPerExample(tensor.shape());
            columns(rows, from, to).assign(tensor.dup('c').reshape('c', batch, to - from));
            from = to;
        }
        return rows;
    }

    private static INDArray columns(INDArray rows, long from, long to) {
        return rows.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
    }

    private static float[] sizes(List<INDArray> tensors) {
        float[] sizes =
                new float[headerSize(tensors.stream().map(INDArray::shape).toList())];
        int place = 0;
        for (INDArray tensor : tensors) {
            for (int axis = 1; axis < tensor.rank(); axis++) {
                sizes[place++] = tensor.size(axis);
            }
        }
        return sizes;
    }

    private static int headerSize(List<long[]> shapes) {
        return shapes.stream().mapToInt(shape -> shape.length - 1).sum();
    }

    private static long values(List<INDArray> tensors) {
        return tensors.stream()
                .mapToLong(tensor -> valuesPerExample(tensor.shape()))
                .sum();
    }

    private static long valuesPerExample(long... shape) {
        return Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
    }
}
