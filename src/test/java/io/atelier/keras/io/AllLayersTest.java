package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.UnsupportedModelException;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer that Keras exports is read, or refused by name with what to do. */
class AllLayersTest {
    static List<String> layers() throws IOException {
        try (Stream<String> lines = Files.lines(Fixtures.ROOT.resolve("keras-layers.txt"))) {
            return lines.filter(line -> !line.startsWith("#")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aLayerIsReadOrRefusedByName(String className) {
        if (LayerParsers.handles(className)) {
            assertThat(RefusedLayers.reason(className)).isEmpty();
            return;
        }
        Problems problems = new Problems("model.keras");
        LayerEntry entry = new LayerEntry("one", className, className, Map.of(), List.of());
        assertThat(LayerParsers.parse(entry, CustomLayers.NONE, problems)).isEmpty();
        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("layer 'one' (" + className + "): a ")
                .hasMessageContaining(";")
                .hasMessageNotContaining("this kind of layer is not supported");
    }

    @Test
    void mostAreRead() throws IOException {
        assertThat(layers()).hasSizeGreaterThan(140);
        assertThat(layers().stream().filter(LayerParsers::handles)).hasSizeGreaterThan(110);
    }
}
