package io.atelier.hdf5;

import java.io.ByteArrayOutputStream;

/** Collects bytes in the order in which HDF5 has them: the least significant first. */
final class Bytes {
    /** An address that is not there. */
    static final long UNDEFINED = -1;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    Bytes array(byte[] values) {
        out.writeBytes(values);
        return this;
    }

    Bytes u2(int value) {
        return number(value, 2);
    }

    Bytes u4(long value) {
        return number(value, 4);
    }

    Bytes u8(long value) {
        return number(value, 8);
    }

    private Bytes number(long value, int size) {
        for (int i = 0; i < size; i++) {
            out.write((int) (value >>> (8 * i)));
        }
        return this;
    }

    /** Zeros up to a multiple of 8. */
    Bytes pad() {
        while (out.size() % 8 != 0) {
            out.write(0);
        }
        return this;
    }

    int size() {
        return out.size();
    }

    byte[] toArray() {
        return out.toByteArray();
    }
}
