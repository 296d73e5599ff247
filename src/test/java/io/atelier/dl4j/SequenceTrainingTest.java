package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Attention;
import io.atelier.keras.layer.Bidirectional;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.Flatten;
import io.atelier.keras.layer.GroupedQueryAttention;
import io.atelier.keras.layer.GruCell;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.LstmCell;
import io.atelier.keras.layer.MultiHeadAttention;
import io.atelier.keras.layer.Recurrent;
import io.atelier.keras.layer.RecurrentCell;
import io.atelier.keras.layer.ScoreMode;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SimpleRnnCell;
import io.atelier.keras.layer.TimeDistributed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Layers that take sequences train: their gradients are those that small steps show. */
class SequenceTrainingTest {
    private static final ActivationFunction TANH = ActivationFunction.TANH;
    private static final ActivationFunction SIGMOID = ActivationFunction.SIGMOID;

    static Stream<RecurrentCell> cells() {
        return Stream.of(
                new SimpleRnnCell(3, TANH, true),
                new SimpleRnnCell(3, ActivationFunction.SOFTMAX, false),
                new LstmCell(3, TANH, SIGMOID, true),
                new LstmCell(2, ActivationFunction.SOFTSIGN, ActivationFunction.SILU, false),
                new GruCell(3, TANH, SIGMOID, true, true),
                new GruCell(3, TANH, SIGMOID, false, true),
                new GruCell(3, TANH, SIGMOID, true, false),
                new GruCell(2, ActivationFunction.SOFTSIGN, SIGMOID, false, false));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aCellHasTheGradientThatSmallStepsShow(RecurrentCell cell) {
        Training.assertGradients(List.of(), below(), recurrent(true, false, cell));
        Training.assertGradients(List.of(), below(), recurrent(false, true, cell));
    }

    @Test
    void stackedCellsHaveTheGradientThatSmallStepsShow() {
        Training.assertGradients(
                List.of(),
                below(),
                recurrent(true, true, new LstmCell(2, TANH, SIGMOID, true), new SimpleRnnCell(3, TANH, true)));
    }

    @Test
    void bothDirectionsHaveTheGradientThatSmallStepsShow() {
        for (Bidirectional.MergeMode mode : Bidirectional.MergeMode.values()) {
            if (mode != Bidirectional.MergeMode.NONE) {
                Training.assertGradients(List.of(), below(), bidirectional(mode, true));
                Training.assertGradients(List.of(), below(), bidirectional(mode, false));
            }
        }
    }

    private static Bidirectional bidirectional(Bidirectional.MergeMode mode, boolean returnSequences) {
        Recurrent forward = recurrent(returnSequences, false, new GruCell(2, TANH, SIGMOID, true, true));
        return new Bidirectional(forward, forward.reversed(), mode);
    }

    @Test
    void aLayerForEachStepHasTheGradientThatSmallStepsShow() {
        Training.assertGradients(List.of(), below(), new TimeDistributed(new Dense(3, TANH, true)));
        Training.assertGradients(
                List.of(), below(), new TimeDistributed(new Dense(3, ActivationFunction.SOFTPLUS, false)));
    }

    private static LayerConfig below() {
        return new Dense(2, TANH, true);
    }

    private static Recurrent recurrent(boolean returnSequences, boolean goBackwards, RecurrentCell... cells) {
        return new Recurrent("RNN", List.of(cells), returnSequences, false, goBackwards, false);
    }

    @Test
    void theStateThatOneLayerHandsToAnotherCarriesGradientsBack() {
        assertGradients(handsItsStateOn());
    }

    @Test
    void attentionHasTheGradientThatSmallStepsShow() {
        assertGradients(attends(new MultiHeadAttention(2, 2, 3, true, 3, false), true));
        assertGradients(attends(new MultiHeadAttention(1, 2, 2, false, 0, true), false));
        assertGradients(attends(new GroupedQueryAttention(2, 4, 2, true, false), true));
        for (ScoreMode mode : ScoreMode.values()) {
            assertGradients(attends(new Attention(mode, true, false), true));
            assertGradients(attends(new Attention(mode, false, true), false));
        }
    }

    /** A query, a value and a key of their own, or a sequence that attends to itself. */
    private static KerasModel attends(LayerConfig attention, boolean hasKey) {
        Network network = new Network(Shape.of(-1, 4, 2));
        List<TensorRef> inputs = List.of(TensorRef.of("query"), TensorRef.of("value"), TensorRef.of("key"));
        List<TensorRef> taken = hasKey ? inputs : List.of(inputs.get(0), inputs.get(0));
        taken.stream().distinct().forEach(tensor -> network.call(tensor.layer(), below(), List.of(TensorRef.of("x"))));
        network.call("attention", attention, taken);
        network.call("flat", new Flatten(DataFormat.CHANNELS_LAST), List.of(TensorRef.of("attention")));
        return network.model("flat");
    }

    private static KerasModel handsItsStateOn() {
        LstmCell cell = new LstmCell(3, TANH, SIGMOID, true);
        TensorRef x = TensorRef.of("x");
        Network network = new Network(Shape.of(-1, 4, 2));
        network.call("encoder", new Recurrent("LSTM", List.of(cell), false, true, false, false), List.of(x));
        network.call(
                "decoder",
                recurrent(false, false, cell),
                List.of(x, new TensorRef("encoder", 0, 1), new TensorRef("encoder", 0, 2)));
        return network.model("decoder");
    }

    /** A model of one input, call by call. */
    private static final class Network {
        private final Random random = new Random(5);
        private final List<KerasLayer> layers = new ArrayList<>();
        private final List<LayerCall> calls = new ArrayList<>();
        private final Map<TensorRef, Shape> shapes = new HashMap<>();

        Network(Shape input) {
            call("x", new InputLayer(input, "float32"), List.of());
        }

        void call(String name, LayerConfig config, List<TensorRef> inputs) {
            List<Shape> inputShapes = inputs.stream().map(shapes::get).toList();
            layers.add(Models.layer(name, config, inputShapes, random));
            calls.add(new LayerCall(name, 0, inputs));
            List<Shape> outputs = config.outputShapes(inputShapes);
            for (int i = 0; i < outputs.size(); i++) {
                shapes.put(new TensorRef(name, 0, i), outputs.get(i));
            }
        }

        KerasModel model(String output) {
            return Models.model(
                    KerasModel.Kind.FUNCTIONAL,
                    layers,
                    calls,
                    List.of(TensorRef.of("x")),
                    List.of(TensorRef.of(output)));
        }
    }

    /** Checks the gradients of a model that gives vectors. */
    private static void assertGradients(KerasModel model) {
        String output = model.outputs().get(0).layer();
        try (Dl4jModel imported = Dl4jImporter.importModel(model)) {
            ComputationGraph graph = new TransferLearning.GraphBuilder(imported.computationGraph())
                    .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                            .updater(new Sgd(0.1))
                            .build())
                    .addLayer(
                            "loss",
                            new LossLayer.Builder(LossFunctions.LossFunction.L2)
                                    .activation(Activation.IDENTITY)
                                    .build(),
                            output)
                    .setOutputs("loss")
                    .build();
            INDArray input = Tensors.toNative(Models.tensor(new Random(6), Shape.of(5, 4, 2)));
            INDArray labels = Tensors.toNative(Models.tensor(new Random(7), Tensors.shape(graph.outputSingle(input))));
            DataSet data = new DataSet(input, labels);
            graph.setInput(0, input);
            graph.setLabel(0, labels);
            graph.computeGradientAndScore();
            Map<String, INDArray> gradients = Map.copyOf(graph.gradient().gradientForVariable());
            assertThat(gradients).hasSameSizeAs(graph.paramTable().keySet());
            gradients.forEach((name, gradient) -> Training.assertSlopes(
                    name,
                    Objects.requireNonNull(graph.paramTable().get(name), name),
                    gradient,
                    5,
                    () -> graph.score(data, true)));
        }
    }

    @Test
    void aLayerThatWasTrainedGivesItsWeightsBack() {
        KerasModel model =
                Models.sequential(Shape.of(-1, 4, 2), recurrent(false, false, new LstmCell(3, TANH, SIGMOID, true)));
        try (Dl4jModel imported = Dl4jImporter.importModel(model)) {
            MultiLayerNetwork network = Training.trainable(model);
            DataSet data = Training.data(network);
            double before = network.score(data);
            for (int i = 0; i < 20; i++) {
                network.fit(data);
            }
            assertThat(network.score(data)).isLessThan(before);
            KerasModel trained = imported.trained(network);
            for (String weight : model.layer("layer_0").weights().keySet()) {
                assertThat(trained.layer("layer_0").weight(weight))
                        .isNotEqualTo(model.layer("layer_0").weight(weight));
            }
        }
    }

    @Test
    void anExampleIsWithoutTheSameFeaturesAtAllSteps() {
        KerasModel model = Models.sequential(
                Shape.of(-1, 30, 4), recurrent(true, false, new SimpleRnnCell(4, ActivationFunction.LINEAR, false)));
        KerasLayer layer = model.layer("layer_0");
        Map<String, Tensor> copies = new LinkedHashMap<>();
        copies.put("kernel", Tensor.of(Shape.of(4, 4), new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1}));
        copies.put("recurrent_kernel", Tensor.of(Shape.of(4, 4), new float[16]));
        KerasLayer dropping =
                new KerasLayer("layer_0", layer.config(), copies, true, "float32", Map.of("dropout", 0.5));
        MultiLayerNetwork network = Dl4jImporter.importModel(model.withLayers(Map.of("layer_0", dropping)))
                .multiLayerNetwork();
        INDArray ones = Nd4j.ones(20, 30, 4);
        assertThat(network.output(ones)).isEqualTo(ones);
        INDArray dropped = network.output(ones, true);
        int kept = 0;
        for (int n = 0; n < 20; n++) {
            for (int feature = 0; feature < 4; feature++) {
                double fate = dropped.getDouble(n, 0, feature);
                assertThat(fate == 0 || fate == 2).isTrue();
                kept += fate == 2 ? 1 : 0;
                for (int t = 1; t < 30; t++) {
                    assertThat(dropped.getDouble(n, t, feature)).isEqualTo(fate);
                }
            }
        }
        assertThat(kept).isBetween(20, 60);
    }

    @Test
    void whatIsDroppedIsTheSameForwardAndBackward() {
        LstmCell cell = new LstmCell(3, TANH, SIGMOID, true);
        MultiLayerNetwork network =
                Training.trainable(withOptions(recurrent(false, false, cell), Map.of("dropout", 0.5)));
        DataSet data = Training.data(network);
        network.setInput(data.getFeatures());
        network.setLabels(data.getLabels());
        Nd4j.getRandom().setSeed(3);
        network.computeGradientAndScore();
        network.gradient()
                .gradientForVariable()
                .forEach((name, gradient) ->
                        Training.assertSlopes(name, network.getParam(name), gradient, data.numExamples(), () -> {
                            Nd4j.getRandom().setSeed(3);
                            return network.score(data, true);
                        }));
    }

    @Test
    void dropoutOfAStateIsRefusedByNameInTraining() {
        LstmCell cell = new LstmCell(3, TANH, SIGMOID, true);
        for (Map<String, Object> options : List.<Map<String, Object>>of(
                Map.of("recurrent_dropout", 0.1),
                Map.of("dropout", 0.1, "implementation", 1),
                Map.of("cell", Map.of("config", Map.of("dropout", 0.1))))) {
            MultiLayerNetwork network = Training.trainable(withOptions(recurrent(false, false, cell), options));
            DataSet data = Training.data(network);
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> network.fit(data))
                    .withMessageContaining("cannot train with recurrent_dropout")
                    .withMessageContaining("'layer_0' (RNN)");
        }
    }

    private static KerasModel withOptions(LayerConfig config, Map<String, Object> options) {
        KerasModel model = Models.sequential(Shape.of(-1, 4, 2), config);
        KerasLayer layer = model.layer("layer_0");
        return model.withLayers(
                Map.of("layer_0", new KerasLayer("layer_0", config, layer.weights(), true, "float32", options)));
    }
}
