package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.InvalidModelException;
import io.atelier.keras.KerasModel;
import io.atelier.testing.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An architecture and its weights in two files; the conformance suite compares their numbers with Keras. */
class WeightsApartTest {
    private static final Path APART = Fixtures.ROOT.resolve("conformance/weights_apart");
    private static final Path JSON = APART.resolve("architecture-keras2.json");
    private static final Path WEIGHTS = APART.resolve("architecture-keras2.weights.h5");
    private static final Path OTHER_NAMES = APART.resolve("architecture-keras2-renamed.weights.h5");

    @TempDir
    Path folder;

    @Test
    void anArchitectureAloneSaysThatItHasNoWeights() {
        assertThatThrownBy(() -> KerasReader.read(JSON))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("architecture-keras2.json: the file holds the architecture only")
                .hasMessageContaining("--weights");
    }

    @Test
    void weightsAloneSayThatTheyHaveNoArchitecture() {
        assertThatThrownBy(() -> KerasReader.read(WEIGHTS))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("architecture-keras2.weights.h5: the file holds weights only")
                .hasMessageContaining("--weights");
    }

    @Test
    void bothFilesAreNamedAsTheSource() {
        KerasModel model = KerasReader.read(JSON, WEIGHTS);
        assertThat(model.origin().source()).isEqualTo("architecture-keras2.json with architecture-keras2.weights.h5");
        assertThat(model.origin().format().id()).isEqualTo("json");
        assertThat(model.origin().kerasVersion())
                .hasValueSatisfying(version -> assertThat(version).startsWith("2."));
    }

    @Test
    void exchangedFilesAreNoticed() {
        assertThatThrownBy(() -> KerasReader.read(WEIGHTS, JSON))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("holds weights only");
        assertThatThrownBy(() -> KerasReader.read(JSON, JSON))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("Are architecture and weights exchanged?");
    }

    @Test
    void wholeModelsGiveTheirArchitectureOrTheirWeights() {
        Path cnn = Fixtures.ROOT.resolve("conformance/cnn");
        KerasModel whole = KerasReader.read(cnn.resolve("model.keras"));
        for (String architecture : new String[] {"model.keras", "model.h5"}) {
            for (String weights : new String[] {"model.keras", "model.h5", "model-keras2.h5"}) {
                assertThat(KerasReader.read(cnn.resolve(architecture), cnn.resolve(weights))
                                .layers())
                        .as(architecture + " with " + weights)
                        .isEqualTo(whole.layers());
            }
        }
    }

    @Test
    void streamsGiveTheSameModelAsFiles() throws IOException {
        try (InputStream json = Files.newInputStream(JSON);
                InputStream weights = Files.newInputStream(WEIGHTS)) {
            assertThat(KerasReader.read(json, weights, ReadOptions.DEFAULT).layers())
                    .isEqualTo(KerasReader.read(JSON, WEIGHTS).layers());
        }
    }

    @Test
    void layersOfOtherNamesAreMatchedByOrderWithAWarning() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream err = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            assertThat(KerasReader.read(JSON, OTHER_NAMES).layers())
                    .isEqualTo(KerasReader.read(JSON, WEIGHTS).layers());
        } finally {
            System.setErr(err);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("WARN")
                .contains("they are matched by order: {first=renamed_first, ");
    }

    @Test
    void ofNamesThatAgreeInPartOnlyNoneIsGuessed() throws IOException {
        Path json = Files.writeString(
                folder.resolve("model.json"), Files.readString(JSON).replace("\"first\"", "\"other\""));
        assertThatThrownBy(() -> KerasReader.read(json, WEIGHTS))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("layer 'other' (Conv2D): expected 2 weights [kernel, bias]; the file has 0");
    }

    @Test
    void theWeightsOfAnotherModelAreRefused() {
        assertThatThrownBy(() -> KerasReader.read(JSON, Fixtures.ROOT.resolve("conformance/layer_order/model.h5")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("Are these the weights of another model?");
    }

    @Test
    void weightsOfKeras1AreNotPutIntoAnArchitectureOfALaterOne() {
        assertThatThrownBy(() ->
                        KerasReader.read(JSON, Fixtures.ROOT.resolve("conformance/keras1_cnn_th/model-keras1.h5")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("the weights are of Keras 1, but the architecture in architecture-keras2.json is"
                        + " of Keras 2, which kept them otherwise");
    }

    @Test
    void otherJsonIsNoModel() throws IOException {
        Path json = Files.writeString(folder.resolve("a.json"), "{\"name\": \"x\"}");
        assertThatThrownBy(() -> KerasReader.read(json, WEIGHTS))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("expected the JSON that model.to_json() gives")
                .hasMessageContaining("[name]");
    }
}
