package io.atelier.tune;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.classify.InvalidImageException;
import io.atelier.classify.Labels;
import io.atelier.classify.Preprocessing;
import io.atelier.data.Dataset;
import io.atelier.data.ImageSource;
import io.atelier.data.InvalidDataException;
import io.atelier.data.LabelledImage;
import io.atelier.keras.KerasModel;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.testing.Fixtures;
import io.atelier.train.Loss;
import io.atelier.train.Optimizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cannot be tuned, or not so, is refused before anything is done. */
class RefusedTuningTest {
    private static final Dataset DATA = Blocks.data(10, 3, 1);

    @Test
    void dataWithoutWhatItTakesIsRefused() {
        assertData(Dataset.of("one", List.of("block 1"), List.of(image(0))), "has one class only, [block 1]");
        assertData(
                Dataset.of("empty", List.of("block 0", "block 1", "block 2"), List.of(image(0), image(2))),
                "has no image of [block 1]");
        assertData(
                Dataset.of("others", List.of("cat", "dog"), List.of(image(0), image(1))),
                "has the classes [cat, dog], which are none of the model's labels");
        assertThatThrownBy(() -> Blocks.tuner().validation(0.9).build().tune(DATA))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("holding out 0.9 of the images leaves a class without any to learn from");
    }

    private static LabelledImage image(int label) {
        return new LabelledImage(new ImageSource.Encoded("broken.png", new byte[3]), label);
    }

    private static void assertData(Dataset data, String message) {
        assertThatThrownBy(() -> Blocks.tuner().build().tune(data))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anImageThatCannotBeReadIsRefusedByDefault() {
        Dataset data = Dataset.of("broken", List.of("block 0", "block 1"), List.of(image(0), image(1)));
        assertThatThrownBy(() -> Blocks.tuner().build().tune(data))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("broken.png");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        FineTunerBuilder<String> tuner = Blocks.tuner();
        assertOption(() -> tuner.epochs(0), "the epochs must be at least 1; received 0");
        assertOption(() -> tuner.batchSize(-1), "the batch size must be at least 1; received -1");
        assertOption(() -> tuner.earlyStopping(0), "the patience must be at least 1; received 0");
        assertOption(() -> tuner.validation(1), "must be above 0 and below 1; received 1.0");
        assertOption(() -> tuner.freezeUntil("nowhere"), "the model has no layer 'nowhere'");
        assertOption(() -> tuner.freeze("dense", "nowhere"), "the model has no layer 'nowhere'");
        assertOption(() -> tuner.classWeights(Map.of("cat", 1.0)), "'cat' is none of the labels");
        assertOption(() -> tuner.classWeights(Map.of("block 1", -1.0)), "must be at least 0; received -1.0");
        assertOption(() -> new Augmentation(false, 2, 0), "shift must be from 0 to 1; received 2.0");
        assertOption(() -> new Augmentation(false, 0, -1), "rotation must be from 0 to 180 degrees; received -1.0");
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertOption(() -> Blocks.tuner().validation(0.1).validation(DATA).build(), "not both");
        assertOption(() -> Blocks.tuner().resume().build(), "to resume, give the folder of checkpoints");
        assertOption(
                () -> FineTuner.of(Blocks.model(), Labels.of(List.of("a", "b")), preprocessing())
                        .build(),
                "the model tells 10 classes apart; received 2 labels");
        assertOption(
                () -> FineTuner.of(Blocks.model(), Blocks.LABELS, preprocessing())
                        .build(),
                "was not compiled, and does not say its optimizer; give one");
        assertOption(() -> Blocks.tuner().freezeUntil("dense_1").build().tune(DATA), "every layer is frozen");
    }

    private static void assertOption(Runnable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(message);
    }

    @Test
    void aHeadThatIsNoDenseIsNotReplaced() {
        KerasModel binary = Fixtures.read(Fixtures.ROOT.resolve("training/binary/model.keras"));
        assertThatThrownBy(() -> Head.replaced(binary, 3, 1))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("the head cannot be replaced: layer 'dense_1' (Dense) is one unit");
        KerasModel severalOutputs = Fixtures.read(Fixtures.ROOT.resolve("conformance/max_pooling/model.keras"));
        assertThatThrownBy(() -> Head.replaced(severalOutputs, 3, 1))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("the head cannot be replaced, as the model has 10 outputs");
    }

    @Test
    void aModelThatIsNoClassifierIsRefused() {
        KerasModel logits = Fixtures.read(Fixtures.ROOT.resolve("training/logits/model.keras"));
        Preprocessing flat = Preprocessing.builder().size(2, 3).build();
        Dataset data = Dataset.of("blocks", List.of("a", "b", "c"), List.of(image(0), image(1), image(2)));
        assertThatThrownBy(() -> FineTuner.of(logits, Labels.of(List.of("a", "b", "c")), flat)
                        .optimizer(Optimizer.adam(0.1))
                        .loss(Loss.of(Loss.Kind.MEAN_SQUARED_ERROR))
                        .build()
                        .tune(data))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("neither probabilities nor logits");
    }

    private static Preprocessing preprocessing() {
        return Preprocessing.builder().build();
    }
}
