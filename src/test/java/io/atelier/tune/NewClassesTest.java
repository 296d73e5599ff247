package io.atelier.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.classify.FashionClassifier;
import io.atelier.classify.FashionItem;
import io.atelier.classify.Labels;
import io.atelier.classify.Preprocessing;
import io.atelier.data.Dataset;
import io.atelier.data.FashionMnist;
import io.atelier.engine.Engine;
import io.atelier.evaluate.Evaluation;
import io.atelier.evaluate.Evaluator;
import io.atelier.keras.KerasModel;
import io.atelier.keras.io.KerasReader;
import io.atelier.keras.io.KerasWriter;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The whole way: a model that Keras trained on eight classes learns all ten from 2,000 images, and goes back to Keras.
 * python/tests/test_tuned.py then lets Keras answer the same images.
 */
class NewClassesTest {
    private static final Path FOLDER = Fixtures.ROOT.resolve("tuning");
    private static final Path WRITTEN = Path.of("target", "tuned");

    @Test
    void aModelOfEightClassesLearnsTenAndGoesBackToKeras() throws IOException {
        KerasModel eight = KerasReader.read(FOLDER.resolve("eight.keras"));
        Dataset heldOut = FashionMnist.test(FOLDER);

        Tuned<FashionItem> tuned = FineTuner.of(
                        eight,
                        Labels.read(FOLDER.resolve("eight.txt")),
                        Preprocessing.builder().build())
                .replaceHead(Labels.ofEnum(FashionItem.class))
                .epochs(6)
                .validation(heldOut)
                .build()
                .tune(FashionMnist.train(FOLDER));

        Evaluation evaluation = tuned.report().after().orElseThrow();
        assertThat(evaluation.count()).isEqualTo(500);
        assertThat(evaluation.accuracy()).isGreaterThanOrEqualTo(0.8);
        assertThat(evaluation.confusion().count(8, 8)).as("bags").isPositive();
        assertThat(evaluation.confusion().count(9, 9)).as("ankle boots").isPositive();

        Files.createDirectories(WRITTEN);
        assertThat(KerasWriter.write(tuned.model(), WRITTEN.resolve("tuned.keras")))
                .isEmpty();
        Files.writeString(WRITTEN.resolve("tuned.json"), evaluation.toJson());
        try (FashionClassifier read = FashionClassifier.of(
                Engine.DEFAULT.open(KerasReader.read(WRITTEN.resolve("tuned.keras"))),
                tuned.preprocessing(),
                tuned.output())) {
            assertThat(Evaluator.of(read).evaluate(heldOut).confusion()).isEqualTo(evaluation.confusion());
        }
    }
}
