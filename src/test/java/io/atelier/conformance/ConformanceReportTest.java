package io.atelier.conformance;

import static io.atelier.conformance.TestModels.reference;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.keras.layer.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConformanceReportTest {
    private static final ConformanceReport PASSED = new ConformanceReport(
            "model.keras",
            "keras",
            Optional.of("3.15.1"),
            "dl4j",
            Tolerance.standard(),
            6,
            List.of(
                    row("conv2d", "Conv2D", Shape.of(2, 28, 28, 32), 2e-6, 1e-6, Verdict.PASS),
                    row("flatten", "Flatten", Shape.of(2, 25088), 0, 0, Verdict.PASS)),
            List.of(row("outputs/0", "Dense", Shape.of(6, 10), 3e-8, 3e-8, Verdict.PASS)),
            List.of("dropout"),
            OptionalDouble.of(1),
            Optional.of(new ConformanceReport.Accuracy(0.5, 2 / 3.0)));

    private static TensorComparison row(
            String name, String className, Shape shape, double maxAbs, double maxRel, Verdict verdict) {
        return new TensorComparison(
                name, className, shape, maxAbs, maxRel, verdict, Optional.empty(), Optional.empty());
    }

    @Test
    void printsATable() {
        assertThat(PASSED.toText()).isEqualTo("""
                        model.keras (keras, Keras 3.15.1) on dl4j

                          layer      class    shape            max abs  max rel
                        ✓ conv2d     Conv2D   (2, 28, 28, 32)  2.0e-06  1.0e-06  pass
                        ✓ flatten    Flatten  (2, 25088)             0        0  pass
                        ✓ outputs/0  Dense    (6, 10)          3.0e-08  3.0e-08  pass

                        not in the reference, so not compared: dropout

                        pass: all 3 tensors are within 1.0e-05 x max(1, max|Keras|)
                        largest difference: 1.0e-06 in conv2d
                        argmax agreement: 100.00 % of 6 rows
                        accuracy: 50.00 %, Keras 66.67 %
                        """);
    }

    @Test
    void printsWhereATensorDiffers() {
        ConformanceReport report =
                Conformance.check(new FakeEngine(TestModels.classifier()), reference("damaged_layer"));

        assertThat(report.toText())
                .contains("✗ hidden", "FAIL\n    largest difference at [66, 3]: ", ", Keras 2.5\n")
                .contains("FAIL: 1 of 3 tensors are not within 1.0e-05 x max(1, max|Keras|)")
                .contains(" in hidden\n");
    }

    @Test
    void staysWithin100ColumnsAndPassesNoControlCharactersOn() {
        String name = "\u001b[2J" + "name".repeat(40);
        TensorComparison row = new TensorComparison(
                name,
                "Class".repeat(9),
                Shape.of(IntStream.range(1, 40).toArray()),
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Verdict.FAIL,
                Optional.empty(),
                Optional.of("expected ".repeat(30)));
        ConformanceReport report = new ConformanceReport(
                name,
                "h5",
                Optional.empty(),
                "dl4j",
                Tolerance.standard(),
                1,
                List.of(row),
                List.of(row),
                IntStream.range(0, 30).mapToObj(i -> "layer_" + i).toList(),
                OptionalDouble.empty(),
                Optional.empty());

        assertThat(report.toText().lines()).allMatch(line -> line.length() <= 100);
        assertThat(report.toText()).doesNotContain("\u001b").contains("layer_29");
    }

    @Test
    void writesExactlyTheAgreedKeys() throws IOException {
        JsonNode json = new ObjectMapper().readTree(PASSED.toJson());

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "file", "format", "kerasVersion", "engine", "verdict", "layers", "outputs", "argmaxAgreement");
        assertThat(json.get("layers").get(0).toString())
                .isEqualTo("{\"name\":\"conv2d\",\"className\":\"Conv2D\",\"shape\":[2,28,28,32],"
                        + "\"maxAbs\":2.0E-6,\"maxRel\":1.0E-6,\"verdict\":\"pass\"}");
        assertThat(json.get("outputs").size()).isEqualTo(1);
        assertThat(json.get("kerasVersion").textValue()).isEqualTo("3.15.1");
        assertThat(json.get("verdict").textValue()).isEqualTo("pass");
        assertThat(json.get("argmaxAgreement").doubleValue()).isEqualTo(1);
    }

    @Test
    void writesNullWhereThereIsNoNumber() throws IOException {
        ConformanceReport report = new ConformanceReport(
                "a \"file\"",
                "h5",
                Optional.empty(),
                "dl4j",
                Tolerance.standard(),
                1,
                List.of(),
                List.of(row("outputs/0", "Dense", Shape.of(1), Double.NaN, Double.POSITIVE_INFINITY, Verdict.FAIL)),
                List.of(),
                OptionalDouble.empty(),
                Optional.empty());

        JsonNode json = new ObjectMapper().readTree(report.toJson());

        assertThat(json.get("file").textValue()).isEqualTo("a \"file\"");
        assertThat(json.get("kerasVersion").isNull()).isTrue();
        assertThat(json.get("argmaxAgreement").isNull()).isTrue();
        assertThat(json.get("outputs").get(0).get("maxAbs").isNull()).isTrue();
        assertThat(json.get("outputs").get(0).get("maxRel").isNull()).isTrue();
        assertThat(json.get("verdict").textValue()).isEqualTo("fail");
    }
}
