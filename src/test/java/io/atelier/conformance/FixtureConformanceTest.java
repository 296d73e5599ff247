package io.atelier.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.atelier.docs.LayersPage;
import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.testing.Fixtures;
import io.atelier.testing.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every model file there is, in every engine: layer by layer what Keras computed, or refused as the list of refusals
 * says. Writes {@code target/layers.md}, from which docs/layers.md is copied.
 */
class FixtureConformanceTest {
    private static final int FEWEST_RUNS = 850;

    private static final LayersPage PAGE = new LayersPage();

    /** A file in an engine. */
    private record Run(Path file, Engine engine) {
        boolean isRefused() {
            return Refused.isExpected(file, engine);
        }

        @Override
        public String toString() {
            return Fixtures.name(file) + " in " + engine.id();
        }
    }

    private static List<Run> runs() {
        return Fixtures.models().stream()
                .flatMap(file -> Arrays.stream(Engine.values()).map(engine -> new Run(file, engine)))
                .toList();
    }

    @Test
    void enoughFilesAreHandledToSpeakOf() {
        assertThat(runs().stream().filter(run -> !run.isRefused())).hasSizeGreaterThanOrEqualTo(FEWEST_RUNS);
    }

    @TestFactory
    Stream<DynamicTest> everyLayerComputesWhatKerasComputed() {
        return runs().stream()
                .filter(run -> !run.isRefused())
                .map(run -> DynamicTest.dynamicTest(run.toString(), () -> check(run)));
    }

    @TestFactory
    Stream<DynamicTest> whatIsListedAsRefusedIsRefusedByName() {
        return runs().stream()
                .filter(Run::isRefused)
                .map(run -> DynamicTest.dynamicTest(run.toString(), () -> checkRefused(run)));
    }

    @Test
    void everyCaseThatIsListedAsRefusedExists() {
        List<String> lines = Fixtures.all().stream()
                .flatMap(file -> Arrays.stream(Engine.values()).map(engine -> Refused.line(file, engine)))
                .toList();
        assertThat(lines).containsAll(Refused.all());
    }

    @AfterAll
    static void writeThePage() throws IOException {
        PAGE.write();
    }

    private static void check(Run run) {
        KerasModel model = Fixtures.read(run.file());
        assertThat(run.engine().refusals(model))
                .as("refused; if that is meant to be, add the line '%s' to fixtures/conformance/refused.txt"
                        .formatted(Refused.line(run.file(), run.engine())))
                .isEmpty();
        Reference reference = Reference.read(run.file().resolveSibling("reference.npz"));
        try (InferenceEngine engine = run.engine().open(model)) {
            ConformanceReport report = Conformance.check(engine, reference);
            assertThat(report.verdict()).as(report.toText()).isEqualTo(Verdict.PASS);
            assertThat(report.notCompared()).isEmpty();
            PAGE.addDifferences(
                    run.file(),
                    run.engine(),
                    report.layers().stream()
                            .collect(Collectors.toMap(
                                    TensorComparison::className, TensorComparison::maxRel, Math::max)));
        }
    }

    private static void checkRefused(Run run) {
        KerasModel model = Fixtures.read(run.file());
        assertThat(run.engine().refusals(model))
                .as("no longer refused: take the line '%s' out of fixtures/conformance/refused.txt"
                        .formatted(Refused.line(run.file(), run.engine())))
                .isNotEmpty();
        assertThatExceptionOfType(UnsupportedModelException.class)
                .isThrownBy(() -> run.engine().open(model))
                .satisfies(e -> assertThat(e.problems()).isEqualTo(run.engine().refusals(model)));
    }
}
