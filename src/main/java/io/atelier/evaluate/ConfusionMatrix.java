package io.atelier.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How often images of each label were taken for each label. Immutable and thread-safe. */
public final class ConfusionMatrix {
    private final List<String> labels;
    /** Rows are true labels, columns predicted ones. */
    private final long[][] counts;

    /**
     * A matrix of these counts.
     *
     * @param counts a row a true label, a column a predicted label, in the order of the labels; none negative
     * @throws IllegalArgumentException if there are not as many rows and columns as labels, or a count is negative
     */
    public ConfusionMatrix(List<String> labels, long[][] counts) {
        this.labels = List.copyOf(labels);
        this.counts = Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
        if (counts.length != labels.size() || Arrays.stream(counts).anyMatch(row -> row.length != labels.size())) {
            throw new IllegalArgumentException("expected a row and a column for each of the " + labels.size()
                    + " labels; received " + counts.length + " rows");
        }
        if (Arrays.stream(counts).flatMapToLong(LongStream::of).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("a count is at least 0; received " + Arrays.deepToString(counts));
        }
    }

    /** The names of the rows and columns. */
    public List<String> labels() {
        return labels;
    }

    /**
     * How many images of one label were taken for another, or for what they are.
     *
     * @param actual the index of the true label
     * @param predicted the index of the predicted label
     */
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** How many images there are of a label. */
    public long support(int actual) {
        return LongStream.of(counts[actual]).sum();
    }

    /** How many images were taken for a label. */
    public long predicted(int label) {
        return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
    }

    /** The number of images. */
    public long total() {
        return IntStream.range(0, counts.length).mapToLong(this::support).sum();
    }

    /** How many images were taken for what they are. */
    public long correct() {
        return IntStream.range(0, counts.length).mapToLong(i -> counts[i][i]).sum();
    }

    /** The share of images that were taken for what they are, from 0 to 1; 0 if there is no image. */
    public double accuracy() {
        return total() == 0 ? 0 : (double) correct() / total();
    }

    /**
     * The counts as NumPy prints the matrix of {@code sklearn.metrics.confusion_matrix}, without breaking lines or leaving
     * anything out.
     */
    public String toText() {
        int width = Arrays.stream(counts)
                .flatMapToLong(LongStream::of)
                .mapToInt(count -> String.valueOf(count).length())
                .max()
                .orElse(0);
        return Arrays.stream(counts)
                .map(row -> LongStream.of(row)
                        .mapToObj(count -> String.format("%" + width + "d", count))
                        .collect(Collectors.joining(" ", "[", "]")))
                .collect(Collectors.joining("\n ", "[", "]"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix matrix
                && labels.equals(matrix.labels)
                && Arrays.deepEquals(counts, matrix.counts);
    }

    @Override
    public int hashCode() {
        return 31 * labels.hashCode() + Arrays.deepHashCode(counts);
    }

    @Override
    public String toString() {
        return toText();
    }
}
