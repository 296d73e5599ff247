package io.atelier.serve.models;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The calls that wait for a place in a batch, first come first served. Thread-safe. */
final class BatchQueue {
    private final Batching options;
    private final Deque<BatchCall> calls = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isClosed;

    BatchQueue(Batching options) {
        this.options = options;
    }

    /**
     * Lets a call wait.
     *
     * @throws OverloadedException if as many wait as may
     * @throws IllegalStateException after {@link #close()}
     */
    void add(BatchCall call) {
        lock.lock();
        try {
            if (isClosed) {
                throw new IllegalStateException("the engine is closed");
            }
            if (calls.size() >= options.queueCapacity()) {
                throw new OverloadedException(options.queueCapacity());
            }
            calls.add(call);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return calls.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is a call; false if there will be none any more. */
    boolean awaitCall() throws InterruptedException {
        lock.lock();
        try {
            while (calls.isEmpty()) {
                if (isClosed) {
                    return false;
                }
                changed.await();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a full batch waits, but no longer than the delay. */
    void awaitFullBatch() throws InterruptedException {
        lock.lock();
        try {
            long left = options.maxDelay().toNanos();
            while (left > 0 && !isClosed && rows() < options.maxRows()) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private int rows() {
        return calls.stream().mapToInt(BatchCall::rows).sum();
    }

    /** Takes the calls for one batch, none if others took them. Those that fit with the first go with it. */
    List<BatchCall> take() {
        lock.lock();
        try {
            List<BatchCall> batch = new ArrayList<>();
            int rows = 0;
            for (Iterator<BatchCall> waiting = calls.iterator(); waiting.hasNext() && rows < options.maxRows(); ) {
                BatchCall call = waiting.next();
                if (call.isOver()) {
                    waiting.remove();
                } else if (batch.isEmpty()
                        || (rows + call.rows() <= options.maxRows() && call.fitsWith(batch.get(0)))) {
                    waiting.remove();
                    batch.add(call);
                    rows += call.rows();
                }
            }
            if (!calls.isEmpty()) {
                changed.signal();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further calls; those that wait are still taken. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
