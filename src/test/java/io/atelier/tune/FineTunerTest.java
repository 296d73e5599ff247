package io.atelier.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.atelier.classify.ImageClassifier;
import io.atelier.classify.Labels;
import io.atelier.data.Dataset;
import io.atelier.data.ImageSource;
import io.atelier.data.LabelledImage;
import io.atelier.data.Unreadable;
import io.atelier.evaluate.EpochMetrics;
import io.atelier.evaluate.Evaluation;
import io.atelier.evaluate.Evaluator;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import io.atelier.train.LearningRate;
import io.atelier.train.Loss;
import io.atelier.train.Optimizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A model is trained further, as the options say, and the old one stays as it is. */
class FineTunerTest {
    private static final Dataset DATA = Blocks.data(10, 30, 1);

    @Test
    void aModelLearnsAndItsReportTellsTheTruth() {
        KerasModel before = Blocks.model();
        Tuned<String> tuned =
                Blocks.tuner(before).epochs(8).validation(0.2).build().tune(DATA);
        TuningReport report = tuned.report();
        assertThat(report.epochs()).hasSize(8);
        assertThat(report.stop()).isEqualTo(Stop.FINISHED);
        assertThat(report.keptEpoch()).isEqualTo(8);
        Evaluation after = report.after().orElseThrow();
        assertThat(after.count()).isEqualTo(60);
        assertThat(after.accuracy())
                .isGreaterThan(0.95)
                .isGreaterThan(report.before().orElseThrow().accuracy());
        EpochMetrics last = report.epochs().get(7);
        assertThat(last.validationAccuracy().orElseThrow()).isEqualTo(after.accuracy());
        assertThat(last.validationLoss().orElseThrow()).isCloseTo(after.loss(), within(1e-4));
        assertThat(last.loss()).isLessThan(report.epochs().get(0).loss());
        assertThat(before.layer("dense").weights())
                .isEqualTo(Blocks.model().layer("dense").weights());
        try (ImageClassifier<String> classifier = tuned.classifier()) {
            assertThat(Evaluator.of(classifier).evaluate(Blocks.data(10, 10, 2)).accuracy())
                    .isGreaterThan(0.95);
        }
    }

    @Test
    void frozenLayersStayBitForBitAndAreMarked() {
        KerasModel before = Blocks.model();
        KerasModel after = Blocks.tuner(before)
                .freezeUntil("flatten")
                .freeze("dense_1")
                .build()
                .tune(DATA)
                .model();
        for (KerasLayer layer : before.layers()) {
            boolean isTrained = layer.name().equals("dense");
            if (!layer.weights().isEmpty()) {
                assertThat(after.layer(layer.name()).weights().equals(layer.weights()))
                        .as(layer.name())
                        .isEqualTo(!isTrained);
            }
            assertThat(after.layer(layer.name()).trainable()).as(layer.name()).isEqualTo(isTrained);
        }
    }

    @Test
    void aReplacedHeadIsDrawnAsKerasDrawsIt() {
        Labels<String> labels = Labels.of(List.of("block 0", "block 1", "block 2", "block 3"));
        FineTuner<String> tuner = Blocks.tuner()
                .replaceHead(labels)
                .optimizer(Optimizer.adam(0.01))
                .loss(Loss.of(Loss.Kind.CATEGORICAL_CROSSENTROPY))
                .epochs(6)
                .validation(0.25)
                .build();
        Tuned<String> tuned = tuner.tune(Blocks.data(4, 40, 3));
        assertThat(tuned.model().layer("dense_1").weight("kernel").shape()).isEqualTo(Shape.of(16, 4));
        assertThat(tuned.model().outputShapes()).containsExactly(Shape.of(-1, 4));
        assertThat(tuned.report().before()).isEmpty();
        assertThat(tuned.report().after().orElseThrow().accuracy()).isGreaterThan(0.9);
        KerasLayer fresh = Head.replaced(Blocks.model(), 4, 7).layer("dense_1");
        double limit = Math.sqrt(6.0 / (16 + 4));
        float[] kernel = fresh.weight("kernel").toArray();
        assertThat(kernel).doesNotHaveDuplicates();
        for (float value : kernel) {
            assertThat((double) value).isBetween(-limit, limit);
        }
        assertThat(fresh.weight("bias")).isEqualTo(Tensor.of(Shape.of(4), 0, 0, 0, 0));
        assertThat(Head.replaced(Blocks.model(), 4, 7).layer("dense_1")).isEqualTo(fresh);
        assertThat(Head.replaced(Blocks.model(), 4, 8).layer("dense_1")).isNotEqualTo(fresh);
    }

    @Test
    void theSameSeedGivesTheSameNumbers() {
        Augmentation augmentation = new Augmentation(true, 0.1, 5);
        List<KerasModel> models = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            models.add(Blocks.tuner()
                    .epochs(2)
                    .augmentation(augmentation)
                    .seed(seed)
                    .build()
                    .tune(DATA)
                    .model());
        }
        assertThat(weights(models.get(0))).isEqualTo(weights(models.get(1))).isNotEqualTo(weights(models.get(2)));
    }

    private static Map<String, Map<String, Tensor>> weights(KerasModel model) {
        Map<String, Map<String, Tensor>> weights = new HashMap<>();
        model.layers().forEach(layer -> weights.put(layer.name(), layer.weights()));
        return weights;
    }

    @Test
    void earlyStoppingKeepsTheBestEpoch() {
        // A learning rate that soon is far too high.
        TuningReport report = Blocks.tuner()
                .learningRate(new LearningRate.PiecewiseConstantDecay(List.of(16.0), List.of(0.01, 0.5)))
                .epochs(20)
                .earlyStopping(2)
                .validation(0.2)
                .build()
                .tune(DATA)
                .report();
        assertThat(report.stop()).isEqualTo(Stop.EARLY);
        double best = report.epochs().stream()
                .mapToDouble(epoch -> epoch.validationLoss().orElseThrow())
                .min()
                .orElseThrow();
        assertThat(report.epochs().get(report.keptEpoch() - 1).validationLoss()).hasValue(best);
        assertThat(report.epochs()).hasSize(report.keptEpoch() + 2);
        assertThat(report.after().orElseThrow().loss()).isCloseTo(best, within(1e-4));
    }

    @Test
    void aLossThatIsNoNumberEndsItWithTheLastGoodWeights() {
        KerasModel before = Blocks.model();
        Tuned<String> tuned = Blocks.tuner(before)
                .optimizer(Optimizer.sgd(1e30, 0))
                .epochs(3)
                .build()
                .tune(DATA);
        assertThat(tuned.report().stop()).isEqualTo(Stop.DIVERGED);
        assertThat(tuned.report().keptEpoch()).isZero();
        assertThat(weights(tuned.model())).isEqualTo(weights(before));
        assertThat(tuned.report().toText())
                .contains("It ended because the loss was no finite number any more: the learning rate is too high.")
                .contains("The weights are those before the first epoch.");
    }

    @Test
    void aCancelledRunKeepsTheLastEpochThatWasDone() {
        int[] batches = {0};
        FineTunerBuilder<String> builder = Blocks.tuner().epochs(5);
        Tuned<String> cancelled =
                builder.cancelledWhen(() -> ++batches[0] == 25).build().tune(DATA);
        assertThat(cancelled.report().stop()).isEqualTo(Stop.CANCELLED);
        assertThat(cancelled.report().keptEpoch()).isEqualTo(2);
        KerasModel twoEpochs = Blocks.tuner().epochs(2).build().tune(DATA).model();
        assertThat(weights(cancelled.model())).isEqualTo(weights(twoEpochs));
    }

    @Test
    void aClassOfNoWeightIsNotLearned() {
        Map<String, Double> onlyThree = new HashMap<>();
        Blocks.NAMES.forEach(name -> onlyThree.put(name, name.equals("block 3") ? 1.0 : 0.0));
        Tuned<String> tuned =
                Blocks.tuner().epochs(3).classWeights(onlyThree).build().tune(DATA);
        try (ImageClassifier<String> classifier = tuned.classifier()) {
            Evaluation evaluation = Evaluator.of(classifier).evaluate(DATA);
            assertThat(evaluation.accuracy()).isCloseTo(0.1, within(1e-9));
        }
    }

    @Test
    void theListenerHearsEveryBatchAndEpoch() {
        List<TuningListener.Position> batches = new ArrayList<>();
        List<EpochMetrics> epochs = new ArrayList<>();
        TuningReport report = Blocks.tuner()
                .epochs(2)
                .batchSize(64)
                .listener(new TuningListener() {
                    @Override
                    public void onBatch(Position position) {
                        batches.add(position);
                    }

                    @Override
                    public void onEpoch(EpochMetrics metrics) {
                        epochs.add(metrics);
                    }
                })
                .build()
                .tune(DATA)
                .report();
        assertThat(epochs).isEqualTo(report.epochs());
        assertThat(batches).hasSize(10);
        TuningListener.Position last = batches.get(9);
        assertThat(last)
                .isEqualTo(new TuningListener.Position(
                        2, 2, 300, 300, epochs.get(1).loss(), epochs.get(1).accuracy()));
    }

    @Test
    void imagesThatCannotBeReadAreToldOnce() {
        List<LabelledImage> images = new ArrayList<>();
        DATA.forEach(images::add);
        images.add(new LabelledImage(new ImageSource.Encoded("broken.png", new byte[] {1, 2, 3}), 4));
        TuningReport report = Blocks.tuner()
                .epochs(2)
                .unreadable(Unreadable.SKIP)
                .build()
                .tune(Dataset.of("blocks", Blocks.NAMES, images))
                .report();
        assertThat(report.skipped()).hasSize(1);
        assertThat(report.skipped().get(0).name()).isEqualTo("broken.png");
        assertThat(report.toText()).contains("passed over: broken.png: ");
        assertThat(report.toJson()).contains("\"image\" : \"broken.png\"");
    }

    @Test
    void theOptimizerOfTheFileGoesOnWhereItStopped() {
        Tuned<String> first = Blocks.tuner().epochs(2).build().tune(DATA);
        // Compiled by the first run, with what its optimizer remembers.
        Tuned<String> second = FineTuner.of(first.model(), Blocks.LABELS, first.preprocessing())
                .build()
                .tune(DATA);
        assertThat(second.model()
                        .trainingConfig()
                        .orElseThrow()
                        .optimizerState()
                        .orElseThrow()
                        .iterations())
                .isEqualTo(30);
        assertThat(second.report().settings())
                .containsEntry("optimizer", "Adam, learning rate 0.01, going on where Keras stopped");
        assertThat(second.report().epochs().get(0).loss())
                .isLessThan(first.report().epochs().get(0).loss());
    }
}
