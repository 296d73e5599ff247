package io.atelier.keras.io;

import io.jhdf.api.Dataset;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;

/** Turns the values of an HDF5 dataset, in whatever precision it has, into 32-bit floats. */
final class FloatValues {
    private FloatValues() {}

    static float[] read(Dataset dataset) {
        if (!(dataset.getDataType() instanceof FloatingPoint || dataset.getDataType() instanceof FixedPoint)) {
            throw new IllegalStateException("expected floating-point numbers; received "
                    + dataset.getJavaType().getSimpleName());
        }
        Object data = dataset.isScalar() ? dataset.getData() : dataset.getDataFlat();
        if (data instanceof float[] floats) {
            return floats;
        }
        if (data instanceof double[] doubles) {
            float[] floats = new float[doubles.length];
            for (int i = 0; i < doubles.length; i++) {
                floats[i] = (float) doubles[i];
            }
            return floats;
        }
        if (data instanceof Number number) {
            return new float[] {number.floatValue()};
        }
        throw new IllegalStateException(
                "expected floating-point numbers; received " + data.getClass().getSimpleName());
    }
}
