package io.atelier.cli;

import io.atelier.dl4j.ImportCheck;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The check of an import as a table for a terminal: each layer's shape and parameters, Keras's beside DL4J's. */
final class ImportTable {
    private static final String ROW = "%s %-16s  %-18s  %-18s  %8s  %8s";

    private ImportTable() {}

    static List<String> lines(ImportCheck check) {
        List<String> lines = new ArrayList<>();
        lines.add(row(" ", "layer", "shape in Keras", "in DL4J", "params", "in DL4J"));
        for (ImportCheck.Row row : check.rows()) {
            lines.add(row(
                    row.isOk() ? "✓" : "✗",
                    row.layer(),
                    row.kerasShape().toString(),
                    shape(row),
                    Text.count(row.kerasParameters()),
                    Text.count(row.dl4jParameters())));
        }
        lines.add(row(
                check.isOk() ? "✓" : "✗",
                "total",
                "",
                "",
                Text.count(check.rows().stream()
                        .mapToLong(ImportCheck.Row::kerasParameters)
                        .sum()),
                Text.count(check.rows().stream()
                        .mapToLong(ImportCheck.Row::dl4jParameters)
                        .sum())));
        return lines;
    }

    private static String row(
            String mark, String layer, String kerasShape, String dl4jShape, String kerasParameters, String dl4j) {
        return String.format(Locale.ROOT, ROW, mark, Text.clip(layer, 16), kerasShape, dl4jShape, kerasParameters, dl4j)
                .stripTrailing();
    }

    /** The shape that DL4J gave, with the batch axis left open as Keras writes it where it was. */
    private static String shape(ImportCheck.Row row) {
        Shape keras = row.kerasShape();
        Shape dl4j = row.dl4jShape();
        boolean isOpen = keras.rank() > 0 && keras.size(0) == Shape.UNKNOWN;
        boolean isSameBatch =
                dl4j.rank() > 0 && dl4j.size(0) == row.expectedShape().size(0);
        return (isOpen && isSameBatch ? dl4j.with(0, Shape.UNKNOWN) : dl4j).toString();
    }
}
