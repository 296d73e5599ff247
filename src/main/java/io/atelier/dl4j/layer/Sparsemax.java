package io.atelier.dl4j.layer;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Keras's sparsemax along the last axis: {@code max(x - threshold, 0)}.
 *
 * <p>Of the values in descending order, those are counted that are above {@code (sum up to them - 1) / position}, and
 * {@code threshold = (total - 1) / count}, where Keras's total is that of the sums up to each of them.
 */
public final class Sparsemax implements TensorFunction {
    private static final long serialVersionUID = 1;

    @Override
    public INDArray apply(INDArray x) {
        float[] values = Floats.of(x);
        int size = size(x);
        for (int start = 0; start < values.length; start += size) {
            float threshold = threshold(sorted(values, start, size));
            for (int i = start; i < start + size; i++) {
                values[i] = Math.max(values[i] - threshold, 0);
            }
        }
        return Nd4j.create(values, x.shape(), 'c');
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        float[] values = Floats.of(x);
        float[] gradients = Floats.of(outputGradient);
        int size = size(x);
        for (int start = 0; start < values.length; start += size) {
            float[] sorted = sorted(values, start, size);
            int count = count(sorted);
            float threshold = threshold(sorted);
            float above = 0;
            for (int i = start; i < start + size; i++) {
                gradients[i] = values[i] > threshold ? gradients[i] : 0;
                above += gradients[i];
            }
            for (int i = start; i < start + size; i++) {
                int position = position(values, start, size, i);
                gradients[i] -= above * Math.max(count - position, 0) / count;
            }
        }
        return Nd4j.create(gradients, x.shape(), 'c');
    }

    private static int size(INDArray x) {
        return Math.toIntExact(x.size(-1));
    }

    private static float[] sorted(float[] values, int start, int size) {
        float[] ascending = Arrays.copyOfRange(values, start, start + size);
        Arrays.sort(ascending);
        float[] descending = new float[size];
        for (int i = 0; i < size; i++) {
            descending[i] = ascending[size - 1 - i];
        }
        return descending;
    }

    private static int count(float... sorted) {
        float sum = 0;
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += sorted[i];
            if (sorted[i] - (sum - 1) / (i + 1) > 0) {
                count++;
            }
        }
        return count;
    }

    private static float threshold(float... sorted) {
        int count = count(sorted);
        float sum = 0;
        float total = 0;
        for (int i = 0; i < count; i++) {
            sum += sorted[i];
            total += sum;
        }
        return (total - 1) / count;
    }

    /** How many values of the row come before one, when sorted; of equal ones, the first comes first. */
    private static int position(float[] values, int start, int size, int index) {
        int position = 0;
        for (int i = start; i < start + size; i++) {
            if (values[i] > values[index] || (values[i] == values[index] && i < index)) {
                position++;
            }
        }
        return position;
    }
}
