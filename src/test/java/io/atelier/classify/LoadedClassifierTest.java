package io.atelier.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.engine.Engine;
import io.atelier.testing.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The classifier of a trained model file, on a real engine. */
class LoadedClassifierTest {
    private static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.keras");
    private static final int THREADS = 64;

    private static List<byte[]> images() {
        Random random = new Random(64);
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            byte[] grey = new byte[28 * 28];
            random.nextBytes(grey);
            images.add(grey);
        }
        return images;
    }

    @ParameterizedTest
    @EnumSource
    void everyEngineSeesTheBags(Engine kind) throws Exception {
        try (FashionClassifier classifier = FashionClassifier.load(MODEL, kind);
                Stream<Path> files = Files.list(Fixtures.FASHION_MNIST.resolve("images"))) {
            List<Path> bags = files.filter(file -> file.getFileName().toString().startsWith("bag"))
                    .toList();
            assertThat(bags).isNotEmpty();
            assertThat(classifier.classifyFiles(bags))
                    .extracting(Prediction::item)
                    .containsOnly(FashionItem.BAG);
        }
    }

    @Test
    void sixtyFourThreadsGetExactlyWhatOneGets() throws Exception {
        try (FashionClassifier classifier = FashionClassifier.load(MODEL)) {
            List<byte[]> images = images();
            List<Prediction<FashionItem>> serial =
                    images.stream().map(classifier::classify).toList();
            CyclicBarrier start = new CyclicBarrier(THREADS);
            Callable<List<Prediction<FashionItem>>> all = () -> {
                start.await();
                return images.stream().map(classifier::classify).toList();
            };
            for (Future<List<Prediction<FashionItem>>> result : onThreads(all)) {
                assertThat(result.get()).isEqualTo(serial);
            }
        }
    }

    @Test
    void aClassifierThatIsClosedWhileManyClassifyAnswersRightlyOrRefuses() throws Exception {
        FashionClassifier classifier = FashionClassifier.load(MODEL);
        byte[] image = images().get(0);
        Prediction<FashionItem> expected = classifier.classify(image);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        Callable<Integer> untilClosed = () -> {
            if (start.await() == 0) {
                classifier.close();
            }
            int answers = 0;
            try {
                while (true) {
                    assertThat(classifier.classify(image)).isEqualTo(expected);
                    answers++;
                }
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("the engine is closed");
                return answers;
            }
        };
        for (Future<Integer> result : onThreads(untilClosed)) {
            assertThat(result.get()).isNotNegative();
        }
    }

    @Test
    void imagesThatDoNotFitAreRefusedAndDoNoHarm() {
        try (FashionClassifier classifier = FashionClassifier.load(MODEL)) {
            byte[] image = images().get(0);
            Prediction<FashionItem> expected = classifier.classify(image);
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                float[][] values = new float[28][28];
                values[27][27] = bad;
                assertThatThrownBy(() -> classifier.classify(values))
                        .isInstanceOf(InvalidImageException.class)
                        .hasMessageContaining("received " + bad + " in row 27, column 27");
            }
            assertThatThrownBy(() -> classifier.classify(new byte[783])).isInstanceOf(InvalidImageException.class);
            assertThatThrownBy(() -> classifier.classify(new float[28][29])).isInstanceOf(InvalidImageException.class);
            assertThat(classifier.classifyGrey(List.of())).isEmpty();
            assertThat(classifier.classify(image)).isEqualTo(expected);
        }
    }

    @Test
    void aClosedClassifierSaysSo() {
        FashionClassifier classifier = FashionClassifier.load(MODEL);
        classifier.close();
        classifier.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> classifier.classify(images().get(0)))
                .withMessage("the engine is closed");
    }

    private static <T> List<Future<T>> onThreads(Callable<T> task) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            return threads.invokeAll(Collections.nCopies(THREADS, task));
        } finally {
            threads.shutdown();
        }
    }
}
