package io.atelier.serve.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchingEngineTest {
    private static final Batching ONE_PLACE =
            Batching.DEFAULT.withConcurrency(1).withDeadline(Duration.ofMinutes(1));

    private final GateEngine behind = new GateEngine();
    private final List<String> listened = new ArrayList<>();
    private final ExecutorService clients = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        behind.gate.release(1000);
        clients.shutdown();
    }

    @Test
    void aLoneCallIsComputedAtOnceOnTheCallersThread() {
        behind.gate.release();
        BatchingEngine engine = engine(ONE_PLACE.withMaxDelay(Duration.ofDays(1)));
        assertThat(engine.predict(row(1))).isEqualTo(row(1));
        assertThat(behind.threads).containsExactly(Thread.currentThread());
        assertThat(listened).containsExactly("1 of 1");
    }

    @Test
    void callsThatWaitAreComputedTogetherAndEachGetsItsRows() {
        BatchingEngine engine = engine(ONE_PLACE);
        CompletableFuture<List<Tensor>> first = call(engine, row(1));
        until(() -> behind.batches.size() == 1);
        CompletableFuture<List<Tensor>> second = call(engine, row(2));
        until(() -> engine.queued() == 1);
        CompletableFuture<List<Tensor>> third = call(engine, rows(3, 4));
        until(() -> engine.queued() == 2);
        behind.gate.release(2);
        assertThat(first.join()).isEqualTo(row(1));
        assertThat(second.join()).isEqualTo(row(2));
        assertThat(third.join()).isEqualTo(rows(3, 4));
        assertThat(behind.batches).containsExactly(1, 3);
    }

    @Test
    void noBatchIsLargerThanItMayBeButARequestStaysWhole() {
        BatchingEngine engine = engine(ONE_PLACE.withMaxRows(2));
        List<CompletableFuture<List<Tensor>>> calls = new ArrayList<>();
        for (List<Tensor> input : List.of(row(1), row(2), row(3), rows(4, 5, 6), row(7))) {
            calls.add(call(engine, input));
            int waiting = calls.size() - 1;
            until(() -> behind.batches.size() == 1 && engine.queued() == waiting);
        }
        behind.gate.release(10);
        calls.forEach(CompletableFuture::join);
        assertThat(behind.batches).containsExactly(1, 2, 3, 1);
    }

    @Test
    void callsOfOtherShapesAreComputedApart() {
        BatchingEngine engine = engine(ONE_PLACE);
        List<CompletableFuture<List<Tensor>>> calls = new ArrayList<>();
        calls.add(call(engine, row(1)));
        until(() -> behind.batches.size() == 1);
        List<Tensor> wide = List.of(Tensor.of(Shape.of(1, 2), 2, 3));
        calls.add(call(engine, row(2)));
        until(() -> engine.queued() == 1);
        calls.add(call(engine, wide));
        until(() -> engine.queued() == 2);
        calls.add(call(engine, row(4)));
        until(() -> engine.queued() == 3);
        behind.gate.release(10);
        assertThat(calls.get(2).join()).isEqualTo(wide);
        assertThat(calls.get(3).join()).isEqualTo(row(4));
        assertThat(behind.batches).containsExactly(1, 2, 1);
    }

    @Test
    void aFullQueueRefusesAndLosesNothing() {
        BatchingEngine engine = engine(ONE_PLACE.withQueueCapacity(1));
        CompletableFuture<List<Tensor>> first = call(engine, row(1));
        until(() -> behind.batches.size() == 1);
        CompletableFuture<List<Tensor>> second = call(engine, row(2));
        until(() -> engine.queued() == 1);
        assertThatThrownBy(() -> engine.predict(row(3)))
                .isInstanceOf(OverloadedException.class)
                .hasMessage("the model has 1 requests waiting, as many as may; try again later");
        behind.gate.release(2);
        assertThat(first.join()).isEqualTo(row(1));
        assertThat(second.join()).isEqualTo(row(2));
    }

    @Test
    void aCallThatIsLateIsGivenUpAndNotComputed() {
        BatchingEngine engine = engine(ONE_PLACE.withDeadline(Duration.ofMillis(10)));
        CompletableFuture<List<Tensor>> first = call(engine, row(1));
        until(() -> behind.batches.size() == 1);
        assertThatThrownBy(() -> engine.predict(row(2)))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("the request was not computed within 10 ms");
        behind.gate.release(10);
        assertThat(first.join()).isEqualTo(row(1));
        engine.close();
        assertThat(behind.batches).containsExactly(1);
    }

    @Test
    void activationsWaitForAPlaceLikeBatches() {
        BatchingEngine engine = engine(ONE_PLACE.withDeadline(Duration.ofMillis(10)));
        assertThat(engine.activations(row(1))).hasSize(1);
        CompletableFuture<List<Tensor>> first = call(engine, row(1));
        until(() -> behind.batches.size() == 1);
        assertThatThrownBy(() -> engine.activations(row(2))).isInstanceOf(DeadlineException.class);
        behind.gate.release();
        first.join();
        until(() -> isFree(engine));
    }

    private static boolean isFree(BatchingEngine engine) {
        try {
            return engine.activations(row(2)).size() == 1;
        } catch (DeadlineException e) {
            return false;
        }
    }

    @Test
    void aCallThatFailsSpoilsNoOther() {
        BatchingEngine engine = engine(ONE_PLACE);
        CompletableFuture<List<Tensor>> first = call(engine, row(1));
        until(() -> behind.batches.size() == 1);
        CompletableFuture<List<Tensor>> good = call(engine, row(2));
        until(() -> engine.queued() == 1);
        CompletableFuture<List<Tensor>> bad = call(engine, row(13));
        until(() -> engine.queued() == 2);
        behind.gate.release(10);
        assertThat(first.join()).isEqualTo(row(1));
        assertThat(good.join()).isEqualTo(row(2));
        assertThatThrownBy(bad::join).isInstanceOf(CompletionException.class).hasRootCauseMessage("13 is not computed");
        assertThat(behind.batches).containsExactly(1, 2, 1, 1);
    }

    @Test
    void withADelayACallWaitsForOthersWhereOthersAreUnderWay() {
        BatchingEngine engine =
                engine(ONE_PLACE.withConcurrency(2).withMaxRows(2).withMaxDelay(Duration.ofDays(1)));
        CompletableFuture<List<Tensor>> first = call(engine, row(1));
        until(() -> behind.batches.size() == 1);
        CompletableFuture<List<Tensor>> second = call(engine, row(2));
        until(() -> engine.queued() == 1);
        CompletableFuture<List<Tensor>> third = call(engine, row(3));
        behind.gate.release(2);
        assertThat(List.of(first.join(), second.join(), third.join())).containsExactly(row(1), row(2), row(3));
        assertThat(behind.batches).containsExactly(1, 2);
    }

    @Test
    void aModelOfAFixedBatchIsComputedCallByCall() {
        GateEngine fixed = new GateEngine(1);
        BatchingEngine engine = new BatchingEngine(fixed, ONE_PLACE, (requests, rows) -> {});
        CompletableFuture<List<Tensor>> first = call(engine, row(1));
        until(() -> fixed.batches.size() == 1);
        CompletableFuture<List<Tensor>> second = call(engine, row(2));
        CompletableFuture<List<Tensor>> third = call(engine, row(3));
        until(() -> engine.queued() == 2);
        fixed.gate.release(3);
        assertThat(List.of(first.join(), second.join(), third.join())).containsExactly(row(1), row(2), row(3));
        assertThat(fixed.batches).containsExactly(1, 1, 1);
    }

    @Test
    void closingComputesWhatWasAccepted() {
        BatchingEngine engine = engine(ONE_PLACE);
        CompletableFuture<List<Tensor>> first = call(engine, row(1));
        until(() -> behind.batches.size() == 1);
        CompletableFuture<List<Tensor>> second = call(engine, row(2));
        until(() -> engine.queued() == 1);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(engine::close, clients);
        behind.gate.release(2);
        closed.join();
        assertThat(first.join()).isEqualTo(row(1));
        assertThat(second.join()).isEqualTo(row(2));
        assertThat(behind.isClosed).isTrue();
    }

    @Test
    void inputsThatDoNotFitAreRefusedBeforeTheyWait() {
        BatchingEngine engine = engine(ONE_PLACE);
        assertThatThrownBy(() -> engine.predict(List.of(Tensor.of(Shape.of(1), 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input 'x' must have shape (None, None); received (1,)");
        assertThat(behind.batches).isEmpty();
    }

    private BatchingEngine engine(Batching options) {
        return new BatchingEngine(behind, options, (requests, rows) -> {
            synchronized (listened) {
                listened.add(rows + " of " + requests);
            }
        });
    }

    private CompletableFuture<List<Tensor>> call(BatchingEngine engine, List<Tensor> inputs) {
        return CompletableFuture.supplyAsync(() -> engine.predict(inputs), clients);
    }

    private static List<Tensor> row(float value) {
        return rows(value);
    }

    private static List<Tensor> rows(float... values) {
        return List.of(Tensor.of(Shape.of(values.length, 1), values));
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
