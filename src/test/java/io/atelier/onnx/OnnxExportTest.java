package io.atelier.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.atelier.conformance.Conformance;
import io.atelier.conformance.ConformanceReport;
import io.atelier.conformance.Reference;
import io.atelier.conformance.Verdict;
import io.atelier.keras.KerasModel;
import io.atelier.keras.io.KerasReader;
import io.atelier.keras.layer.Shape;
import io.atelier.onnx.proto.ModelProto;
import io.atelier.onnx.proto.StringStringEntryProto;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** ONNX files: what is in them, and how they come to be. */
class OnnxExportTest {
    /** Where python/tests/test_onnx_exports.py looks for them. */
    private static final Path EXPORTS = Path.of("target", "onnx-exports");

    private static final Path FASHION = Fixtures.FASHION_MNIST.resolve("model.keras");

    private static KerasModel fixture(String name) {
        return KerasReader.read(
                Fixtures.ROOT.resolve("conformance").resolve(name).resolve("model.keras"));
    }

    private static Map<String, String> metadata(ModelProto proto) {
        return proto.getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    }

    @TestFactory
    Stream<DynamicTest> everyFixtureIsWrittenAndComputesWhatKerasComputed() {
        return Fixtures.models().stream()
                .filter(file -> OnnxExporter.refusals(Fixtures.read(file)).isEmpty())
                .map(file -> DynamicTest.dynamicTest(Fixtures.name(file), () -> {
                    Reference reference = Reference.read(file.resolveSibling("reference.npz"));
                    Path written = EXPORTS.resolve(Fixtures.name(file) + ".onnx");
                    Files.createDirectories(written.resolveSibling("."));
                    OnnxExport.of(Fixtures.read(file)).write(written, true, engine -> {
                        ConformanceReport report = Conformance.check(engine, reference);
                        assertThat(report.verdict()).as(report.toText()).isEqualTo(Verdict.PASS);
                    });
                    assertThat(written).isNotEmptyFile();
                }));
    }

    @Test
    void inputsAndOutputsAreNamedAfterTheirLayers() {
        OnnxExport export = OnnxExport.of(fixture("two_outputs"));
        KerasModel model = fixture("two_outputs");
        assertThat(export.inputs().keySet())
                .containsExactly(model.inputs().get(0).layer());
        assertThat(export.outputs().keySet())
                .containsExactly(
                        model.outputs().get(0).layer(), model.outputs().get(1).layer());
        ModelProto proto = export.toProto();
        assertThat(proto.getGraph().getInput(0).getName())
                .isEqualTo(model.inputs().get(0).layer());
        assertThat(proto.getGraph().getOutputList())
                .extracting(output -> output.getName())
                .containsExactlyElementsOf(export.outputs().keySet());
    }

    @Test
    void aNameThatIsTakenGetsANumber() {
        OnnxExport export = OnnxExport.of(fixture("input_as_output"));
        assertThat(export.inputs()).containsOnlyKeys("x");
        assertThat(export.outputs().keySet()).contains("x_2");
    }

    @Test
    void theMetadataTellWhereTheModelComesFrom() {
        KerasModel model = KerasReader.read(FASHION);
        ModelProto proto = OnnxExport.of(model).toProto();
        assertThat(proto.getProducerName()).isEqualTo("Atelier");
        assertThat(metadata(proto))
                .containsEntry("source", "model.keras")
                .containsEntry("source_format", "keras")
                .containsEntry("keras_version", model.origin().kerasVersion().orElseThrow())
                .containsEntry("atelier_version", proto.getProducerVersion())
                .doesNotContainKey("labels");
    }

    @Test
    void labelsAreAJsonList() {
        List<String> labels = List.of("a", "b", "\"c\"", "d", "e", "f", "g", "h", "ä", "j");
        ModelProto proto =
                OnnxExport.of(KerasReader.read(FASHION)).withLabels(labels).toProto();
        assertThat(metadata(proto))
                .containsEntry("labels", "[\"a\",\"b\",\"\\\"c\\\"\",\"d\",\"e\",\"f\",\"g\",\"h\",\"ä\",\"j\"]");
    }

    @Test
    void labelsThatAreTooFewAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxExport.of(KerasReader.read(FASHION)).withLabels(List.of("a", "b")))
                .withMessage(
                        "expected a label for each value of the model's output; received 2 labels for outputs of the"
                                + " shapes " + List.of(Shape.of(Shape.UNKNOWN, 10)));
    }

    @Test
    void aFileThatIsThereStaysUnlessItIsToBeReplaced(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), "before");
        OnnxExport export = OnnxExport.of(KerasReader.read(FASHION));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> export.write(file))
                .withMessage(file + ": cannot be written: there is a file already");
        assertThat(file).hasContent("before");
        export.write(file, true, engine -> {});
        assertThat(ModelProto.parseFrom(Files.readAllBytes(file))).isEqualTo(export.toProto());
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void nothingIsLeftOfAFileThatFailsItsCheck(@TempDir Path folder) {
        OnnxExport export = OnnxExport.of(KerasReader.read(FASHION));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> export.write(folder.resolve("model.onnx"), false, engine -> {
                    throw new ArithmeticException("wrong");
                }))
                .withMessage("wrong");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void placesThatCannotBeWrittenAreNamed(@TempDir Path folder) {
        OnnxExport export = OnnxExport.of(KerasReader.read(FASHION));
        Path nowhere = folder.resolve("no").resolve("model.onnx");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> export.write(nowhere))
                .withMessage(nowhere + ": cannot be written: its folder does not exist");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> export.write(folder, true, engine -> {}))
                .withMessage(folder + ": cannot be written: it is a directory");
    }
}
