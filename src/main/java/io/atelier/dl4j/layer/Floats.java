package io.atelier.dl4j.layer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The values of native arrays as Java arrays. */
public final class Floats {
    private Floats() {}

    /** The values in row-major order, a fresh array. */
    public static float[] of(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        // A copy in 'c' order starts at the beginning of its buffer, which a view may not.
        INDArray contiguous = array.castTo(DataType.FLOAT).dup('c');
        contiguous.data().asNioFloat().get(values);
        if (!contiguous.isAttached()) {
            contiguous.close();
        }
        return values;
    }
}
