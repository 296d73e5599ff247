package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.UnsupportedModelException;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no Keras read back as it was written; the conformance suite compares what Keras did read. */
class LegacyKernelsTest {
    private static final Path WEIGHTS = Fixtures.ROOT.resolve("conformance/keras2_theano/model-keras2.h5");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"SeparableConv2D", "DepthwiseConv2D"})
    void depthwiseKernelsOfTheanoAreRefused(String className) throws IOException {
        Path json = Files.writeString(folder.resolve("model.json"), """
                {"class_name": "Sequential", "keras_version": "2.3.1", "backend": "theano", "config": {"layers": [
                {"class_name": "%s", "config": {"name": "first", "batch_input_shape": [null, 6, 6, 2],
                "filters": 3, "kernel_size": 3}}]}}""".formatted(className)
                .replace(className.startsWith("D") ? "\"filters\": 3," : "", ""));
        assertThatThrownBy(() -> KerasReader.read(json, WEIGHTS))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("layer 'first' (" + className + "): the kernels of a layer of this kind made with"
                        + " the backend theano");
    }
}
