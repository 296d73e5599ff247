package io.atelier.conformance;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the values of an array whose header is known, and lays them out row-major. */
final class NpyReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final NpyHeader header;
    private final int[] sizes;
    private final int[] index;
    private final int[] strides;
    private int position;

    private NpyReader(NpyHeader header) {
        this.header = header;
        this.sizes = header.shape().toArray();
        this.index = new int[sizes.length];
        this.strides = rowMajorStrides(header.shape());
    }

    /**
     * Reads the values up to the end of the stream.
     *
     * @throws IOException if the stream holds more or fewer values than the header says, or one that no float32 holds
     */
    static Tensor read(NpyHeader header, InputStream in) throws IOException {
        return new NpyReader(header).read(in);
    }

    private Tensor read(InputStream in) throws IOException {
        NpyType type = header.type();
        float[] values = new float[(int) header.shape().valueCount()];
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < values.length; ) {
            int count = Math.min(values.length - done, BUFFER_BYTES / type.bytes());
            if (in.readNBytes(buffer.array(), 0, count * type.bytes()) < count * type.bytes()) {
                throw new IOException("it ends before the values that its shape " + header.shape() + " announces");
            }
            buffer.rewind();
            for (int i = 0; i < count; i++) {
                values[position] = toFloat(type.next(buffer));
                advance();
            }
            done += count;
        }
        if (in.read() != -1) {
            throw new IOException("it holds more values than its shape " + header.shape() + " announces");
        }
        return Tensor.wrap(header.shape(), values);
    }

    private float toFloat(double value) throws IOException {
        if (!header.type().fitsFloat(value)) {
            throw new IOException("its value " + value + " is outside of what a float32 holds");
        }
        return (float) value;
    }

    /** Moves to where the next value of the file belongs. */
    private void advance() {
        if (!header.isFortranOrder()) {
            position++;
            return;
        }
        for (int axis = 0; axis < sizes.length; axis++) {
            position += strides[axis];
            if (++index[axis] < sizes[axis]) {
                return;
            }
            position -= strides[axis] * sizes[axis];
            index[axis] = 0;
        }
    }

    private static int[] rowMajorStrides(Shape shape) {
        int[] strides = new int[shape.rank()];
        int stride = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.size(axis);
        }
        return strides;
    }
}
