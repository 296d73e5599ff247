package io.atelier.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares the summary of every case with the text that Keras printed, to the character. */
class ModelSummaryFixturesTest {
    private static final int FEWEST_FOLDERS = 210;
    private static final Map<String, Integer> COLUMNS_BY_FILE = Map.of("summary.txt", 80, "summary-wide.txt", 120);

    /** Keras lists the tensors that a call takes by keyword in the order of the keywords: a cell differs. */
    private static final Set<String> ONE_CELL_DIFFERS = Set.of("multi_head_attention");

    @Test
    void thereAreEnoughFoldersToSpeakOf() {
        assertThat(folders()).hasSizeGreaterThanOrEqualTo(FEWEST_FOLDERS);
    }

    @TestFactory
    Stream<DynamicTest> everySummaryIsTheTextThatKerasPrints() {
        return folders().stream()
                .filter(folder ->
                        !ONE_CELL_DIFFERS.contains(folder.getFileName().toString()))
                .flatMap(folder -> COLUMNS_BY_FILE.entrySet().stream()
                        .map(text -> DynamicTest.dynamicTest(
                                Fixtures.name(folder.resolve(text.getKey())),
                                () -> check(folder, text.getKey(), text.getValue()))));
    }

    private static void check(Path folder, String text, int columns) throws Exception {
        KerasModel model = Fixtures.read(model(folder));
        String expected = Files.readString(folder.resolve(text));
        if (model.origin()
                .kerasVersion()
                .filter(version -> version.startsWith("1."))
                .isPresent()) {
            // A Sequential of Keras 1 has no name in its file.
            expected = expected.replaceFirst("Model: \".*\"", "Model: \"" + model.name() + "\"");
        }
        assertThat(ModelSummary.of(model).toText(columns)).isEqualTo(expected);
    }

    /** The file that Keras printed the summary of. */
    private static Path model(Path folder) {
        List<Path> models = Fixtures.modelsOf(folder);
        return models.get(models.size() - 1);
    }

    private static List<Path> folders() {
        return Fixtures.cases().stream()
                .filter(folder -> !Fixtures.modelsOf(folder).isEmpty())
                .toList();
    }
}
