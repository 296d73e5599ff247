package io.atelier.hdf5;

/**
 * The type of values, as a header describes it.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html#DatatypeMessage">The Datatype
 *     message</a>
 */
record Datatype(byte[] description) {
    private static final int FIXED_POINT = 0x10;
    private static final int FLOATING_POINT = 0x11;
    private static final int STRING = 0x13;
    private static final int VARIABLE_LENGTH = 0x19;
    private static final int SIGNED = 0x08;

    /** IEEE 754, 32 bits: sign at bit 31, 8 bits of exponent from bit 23, 23 bits of mantissa with the leading 1 implied. */
    static final Datatype FLOAT = new Datatype(new Bytes()
            .bytes(FLOATING_POINT, 0x20, 31, 0)
            .u4(Float.BYTES)
            .u2(0)
            .u2(32)
            .bytes(23, 8, 0, 23)
            .u4(127)
            .toArray());

    /** Two's complement, 64 bits. */
    static final Datatype INTEGER = new Datatype(new Bytes()
            .bytes(FIXED_POINT, SIGNED, 0, 0)
            .u4(Long.BYTES)
            .u2(0)
            .u2(64)
            .toArray());

    /** UTF-8 of any length, in the heap: a length, the address of the heap, and the number of the object in it. */
    static final Datatype TEXT = new Datatype(new Bytes()
            .bytes(VARIABLE_LENGTH, 1, 1, 0)
            .u4(16)
            .bytes(FIXED_POINT, 0, 0, 0)
            .u4(1)
            .u2(0)
            .u2(8)
            .toArray());

    /** UTF-8 of so many bytes, the rest zeros. */
    static Datatype text(int length) {
        return new Datatype(new Bytes().bytes(STRING, 0x11, 0, 0).u4(length).toArray());
    }
}
