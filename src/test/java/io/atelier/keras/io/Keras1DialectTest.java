package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused of Keras 1, by name; what is handled has cases of its own. */
class Keras1DialectTest {
    private static final String CONVOLUTION = layer("Convolution2D", """
            "nb_filter": 2, "nb_row": 2, "nb_col": 2, "dim_ordering": "th", "batch_input_shape": [null, 2, 4, 4]""");

    @TempDir
    Path folder;

    @Test
    void layersThatKeras2NoLongerHad() throws IOException {
        for (String gone : List.of("MaxoutDense", "Highway", "TimeDistributedDense", "SReLU", "Deconvolution2D")) {
            assertThat(problems(layer(gone, "\"output_dim\": 3, \"batch_input_shape\": [null, 4]")))
                    .contains("layer 'one' (" + gone + "): this kind of layer is not supported");
        }
    }

    @Test
    void aSeparableConvolutionWhoseKernelsWereMadeForTheano() throws IOException {
        assertThat(problems(CONVOLUTION.replace("Convolution2D", "SeparableConvolution2D")))
                .contains("(SeparableConvolution2D): this kind of layer is not supported");
    }

    @Test
    void aNormalizationByTheBatchAtHand() throws IOException {
        assertThat(problems(layer("BatchNormalization", "\"mode\": 2, \"batch_input_shape\": [null, 4]")))
                .contains("layer 'one' (BatchNormalization): the options [mode=2] are not known");
    }

    @Test
    void aMergeByTheCosineOrByPythonCode() throws IOException {
        assertThat(problems(
                        layer("Merge", "\"mode\": \"cos\", \"mode_type\": \"raw\", \"batch_input_shape\": [null, 4]")))
                .contains("layer 'one' (Merge): mode must be one of [sum, mul, ave, max, concat, dot]; received 'cos'");
        assertThat(
                        problems(
                                layer(
                                        "Merge",
                                        "\"mode\": [\"4wEAAAA=\", null, null], \"mode_type\": \"lambda\", \"batch_input_shape\": [null, 4]")))
                .contains("layer 'one' (Merge): a Lambda layer holds Python code, which is never run");
    }

    @Test
    void aLayerWhoseDimOrderingIsNotSavedWhereOthersDiffer() throws IOException {
        String padding = layer("ZeroPadding2D", "\"padding\": [1, 1]").replace("\"one\"", "\"two\"");
        String pooling = layer("MaxPooling2D", "\"pool_size\": [1, 1], \"dim_ordering\": \"tf\"")
                .replace("\"one\"", "\"three\"");
        assertThat(problems(CONVOLUTION + ", " + padding)).doesNotContain("ZeroPadding2D");
        assertThat(problems(CONVOLUTION + ", " + padding + ", " + pooling))
                .contains("layer 'two' (ZeroPadding2D): data_format must be one of [channels_last, channels_first];"
                        + " received 'not saved, where other layers have [tf, th]'");
    }

    private static String layer(String className, String options) {
        return "{\"class_name\": \"" + className + "\", \"config\": {\"name\": \"one\", " + options + "}}";
    }

    private String problems(String layers) throws IOException {
        Path file = folder.resolve("model.json");
        Files.writeString(
                file, "{\"class_name\": \"Sequential\", \"keras_version\": \"1.2.2\", \"config\": [" + layers + "]}");
        return KerasReader.inspect(file, ReadOptions.DEFAULT).problems().stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n"));
    }
}
