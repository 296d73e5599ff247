package io.atelier.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Confusion matrix and report beside what scikit-learn prints of the same predictions. */
class ClassificationReportTest {
    private record Case(String name, ConfusionMatrix matrix, JsonNode expected) {
        /** Where nothing at all is right, scikit-learn prints the counts as 3.0; a count is a whole number here. */
        String report(int digits) {
            String report = expected.at("/reports/" + digits).asText();
            return matrix.correct() > 0 ? report : report.replaceAll("([0-9]+)\\.0\n", "  $1\n");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Case> cases() throws IOException {
        JsonNode file = new ObjectMapper()
                .readTree(Fixtures.ROOT.resolve("evaluation/scikit-learn.json").toFile());
        List<Case> cases = new ArrayList<>();
        for (JsonNode json : file.get("cases")) {
            List<String> labels = new ArrayList<>();
            json.get("labels").forEach(label -> labels.add(label.asText()));
            long[][] counts = new long[labels.size()][labels.size()];
            for (int i = 0; i < counts.length; i++) {
                for (int j = 0; j < counts.length; j++) {
                    counts[i][j] = json.get("counts").get(i).get(j).asLong();
                }
            }
            cases.add(new Case(json.get("name").asText(), new ConfusionMatrix(labels, counts), json));
        }
        assertThat(cases).hasSizeGreaterThan(10);
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void matrixAndReportArePrintedAsScikitLearnPrintsThem(Case printed) {
        ClassificationReport report = ClassificationReport.of(printed.matrix());

        assertThat(printed.matrix().toText())
                .isEqualTo(printed.expected().get("matrix").asText());
        for (int digits : new int[] {2, 4}) {
            assertThat(report.toText(digits)).isEqualTo(printed.report(digits));
        }
        assertThat(report.accuracy())
                .isEqualTo(printed.expected().get("accuracy").asDouble());
    }

    @Test
    void aMatrixIsSquareAndCounts() {
        List<String> labels = List.of("a", "b");
        assertThatThrownBy(() -> new ConfusionMatrix(labels, new long[][] {{1, 2}, {3}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("each of the 2 labels");
        assertThatThrownBy(() -> new ConfusionMatrix(labels, new long[][] {{1, 2}, {3, -1}}))
                .hasMessageContaining("at least 0; received [[1, 2], [3, -1]]");
    }

    @Test
    void aMatrixKeepsItsCountsToItself() {
        long[][] counts = {{1, 2}, {3, 4}};
        ConfusionMatrix matrix = new ConfusionMatrix(List.of("a", "b"), counts);
        counts[0][0] = 100;

        assertThat(matrix.count(0, 0)).isEqualTo(1);
        assertThat(matrix)
                .isEqualTo(new ConfusionMatrix(List.of("a", "b"), new long[][] {{1, 2}, {3, 4}}))
                .isNotEqualTo(new ConfusionMatrix(List.of("a", "c"), new long[][] {{1, 2}, {3, 4}}));
    }
}
