package io.atelier.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.data.SkippedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final String HOSTILE = "<script>alert('1 & 2')</script>\"";
    private static final String ESCAPED = "&lt;script&gt;alert(&#39;1 &amp; 2&#39;)&lt;/script&gt;&quot;";

    @TempDir
    private Path folder;

    private static Evaluation evaluation(String... labels) {
        int size = labels.length;
        long[][] counts = new long[size][size];
        IntStream.range(0, size).forEach(i -> counts[i][i] = 8);
        counts[0][1] = 2;
        return new Evaluation(
                "photos",
                new ConfusionMatrix(List.of(labels), counts),
                List.of(8L * size, 2L),
                0.25,
                List.of(new Mistake("one.png", labels[0], labels[1], 0.9876f, 0.01f, "cGljdHVyZQ==")),
                1,
                List.of(new SkippedImage("two.png", "two.png: is no image")),
                Duration.ofSeconds(2));
    }

    private static EpochMetrics epoch(int number, double loss, OptionalDouble validationLoss) {
        return new EpochMetrics(number, loss, 0.5, validationLoss, OptionalDouble.empty(), Duration.ofMillis(1500));
    }

    @Test
    void figuresTablesAndPicturesAreOnThePage() {
        String html = ReportPage.of("Evaluation")
                .withEvaluation(evaluation("cats", "dogs"))
                .withFact("Engine", "onnx")
                .toHtml();

        assertThat(html)
                .contains(
                        "<dt>Engine</dt>",
                        "<strong>88.89\u00a0%</strong>",
                        "<span>of 18 images</span>",
                        "<th scope=\"row\">cats</th>\n<td>1.0000</td>\n<td>0.8000</td>",
                        "cats taken for dogs: 2 of 10",
                        "src=\"data:image/png;base64,cGljdHVyZQ==\"",
                        "(98.76\u00a0%)",
                        "1 images could not be read",
                        "two.png: is no image")
                .doesNotContain("<h2>Training</h2>", "before");
    }

    @Test
    void thePageNeedsNothingElseAndRunsNothing() {
        String html = ReportPage.of("Evaluation")
                .withEvaluation(evaluation("cats", "dogs"))
                .toHtml();

        assertThat(html)
                .contains("content=\"default-src &#39;none&#39;; img-src data:; style-src &#39;unsafe-inline&#39;\"")
                .doesNotContain("http:", "https:", "<script", "<link", "url(");
    }

    @Test
    void everyElementIsClosed() {
        String html = ReportPage.of("Evaluation")
                .withEvaluation(evaluation("cats", "dogs"))
                .withEpochs(List.of(epoch(1, 0.9, OptionalDouble.of(0.8))))
                .toHtml();

        for (String tag :
                List.of("html", "body", "table", "thead", "tr", "th", "td", "div", "figure", "svg", "ul", "dl")) {
            assertThat(html.split("<" + tag + "[ >]", -1)).as(tag).hasSameSizeAs(html.split("</" + tag + ">", -1));
        }
    }

    @Test
    void whateverComesFromOutsideIsEscaped() {
        String html = ReportPage.of(HOSTILE)
                .withEvaluation(evaluation(HOSTILE, "dogs"))
                .withFact(HOSTILE, HOSTILE)
                .toHtml();

        assertThat(html).contains(ESCAPED).doesNotContain("<script");
    }

    @Test
    void aTuningHasChartsAndWhatWasBefore() {
        String html = ReportPage.of("Tuning")
                .withEvaluation(evaluation("cats", "dogs", "birds"))
                .withBefore(evaluation("cats", "dogs"))
                .withEpochs(List.of(
                        epoch(1, 0.9, OptionalDouble.of(0.8)),
                        epoch(2, 0.5, OptionalDouble.of(0.6)),
                        epoch(3, Double.NaN, OptionalDouble.empty())))
                .toHtml();

        assertThat(html)
                .contains(
                        "aria-label=\"Loss by epoch\"",
                        "aria-label=\"Accuracy by epoch\"",
                        "epoch 2, held out: 0.6000",
                        "<span>before: 88.89\u00a0%</span>",
                        "F1 score before",
                        "<td>NaN</td>")
                .doesNotContain("epoch 3, training: NaN");
        assertThat(html.substring(html.indexOf("birds</th>")))
                .startsWith("birds</th>\n<td>1.0000</td>\n<td>1.0000</td>\n<td>1.0000</td>\n<td>8</td>\n<td>–</td>");
    }

    @Test
    void aTrainingWithoutAnEvaluationHasItsCharts() {
        String html = ReportPage.of("Tuning")
                .withEpochs(List.of(epoch(1, 0.9, OptionalDouble.empty())))
                .toHtml();

        assertThat(html).contains("<h2>Training</h2>", "<svg").doesNotContain("<h2>Labels</h2>", "held out</text>");
    }

    @Test
    void aMatrixOfManyLabelsIsToldByItsConfusions() {
        String[] labels = IntStream.range(0, 61).mapToObj(i -> "label " + i).toArray(String[]::new);
        assertThat(ReportPage.of("Many").withEvaluation(evaluation(labels)).toHtml())
                .contains("The matrix of 61 labels is too large", "label 0 taken for label 1: 2 of 10")
                .doesNotContain("class=\"matrix\"");
    }

    @Test
    void theFileIsReplacedAsAWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("report.html"), "old");
        ReportPage page = ReportPage.of("Evaluation").withEvaluation(evaluation("cats", "dogs"));

        page.write(file);

        assertThat(file).hasContent(page.toHtml());
        assertThat(folder).isDirectoryNotContaining(entry -> entry.toString().endsWith(".part"));
        assertThatThrownBy(() -> page.write(folder.resolve("missing/report.html")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("report.html: the page cannot be written");
    }
}
