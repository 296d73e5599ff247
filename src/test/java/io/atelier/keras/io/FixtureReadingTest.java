package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reads every model file there is and compares it with what Keras says about the model. */
class FixtureReadingTest {
    private static final int FEWEST_FILES = 480;

    @Test
    void thereAreEnoughFilesToSpeakOf() {
        assertThat(Fixtures.models()).hasSizeGreaterThanOrEqualTo(FEWEST_FILES);
    }

    @TestFactory
    Stream<DynamicTest> everyFileIsReadWithTheParametersThatKerasCounts() {
        return Fixtures.models().stream()
                .map(file -> DynamicTest.dynamicTest(Fixtures.name(file), () -> checkAgainstSummary(file)));
    }

    @TestFactory
    Stream<DynamicTest> everyFileOfAFolderHoldsTheSameWeights() {
        return Fixtures.cases().stream()
                .filter(folder -> Fixtures.modelsOf(folder).size() > 1)
                .map(folder -> DynamicTest.dynamicTest(
                        folder.getFileName().toString(), () -> checkSameWeights(Fixtures.modelsOf(folder))));
    }

    private static void checkAgainstSummary(Path file) throws Exception {
        KerasModel model = Fixtures.read(file);
        JsonNode summary = new ObjectMapper().readTree(Files.readString(file.resolveSibling("summary.json")));
        assertThat(model.parameterCount())
                .isEqualTo(summary.get("total_parameters").asLong());
        for (JsonNode row : summary.get("layers")) {
            if (row.get("class").asText().equals("InputLayer")) {
                // Its name is not part of the model: each version of Keras makes up its own.
                continue;
            }
            String inside = row.get("name").asText() + "/";
            List<KerasLayer> nested = model.layers().stream()
                    .filter(each -> each.name().startsWith(inside))
                    .toList();
            if (!nested.isEmpty()) {
                assertThat(nested.stream().mapToLong(KerasLayer::parameterCount).sum())
                        .isEqualTo(row.get("parameters").asLong());
                continue;
            }
            KerasLayer layer = model.layer(row.get("name").asText());
            assertThat(layer.className()).isEqualTo(row.get("class").asText());
            assertThat(layer.parameterCount()).isEqualTo(row.get("parameters").asLong());
            JsonNode shape = row.get("output_shape");
            if (shape.isEmpty() || !shape.get(0).isArray()) {
                int[] sizes =
                        model.shape(model.calls(layer.name()).get(0).output(0)).toArray();
                assertThat(sizes).hasSize(shape.size());
                for (int axis = 0; axis < sizes.length; axis++) {
                    assertThat(sizes[axis]).isEqualTo(shape.get(axis).asInt(-1));
                }
            }
        }
    }

    private static void checkSameWeights(List<Path> files) {
        KerasModel first = Fixtures.read(files.get(0));
        for (Path file : files) {
            KerasModel model = Fixtures.read(file);
            for (KerasLayer layer : first.layers()) {
                if (!layer.weights().isEmpty()) {
                    assertThat(model.layer(layer.name()).weights())
                            .as(Fixtures.name(file) + " " + layer)
                            .isEqualTo(layer.weights());
                }
            }
        }
    }
}
