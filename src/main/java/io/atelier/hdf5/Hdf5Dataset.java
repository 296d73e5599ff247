package io.atelier.hdf5;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** An array of numbers. */
final class Hdf5Dataset implements Node {
    private static final int CHUNK_BYTES = 1 << 16;

    private final int[] sizes;
    private final Datatype type;
    private final ByteBuffer integer;
    private final FloatBuffer floats;

    private Hdf5Dataset(int[] sizes, Datatype type, ByteBuffer integer, FloatBuffer floats) {
        this.sizes = sizes.clone();
        this.type = type;
        this.integer = integer;
        this.floats = floats;
    }

    static Hdf5Dataset floats(int[] sizes, FloatBuffer values) {
        long count = Arrays.stream(sizes).asLongStream().reduce(1, Math::multiplyExact);
        if (count != values.remaining()) {
            throw new IllegalArgumentException(
                    "axes " + Arrays.toString(sizes) + " hold " + count + " values; received " + values.remaining());
        }
        return new Hdf5Dataset(sizes, Datatype.FLOAT, ByteBuffer.allocate(0), values.slice());
    }

    static Hdf5Dataset integer(long value) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return new Hdf5Dataset(
                new int[0], Datatype.INTEGER, bytes.putLong(value).flip(), FloatBuffer.allocate(0));
    }

    int[] sizes() {
        return sizes.clone();
    }

    Datatype type() {
        return type;
    }

    long byteCount() {
        return integer.remaining() + (long) floats.remaining() * Float.BYTES;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(integer.array(), 0, integer.remaining());
        FloatBuffer rest = floats.duplicate();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.hasRemaining()) {
            int count = Math.min(rest.remaining(), CHUNK_BYTES / Float.BYTES);
            chunk.asFloatBuffer().put(rest.slice(rest.position(), count));
            rest.position(rest.position() + count);
            out.write(chunk.array(), 0, count * Float.BYTES);
        }
    }
}
