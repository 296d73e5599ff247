package io.atelier.dl4j;

import io.atelier.dl4j.layer.Floats;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.util.Arrays;
import java.util.Collection;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies between Java's and native memory. */
final class Tensors {
    private Tensors() {}

    /** A native copy of a tensor. */
    static INDArray toNative(Tensor tensor) {
        return Nd4j.create(tensor.toArray(), sizes(tensor.shape()), 'c');
    }

    /** A shape as ND4J takes it. */
    static long[] sizes(Shape shape) {
        return Arrays.stream(shape.toArray()).asLongStream().toArray();
    }

    /** A copy of a native array. */
    static Tensor toTensor(INDArray array) {
        return Tensor.wrap(shape(array), Floats.of(array));
    }

    /** Frees native memory at once instead of whenever the garbage collector gets to it. */
    static void free(Collection<INDArray> arrays) {
        for (INDArray array : arrays) {
            if (array.closeable()) {
                array.close();
            }
        }
    }

    /**
     * Frees the parameters of a network; what training adds is left to the garbage collector.
     *
     * <p>Not by Deeplearning4j's own close(), which runs a full garbage collection every time and fails on a network
     * without parameters.
     */
    static void freeParameters(Model network) {
        if (network.numParams() > 0 && network.params().closeable()) {
            network.params().close();
        }
    }

    /** The shape of a native array. */
    static Shape shape(INDArray array) {
        return Shape.of(Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray());
    }
}
