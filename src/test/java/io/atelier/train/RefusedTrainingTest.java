package io.atelier.train;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.ModelOrigin;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.TrainingConfig;
import io.atelier.keras.UnsupportedModelException;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ActivityRegularization;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What training does not know is refused by name. */
class RefusedTrainingTest {
    private static final Dense SOFTMAX = new Dense(3, ActivationFunction.SOFTMAX, true);
    private static final Loss CROSSENTROPY = Loss.of(Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY);
    private static final Optimizer ADAM = Optimizer.adam(1e-3);

    @Test
    void anOptimizerThatIsNotKnownIsRefused() {
        assertOptimizer(
                Map.of("class_name", "Ftrl", "config", Map.of()), "training does not know Ftrl, only [Adadelta");
        assertOptimizer(
                Map.of("class_name", "LossScaleOptimizer", "config", Map.of()), "does not know LossScaleOptimizer");
    }

    @Test
    void anOptionOfAnOptimizerThatIsNotKnownIsRefused() {
        assertOptimizer(adam("use_ema", true), "Adam: training does not know use_ema=true");
        assertOptimizer(adam("gradient_accumulation_steps", 2), "gradient_accumulation_steps=2");
        assertOptimizer(adam("loss_scale_factor", 8.0), "loss_scale_factor=8.0");
        assertOptimizer(adam("decay", 0.1), "decay=0.1");
        assertOptimizer(adam("of_tomorrow", 1), "of_tomorrow=1");
        assertOptimizer(adam("beta_1", "much"), "beta_1 must be a number; received much");
        assertOptimizer(adam("beta_1", 2), "beta_1 must be from 0 to 1; received 2.0");
        assertOptimizer(
                adam("learning_rate", Map.of("class_name", "CosineDecayRestarts", "config", Map.of())),
                "training does not know the learning rate CosineDecayRestarts");
    }

    private static Map<String, Object> adam(String option, Object value) {
        return Map.of("class_name", "Adam", "config", Map.of(option, value));
    }

    private static void assertOptimizer(Map<String, Object> config, String message) {
        assertThatThrownBy(() -> Optimizers.of(compiled(Map.of("optimizer", config))))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("the optimizer cannot be used")
                .hasMessageContaining(message);
    }

    @Test
    void aLossThatIsNotKnownIsRefused() {
        assertLoss(Map.of("loss", "poisson"), "training does not know poisson, only [categorical_crossentropy");
        assertLoss(Map.of("loss", List.of("mse", "mae")), "received [mse, mae]");
        assertLoss(Map.of("loss", "mse", "loss_weights", List.of(2)), "does not know loss_weights");
        assertLoss(Map.of("loss", sparse("ignore_class", 255)), "ignore_class=255");
        assertLoss(Map.of("loss", sparse("reduction", "none")), "reduction=none");
        assertLoss(Map.of("loss", sparse("axis", 1)), "axis=1");
    }

    private static Map<String, Object> sparse(String option, Object value) {
        return Map.of("class_name", "SparseCategoricalCrossentropy", "config", Map.of(option, value));
    }

    private static void assertLoss(Map<String, Object> config, String message) {
        assertThatThrownBy(() -> Losses.of(compiled(config)))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("the loss cannot be used")
                .hasMessageContaining(message);
    }

    private static KerasModel compiled(Map<String, Object> config) {
        return model(Optional.of(new TrainingConfig(config, List.of())), layer(SOFTMAX));
    }

    @Test
    void aCrossentropyNeedsProbabilitiesOrLogits() {
        Loss binary = Loss.of(Loss.Kind.BINARY_CROSSENTROPY);
        assertModel("needs a sigmoid at the end", model(layer(SOFTMAX)), binary);
        assertModel("needs a softmax", model(layer(new Dense(3, ActivationFunction.SIGMOID, true))), CROSSENTROPY);
        assertModel("needs a softmax", model(layer(new Dense(3, ActivationFunction.LINEAR, true))), CROSSENTROPY);
    }

    @Test
    void regularizersAndConstraintsThatAreNotKnownAreRefused() {
        assertModel("training does not know kernel_constraint", model(layer(SOFTMAX, "kernel_constraint", "NonNeg")));
        assertModel("training does not know activity_regularizer", model(layer(SOFTMAX, "activity_regularizer", "l2")));
        assertModel("the regularizer Orthogonal", model(layer(SOFTMAX, "kernel_regularizer", "Orthogonal")));
        assertModel("L2: training does not know l3=1", model(layer(SOFTMAX, "kernel_regularizer", l2("l3", 1))));
        assertModel(
                "does not know kernel_regularizer of the cell within the layer",
                model(layer(SOFTMAX, "cell", Map.of("config", Map.of("kernel_regularizer", "l2")))));
        assertModel(
                "training does not know kernel_constraint",
                model(layer(SOFTMAX, "layer", Map.of("config", Map.of("kernel_constraint", "NonNeg")))));
    }

    private static Map<String, Object> l2(String option, Object value) {
        return Map.of("class_name", "L2", "config", Map.of(option, value));
    }

    @Test
    void aLayerThatCannotBeTrainedWithIsRefused() {
        assertModel(
                "layer 'layer_1' (ActivityRegularization): engine dl4j cannot train with ActivityRegularization",
                model(layer(SOFTMAX), layer(new ActivityRegularization(0.1, 0.1))),
                Loss.of(Loss.Kind.MEAN_SQUARED_ERROR));
    }

    @Test
    void aModelWhoseLayersAreAllFrozenIsRefused() {
        KerasLayer layer = layer(SOFTMAX);
        KerasLayer frozen = new KerasLayer("", layer.config(), layer.weights(), false, "float32", Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trainer(model(frozen), ADAM, CROSSENTROPY).close())
                .withMessageContaining("every layer is frozen");
    }

    @Test
    void aLabelThatTheModelDoesNotHaveIsRefused() {
        try (Trainer trainer = new Trainer(model(layer(SOFTMAX)), ADAM, CROSSENTROPY)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.step(new float[3], new int[] {3}, new float[0], 1))
                    .withMessage("labels must be from 0 to 2, as the model has them; received 3");
        }
    }

    private static void assertModel(String message, KerasModel model) {
        assertModel(message, model, CROSSENTROPY);
    }

    private static void assertModel(String message, KerasModel model, Loss loss) {
        assertThatThrownBy(() -> new Trainer(model, ADAM, loss).close())
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining(message);
    }

    private static KerasLayer layer(LayerConfig config) {
        return new KerasLayer("", config, weights(config));
    }

    private static KerasLayer layer(LayerConfig config, String option, Object value) {
        return new KerasLayer("", config, weights(config), true, "float32", Map.of(option, value));
    }

    private static Map<String, Tensor> weights(LayerConfig config) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        config.weights(List.of(Shape.of(-1, 3)))
                .forEach(spec -> weights.put(
                        spec.name(),
                        Tensor.of(spec.shape(), new float[(int) spec.shape().valueCount()])));
        return weights;
    }

    private static KerasModel model(KerasLayer... layers) {
        return model(Optional.empty(), layers);
    }

    /** One layer after the other, of inputs of three values. */
    private static KerasModel model(Optional<TrainingConfig> config, KerasLayer... layers) {
        List<KerasLayer> all = new ArrayList<>();
        List<LayerCall> calls = new ArrayList<>();
        all.add(new KerasLayer("input", new InputLayer(Shape.of(-1, 3), "float32"), Map.of()));
        calls.add(new LayerCall("input", 0, List.of()));
        for (int i = 0; i < layers.length; i++) {
            KerasLayer layer = layers[i];
            String before = all.get(i).name();
            all.add(new KerasLayer(
                    "layer_" + i,
                    layer.config(),
                    layer.weights(),
                    layer.trainable(),
                    layer.dtypePolicy(),
                    layer.trainingOptions()));
            calls.add(new LayerCall("layer_" + i, 0, List.of(TensorRef.of(before))));
        }
        return new KerasModel(
                "small",
                KerasModel.Kind.SEQUENTIAL,
                all,
                calls,
                List.of(TensorRef.of("input")),
                List.of(TensorRef.of("layer_" + (layers.length - 1))),
                config,
                ModelOrigin.memory());
    }
}
