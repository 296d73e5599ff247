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
import java.util.stream.Stream;

/**
 * What it costs to read a model and open an engine: the time, and the heap without which it cannot be done, for models of
 * 10 to 500 layers and of 1 to 100 MB of weights. The models are written by {@code python -m conformance.costs FOLDER}.
 *
 * <p>Prints a Markdown table. The heap is the smallest {@code -Xmx} that a process of its own gets by with, less what
 * that is for the smallest model, as a multiple of the weights.
 *
 * <p>{@code mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test
 * "-Dexec.args=-cp %classpath io.atelier.bench.ImportCost FOLDER"}
 */
public final class ImportCost {
    private static final int ROUNDS = 3;
    private static final int MAX_HEAP_MIB = 2048;
    private static final int STEP_MIB = 2;
    private static final double MIB = 1 << 20;

    private ImportCost() {}

    /** {@code FOLDER}, or {@code FILE ENGINE} to do it once. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            open(Path.of(arguments[0]), engine(arguments[1]));
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
            files = all.sorted().toList();
        }
        System.out.println(
                "| model | weights | read | open, onnx | open, dl4j | heap to read | heap, onnx | heap, dl4j |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        List<String> engines = List.of("read", "onnx", "dl4j");
        List<Integer> base =
                engines.stream().map(engine -> leastHeap(files.get(0), engine)).toList();
        for (Path file : files) {
            double weights = KerasReader.read(file).parameterCount() * Float.BYTES / MIB;
            StringBuilder row =
                    new StringBuilder(String.format(Locale.ROOT, "| %s | %.1f MiB |", file.getFileName(), weights));
            for (String engine : engines) {
                row.append(String.format(Locale.ROOT, " %.2f s |", seconds(file, engine(engine))));
            }
            for (int i = 0; i < engines.size(); i++) {
                int more = leastHeap(file, engines.get(i)) - base.get(i);
                row.append(
                        weights < 5
                                ? String.format(Locale.ROOT, " +%d MiB |", more)
                                : String.format(Locale.ROOT, " %.1f x |", more / weights));
            }
            System.out.println(row);
        }
    }

    private static Optional<Engine> engine(String name) {
        return name.equals("read") ? Optional.empty() : Optional.of(Engine.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    private static void open(Path file, Optional<Engine> engine) {
        KerasModel model = KerasReader.read(file);
        engine.map(chosen -> chosen.open(model)).ifPresent(InferenceEngine::close);
    }

    private static double seconds(Path file, Optional<Engine> engine) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            open(file, engine);
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }

    /** In MiB, found by halving. */
    private static int leastHeap(Path file, String engine) {
        int tooLittle = 0;
        int enough = MAX_HEAP_MIB;
        while (enough - tooLittle > STEP_MIB) {
            int middle = (enough + tooLittle) / 2;
            if (succeeds(file, engine, middle)) {
                enough = middle;
            } else {
                tooLittle = middle;
            }
        }
        return enough;
    }

    private static boolean succeeds(Path file, String engine, int heapMib) {
        try {
            Process process = new ProcessBuilder(
                            "java",
                            "-Xmx" + heapMib + "m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ImportCost.class.getName(),
                            file.toString(),
                            engine)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            throw new IllegalStateException("java cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
