package io.atelier.classify;

import io.atelier.keras.KerasModel;
import io.atelier.keras.layer.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a model's outputs stand for, in the model's order. Immutable and thread-safe.
 *
 * @param <L> the type of a label: an enum, or text
 */
public final class Labels<L> {
    private static final long MAX_FILE_BYTES = 1 << 20;

    private final List<L> items;
    private final List<String> displayNames;

    private Labels(List<L> items, List<String> displayNames) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one label; received none");
        }
        Set<String> seen = new HashSet<>();
        for (String name : displayNames) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("label " + seen.size() + " is blank; every label must have a name");
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException("label '" + name + "' occurs twice; labels must differ");
            }
        }
        this.items = List.copyOf(items);
        this.displayNames = List.copyOf(displayNames);
    }

    /** The constants of an enum in their order; their display names are theirs if they are {@link Labelled}. */
    public static <E extends Enum<E>> Labels<E> ofEnum(Class<E> type) {
        List<E> items = Arrays.asList(type.getEnumConstants());
        return new Labels<>(
                items,
                items.stream()
                        .map(item -> item instanceof Labelled labelled ? labelled.displayName() : item.name())
                        .toList());
    }

    /**
     * These texts, in this order.
     *
     * @throws IllegalArgumentException if there is none, or one is blank or occurs twice
     */
    public static Labels<String> of(List<String> names) {
        return new Labels<>(names, names);
    }

    /**
     * The lines of a UTF-8 text file, one label a line; white space around a label, blank lines at the end and a byte
     * order mark are ignored.
     *
     * @throws IllegalArgumentException if the file is over 1 MiB, is not UTF-8, or has no label, a blank or a double one
     * @throws UncheckedIOException if the file cannot be read
     */
    public static Labels<String> read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IllegalArgumentException("a file of labels has at most " + MAX_FILE_BYTES
                        + " bytes; received " + Files.size(file) + "; is it the right file?");
            }
            List<String> lines = new ArrayList<>();
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                lines.add((lines.isEmpty() && line.startsWith("\uFEFF") ? line.substring(1) : line).strip());
            }
            while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
                lines.remove(lines.size() - 1);
            }
            return of(lines);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": labels must be UTF-8 text; save the file as UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the labels cannot be read (" + e + ")", e);
        }
    }

    /**
     * {@code class 0}, {@code class 1} and so on, for a model whose labels are not known: one for each value along the last
     * axis of its first output, and two for a single value, which is the probability of the second.
     */
    public static Labels<String> numbered(KerasModel model) {
        Shape output = model.outputShapes().get(0);
        int size = output.rank() == 0 ? 1 : output.size(output.rank() - 1);
        return of(IntStream.range(0, Math.max(2, size))
                .mapToObj(i -> "class " + i)
                .toList());
    }

    public int size() {
        return items.size();
    }

    /** The labels in the model's order. */
    public List<L> items() {
        return items;
    }

    /** The label of the model's output with this index. */
    public L item(int index) {
        return items.get(index);
    }

    /**
     * The index of the model's output that stands for this label.
     *
     * @throws IllegalArgumentException if it is none of the labels
     */
    public int indexOf(L item) {
        int index = items.indexOf(item);
        if (index < 0) {
            throw new IllegalArgumentException("'" + item + "' is none of the labels " + displayNames);
        }
        return index;
    }

    /**
     * The name people read.
     *
     * @throws IllegalArgumentException if it is none of the labels
     */
    public String displayName(L item) {
        return displayNames.get(indexOf(item));
    }

    /** The names people read, in the model's order. */
    public List<String> displayNames() {
        return displayNames;
    }

    /**
     * The label of this name, as people read it or as a file is named after it: {@code Ankle boot}, {@code ankle-boot}.
     * Letter case and everything but letters and digits are ignored; empty if no label, or more than one, has the name.
     */
    public Optional<L> find(String name) {
        int exact = displayNames.indexOf(name);
        if (exact >= 0) {
            return Optional.of(items.get(exact));
        }
        String wanted = letters(name);
        int[] found = IntStream.range(0, items.size())
                .filter(i -> letters(displayNames.get(i)).equals(wanted))
                .toArray();
        return found.length == 1 ? Optional.of(items.get(found[0])) : Optional.empty();
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels<?> labels
                && items.equals(labels.items)
                && displayNames.equals(labels.displayNames);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return displayNames.toString();
    }
}
