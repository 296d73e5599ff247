package io.atelier.bench;

import io.atelier.keras.KerasModel;
import io.atelier.keras.io.KerasReader;
import io.atelier.testing.Fixtures;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What it costs to read the flagship model from each of its files: median time, and bytes allocated in the heap.
 *
 * <p>{@code mvn -q test-compile exec:java -Dexec.mainClass=io.atelier.bench.ReadingCost -Dexec.classpathScope=test}
 */
public final class ReadingCost {
    private static final int ROUNDS = 40;
    private static final int WARM_UP = 20;

    private ReadingCost() {}

    public static void main(String[] arguments) {
        List<Path> files = Stream.of("model.h5", "model.keras", "model-keras2.h5")
                .map(Fixtures.FASHION_MNIST::resolve)
                .toList();
        long[][] nanoseconds = new long[files.size()][ROUNDS];
        long[] bytes = new long[files.size()];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            // All files in every round, so that each meets the same disturbances.
            for (int i = 0; i < files.size(); i++) {
                long bytesBefore = allocatedBytes();
                long start = System.nanoTime();
                KerasModel model = KerasReader.read(files.get(i));
                long time = System.nanoTime() - start;
                bytes[i] = allocatedBytes() - bytesBefore;
                if (round >= 0) {
                    nanoseconds[i][round] = time;
                }
                if (model.parameterCount() != 89_546) {
                    throw new IllegalStateException(model.toString());
                }
            }
        }
        double first = median(nanoseconds[0]);
        for (int i = 0; i < files.size(); i++) {
            System.out.printf(
                    "%-16s %6.2f ms  x %.2f  %6.2f MiB allocated%n",
                    files.get(i).getFileName(),
                    median(nanoseconds[i]) / 1e6,
                    median(nanoseconds[i]) / first,
                    bytes[i] / 1048576.0);
        }
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
