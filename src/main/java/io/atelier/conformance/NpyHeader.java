package io.atelier.conformance;

import io.atelier.keras.layer.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an array says of itself in its first bytes.
 *
 * <p>Source: numpy's <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NPY format</a>,
 * versions 1.0 to 3.0.
 *
 * @param type of the values
 * @param isFortranOrder whether the first axis varies fastest
 * @param shape every axis known
 * @param headerBytes how many bytes of the entry come before the values
 */
record NpyHeader(NpyType type, boolean isFortranOrder, Shape shape, int headerBytes) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** numpy itself reads no longer ones unless it is asked to. */
    private static final int MAX_DICT_BYTES = 10_000;

    private static final int SHOWN_CHARACTERS = 80;

    private static final Pattern ITEM =
            Pattern.compile("\\s*'(\\w+)'\\s*:\\s*('[^']*'|True|False|\\([\\d\\sL,]*\\))\\s*(?:,|$)");

    /**
     * Reads the header and leaves the stream at the first value.
     *
     * @throws IOException if this is no header, or of an array that a reference cannot hold; the message says why
     */
    static NpyHeader read(InputStream in) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("it does not start as an array of numpy does");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3 || start[MAGIC.length + 1] != 0) {
            throw new IOException("expected version 1.0 to 3.0 of the NPY format; received " + version + "."
                    + start[MAGIC.length + 1]);
        }
        int lengthBytes = version == 1 ? 2 : 4;
        long length = littleEndian(readFully(in, lengthBytes));
        if (length > MAX_DICT_BYTES) {
            throw new IOException("its header of " + length + " bytes is over the limit of " + MAX_DICT_BYTES);
        }
        String dict = new String(readFully(in, (int) length), StandardCharsets.UTF_8).strip();
        return parse(dict, start.length + lengthBytes + (int) length);
    }

    private static NpyHeader parse(String dict, int headerBytes) throws IOException {
        Map<String, String> items = items(dict);
        String descr = items.get("descr");
        String order = items.get("fortran_order");
        String shape = items.get("shape");
        if (items.size() != 3
                || descr == null
                || !descr.startsWith("'")
                || order == null
                || !(order.equals("True") || order.equals("False"))
                || shape == null
                || !shape.startsWith("(")) {
            throw new IOException("its header is not that of a plain array: " + shortened(dict));
        }
        String dtype = descr.substring(1, descr.length() - 1);
        Optional<NpyType> type = NpyType.of(dtype);
        if (type.isEmpty()) {
            throw new IOException("expected float32, float64, int32, int64 or uint8; received dtype '" + dtype
                    + "'; convert the array with astype before saving it");
        }
        return new NpyHeader(type.get(), order.equals("True"), shape(shape), headerBytes);
    }

    /** The items of a Python dict of strings, booleans and tuples of integers; empty if it is anything else. */
    private static Map<String, String> items(String dict) {
        if (!dict.startsWith("{") || !dict.endsWith("}")) {
            return Map.of();
        }
        String body = dict.substring(1, dict.length() - 1).strip();
        Map<String, String> items = new HashMap<>();
        Matcher matcher = ITEM.matcher(body);
        int end = 0;
        while (end < body.length() && matcher.find(end) && matcher.start() == end) {
            items.put(matcher.group(1), matcher.group(2));
            end = matcher.end();
        }
        return end == body.length() ? items : Map.of();
    }

    private static Shape shape(String tuple) throws IOException {
        String axes = tuple.substring(1, tuple.length() - 1).strip();
        try {
            Shape shape = axes.isEmpty()
                    ? Shape.of()
                    : Shape.of(Arrays.stream(axes.split(",", 0))
                            .mapToInt(axis ->
                                    Integer.parseInt(axis.replace("L", "").strip()))
                            .toArray());
            if (shape.valueCount() > Integer.MAX_VALUE) {
                throw new IOException("its shape " + shortened(tuple) + " is too large");
            }
            return shape;
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IOException("its shape " + shortened(tuple) + " is malformed or too large", e);
        }
    }

    private static byte[] readFully(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("it ends within its header");
        }
        return bytes;
    }

    private static long littleEndian(byte[] bytes) {
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
