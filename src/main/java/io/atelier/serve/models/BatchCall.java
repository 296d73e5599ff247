package io.atelier.serve.models;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;

/** One request on its way through a {@link BatchingEngine}. */
final class BatchCall {
    private final List<Tensor> inputs;
    private final CompletableFuture<List<Tensor>> answer = new CompletableFuture<>();

    BatchCall(List<Tensor> inputs) {
        this.inputs = inputs;
    }

    int rows() {
        return inputs.get(0).shape().size(0);
    }

    /** Whether nobody waits for the answer any more. */
    boolean isOver() {
        return answer.isDone();
    }

    /** Whether the inputs differ in the number of rows at most. */
    boolean fitsWith(BatchCall other) {
        for (int i = 0; i < inputs.size(); i++) {
            Shape mine = inputs.get(i).shape();
            if (!mine.equals(other.inputs.get(i).shape().with(0, mine.size(0)))) {
                return false;
            }
        }
        return true;
    }

    /** Waits for the answer. */
    List<Tensor> await(Duration deadline) {
        try {
            return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            DeadlineException late = new DeadlineException(deadline);
            late.addSuppressed(e);
            answer.completeExceptionally(late);
            throw late;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(false);
            throw new IllegalStateException("the thread was interrupted while it waited for a batch", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("the batch could not be computed", e.getCause());
        }
    }

    /** Computes these calls as one batch; if that goes wrong each alone, so that none suffers from another. */
    static void compute(List<BatchCall> calls, Function<List<Tensor>, List<Tensor>> engine) {
        try {
            List<Tensor> outputs = engine.apply(joined(calls));
            int from = 0;
            for (BatchCall call : calls) {
                int to = from + call.rows();
                call.answer.complete(rows(outputs, from, to));
                from = to;
            }
        } catch (RuntimeException | Error e) {
            if (calls.size() == 1) {
                calls.get(0).answer.completeExceptionally(e);
            } else {
                calls.forEach(call -> compute(List.of(call), engine));
            }
        }
    }

    private static List<Tensor> rows(List<Tensor> outputs, int from, int to) {
        return outputs.stream().map(output -> output.rows(from, to)).toList();
    }

    private static List<Tensor> joined(List<BatchCall> calls) {
        return IntStream.range(0, calls.get(0).inputs.size())
                .mapToObj(i -> Tensor.joined(
                        calls.stream().map(call -> call.inputs.get(i)).toList()))
                .toList();
    }
}
