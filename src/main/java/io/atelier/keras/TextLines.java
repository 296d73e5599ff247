package io.atelier.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text broken into lines of a given width as the Python library Rich, with which Keras prints, breaks it. */
final class TextLines {
    private static final Pattern WORD = Pattern.compile("\\s*\\S+\\s*", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern TRAILING_SPACE = Pattern.compile("\\s+$", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern DROPPED_CONTROLS = Pattern.compile("[\\x07\\x08\\x0b-\\x0d]");

    private TextLines() {}

    /** Lines of running text: words go to the next line, and one that is longer than a line is folded. */
    static List<String> running(String text, int width) {
        return lines(text, width, true).stream()
                .map(line -> CellText.width(line) > width ? CellText.cut(line, width) : line)
                .toList();
    }

    /** Lines of a table cell, all of this width: of a word that is longer than a line, the end becomes an ellipsis. */
    static List<String> cell(String text, int width, boolean alignRight) {
        if (width < 1) {
            return List.of();
        }
        return lines(text, width, false).stream()
                .map(line -> alignRight ? trimEnd(line) : line)
                .map(line -> CellText.width(line) > width ? CellText.cut(line, width - 1) + "…" : line)
                .map(line -> {
                    String spaces = " ".repeat(width - CellText.width(line));
                    return alignRight ? spaces + line : line + spaces;
                })
                .toList();
    }

    private static List<String> lines(String text, int width, boolean fold) {
        List<String> lines = new ArrayList<>();
        for (String line : DROPPED_CONTROLS.matcher(text).replaceAll("").split("\n", -1)) {
            int from = 0;
            for (int to : breaks(line, width, fold)) {
                lines.add(dropSpaceBeyond(line.substring(from, to), width));
                from = to;
            }
            lines.add(dropSpaceBeyond(line.substring(from), width));
        }
        return lines;
    }

    private static List<Integer> breaks(String line, int width, boolean fold) {
        List<Integer> breaks = new ArrayList<>();
        int used = 0;
        Matcher words = WORD.matcher(line);
        while (words.find()) {
            String word = words.group();
            int wordWidth = CellText.width(trimEnd(word));
            if (wordWidth <= width - used) {
                used += CellText.width(word);
                continue;
            }
            List<String> pieces = fold && wordWidth > width ? CellText.chop(word, width) : List.of(word);
            int start = words.start();
            for (String piece : pieces) {
                if (start > 0) {
                    breaks.add(start);
                }
                used = CellText.width(piece);
                start += piece.length();
            }
        }
        return breaks;
    }

    /** Rich counts characters here, not cells; so a line of wide ones may keep a space that does not fit. */
    private static String dropSpaceBeyond(String line, int width) {
        int excess = line.codePointCount(0, line.length()) - width;
        int spaces = line.length() - trimEnd(line).length();
        return excess <= 0 ? line : line.substring(0, line.length() - Math.min(excess, spaces));
    }

    private static String trimEnd(String text) {
        return TRAILING_SPACE.matcher(text).replaceFirst("");
    }
}
