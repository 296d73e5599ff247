package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SummaryCommandTest {
    private static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.keras");

    @Test
    void printsWhatKerasPrints() throws IOException {
        assertThat(Run.atelier("summary", MODEL, "--columns", "80")).isEqualTo(new Run(0, expected("summary.txt"), ""));
        assertThat(Run.atelier("summary", MODEL, "--columns", "120").out()).isEqualTo(expected("summary-wide.txt"));
    }

    private static String expected(String file) throws IOException {
        return Files.readString(Fixtures.FASHION_MNIST.resolve(file)).stripTrailing() + "\n";
    }
}
