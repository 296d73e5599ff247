package io.atelier.conformance;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The types of value a reference may hold, in numpy's words; all are turned into float32. */
enum NpyType {
    FLOAT32("f4", 4) {
        @Override
        double next(ByteBuffer values) {
            return values.getFloat();
        }
    },
    FLOAT64("f8", 8) {
        @Override
        double next(ByteBuffer values) {
            return values.getDouble();
        }
    },
    INT32("i4", 4) {
        @Override
        double next(ByteBuffer values) {
            return values.getInt();
        }
    },
    INT64("i8", 8) {
        @Override
        double next(ByteBuffer values) {
            // Those that a double cannot hold are refused below, because a float cannot hold them either.
            return values.getLong();
        }
    },
    UINT8("u1", 1) {
        @Override
        double next(ByteBuffer values) {
            return values.get() & 0xff;
        }
    };

    private static final double MAX_EXACT_INTEGER = 1 << 24;

    private final String code;
    private final int bytes;

    NpyType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The type that a {@code descr} names: {@code <f4}, {@code |u1}; empty if a reference cannot hold it. */
    static Optional<NpyType> of(String descr) {
        for (NpyType type : values()) {
            // Big-endian files are written on no machine that Keras runs on.
            if (descr.equals((type.bytes == 1 ? "|" : "<") + type.code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    int bytes() {
        return bytes;
    }

    /** Takes the next value from a little-endian buffer. */
    abstract double next(ByteBuffer values);

    /** Whether a float32 can stand for this value: integers up to 2^24 and every float that stays finite. */
    boolean fitsFloat(double value) {
        boolean isFloat = this == FLOAT32 || this == FLOAT64;
        return isFloat
                ? Double.isInfinite(value) || !Float.isInfinite((float) value)
                : Math.abs(value) <= MAX_EXACT_INTEGER;
    }
}
