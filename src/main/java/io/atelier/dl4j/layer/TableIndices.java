package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Turns numbers into indices of a table's rows, as Keras's Embedding does: fractions are cut off, and negative numbers
 * count from the end. Native code would read past the table without a word.
 */
public final class TableIndices implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final int rows;

    @JsonCreator
    public TableIndices(@JsonProperty("rows") int rows) {
        this.rows = rows;
    }

    /**
     * The indices.
     *
     * @throws IllegalArgumentException if the table has no such row
     */
    @Override
    public INDArray apply(INDArray x) {
        float[] values = Floats.of(x);
        for (int i = 0; i < values.length; i++) {
            int number = (int) values[i];
            int index = number < 0 ? number + rows : number;
            if (index < 0 || index >= rows || Float.isNaN(values[i])) {
                throw new IllegalArgumentException(
                        "an Embedding's input must be from " + -rows + " to " + (rows - 1) + "; received " + values[i]);
            }
            values[i] = index;
        }
        return Nd4j.create(values, x.shape(), 'c');
    }

    /** Nothing depends on a little more or less of an index. */
    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        return Nd4j.zeros(x.shape());
    }
}
