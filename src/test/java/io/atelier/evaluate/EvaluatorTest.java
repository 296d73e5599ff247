package io.atelier.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.classify.FashionClassifier;
import io.atelier.classify.FashionItem;
import io.atelier.classify.InvalidImageException;
import io.atelier.classify.Prediction;
import io.atelier.data.Dataset;
import io.atelier.data.ImageFolder;
import io.atelier.data.ImageSource;
import io.atelier.data.InvalidDataException;
import io.atelier.data.LabelledImage;
import io.atelier.data.Unreadable;
import io.atelier.engine.Engine;
import io.atelier.testing.Fixtures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluatorTest {
    private static final Path MODEL = Fixtures.FASHION_MNIST.resolve("model.keras");
    private static final Path IMAGES = Fixtures.FASHION_MNIST.resolve("images");
    private static final Dataset DATA = Dataset.ofFolder(IMAGES);
    private static final FashionClassifier CLASSIFIER = FashionClassifier.load(MODEL);

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        CLASSIFIER.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyEngineIsCountedByWhatItAnswers(Engine engine) {
        try (FashionClassifier classifier = FashionClassifier.load(MODEL, engine)) {
            long right = 0;
            double loss = 0;
            for (ImageFolder.LabelledFile file : ImageFolder.read(IMAGES).files()) {
                FashionItem actual = classifier.labels().find(file.label()).orElseThrow();
                Prediction<FashionItem> prediction = classifier.classify(file.path());
                right += prediction.item() == actual ? 1 : 0;
                loss -= Math.log(prediction.probability(actual));
            }

            Evaluation evaluation = Evaluator.of(classifier).evaluate(DATA);

            assertThat(evaluation.count()).isEqualTo(30);
            assertThat(evaluation.confusion().correct()).isEqualTo(right);
            assertThat(evaluation.loss()).isCloseTo(loss / 30, within(1e-6));
            assertThat(evaluation.confusion().labels())
                    .startsWith("T-shirt/top")
                    .endsWith("Ankle boot");
            assertThat(evaluation.mistakes()).hasSize((int) (30 - right));
        }
    }

    @Test
    void mistakesAreShownAsTheModelSawThem() throws IOException {
        Mistake mistake = Evaluator.of(CLASSIFIER).evaluate(DATA).mistakes().get(0);

        BufferedImage picture =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(mistake.png())));
        assertThat(picture.getWidth()).isEqualTo(28);
        assertThat(picture.getRaster().getPixels(0, 0, 28, 28, (int[]) null))
                .isEqualTo(ImageIO.read(Path.of(mistake.image()).toFile())
                        .getRaster()
                        .getPixels(0, 0, 28, 28, (int[]) null));
        assertThat(mistake.confidence()).isGreaterThan(mistake.actualProbability());
    }

    @Test
    void imagesOfAnySizeAndSourceMayBeMixed() throws IOException {
        Path boot = IMAGES.resolve("ankle-boot-0000.png");
        BufferedImage large = new BufferedImage(280, 280, BufferedImage.TYPE_INT_RGB);
        large.createGraphics().drawImage(ImageIO.read(boot.toFile()), 0, 0, 280, 280, null);
        List<LabelledImage> images = List.of(
                new LabelledImage(new ImageSource.File(boot), 0),
                new LabelledImage(new ImageSource.Picture("large", large), 0),
                new LabelledImage(new ImageSource.Encoded("bytes", Files.readAllBytes(boot)), 0));

        Evaluation evaluation = Evaluator.of(CLASSIFIER).evaluate(Dataset.of("mixture", List.of("ankle-boot"), images));

        assertThat(evaluation.confusion().count(9, 9)).isEqualTo(3);
        assertThat(evaluation.source()).isEqualTo("mixture");
    }

    @Test
    void unreadableImagesAreRefusedOrSkipped() throws IOException {
        Files.createDirectory(folder.resolve("bag"));
        Path broken = Files.writeString(folder.resolve("bag/a broken one.png"), "no image");
        Files.copy(IMAGES.resolve("bag-0018.png"), folder.resolve("bag/bag.png"));
        Dataset data = Dataset.ofFolder(folder);

        assertThatThrownBy(() -> Evaluator.of(CLASSIFIER).evaluate(data))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageStartingWith(broken + ": is no image in a known format");

        List<Long> done = new ArrayList<>();
        Evaluation evaluation = Evaluator.of(CLASSIFIER)
                .withUnreadable(Unreadable.SKIP)
                .withProgress(done::add)
                .evaluate(data);
        assertThat(evaluation.count()).isEqualTo(1);
        assertThat(evaluation.skippedCount()).isEqualTo(1);
        assertThat(evaluation.skipped().get(0).name()).isEqualTo(broken.toString());
        assertThat(done).containsExactly(2L);
    }

    @Test
    void classesThatTheModelDoesNotKnowAreRefusedByName() {
        LabelledImage image = new LabelledImage(new ImageSource.File(IMAGES.resolve("bag-0018.png")), 0);

        assertThatThrownBy(() ->
                        Evaluator.of(CLASSIFIER).evaluate(Dataset.of("shop", List.of("bag", "hat"), List.of(image))))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(
                        "shop: has the classes [hat], which are none of the model's labels [T-shirt/top");
        assertThatThrownBy(() ->
                        Evaluator.of(CLASSIFIER).evaluate(Dataset.of("shop", List.of("bag", "Bag!"), List.of(image))))
                .hasMessage(
                        "shop: has the classes 'bag' and 'Bag!', which are both the model's label 'Bag'; keep one of"
                                + " them");
    }

    @Test
    void textAndJsonTellTheSame() throws IOException {
        Evaluation evaluation = Evaluator.of(CLASSIFIER).withMistakes(1).evaluate(DATA);

        assertThat(evaluation.toText())
                .startsWith(IMAGES + ": " + evaluation.confusion().correct() + " of 30 images right, accuracy 0.")
                .contains(evaluation.report().toText(4), evaluation.confusion().toText());
        JsonNode json = new ObjectMapper().readTree(evaluation.toJson());
        assertThat(json.get("accuracy").asDouble()).isEqualTo(evaluation.accuracy());
        assertThat(json.get("topAccuracy")).hasSize(10);
        assertThat(json.at("/labels/9/label").asText()).isEqualTo("Ankle boot");
        assertThat(json.at("/labels/9/support").asInt()).isEqualTo(3);
        assertThat(json.at("/weighted avg/f1-score").asDouble())
                .isEqualTo(evaluation.report().weighted().f1());
        assertThat(json.at("/confusionMatrix/9/9").asLong())
                .isEqualTo(evaluation.confusion().count(9, 9));
        assertThat(json.get("mistakes")).hasSize(1);
    }
}
