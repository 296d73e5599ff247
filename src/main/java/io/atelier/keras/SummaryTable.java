package io.atelier.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table drawn with box characters in a given width, as the Python library Rich draws it for Keras. */
final class SummaryTable {
    /** What stands left and right of a cell: one space each. */
    private static final int PADDING = 2;

    /**
     * A column.
     *
     * @param header over it
     * @param width that it asks for; it gets less where the columns with their borders would exceed the table's width
     * @param alignRight whether its text stands at the right
     */
    record Column(String header, int width, boolean alignRight) {}

    private final List<Column> columns;
    private final List<Integer> widths;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table without rows; its columns must ask for at least the table's width. */
    SummaryTable(int width, List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.widths = widths(width - columns.size() - 1, columns);
    }

    void addRow(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** The lines of the table, its border included. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(rule("┏━┳┓"));
        addLines(lines, columns.stream().map(Column::header).toList(), "┃", true);
        lines.add(rule("┡━╇┩"));
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                lines.add(rule("├─┼┤"));
            }
            addLines(lines, rows.get(i), "│", false);
        }
        lines.add(rule("└─┴┘"));
        return lines;
    }

    /** The columns' widths with padding: all give up about the same, rounded as Python rounds. */
    private static List<Integer> widths(int available, List<Column> columns) {
        int excess =
                columns.stream().mapToInt(column -> column.width() + PADDING).sum() - available;
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int wanted = columns.get(i).width() + PADDING;
            int reduction = Math.min(wanted, (int) Math.rint((double) excess / (columns.size() - i)));
            widths.add(wanted - reduction);
            excess -= reduction;
        }
        return widths;
    }

    private void addLines(List<String> lines, List<String> cells, String border, boolean alignBottom) {
        List<List<String>> blocks = IntStream.range(0, columns.size())
                .mapToObj(i -> TextLines.cell(
                        cells.get(i), widths.get(i) - PADDING, columns.get(i).alignRight()))
                .toList();
        int height = Math.max(1, blocks.stream().mapToInt(List::size).max().orElse(1));
        for (int y = 0; y < height; y++) {
            StringBuilder line = new StringBuilder(border);
            for (int i = 0; i < blocks.size(); i++) {
                List<String> block = blocks.get(i);
                int index = alignBottom ? y - height + block.size() : y;
                boolean isText = index >= 0 && index < block.size();
                line.append(isText ? " " + block.get(index) + " " : " ".repeat(widths.get(i)))
                        .append(border);
            }
            lines.add(line.toString());
        }
    }

    /** A horizontal line of these characters: left end, line, crossing, right end. */
    private String rule(String box) {
        return widths.stream()
                .map(width -> box.substring(1, 2).repeat(width))
                .collect(Collectors.joining(box.substring(2, 3), box.substring(0, 1), box.substring(3)));
    }
}
