package io.atelier.dl4j;

import io.atelier.dl4j.layer.Floats;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies between Java's and native memory. */
final class Tensors {
    private Tensors() {}

    /** A native copy of a tensor. */
    static INDArray toNative(Tensor tensor) {
        long[] shape = Arrays.stream(tensor.shape().toArray()).asLongStream().toArray();
        return Nd4j.create(tensor.toArray(), shape, 'c');
    }

    /** A copy of a native array. */
    static Tensor toTensor(INDArray array) {
        return Tensor.wrap(shape(array), Floats.of(array));
    }

    /** The shape of a native array. */
    static Shape shape(INDArray array) {
        return Shape.of(Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray());
    }
}
