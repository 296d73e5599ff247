package io.atelier.onnx;

import io.atelier.keras.Tensor;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The bindings that nobody is using, the last used first; what has not been used for long goes. Thread-safe. */
final class BindingPool implements AutoCloseable {
    /** Enough for a thread a core on a large machine; a search through them is a fraction of a microsecond. */
    private static final int MAX_IDLE = 32;

    private static final long MAX_IDLE_BYTES = 64L << 20;

    private final ArrayDeque<Binding> idle = new ArrayDeque<>();
    private long idleBytes;

    /** Takes a binding for inputs of these shapes out of the pool; empty if there is none. */
    synchronized Optional<Binding> take(List<Tensor> inputs) {
        for (Iterator<Binding> bindings = idle.iterator(); bindings.hasNext(); ) {
            Binding binding = bindings.next();
            if (binding.takes(inputs)) {
                bindings.remove();
                idleBytes -= binding.byteCount();
                return Optional.of(binding);
            }
        }
        return Optional.empty();
    }

    synchronized void giveBack(Binding binding) {
        idle.addFirst(binding);
        idleBytes += binding.byteCount();
        while (idle.size() > MAX_IDLE || idleBytes > MAX_IDLE_BYTES) {
            Binding last = idle.removeLast();
            idleBytes -= last.byteCount();
            last.close();
        }
    }

    /** Frees what is idle; what is in use must have been given back. */
    @Override
    public synchronized void close() {
        idle.forEach(Binding::close);
        idle.clear();
    }
}
