package io.atelier.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A line an image. */
final class TextPredictions implements Predictions {
    private final int top;
    private final int nameWidth;

    TextPredictions(int top, List<Path> images) {
        this.top = top;
        this.nameWidth = images.stream()
                .mapToInt(image -> image.toString().length())
                .max()
                .orElse(0);
    }

    @Override
    public int top() {
        return top;
    }

    @Override
    public void add(Path image, List<Score> scores, PrintWriter out) {
        String name = Text.printable(image.toString()).replace('\n', '?');
        out.println(name
                + " ".repeat(Math.max(0, nameWidth - name.length()))
                + scores.stream()
                        .map(score -> "  " + Text.printable(score.label()) + " " + Text.percent(score.probability()))
                        .collect(Collectors.joining()));
    }

    /** Standard error has it. */
    @Override
    public void addError(Path image, String message, PrintWriter out) {}

    @Override
    public void end(PrintWriter out) {}
}
