package io.atelier.dl4j.layer;

import io.atelier.keras.layer.AdaptivePooling;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** The largest values of so many windows along an axis: Keras's AdaptiveMaxPooling for one axis. */
public final class AxisMaxima implements TensorFunction {
    private static final long serialVersionUID = 1;

    private final int axis;
    private final int size;

    @JsonCreator
    public AxisMaxima(@JsonProperty("axis") int axis, @JsonProperty("size") int size) {
        this.axis = axis;
        this.size = size;
    }

    @Override
    public INDArray apply(INDArray x) {
        float[] from = Floats.of(Matrices.of(x, axis));
        int[] places = places(x, from);
        float[] largest = new float[places.length];
        for (int i = 0; i < largest.length; i++) {
            largest[i] = from[places[i]];
        }
        long[] shape = x.shape().clone();
        shape[axis] = size;
        return Matrices.tensor(Nd4j.create(largest, new long[] {places.length / size, size}, 'c'), shape, axis);
    }

    @Override
    public INDArray gradient(INDArray x, INDArray outputGradient) {
        float[] from = Floats.of(Matrices.of(x, axis));
        float[] gradients = Floats.of(Matrices.of(outputGradient, axis));
        float[] gradient = new float[from.length];
        int[] places = places(x, from);
        for (int i = 0; i < places.length; i++) {
            gradient[places[i]] += gradients[i];
        }
        long width = x.size(axis);
        return Matrices.tensor(Nd4j.create(gradient, new long[] {from.length / width, width}, 'c'), x.shape(), axis);
    }

    /** Where in the rows of the input each row's largest values are; of equal ones, the first, and of others NaN. */
    private int[] places(INDArray x, float... from) {
        int width = Math.toIntExact(x.size(axis));
        int[] places = new int[from.length / width * size];
        for (int i = 0; i < places.length; i++) {
            int row = i / size * width;
            int window = i % size;
            int largest = row + AdaptivePooling.start(window, width, size);
            for (int place = largest; place < row + AdaptivePooling.end(window, width, size); place++) {
                largest = from[place] > from[largest] || Float.isNaN(from[place]) ? place : largest;
            }
            places[i] = largest;
        }
        return places;
    }
}
