package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.atelier.keras.ModelException;
import io.atelier.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damages real files at random and accepts only two ends: the file is read, or a {@link ModelException} says why not.
 * Runs in a heap of 256 MiB.
 */
@Tag("small-heap")
class DamagedFileTest {
    private static final int MUTATIONS_PER_FILE = 500;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    static Stream<Path> files() {
        return Stream.of("cnn/model.keras", "cnn/model.h5", "cnn/model-keras2.h5", "batch_normalization/model.h5")
                .map(Fixtures.ROOT.resolve("conformance")::resolve);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aDamagedFileIsReadOrRefusedInOneSentence(Path file) throws Exception {
        byte[] original = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(777);
        int refused = 0;
        for (int i = 0; i < MUTATIONS_PER_FILE; i++) {
            byte[] damaged = damage(original, random);
            String description = file + ", mutation " + i;
            boolean isRead = Assertions.assertTimeoutPreemptively(
                    LONGEST, () -> isRead(damaged, description), description + " hangs");
            refused += isRead ? 0 : 1;
        }
        assertThat(refused).as("most damage must be noticed at all").isGreaterThan(MUTATIONS_PER_FILE / 4);
    }

    private static boolean isRead(byte[] bytes, String description) {
        try {
            KerasReader.read(new ByteArrayInputStream(bytes));
            return true;
        } catch (ModelException e) {
            assertThat(e.getMessage())
                    .startsWith("<stream>: ")
                    .doesNotContain("io.jhdf", "java.", "Exception", ": null");
            return false;
        } catch (Throwable e) {
            return fail(description, e);
        }
    }

    private static byte[] damage(byte[] original, SplittableRandom random) {
        byte[] bytes = original.clone();
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> flip(bytes, random, 1, bytes.length);
            case 2 -> flip(bytes, random, 16, bytes.length);
            // The structure of an HDF5 file stands mostly at its beginning, a zip's at its end.
            case 3 -> flip(bytes, random, 4, Math.min(4096, bytes.length));
            default -> overwrite(bytes, random);
        };
    }

    private static byte[] flip(byte[] bytes, SplittableRandom random, int count, int within) {
        IntStream.range(0, count).forEach(i -> bytes[random.nextInt(within)] = (byte) random.nextInt(256));
        return bytes;
    }

    /** Puts extreme numbers where sizes, counts and addresses may be. */
    private static byte[] overwrite(byte[] bytes, SplittableRandom random) {
        List<byte[]> extremes = List.of(
                new byte[] {-1, -1, -1, -1, -1, -1, -1, -1},
                new byte[] {-1, -1, -1, 127},
                new byte[] {0, 0, 0, 0, 0, 0, 0, -128},
                new byte[] {0, 0, 0, 64, 0, 0, 0, 0},
                new byte[8]);
        byte[] extreme = extremes.get(random.nextInt(extremes.size()));
        int position = random.nextInt(bytes.length - extreme.length) & ~3;
        System.arraycopy(extreme, 0, bytes, position, extreme.length);
        return bytes;
    }
}
