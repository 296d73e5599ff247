package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.LayerCall;
import io.atelier.keras.Problem;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.InputLayer;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.Rescaling;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import java.io.File;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is imported, what is not, and that a network can be frozen and saved. */
class Dl4jImporterTest {
    @Test
    void theCheckHasARowForEveryLayer() {
        KerasModel model = Golden.read("any_size").model();
        try (Dl4jModel imported = Dl4jImporter.importModel(model)) {
            ImportCheck check = imported.check();
            assertThat(check.isOk()).isTrue();
            assertThat(check.rows()).hasSize(model.layers().size());
            ImportCheck.Row convolution = check.rows().get(1);
            assertThat(convolution.className()).isEqualTo("Conv2D");
            assertThat(convolution.kerasShape()).isEqualTo(Shape.of(-1, -1, -1, 3));
            // 4 x 4 is the smallest image that a window of 3 and one of 2 leave something of.
            assertThat(convolution.dl4jShape()).isEqualTo(Shape.of(2, 2, 2, 3));
            assertThat(convolution.dl4jParameters()).isEqualTo(3 * 3 * 3 * 3 + 3);
        }
    }

    @Test
    void parametersThatKerasDoesNotHaveAreNotCounted() {
        try (Dl4jModel imported = Dl4jImporter.importModel(Golden.read("norms").model())) {
            assertThat(imported.check().rows().stream().map(ImportCheck.Row::dl4jParameters))
                    .containsExactly(0L, 8L, 9L, 12L, 4L);
        }
    }

    @Test
    void everyDifferenceIsNamed() {
        ImportCheck check = new ImportCheck(List.of(
                new ImportCheck.Row("a", "Dense", Shape.of(-1, 3), Shape.of(2, 3), Shape.of(2, 4), 6, 6),
                new ImportCheck.Row("b", "Dense", Shape.of(-1, 3), Shape.of(2, 3), Shape.of(2, 3), 6, 8)));
        assertThat(check.isOk()).isFalse();
        assertThat(Dl4jImporter.mismatches(check).stream().map(Problem::toString))
                .containsExactly(
                        "layer 'a' (Dense): expected output shape (2, 3); the network gave (2, 4)",
                        "layer 'b' (Dense): expected 6 parameters; the network has 8");
    }

    @Test
    void anOutputMayBeGivenTwice() {
        Random random = new Random(2);
        KerasModel model = Models.model(
                KerasModel.Kind.FUNCTIONAL,
                List.of(
                        new KerasLayer("in", new InputLayer(Shape.of(-1, 3), "float32"), Map.of()),
                        Models.layer("d", new Dense(2, ActivationFunction.RELU, true), Shape.of(-1, 3), random)),
                List.of(new LayerCall("in", 0, List.of()), new LayerCall("d", 0, List.of(TensorRef.of("in")))),
                List.of(TensorRef.of("in")),
                Collections.nCopies(2, TensorRef.of("d")));
        try (Dl4jEngine engine = new Dl4jEngine(model)) {
            List<Tensor> outputs = engine.predict(List.of(Models.tensor(random, Shape.of(2, 3))));
            assertThat(outputs).hasSize(2);
            assertThat(outputs.get(0)).isEqualTo(outputs.get(1));
        }
    }

    @Test
    void dataFormatsMayBeMixed() {
        Shape shape = Shape.of(2, 6, 5, 4);
        KerasModel model = Models.sequential(
                shape,
                convolution(4, DataFormat.CHANNELS_LAST, ActivationFunction.LINEAR),
                convolution(2, DataFormat.CHANNELS_FIRST, ActivationFunction.LINEAR));
        Tensor input = Models.tensor(new Random(8), shape);
        Tensor between = convolved(model, 0, DataFormat.CHANNELS_LAST, 6, 5, input);
        // What was rows of channels_last is now the channels of images of 3 x 4.
        Tensor output = convolved(model, 1, DataFormat.CHANNELS_FIRST, 3, 4, between);
        try (Dl4jEngine engine = new Dl4jEngine(model)) {
            Tolerance.assertClose("mixed", engine.predict(List.of(input)).get(0), output);
        }
    }

    @Test
    void aChannelsFirstSoftmaxInsideAConvolutionGoesAlongTheLastAxis() {
        Shape shape = Shape.of(1, 2, 4, 5);
        Tensor input = Models.tensor(new Random(8), shape);
        KerasModel model =
                Models.sequential(shape, convolution(3, DataFormat.CHANNELS_FIRST, ActivationFunction.SOFTMAX));
        float[] values =
                convolved(model, 0, DataFormat.CHANNELS_FIRST, 4, 5, input).toArray();
        for (int row = 0; row < values.length; row += 3) {
            double sum = 0;
            for (int i = row; i < row + 3; i++) {
                sum += Math.exp(values[i]);
            }
            for (int i = row; i < row + 3; i++) {
                values[i] = (float) (Math.exp(values[i]) / sum);
            }
        }
        try (Dl4jEngine engine = new Dl4jEngine(model)) {
            Tensor output = engine.predict(List.of(input)).get(0);
            Tolerance.assertClose("softmax", output, Tensor.of(output.shape(), values));
            assertThat(output.shape()).isEqualTo(Shape.of(1, 3, 2, 3));
        }
    }

    @Test
    void aSavedNetworkComputesTheSame(@TempDir Path folder) throws Exception {
        for (String name : List.of("rescaling_first", "channels_first", "dropouts", "conv_activations")) {
            Golden golden = Golden.read(name);
            File file = folder.resolve(name + ".zip").toFile();
            try (Dl4jModel imported = Dl4jImporter.importModel(golden.model())) {
                INDArray input = Tensors.toNative(golden.inputs().get(0));
                MultiLayerNetwork network = imported.multiLayerNetwork();
                network.save(file);
                Tensor expected = Tensors.toTensor(network.output(input));
                assertThat(Tensors.toTensor(MultiLayerNetwork.load(file, false).output(input)))
                        .isEqualTo(expected);
                assertThat(Tensors.toTensor(network.clone().output(input))).isEqualTo(expected);
            }
        }
    }

    @Test
    void aSavedGraphComputesTheSame(@TempDir Path folder) throws Exception {
        for (String name : List.of("relus", "norms", "global_pools", "softmax_axes", "dense_ranks")) {
            Golden golden = Golden.read(name);
            File file = folder.resolve(name + ".zip").toFile();
            try (Dl4jModel imported = Dl4jImporter.importModel(golden.model())) {
                INDArray[] inputs =
                        golden.inputs().stream().map(Tensors::toNative).toArray(INDArray[]::new);
                ComputationGraph graph = imported.computationGraph();
                if (graph.numParams() > 0) {
                    graph.save(file);
                    graph = ComputationGraph.load(file, false);
                } else {
                    graph = graph.clone();
                }
                INDArray[] outputs = graph.output(inputs);
                for (int i = 0; i < outputs.length; i++) {
                    String layer = golden.model().outputs().get(i).layer();
                    Tolerance.assertClose(name + " " + layer, Tensors.toTensor(outputs[i]), golden.output(layer));
                }
            }
        }
    }

    @Test
    void aLayerThatIsNotTrainableIsFrozen() {
        Golden golden = Golden.read("rescaling_first");
        KerasLayer convolution = golden.model().layers().get(2);
        KerasLayer frozen = new KerasLayer(
                convolution.name(), convolution.config(), convolution.weights(), false, "float32", Map.of());
        KerasModel model = golden.model().withLayers(Map.of(frozen.name(), frozen));
        try (Dl4jModel imported = Dl4jImporter.importModel(model)) {
            MultiLayerNetwork network = imported.multiLayerNetwork();
            assertThat(network.getLayer(1)).isInstanceOf(org.deeplearning4j.nn.layers.FrozenLayer.class);
            Tensor output = Tensors.toTensor(
                    network.output(Tensors.toNative(golden.inputs().get(0))));
            String last = model.outputs().get(0).layer();
            Tolerance.assertClose("frozen", output, golden.output(last));
        }
    }

    @Test
    void aModelOfRescalingAndNormalizationAloneIsImported() {
        KerasModel model = Models.sequential(
                Shape.of(-1, 4, 3),
                new Rescaling(List.of(0.5), List.of(-1.0)),
                new BatchNormalization(1, 0.9, 0.01, false, true));
        try (Dl4jModel imported = Dl4jImporter.importModel(model)) {
            assertThat(imported.check().isOk()).isTrue();
        }
    }

    /** What loops make of a layer of {@link #convolution}, without its activation. */
    private static Tensor convolved(
            KerasModel model, int layer, DataFormat format, int height, int width, Tensor input) {
        WindowCase window = new WindowCase(List.of(3, 3), List.of(1, 1), 1, Padding.VALID, format, height, width);
        KerasLayer convolution = model.layer("layer_" + layer);
        return NaiveWindows.convolve(window, input, convolution.weight("kernel"), convolution.weight("bias"));
    }

    private static Convolution convolution(int filters, DataFormat format, ActivationFunction activation) {
        List<Integer> ones = List.of(1, 1);
        return new Convolution(
                SlidingWindow.of(List.of(3, 3), ones, Padding.VALID, format), filters, 1, activation, true);
    }
}
