package io.atelier.bench;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.io.KerasReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What it costs to read a model and open an engine: time and the most heap used meanwhile, for models of 10 to 500 layers
 * and of 1 to 100 MB of weights. The models are written by {@code python -m conformance.costs FOLDER}.
 *
 * <p>{@code mvn -q test-compile exec:java -Dexec.mainClass=io.atelier.bench.ImportCost -Dexec.classpathScope=test
 * -Dexec.args=FOLDER}
 */
public final class ImportCost {
    private static final int ROUNDS = 3;

    private ImportCost() {}

    public static void main(String[] arguments) throws Exception {
        try (var files = Files.list(Path.of(arguments[0]))) {
            for (Path file : files.sorted().toList()) {
                measure(file);
            }
        }
    }

    private static void measure(Path file) throws IOException, InterruptedException {
        for (Optional<Engine> engine :
                List.of(Optional.<Engine>empty(), Optional.of(Engine.ONNX), Optional.of(Engine.DL4J))) {
            double best = Double.MAX_VALUE;
            long peak = 0;
            long weights = 0;
            for (int round = 0; round < ROUNDS; round++) {
                System.gc();
                long before = used();
                try (HeapWatch watch = new HeapWatch()) {
                    long start = System.nanoTime();
                    KerasModel model = KerasReader.read(file);
                    weights = model.parameterCount() * Float.BYTES;
                    if (engine.isPresent()) {
                        try (InferenceEngine opened = engine.get().open(model)) {
                            best = Math.min(best, (System.nanoTime() - start) / 1e9);
                        }
                    } else {
                        best = Math.min(best, (System.nanoTime() - start) / 1e9);
                    }
                    peak = Math.max(peak, watch.peak() - before);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %-5s %8.2f s  weights %7.1f MB  peak heap %7.1f MB (x %.1f)%n",
                    file.getFileName(),
                    engine.map(Engine::id).orElse("read"),
                    best,
                    weights / 1e6,
                    peak / 1e6,
                    peak / Math.max(1.0, weights));
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Looks at the heap every millisecond; garbage counts, so that the true need is at most what is shown. */
    private static final class HeapWatch implements AutoCloseable {
        private final AtomicLong peak = new AtomicLong();
        private final AtomicBoolean isOver = new AtomicBoolean();
        private final Thread thread = new Thread(this::watch, "heap-watch");

        HeapWatch() {
            thread.setDaemon(true);
            thread.start();
        }

        private void watch() {
            while (!isOver.get()) {
                peak.accumulateAndGet(used(), Math::max);
                try {
                    Thread.sleep(1);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        long peak() {
            return peak.accumulateAndGet(used(), Math::max);
        }

        @Override
        public void close() throws InterruptedException {
            isOver.set(true);
            thread.join();
        }
    }
}
