package io.atelier.classify;

import static io.atelier.classify.TestImages.file;
import static io.atelier.classify.TestImages.grey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.KerasModel;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageClassifierTest {
    private static final Labels<String> TWO = Labels.of(List.of("cat", "dog"));
    private static final Labels<String> THREE = Labels.of(List.of("a", "b", "c"));
    private static final ImageInput IMAGE = new ImageInput.Picture(grey(2, 2, (x, y) -> 100));

    private static ImageClassifier<String> classifier(
            Labels<String> labels, ActivationFunction activation, ModelOutput output, float... answer) {
        KerasModel model = FakeEngine.model(Shape.of(-1, 2, 2, 1), answer.length, activation);
        return ImageClassifier.of(
                new FakeEngine(model, image -> answer.clone()),
                labels,
                Preprocessing.builder().build(),
                output);
    }

    private static ImageClassifier<String> softmax(float... answer) {
        return classifier(THREE, ActivationFunction.SOFTMAX, ModelOutput.PROBABILITIES, answer);
    }

    /** A classifier of two labels for an input of this shape. */
    private static ImageClassifier<String> forInput(Shape shape, Preprocessing.Builder options) {
        FakeEngine engine = new FakeEngine(
                FakeEngine.model(shape, 2, ActivationFunction.SOFTMAX), image -> new float[] {0.25f, 0.75f});
        return ImageClassifier.of(engine, TWO, options.build());
    }

    @Test
    void aSingleSigmoidOutputIsTheProbabilityOfTheSecondOfTwoLabels() {
        Prediction<String> prediction = classifier(TWO, ActivationFunction.SIGMOID, ModelOutput.PROBABILITIES, 0.75f)
                .classify(IMAGE);

        assertThat(prediction.item()).isEqualTo("dog");
        assertThat(prediction.probability("dog")).isEqualTo(0.75f);
        assertThat(prediction.probability("cat")).isEqualTo(0.25f);
    }

    @Test
    void logitsBecomeProbabilitiesHoweverLargeTheyAre() {
        Prediction<String> three = classifier(THREE, ActivationFunction.LINEAR, ModelOutput.LOGITS, 1000, 1001, -1000)
                .classify(IMAGE);
        Prediction<String> two = classifier(TWO, ActivationFunction.LINEAR, ModelOutput.LOGITS, -2)
                .classify(IMAGE);

        assertThat(three.probabilities()).containsExactly(0.26894143f, 0.7310586f, 0);
        assertThat(two.item()).isEqualTo("cat");
        assertThat(two.probability("dog")).isEqualTo(0.11920292f);
    }

    @ParameterizedTest
    @CsvSource({"LINEAR, PROBABILITIES", "SIGMOID, PROBABILITIES", "SOFTMAX, LOGITS", "RELU, PROBABILITIES"})
    void aLastLayerThatContradictsTheOutputOptionIsRefused(ActivationFunction activation, ModelOutput output) {
        assertThatThrownBy(() -> classifier(THREE, activation, output, 0, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("applies " + activation.kerasName())
                .hasMessageContaining(
                        "as the outputs are to be " + output.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void outputsThatAreNoProbabilitiesAreRefusedAndMayBeLogits() {
        for (float[] answer : new float[][] {{0.5f, 0.6f, 0.7f}, {-0.5f, 0.5f, 1}, {0, 0, 0}}) {
            assertThatThrownBy(() -> softmax(answer).classify(IMAGE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("are no probabilities")
                    .hasMessageEndingWith("take them as logits");
        }
    }

    @Test
    void outputsThatAreNoNumbersAreRefused() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> softmax(bad, 0.5f, 0.5f).classify(IMAGE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the model's output holds " + bad);
        }
    }

    @Test
    void aModelWithOtherThanOneOutputALabelIsRefused() {
        assertThatThrownBy(() -> classifier(THREE, ActivationFunction.SOFTMAX, ModelOutput.PROBABILITIES, 0.5f, 0.5f))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(None, 2); expected (None, 3)");
    }

    @Test
    void anEngineThatAnswersInAnotherShapeThanItsModelIsRefused() {
        KerasModel model = FakeEngine.model(Shape.of(-1, 2, 2, 1), 3, ActivationFunction.SOFTMAX);
        FakeEngine engine = new FakeEngine(model, image -> new float[] {1});

        assertThatThrownBy(() -> ImageClassifier.of(
                                engine, THREE, Preprocessing.builder().build())
                        .classify(IMAGE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("(1, 1); expected (1, 3)");
    }

    @Test
    void aLongListIsRunInBatchesAndKeepsItsOrder() {
        FakeEngine engine = FakeEngine.fashionBySum();
        FashionClassifier classifier = FashionClassifier.of(engine);
        List<byte[]> images = IntStream.range(0, 150)
                .mapToObj(i -> {
                    byte[] image = new byte[784];
                    for (int at = 0; at < i % 10; at++) {
                        image[at] = (byte) 255;
                    }
                    return image;
                })
                .toList();

        List<Prediction<FashionItem>> predictions = classifier.classifyGrey(images);

        assertThat(engine.batches).containsExactly(64, 64, 22);
        for (int i = 0; i < 150; i++) {
            assertThat(predictions.get(i).item()).isEqualTo(FashionItem.ofLabel(i % 10));
        }
        assertThat(classifier.classifyFiles(List.of())).isEmpty();
    }

    @Test
    void anUnusableImageOfAListIsNamedByItsPosition() {
        FashionClassifier classifier = FashionClassifier.of(FakeEngine.fashionBySum());

        assertThatThrownBy(() -> classifier.classifyGrey(List.of(new byte[784], new byte[783])))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageStartingWith("image 2 of 2: expected 784 grey values (28 x 28); received 783");
    }

    @Test
    void aModelWithAFixedBatchOfOneGetsOneImageAtATime() {
        FakeEngine engine = new FakeEngine(
                FakeEngine.model(Shape.of(1, 2, 2, 1), 2, ActivationFunction.SOFTMAX), image -> new float[] {1, 0});

        ImageClassifier.of(engine, TWO, Preprocessing.builder().build()).classifyAll(Collections.nCopies(3, IMAGE));

        assertThat(engine.batches).containsExactly(1, 1, 1);
    }

    @Test
    void channelsFirstIsToldFromTheInputShape() {
        ImageInput wide = new ImageInput.File(file("wide.png"));
        Shape first = Shape.of(-1, 3, 28, 28);
        Shape last = Shape.of(-1, 28, 28, 3);

        float[] planes = TestImages.preprocessed(wide, first, Preprocessing.builder());
        float[] named =
                TestImages.preprocessed(wide, first, Preprocessing.builder().dataFormat(DataFormat.CHANNELS_FIRST));
        float[] pixels = TestImages.preprocessed(wide, last, Preprocessing.builder());

        assertThat(planes).containsExactly(named);
        for (int i = 0; i < pixels.length; i++) {
            assertThat(planes[i % 3 * 784 + i / 3]).isEqualTo(pixels[i]);
        }
    }

    @Test
    void inputsWithoutAChannelsAxisAreGrey() {
        assertThat(forInput(Shape.of(-1, 4, 5), Preprocessing.builder())
                        .preprocess(IMAGE)
                        .shape())
                .isEqualTo(Shape.of(1, 4, 5));
        assertThat(forInput(Shape.of(-1, 20), Preprocessing.builder().size(4, 5))
                        .preprocess(IMAGE)
                        .shape())
                .isEqualTo(Shape.of(1, 20));
    }

    @Test
    void aSizeThatTheModelLeavesOpenIsAnOption() {
        Shape open = Shape.of(-1, -1, -1, 1);

        assertThat(forInput(open, Preprocessing.builder().size(4, 5))
                        .preprocess(IMAGE)
                        .shape())
                .isEqualTo(Shape.of(1, 4, 5, 1));
        assertInputRefused(open, Preprocessing.builder(), "set the option size");
        assertInputRefused(Shape.of(-1, 784), Preprocessing.builder(), "set the option size");
    }

    @Test
    void inputsThatAreNoImagesOrContradictTheOptionsAreRefused() {
        assertInputRefused(Shape.of(-1, 8, 8, 5), Preprocessing.builder(), "expected 1 or 3 channels");
        assertInputRefused(Shape.of(-1, 8, 8, 1), Preprocessing.builder().size(9, 9), "the option size is 9 x 9");
        assertInputRefused(Shape.of(-1, 8, 8, 8, 1), Preprocessing.builder(), "expected (batch, height, width");
        assertInputRefused(Shape.of(4, 8, 8, 1), Preprocessing.builder(), "fixed size");
        assertInputRefused(Shape.of(-1, 21), Preprocessing.builder().size(4, 5), "does not hold");
        assertInputRefused(Shape.of(-1, 100_000, 100_000, 1), Preprocessing.builder(), "maxPixels=32000000");
    }

    private static void assertInputRefused(Shape shape, Preprocessing.Builder options, String words) {
        assertThatThrownBy(() -> forInput(shape, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(shape.toString())
                .hasMessageContaining(words);
    }

    @Test
    void aModelThatScalesPixelsItselfGetsThemUnscaled() {
        Rescaling rescaling = new Rescaling(List.of(1 / 255.0), List.of(0.0));
        KerasModel model = FakeEngine.model(Shape.of(-1, 2, 2, 1), 2, ActivationFunction.SOFTMAX, rescaling);
        FakeEngine engine = new FakeEngine(model, image -> new float[] {1, 0});

        assertThat(ImageClassifier.of(engine, TWO, Preprocessing.builder().build())
                        .preprocess(IMAGE)
                        .toArray())
                .containsOnly(100);
        assertThatThrownBy(() -> ImageClassifier.of(
                        engine,
                        TWO,
                        Preprocessing.builder().scaling(Scaling.BY_255).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use Scaling.NONE");
    }

    @Test
    void greyPixelsAreRepeatedForAModelOfThreeChannels() {
        ImageClassifier<String> classifier = forInput(Shape.of(-1, 1, 2, 3), Preprocessing.builder());

        assertThat(classifier
                        .preprocess(new ImageInput.Grey(new byte[] {0, (byte) 255}))
                        .toArray())
                .containsExactly(0, 0, 0, 1, 1, 1);
        assertThatThrownBy(() -> classifier.classify(new float[][] {{0, 1}}))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("the model takes colour");
    }
}
