package io.atelier.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.io.KerasReader;
import io.atelier.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares the summary of every conformance case with the text that Keras printed, to the character. */
class ModelSummaryFixturesTest {
    private static final int FEWEST_FOLDERS = 25;
    private static final Map<String, Integer> COLUMNS_BY_FILE = Map.of("summary.txt", 80, "summary-wide.txt", 120);

    @Test
    void thereAreEnoughFoldersToSpeakOf() throws Exception {
        assertThat(folders()).hasSizeGreaterThanOrEqualTo(FEWEST_FOLDERS);
    }

    @TestFactory
    Stream<DynamicTest> everySummaryIsTheTextThatKerasPrints() throws Exception {
        return folders().stream()
                .flatMap(folder -> COLUMNS_BY_FILE.entrySet().stream()
                        .map(text -> DynamicTest.dynamicTest(
                                Fixtures.name(folder.resolve(text.getKey())),
                                () -> check(folder, text.getKey(), text.getValue()))));
    }

    private static void check(Path folder, String text, int columns) throws Exception {
        ModelSummary summary = ModelSummary.of(KerasReader.read(folder.resolve("model.keras")));
        assertThat(summary.toText(columns)).isEqualTo(Files.readString(folder.resolve(text)));
    }

    private static List<Path> folders() throws Exception {
        try (Stream<Path> folders = Files.list(Fixtures.ROOT.resolve("conformance"))) {
            return folders.filter(folder ->
                            COLUMNS_BY_FILE.keySet().stream().allMatch(text -> Files.exists(folder.resolve(text))))
                    .sorted()
                    .toList();
        }
    }
}
