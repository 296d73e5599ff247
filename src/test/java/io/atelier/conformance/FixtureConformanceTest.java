package io.atelier.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.testing.Fixtures;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every model file there is, in every engine, layer by layer against what Keras computed. */
class FixtureConformanceTest {
    private static final int FEWEST_RUNS = 260;

    /** A file in an engine that handles it. */
    private record Run(Path file, Engine engine) {
        @Override
        public String toString() {
            return Fixtures.name(file) + " in " + engine.id();
        }
    }

    private static List<Run> runs() {
        return Fixtures.models().stream()
                .flatMap(file -> Arrays.stream(Engine.values()).map(engine -> new Run(file, engine)))
                .filter(run -> run.engine().refusals(Fixtures.read(run.file())).isEmpty())
                .toList();
    }

    @Test
    void enoughFilesAreHandledToSpeakOf() {
        assertThat(runs()).hasSizeGreaterThanOrEqualTo(FEWEST_RUNS);
    }

    @TestFactory
    Stream<DynamicTest> everyLayerComputesWhatKerasComputed() {
        return runs().stream().map(run -> DynamicTest.dynamicTest(run.toString(), () -> check(run)));
    }

    private static void check(Run run) {
        KerasModel model = Fixtures.read(run.file());
        Reference reference = Reference.read(run.file().resolveSibling("reference.npz"));
        try (InferenceEngine engine = run.engine().open(model)) {
            ConformanceReport report = Conformance.check(engine, reference);
            assertThat(report.verdict()).as(report.toText()).isEqualTo(Verdict.PASS);
            assertThat(report.notCompared()).isEmpty();
        }
    }
}
