package io.atelier.hdf5;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A group of an HDF5 file that is to be written: attributes, arrays, and further groups. Not thread-safe.
 *
 * <p>A path with slashes names something in groups within the group, which are made if they are not there.
 */
public final class Hdf5Group implements Node {
    /** The most that fits into one attribute, as an object's header keeps it; Keras has the same limit. */
    private static final int MOST_BYTES_OF_TEXTS = 64512;

    private final Map<String, Attribute> attributes = new LinkedHashMap<>();
    private final Map<String, Node> children = new LinkedHashMap<>();

    /** The group at this path. */
    public Hdf5Group group(String path) {
        Hdf5Group group = this;
        for (String name : path.split("/")) {
            Node child = group.children.computeIfAbsent(name, key -> new Hdf5Group());
            if (!(child instanceof Hdf5Group next)) {
                throw new IllegalArgumentException("'" + path + "' leads through an array");
            }
            group = next;
        }
        return group;
    }

    /** Adds a text of any length as an attribute. */
    public void putText(String attribute, String text) {
        attributes.put(attribute, new Attribute.Text(text));
    }

    /**
     * Adds a list of texts as an attribute; a list that is too long for one is cut into {@code names0}, {@code names1},
     * …, as Keras does.
     *
     * @throws IllegalArgumentException if a single text takes more than 64,512 bytes
     */
    public void putTexts(String attribute, List<String> texts) {
        int longest = texts.stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(1);
        if (longest > MOST_BYTES_OF_TEXTS) {
            throw new IllegalArgumentException("a text of attribute '" + attribute + "' takes " + longest
                    + " bytes, more than " + MOST_BYTES_OF_TEXTS);
        }
        int each = MOST_BYTES_OF_TEXTS / Math.max(longest, 1);
        if (texts.size() <= each) {
            attributes.put(attribute, new Attribute.Texts(texts));
            return;
        }
        for (int from = 0; from < texts.size(); from += each) {
            attributes.put(
                    attribute + from / each,
                    new Attribute.Texts(texts.subList(from, Math.min(from + each, texts.size()))));
        }
    }

    /**
     * Adds an array of 32-bit floats, which must not change until the file is written.
     *
     * @param sizes of the axes; none for a single number
     * @param values row-major, from the buffer's position to its limit
     * @throws IllegalArgumentException if there is something of this name, or the sizes do not fit the values
     */
    public void putFloats(String path, int[] sizes, FloatBuffer values) {
        put(path, Hdf5Dataset.floats(sizes, values));
    }

    /** Adds a single 64-bit integer. */
    public void putLong(String path, long value) {
        put(path, Hdf5Dataset.integer(value));
    }

    private void put(String path, Hdf5Dataset dataset) {
        int slash = path.lastIndexOf('/');
        Hdf5Group parent = slash < 0 ? this : group(path.substring(0, slash));
        if (parent.children.putIfAbsent(path.substring(slash + 1), dataset) != null) {
            throw new IllegalArgumentException("there are two of the name '" + path + "'");
        }
    }

    Map<String, Attribute> attributes() {
        return attributes;
    }

    Map<String, Node> children() {
        return children;
    }
}
