package io.atelier.serve.models;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * What a client asks for: a model's name and version.
 *
 * @param name letters, digits, {@code .}, {@code _} and {@code -}
 * @param version at least 0; a request that names none gets the highest there is
 */
public record ModelKey(String name, long version) implements Comparable<ModelKey> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Comparator<ModelKey> ORDER =
            Comparator.comparing(ModelKey::name).thenComparingLong(ModelKey::version);

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the name has other characters or over 128, or the version is negative
     */
    public ModelKey {
        checkName("a model's name", name);
        if (version < 0) {
            throw new IllegalArgumentException("a model's version is at least 0; received " + version);
        }
    }

    /**
     * Checks what is to stand in a path.
     *
     * @throws IllegalArgumentException if it has other characters or over 128
     */
    static void checkName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " has from 1 to 128 letters, digits, '.', '_' and '-', and"
                    + " begins with a letter or digit; received '" + name + "'");
        }
    }

    @Override
    public int compareTo(ModelKey other) {
        return ORDER.compare(this, other);
    }

    /** {@code fashion/3}. */
    @Override
    public String toString() {
        return name + "/" + version;
    }
}
