package io.atelier.evaluate;

import io.atelier.files.NewFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An evaluation, a training, or both as one HTML page that needs no other file and no network: figures, charts by epoch, a
 * table of the labels, the confusion matrix as a heat map, and the surest mistakes as pictures. Immutable and thread-safe.
 *
 * @param title of the page
 * @param facts what else there is to say, name and value, shown below the title in this order
 * @param evaluation how good the model is; empty if nobody measured that
 * @param before how good it was before the training, on the same images; empty if there was none
 * @param epochs how the training went; empty if there was none
 */
public record ReportPage(
        String title,
        Map<String, String> facts,
        Optional<Evaluation> evaluation,
        Optional<Evaluation> before,
        List<EpochMetrics> epochs) {
    /** No script runs and nothing is loaded, whatever the names of files and labels hold. */
    private static final String POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    public ReportPage {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        epochs = List.copyOf(epochs);
    }

    /** A page that has a title and nothing else yet. */
    public static ReportPage of(String title) {
        return new ReportPage(title, Map.of(), Optional.empty(), Optional.empty(), List.of());
    }

    /** The same page, with an evaluation. */
    public ReportPage withEvaluation(Evaluation shown) {
        return new ReportPage(title, facts, Optional.of(shown), before, epochs);
    }

    /** The same page, with one more fact below the title. */
    public ReportPage withFact(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return new ReportPage(title, more, evaluation, before, epochs);
    }

    /** The same page, compared with the same images before the training. */
    public ReportPage withBefore(Evaluation earlier) {
        return new ReportPage(title, facts, evaluation, Optional.of(earlier), epochs);
    }

    /** The same page, with charts of the training. */
    public ReportPage withEpochs(List<EpochMetrics> metrics) {
        return new ReportPage(title, facts, evaluation, before, metrics);
    }

    /** The page. */
    public String toHtml() {
        Html html = new Html()
                .raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + Html.escape(POLICY) + "\">\n")
                .element("title", title)
                .raw("<style>\n" + styles() + "</style>\n</head>\n<body>\n")
                .element("h1", title);
        PageSummary.write(html, this);
        PageTraining.write(html, epochs);
        evaluation.ifPresent(shown -> {
            PageLabels.write(html, shown, before);
            PageConfusion.write(html, shown.confusion());
            PageMistakes.write(html, shown);
        });
        return html.raw("</body>\n</html>\n").toString();
    }

    private static String styles() {
        try (InputStream in = Objects.requireNonNull(ReportPage.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the page into a file, which is replaced if it is there, as a whole or not at all.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public void write(Path file) {
        byte[] page = toHtml().getBytes(StandardCharsets.UTF_8);
        try {
            NewFile.write(file, true, out -> out.write(page), written -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": the page cannot be written: " + NewFile.reason(e), e);
        }
    }
}
