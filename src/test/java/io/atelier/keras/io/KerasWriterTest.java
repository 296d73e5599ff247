package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.OptimizerState;
import io.atelier.keras.Tensor;
import io.atelier.keras.TrainingConfig;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.Shape;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that is read, written, and read again is the same model. */
class KerasWriterTest {
    /** Cases with an option that Keras 3 loses when it reads an {@code .h5}. */
    private static final Set<String> NOT_IN_H5 = Set.of(
            "layer_normalization",
            "layer_normalization_conv",
            "layer_normalization_rms",
            "normalization_axes",
            "normalization_given",
            "rms_normalization",
            "softmax_axes",
            "unit_normalization");

    @TempDir
    Path folder;

    static List<Path> filesForH5() {
        return files().stream()
                .filter(file -> !NOT_IN_H5.contains(folderOf(file)))
                .toList();
    }

    static List<Path> files() {
        return Fixtures.models().stream()
                .filter(file -> !file.toString().endsWith(".json"))
                .filter(file -> !REFUSED.contains(Fixtures.name(file)))
                .toList();
    }

    /** Where the tests in Python find what was written. */
    private static final Path WRITTEN = Path.of("target", "written");

    /** Files with something that Keras 3 cannot express. */
    private static final Set<String> REFUSED = Set.of(
            "masked_conv_lstm/model-keras2.h5",
            "masks_computed/model-keras2.h5",
            "keras2_causal_separable_conv1d/model-keras2.h5",
            "hard_sigmoid_of_keras2/model-keras2.h5",
            "keras2_hard_sigmoid/model-keras2.h5",
            "keras2_masks/model-keras2.h5",
            "keras2_unit_normalization/model-keras2.h5",
            "masked_attention/model-keras2.h5",
            "masked_chain/model-keras2.h5",
            "masked_steps/model-keras2.h5",
            "unit_normalization/model-keras2.h5");

    @ParameterizedTest
    @MethodSource("files")
    void aModelComesBackFromAnArchiveAsItWas(Path file) throws IOException {
        comesBack(file, ".to.keras");
    }

    @ParameterizedTest
    @MethodSource("filesForH5")
    void aModelComesBackFromAnH5AsItWas(Path file) throws IOException {
        comesBack(file, ".to.h5");
    }

    private static Path written(Path file, String suffix) throws IOException {
        Path folder = Files.createDirectories(WRITTEN.resolve(folderOf(file)));
        return folder.resolve(file.getFileName() + suffix);
    }

    /** {@code dense_plain} of {@code fixtures/conformance/dense_plain/model.h5}. */
    private static String folderOf(Path file) {
        return file.getName(file.getNameCount() - 2).toString();
    }

    private static void comesBack(Path file, String suffix) throws IOException {
        KerasModel model = KerasReader.read(file);
        Path written = written(file, suffix);
        if (suffix.endsWith(".h5") && model.architecture().toString().contains("keras.src.ops")) {
            assertThatThrownBy(() -> KerasWriter.write(model, written))
                    .hasMessageContaining("Keras 3 reads layers only, and this is an operation. Write a .keras file");
            return;
        }
        KerasWriter.write(model, written);
        assertSame(KerasReader.read(written), model);
    }

    private static void assertSame(KerasModel actual, KerasModel expected) {
        assertThat(actual.name()).isEqualTo(expected.name());
        assertThat(actual.kind()).isEqualTo(expected.kind());
        assertThat(actual.calls()).isEqualTo(expected.calls());
        assertThat(actual.inputs()).isEqualTo(expected.inputs());
        assertThat(actual.outputs()).isEqualTo(expected.outputs());
        assertThat(actual.nestedModels()).isEqualTo(expected.nestedModels());
        assertThat(actual.layers()).hasSameSizeAs(expected.layers());
        for (int i = 0; i < expected.layers().size(); i++) {
            KerasLayer now = actual.layers().get(i);
            KerasLayer before = expected.layers().get(i);
            assertThat(now.name()).isEqualTo(before.name());
            assertThat(now.config()).isEqualTo(before.config());
            assertThat(now.trainable() || now.weights().isEmpty())
                    .isEqualTo(before.trainable() || before.weights().isEmpty());
            assertThat(now.dtypePolicy()).isEqualTo(before.dtypePolicy());
            assertThat(now.weights()).isEqualTo(before.weights());
        }
        assertThat(actual.trainingConfig().isPresent())
                .isEqualTo(expected.trainingConfig().isPresent());
        assertThat(actual.trainingConfig().flatMap(TrainingConfig::optimizer))
                .isEqualTo(expected.trainingConfig().flatMap(TrainingConfig::optimizer));
    }

    @Test
    void whatTheOptimizerRemembersComesBack() throws IOException {
        for (Path file : OptimizerStatesTest.files()) {
            KerasModel model = KerasReader.read(file);
            OptimizerState state = state(model);
            for (String suffix : List.of(".to.keras", ".to.h5")) {
                Path written = written(file, suffix);
                assertThat(KerasWriter.write(model, written)).isEmpty();
                KerasModel again = KerasReader.read(written);
                assertThat(again.trainingConfig().orElseThrow().optimizerStateProblem())
                        .as(written.toString())
                        .isEmpty();
                OptimizerState now = state(again);
                assertThat(now.slots()).as(written.toString()).isEqualTo(state.slots());
                assertThat(now.iterations()).isEqualTo(state.iterations());
                assertThat(now.uProduct()).isEqualTo(state.uProduct());
                assertThat(now.learningRate()).isPresent();
            }
        }
    }

    private static OptimizerState state(KerasModel model) {
        return model.trainingConfig().orElseThrow().optimizerState().orElseThrow();
    }

    @Test
    void aNewHeadAndFrozenLayersAreWritten() {
        KerasModel model = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.keras"));
        KerasLayer head = model.layer("dense_1");
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put("kernel", Tensor.of(Shape.of(64, 2), new float[128]));
        weights.put("bias", Tensor.of(Shape.of(2), 1, 2));
        KerasLayer two = new KerasLayer(
                "dense_1",
                new Dense(2, ActivationFunction.SIGMOID, true),
                weights,
                true,
                head.dtypePolicy(),
                head.trainingOptions());
        KerasLayer first = model.layer("conv2d");
        KerasLayer frozen = new KerasLayer(
                "conv2d", first.config(), first.weights(), false, first.dtypePolicy(), first.trainingOptions());
        KerasModel changed = model.withLayers(Map.of("dense_1", two, "conv2d", frozen));

        for (String name : List.of("changed.keras", "changed.h5")) {
            Path file = folder.resolve(name);
            assertThat(KerasWriter.write(changed, file))
                    .containsExactly(
                            "what the optimizer remembers is not written: it is of other weights than the model"
                                    + " trains now");
            assertSame(KerasReader.read(file), changed);
        }
    }

    @Test
    void aLayerThatWasReplacedByOneThatIsNotWrittenIsRefusedByName() {
        KerasModel model = KerasReader.read(Fixtures.ROOT.resolve("conformance/dropout/model.keras"));
        KerasModel changed = model.withLayers(Map.of(
                "at_the_end",
                new KerasLayer("at_the_end", new Dropout(0.125, Optional.empty(), Optional.empty()), Map.of())));
        assertThatThrownBy(() -> KerasWriter.write(changed, folder.resolve("changed.keras")))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("layer 'at_the_end' (Dropout)");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aModelOfKeras2WhoseCallsAreGivenMasksIsRefusedByName() {
        KerasModel model = KerasReader.read(Fixtures.ROOT.resolve("conformance/masked_conv_lstm/model-keras2.h5"));
        assertThatThrownBy(() -> KerasWriter.write(model, folder.resolve("masks.keras")))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining(
                        "layer 'last' (ConvLSTM2D): a mask that is given to a call, or computed for it, is not"
                                + " written in Keras 3's terms");
    }

    @Test
    void aModelThatAProgramMadeIsRefused() {
        KerasModel model = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.keras"));
        KerasModel made = new KerasModel(
                model.name(),
                model.kind(),
                model.layers(),
                model.calls(),
                model.inputs(),
                model.outputs(),
                Optional.empty(),
                ModelOrigin.memory());
        assertThatThrownBy(() -> KerasWriter.write(made, folder.resolve("made.keras")))
                .hasMessageContaining("was put together by a program");
    }

    @Test
    void whatKeras3CannotExpressIsRefusedByName() {
        KerasModel model =
                KerasReader.read(Fixtures.ROOT.resolve("conformance/hard_sigmoid_of_keras2/model-keras2.h5"));
        assertThatThrownBy(() -> KerasWriter.write(model, folder.resolve("written.keras")))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("layer 'activation' (Activation)")
                .hasMessageContaining("hard_sigmoid of Keras 1 and 2 has another slope");
    }

    @Test
    void masksThatKeras3HandsOnOtherwiseAreRefusedByName() {
        KerasModel model = KerasReader.read(Fixtures.ROOT.resolve("conformance/keras2_masks/model-keras2.h5"));
        assertThatThrownBy(() -> KerasWriter.write(model, folder.resolve("written.keras")))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("layer 'add' (Add): takes masks, which Keras 3 hands on otherwise than Keras 2");
    }

    @Test
    void whatKeras3WouldLoseOfAnH5IsRefusedByName() {
        KerasModel model = KerasReader.read(Fixtures.ROOT.resolve("conformance/softmax_axes/model.keras"));
        assertThatThrownBy(() -> KerasWriter.write(model, folder.resolve("written.h5")))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("Keras 3 reads the option axis only if it is one number")
                .hasMessageContaining("Write a .keras file");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anotherEndingIsRefused() {
        KerasModel model = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.keras"));
        assertThatThrownBy(() -> KerasWriter.write(model, folder.resolve("model.onnx")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a model file ends in .keras, .h5 or .hdf5; received 'model.onnx'");
    }

    @Test
    void aFileThatIsThereSurvivesAFolderThatCannotBeWrittenTo() throws IOException {
        KerasModel model = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.keras"));
        assertThatThrownBy(() -> KerasWriter.write(model, folder.resolve("missing/model.keras")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageEndingWith("cannot be written: its folder does not exist");
        Path there = Files.writeString(folder.resolve("model.keras"), "precious");
        assertThatThrownBy(() -> KerasWriter.write(model, there, false))
                .hasMessageEndingWith("cannot be written: there is a file already");
        assertThat(there).hasContent("precious");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(there));
    }
}
