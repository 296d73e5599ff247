package io.atelier.bench;

import io.atelier.classify.FashionClassifier;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Whether memory stays where it is: a million images classified by several threads that share one classifier.
 *
 * <p>Prints the process's resident memory and the calls a second after each tenth; ends with exit code 1 if the memory
 * grew by more than {@value #MAX_GROWTH_MIB} MiB after the second tenth, by when the heap has reached its size. Linux only.
 *
 * <p>{@code mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test
 * "-Dexec.args=-Xms256m -Xmx256m -XX:+AlwaysPreTouch -cp %classpath io.atelier.bench.Soak"}
 */
public final class Soak {
    private static final int CALLS = 1_000_000;
    private static final int THREADS = 4;
    private static final int TENTHS = 10;
    private static final int WARM_UP_TENTHS = 2;
    private static final long MAX_GROWTH_MIB = 16;

    private Soak() {}

    public static void main(String[] arguments) throws Exception {
        int calls = arguments.length > 0 ? Integer.parseInt(arguments[0]) : CALLS;
        long[] mebibytes = new long[TENTHS];
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (FashionClassifier classifier = FashionClassifier.load(Fixtures.FASHION_MNIST.resolve("model.keras"))) {
            for (int tenth = 0; tenth < TENTHS; tenth++) {
                long start = System.nanoTime();
                classify(classifier, threads, calls / TENTHS);
                double seconds = (System.nanoTime() - start) / 1e9;
                mebibytes[tenth] = residentKibibytes() / 1024;
                System.out.printf(
                        "%3d %%  %5d MiB  %8.0f calls/s%n",
                        (tenth + 1) * 10, mebibytes[tenth], calls / TENTHS / seconds);
            }
        } finally {
            threads.shutdown();
        }
        long growth = mebibytes[TENTHS - 1] - mebibytes[WARM_UP_TENTHS - 1];
        boolean isSteady = growth <= MAX_GROWTH_MIB;
        System.out.printf(
                "%s: %+d MiB after the first %d %%, at most %d allowed%n",
                isSteady ? "steady" : "GROWN", growth, WARM_UP_TENTHS * 10, MAX_GROWTH_MIB);
        System.exit(isSteady ? 0 : 1);
    }

    private static void classify(FashionClassifier classifier, ExecutorService threads, int calls)
            throws InterruptedException, ExecutionException {
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(thread);
            Callable<Void> work = () -> {
                byte[] image = new byte[28 * 28];
                for (int call = 0; call < calls / THREADS; call++) {
                    random.nextBytes(image);
                    if (!(classifier.classify(image).confidence() > 0)) {
                        throw new IllegalStateException("a prediction without confidence");
                    }
                }
                return null;
            };
            running.add(threads.submit(work));
        }
        for (Future<?> future : running) {
            future.get();
        }
    }

    private static long residentKibibytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
