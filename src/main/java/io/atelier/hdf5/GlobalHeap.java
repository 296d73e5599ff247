package io.atelier.hdf5;

import java.nio.charset.StandardCharsets;

/**
 * The texts of a file's attributes.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html#GlobalHeap">The global heap</a>
 */
final class GlobalHeap {
    private static final int HEADER_BYTES = 16;
    private static final int LEAST_BYTES = 4096;

    private final long address;
    private final Bytes objects = new Bytes();
    private int count;

    GlobalHeap(long address) {
        this.address = address;
    }

    /** Adds a text, and gives what an attribute has in its place. */
    byte[] add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        count++;
        objects.u2(count).u2(1).u4(0).u8(bytes.length).array(bytes).pad();
        return new Bytes().u4(bytes.length).u8(address).u4(count).toArray();
    }

    byte[] toArray() {
        // What is free is an object as well, of number 0, and cannot be smaller than its own header.
        int size = Math.max(LEAST_BYTES, HEADER_BYTES + objects.size() + HEADER_BYTES);
        int free = size - HEADER_BYTES - objects.size();
        return new Bytes()
                .bytes('G', 'C', 'O', 'L', 1, 0, 0, 0)
                .u8(size)
                .array(objects.toArray())
                .u2(0)
                .u2(0)
                .u4(0)
                .u8(free)
                .array(new byte[free - HEADER_BYTES])
                .toArray();
    }
}
