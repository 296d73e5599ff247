package io.atelier.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads on one engine, many engines on many threads, and the end of an engine. */
class EngineThreadsTest {
    private static final int THREADS = 8;
    private static final int CALLS = 80;
    private static final int OPENINGS = 100;
    private static final KerasModel MODEL = RandomInputs.fixture("cnn");

    @ParameterizedTest
    @EnumSource
    void manyThreadsGetExactlyWhatOneGets(Engine kind) throws Exception {
        try (InferenceEngine engine = kind.open(MODEL)) {
            List<List<Tensor>> serial = IntStream.range(0, CALLS)
                    .mapToObj(i -> engine.predict(inputs(i)))
                    .toList();
            assertThat(serial).doesNotHaveDuplicates();
            assertThat(onThreads(CALLS, i -> engine.predict(inputs(i)))).isEqualTo(serial);
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyThreadsLookInsideWithoutDisturbingEachOther(Engine kind) throws Exception {
        try (InferenceEngine engine = kind.open(MODEL)) {
            List<Object> serial = IntStream.range(0, CALLS)
                    .<Object>mapToObj(i -> either(engine, i))
                    .toList();
            assertThat(onThreads(CALLS, i -> either(engine, i))).isEqualTo(serial);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEngineCanBeOpenedAndClosedAHundredTimesOnEightThreads(Engine kind) throws Exception {
        List<Tensor> expected;
        try (InferenceEngine engine = kind.open(MODEL)) {
            expected = engine.predict(inputs(0));
        }
        List<List<Tensor>> all = onThreads(OPENINGS, i -> {
            try (InferenceEngine engine = kind.open(MODEL)) {
                return engine.predict(inputs(0));
            }
        });
        assertThat(all).hasSize(OPENINGS).containsOnly(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aCallWhileTheEngineIsClosedGivesTheRightValuesOrIsRefused(Engine kind) throws Exception {
        InferenceEngine engine = kind.open(MODEL);
        List<Tensor> expected = engine.predict(inputs(0));
        List<List<Tensor>> all = onThreads(CALLS, i -> {
            if (i == CALLS / 2) {
                engine.close();
            }
            try {
                return engine.predict(inputs(0));
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("the engine is closed");
                return List.of();
            }
        });
        assertThat(all).allMatch(outputs -> outputs.isEmpty() || outputs.equals(expected));
        assertThat(all).contains(List.of());
    }

    @ParameterizedTest
    @EnumSource
    void closingTwiceDoesNothingAndClosedEnginesRefuseToRun(Engine kind) {
        InferenceEngine engine = kind.open(MODEL);
        engine.close();
        engine.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.predict(inputs(0)))
                .withMessage("the engine is closed");
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.activations(inputs(0)))
                .withMessage("the engine is closed");
        assertThat(engine.model()).isSameAs(MODEL);
        assertThat(engine.kind()).isEqualTo(kind);
    }

    private static Object either(InferenceEngine engine, int i) {
        return i % 2 == 0 ? engine.predict(inputs(i)) : engine.activations(inputs(i));
    }

    /** Inputs with batches of different sizes. */
    private static List<Tensor> inputs(int seed) {
        return RandomInputs.of(MODEL, 1 + seed % 3, seed);
    }

    private static <T> List<T> onThreads(int count, IntFunction<T> computation) throws Exception {
        List<Callable<T>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int task = i;
            tasks.add(() -> computation.apply(task));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
