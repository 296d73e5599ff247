package io.atelier.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.classify.ImageClassifier;
import io.atelier.classify.Labels;
import io.atelier.classify.ModelOutput;
import io.atelier.classify.Preprocessing;
import io.atelier.data.Dataset;
import io.atelier.data.FashionMnist;
import io.atelier.data.LabelledImage;
import io.atelier.engine.Engine;
import io.atelier.keras.io.KerasReader;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Accuracy and loss beside those of Keras, for the same model and images. */
class KerasEvaluationTest {
    private static final Path FOLDER = Fixtures.ROOT.resolve("tuning");

    /** Held-out images of the classes that the model knows, which are the first. */
    private static Dataset known(Labels<String> labels) {
        List<LabelledImage> images = StreamSupport.stream(
                        FashionMnist.test(FOLDER).spliterator(), false)
                .filter(image -> image.label() < labels.size())
                .toList();
        return Dataset.of("held out", labels.items(), images);
    }

    @ParameterizedTest
    @EnumSource
    void theSameImagesAreRightAndTheLossIsTheSame(Engine engine) throws IOException {
        JsonNode keras =
                new ObjectMapper().readTree(FOLDER.resolve("eight.json").toFile());
        Labels<String> labels = Labels.read(FOLDER.resolve("eight.txt"));
        try (ImageClassifier<String> classifier = ImageClassifier.of(
                KerasReader.read(FOLDER.resolve("eight.keras")),
                engine,
                labels,
                Preprocessing.builder().build(),
                ModelOutput.PROBABILITIES)) {
            Evaluation evaluation = Evaluator.of(classifier).evaluate(known(labels));

            assertThat(evaluation.count()).isEqualTo(keras.get("images").asLong());
            assertThat(evaluation.confusion().correct())
                    .isEqualTo(keras.get("right").asLong());
            assertThat(evaluation.loss()).isCloseTo(keras.get("loss").asDouble(), within(1e-5));
        }
    }
}
