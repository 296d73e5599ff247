package io.atelier.classify;

import static io.atelier.classify.TestImages.encoded;
import static io.atelier.classify.TestImages.grey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionClassifierTest {
    private static final float[] BOOT = {0.01f, 0, 0, 0, 0, 0.02f, 0, 0.07f, 0, 0.9f};

    /** An image as the dataset has them: light on black. */
    private static BufferedImage picture() {
        return grey(28, 28, (x, y) -> x > 3 && x < 24 && y > 3 && y < 24 ? (x * 11 + y * 7) % 256 : 0);
    }

    private static byte[] pixels(BufferedImage image) {
        return (byte[]) image.getRaster().getDataElements(0, 0, 28, 28, new byte[784]);
    }

    @Test
    void everyFormOfOneImageGivesTheSameTensorAndPrediction(@TempDir Path folder) throws IOException {
        FashionClassifier classifier = FashionClassifier.of(FakeEngine.fashionBySum());
        BufferedImage image = picture();
        byte[] png = encoded(image, "png");
        Path file = Files.write(folder.resolve("picture.png"), png);
        byte[] grey = pixels(image);
        float[][] values = new float[28][28];
        for (int i = 0; i < 784; i++) {
            values[i / 28][i % 28] = (grey[i] & 0xff) / 255f;
        }

        Prediction<FashionItem> expected = classifier.classify(image);

        assertThat(classifier.classify(file)).isEqualTo(expected);
        assertThat(classifier.classify(new ByteArrayInputStream(png))).isEqualTo(expected);
        assertThat(classifier.classify(grey)).isEqualTo(expected);
        assertThat(classifier.classify(values)).isEqualTo(expected);
        assertThat(classifier.classifyImages(List.of(image))).containsExactly(expected);
        assertThat(classifier.classifyFiles(List.of(file))).containsExactly(expected);
        assertThat(classifier.classifyStreams(List.of(new ByteArrayInputStream(png))))
                .containsExactly(expected);
        assertThat(classifier.classifyGrey(List.of(grey))).containsExactly(expected);
        assertThat(classifier.classifyValues(List.<float[][]>of(values))).containsExactly(expected);
        assertThat(classifier.preprocess(new ImageInput.File(file)))
                .isEqualTo(classifier.preprocess(new ImageInput.Values(values)));
    }

    @Test
    void aModelIsToldByItsShapes() {
        assertThat(FashionClassifier.hasDatasetShapes(FakeEngine.fashionModel()))
                .isTrue();
        assertThat(FashionClassifier.hasDatasetShapes(
                        FakeEngine.model(Shape.of(-1, 28, 28, 3), 10, ActivationFunction.SOFTMAX)))
                .isFalse();
        assertThat(FashionClassifier.hasDatasetShapes(
                        FakeEngine.model(Shape.of(-1, 28, 28, 1), 9, ActivationFunction.SOFTMAX)))
                .isFalse();
    }

    @Test
    void aPredictionRanksAllItems() {
        Prediction<FashionItem> prediction =
                FashionClassifier.of(FakeEngine.fashion(BOOT)).classify(picture());

        assertThat(prediction.item()).isEqualTo(FashionItem.ANKLE_BOOT);
        assertThat(prediction.confidence()).isEqualTo(0.9f);
        assertThat(prediction.probability(FashionItem.SNEAKER)).isEqualTo(0.07f);
        assertThat(prediction).hasToString("Ankle boot (90.0 %)");
        assertThat(prediction.ranked().stream().map(Prediction.Score::item))
                .containsExactly(
                        FashionItem.ANKLE_BOOT,
                        FashionItem.SNEAKER,
                        FashionItem.SANDAL,
                        FashionItem.T_SHIRT_TOP,
                        FashionItem.TROUSER,
                        FashionItem.PULLOVER,
                        FashionItem.DRESS,
                        FashionItem.COAT,
                        FashionItem.SHIRT,
                        FashionItem.BAG);
    }

    @Test
    void aPhotographOnWhiteIsSeenAsItsInverse() {
        FashionClassifier classifier = FashionClassifier.of(FakeEngine.fashion(BOOT));
        BufferedImage dark = grey(28, 28, (x, y) -> 255 - picture().getRaster().getSample(x, y, 0));

        assertThat(classifier.preprocess(new ImageInput.Picture(dark)))
                .isEqualTo(classifier.preprocess(new ImageInput.Picture(picture())));
    }

    @Test
    void numbersThatNoPixelBecomesAreRefused() {
        FashionClassifier classifier = FashionClassifier.of(FakeEngine.fashion(BOOT));
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 255, -1}) {
            float[][] values = new float[28][28];
            values[3][4] = bad;

            assertThatThrownBy(() -> classifier.classify(values))
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessage("image: expected numbers from 0.0 to 1.0, scaled by x / 255; received " + bad
                            + " in row 3, column 4");
        }
    }

    @Test
    void arraysOfTheWrongSizeAreRefused() {
        FashionClassifier classifier = FashionClassifier.of(FakeEngine.fashion(BOOT));

        assertThatThrownBy(() -> classifier.classify(new float[0][0]))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("image: expected 28 rows of 28 values; received 0 rows");
        float[][] ragged = new float[28][28];
        ragged[27] = new float[27];
        assertThatThrownBy(() -> classifier.classify(ragged))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("image: expected 28 values in row 27; received 27");
        assertThatThrownBy(() -> classifier.classify(new byte[0]))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("received 0; if they are an encoded image file, pass it as an InputStream");
    }

    @Test
    void anEncodedFileAmongGreyPixelsIsRefusedEvenIfItsLengthFits() {
        byte[] png = Arrays.copyOf(encoded(picture(), "png"), 784);

        assertThatThrownBy(() -> FashionClassifier.of(FakeEngine.fashion(BOOT)).classify(png))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("received a PNG file; pass it as an InputStream");
    }

    @Test
    void modelsThatLeaveTheSizeOpenGetTheDatasets() {
        for (Shape shape : List.of(Shape.of(-1, 784), Shape.of(-1, -1, -1, 1), Shape.of(-1, 28, 28))) {
            FakeEngine engine =
                    new FakeEngine(FakeEngine.model(shape, 10, ActivationFunction.SOFTMAX), image -> BOOT.clone());
            assertThat(FashionClassifier.of(engine).classify(picture()).item()).isEqualTo(FashionItem.ANKLE_BOOT);
        }
    }

    @Test
    void oneClassifierServesManyThreadsAlike() throws Exception {
        FashionClassifier classifier = FashionClassifier.of(FakeEngine.fashionBySum());
        Random random = new Random(5);
        List<BufferedImage> images = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int seed = random.nextInt(1000);
            images.add(grey(30 + i, 50, (x, y) -> (x * seed + y * y) % 256));
        }
        List<Prediction<FashionItem>> expected = classifier.classifyImages(images);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<List<Prediction<FashionItem>>> task =
                    () -> images.stream().map(classifier::classify).toList();
            for (Future<List<Prediction<FashionItem>>> result : threads.invokeAll(Collections.nCopies(8, task))) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void closingFreesTheEngineAndEndsTheWork() {
        FakeEngine engine = FakeEngine.fashion(BOOT);
        FashionClassifier classifier = FashionClassifier.of(engine);

        classifier.close();
        classifier.close();

        assertThat(engine.closes.get()).isPositive();
        assertThatThrownBy(() -> classifier.classify(picture())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEngineOpenedForAModelThatDoesNotFitIsClosed() {
        FakeEngine engine = new FakeEngine(
                FakeEngine.model(Shape.of(-1, 28, 28, 1), 3, ActivationFunction.SOFTMAX), image -> image);

        assertThatThrownBy(() -> ImageClassifier.opened(engine, FashionClassifier::of))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected (None, 10)");
        assertThat(engine.closes.get()).isEqualTo(1);
    }
}
