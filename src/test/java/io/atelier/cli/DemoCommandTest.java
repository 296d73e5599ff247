package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void showsEveryStepAndPasses() {
        Run run = Run.atelier("demo", "--home", ".");
        assertThat(run).extracting(Run::exitCode, Run::err).containsExactly(0, "");
        assertThat(run.out())
                .contains(
                        "Model: \"sequential\"",
                        "✓ conv2d_1          (None, 14, 14, 32)  (None, 14, 14, 32)     4,640     4,640",
                        "✓ model-keras2.h5  10/10 tensors",
                        "256/256 labels as Keras",
                        "29 of 30 images get their true label (96.7 %)",
                        "✓ Deeplearning4j computes what Keras computed");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100).hasSizeLessThan(110);
    }
}
