package io.atelier.serve.models;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.engine.InputCheck;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * An engine that computes calls which arrive together as one batch.
 *
 * <p>A call that finds a free place is computed at once, on the caller's thread. Otherwise it waits in a queue, and when a
 * place becomes free, all that wait are computed together: batches grow with the load, without a delay. A model whose
 * inputs or outputs have a fixed first axis is computed call by call.
 *
 * <p>Safe for use by many threads. {@link #close()} computes what was accepted, and then closes the engine behind.
 */
final class BatchingEngine implements InferenceEngine {
    private final InferenceEngine engine;
    private final Batching options;
    private final BatchListener listener;
    private final InputCheck inputCheck;
    private final BatchQueue queue;
    /** One for each batch that may be computed at the same time. */
    private final Semaphore places;

    private final AtomicInteger callers = new AtomicInteger();
    private final List<Thread> workers = new ArrayList<>();

    /** An engine in front of another, which it closes. */
    BatchingEngine(InferenceEngine engine, Batching options, BatchListener listener) {
        this.engine = engine;
        this.options = hasOpenBatch(engine.model()) ? options : options.withMaxRows(1);
        this.listener = listener;
        this.inputCheck = new InputCheck(engine.model());
        this.queue = new BatchQueue(this.options);
        this.places = new Semaphore(options.concurrency());
        for (int i = 0; i < options.concurrency(); i++) {
            Thread worker =
                    new Thread(this::work, "atelier-batch-" + engine.model().name() + "-" + i);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
    }

    private static boolean hasOpenBatch(KerasModel model) {
        return Stream.concat(model.inputShapes().stream(), model.outputShapes().stream())
                .allMatch(shape -> shape.rank() > 0 && shape.size(0) == Shape.UNKNOWN);
    }

    @Override
    public KerasModel model() {
        return engine.model();
    }

    @Override
    public Engine kind() {
        return engine.kind();
    }

    /** How many calls wait. */
    int queued() {
        return queue.size();
    }

    /**
     * Computes the model's outputs for one batch, perhaps together with others.
     *
     * @throws OverloadedException if as many calls wait as may
     * @throws DeadlineException if the call was not computed in time
     */
    @Override
    public List<Tensor> predict(List<Tensor> inputs) {
        inputCheck.check(inputs);
        BatchCall call = new BatchCall(inputs);
        boolean isLone = callers.incrementAndGet() == 1;
        try {
            if ((isLone || options.maxDelay().isZero()) && queue.size() == 0 && places.tryAcquire()) {
                compute(List.of(call));
            } else {
                queue.add(call);
            }
            return call.await(options.deadline());
        } finally {
            callers.decrementAndGet();
        }
    }

    private void work() {
        try {
            while (queue.awaitCall()) {
                queue.awaitFullBatch();
                places.acquire();
                List<BatchCall> calls = queue.take();
                if (calls.isEmpty()) {
                    places.release();
                } else {
                    compute(calls);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Computes calls in a place that was taken, and frees it. */
    private void compute(List<BatchCall> calls) {
        try {
            BatchCall.compute(calls, engine::predict);
        } finally {
            places.release();
        }
        listener.computed(calls.size(), calls.stream().mapToInt(BatchCall::rows).sum());
    }

    /**
     * Computes every layer's output, alone, in a place that it waits for like a batch: all of a large model's at once would
     * take much memory.
     *
     * @throws OverloadedException if as many wait as may
     * @throws DeadlineException if no place became free in time
     */
    @Override
    public Map<TensorRef, Tensor> activations(List<Tensor> inputs) {
        return new Places(places, options).use(() -> engine.activations(inputs));
    }

    @Override
    public void close() {
        queue.close();
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        engine.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
