package io.atelier.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** docs/layers.md has a row for each case, engine and refusal that there is. */
class LayersPageTest {
    @Test
    void theCommittedPageHasEveryRow() throws IOException {
        String committed = Files.readString(LayersPage.COMMITTED);
        assertThat(withoutDifferences(committed))
                .as("run FixtureConformanceTest and copy target/layers.md to docs/layers.md")
                .isEqualTo(withoutDifferences(new LayersPage().text()));
    }

    /** The differences are those of one machine. */
    private static String withoutDifferences(String page) {
        return page.replaceAll("(?<=\\| )(\\de-\\d\\d|0)(?= \\|)", "proven");
    }
}
