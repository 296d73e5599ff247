package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.atelier.dl4j.layer.Affine;
import io.atelier.dl4j.layer.AxisMaxima;
import io.atelier.dl4j.layer.AxisMeans;
import io.atelier.dl4j.layer.Crop;
import io.atelier.dl4j.layer.Curve;
import io.atelier.dl4j.layer.ExponentialLinear;
import io.atelier.dl4j.layer.FlattenAxes;
import io.atelier.dl4j.layer.Gelu;
import io.atelier.dl4j.layer.GlobalPool;
import io.atelier.dl4j.layer.LogSoftmax;
import io.atelier.dl4j.layer.PermuteAxes;
import io.atelier.dl4j.layer.Pointwise;
import io.atelier.dl4j.layer.Pool;
import io.atelier.dl4j.layer.Ramp;
import io.atelier.dl4j.layer.RectifiedLinear;
import io.atelier.dl4j.layer.Resample;
import io.atelier.dl4j.layer.ReshapeExamples;
import io.atelier.dl4j.layer.SavedWindow;
import io.atelier.dl4j.layer.SoftmaxOverAxes;
import io.atelier.dl4j.layer.Sparsemax;
import io.atelier.dl4j.layer.StockActivation;
import io.atelier.dl4j.layer.TensorFunction;
import io.atelier.dl4j.layer.UnitNorm;
import io.atelier.dl4j.layer.UpSample;
import io.atelier.dl4j.layer.ZeroPad;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.DepthwiseConvolution;
import io.atelier.keras.layer.Dropout;
import io.atelier.keras.layer.EinsumDense;
import io.atelier.keras.layer.Flatten;
import io.atelier.keras.layer.GroupNormalization;
import io.atelier.keras.layer.Interpolation;
import io.atelier.keras.layer.LayerNormalization;
import io.atelier.keras.layer.Normalization;
import io.atelier.keras.layer.PReLU;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.RMSNormalization;
import io.atelier.keras.layer.SeparableConvolution;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import io.atelier.keras.layer.TransposedConvolution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What Atelier adds to Deeplearning4j trains: its gradients are those that small steps show. */
class TrainingTest {
    private static final double STEP = 1e-2;

    static Stream<TensorFunction> functions() {
        return Stream.concat(Stream.of(Curve.values()).map(Pointwise::new), otherFunctions());
    }

    private static Stream<TensorFunction> otherFunctions() {
        return Stream.of(
                new Affine(new float[] {2, -1}, new float[] {0.5f, 3}),
                new AxisMaxima(2, 3),
                new AxisMeans(1, 2),
                new Crop(1, new int[] {0, 1}, new int[] {1, 2}),
                new FlattenAxes(false),
                new FlattenAxes(true),
                new GlobalPool(false, false, false),
                new GlobalPool(false, true, true),
                new GlobalPool(true, false, true),
                new GlobalPool(true, true, false),
                new PermuteAxes(0, 3, 1, 2),
                pool(PoolingKind.MAX, Padding.VALID, DataFormat.CHANNELS_LAST),
                pool(PoolingKind.AVERAGE, Padding.SAME, DataFormat.CHANNELS_LAST),
                pool(PoolingKind.MAX, Padding.SAME, DataFormat.CHANNELS_FIRST),
                new RectifiedLinear(null, 0.2, 0),
                new RectifiedLinear(1.0, 0.1, 0.25),
                new Resample(2, 5, Interpolation.BILINEAR),
                new Resample(1, 2, Interpolation.BICUBIC),
                new ReshapeExamples(-1, 2),
                new SoftmaxOverAxes(-1),
                new SoftmaxOverAxes(1, 2),
                new ExponentialLinear(1.5),
                new UnitNorm(1e-12, 1, 2),
                new Gelu(),
                new LogSoftmax(),
                new Ramp(0.2, 0.5, 0, 1),
                new Sparsemax(),
                new StockActivation(Activation.TANH),
                new UpSample(1, new int[] {2, 3}, false),
                new UpSample(2, new int[] {3, 2}, true),
                new ZeroPad(2, new int[] {0, 1}, new int[] {1, 2}));
    }

    private static Pool pool(PoolingKind kind, Padding padding, DataFormat format) {
        return new Pool(
                kind == PoolingKind.MAX,
                SavedWindow.of(SlidingWindow.of(List.of(2, 2), List.of(1, 2), padding, format)));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theGradientOfAFunctionIsItsSlope(TensorFunction function) {
        Random random = new Random(4);
        INDArray x = Tensors.toNative(Models.tensor(random, Shape.of(2, 3, 4, 2)));
        INDArray value = function.apply(x);
        INDArray weights = Tensors.toNative(Models.tensor(random, Tensors.shape(value)));
        INDArray gradient = function.gradient(x, weights);
        assertThat(gradient.shape()).isEqualTo(x.shape());
        int checked = 0;
        for (int i = 0; i < x.length(); i++) {
            double before = weightedSum(function, x, i, -STEP, weights);
            double here = weightedSum(function, x, i, 0, weights);
            double after = weightedSum(function, x, i, STEP, weights);
            // Next to a corner there is no slope.
            if (Math.abs((after - here) - (here - before)) < 1e-4) {
                assertThat(gradient.ravel().getDouble(i)).isCloseTo((after - before) / (2 * STEP), offset(5e-3));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(20);
    }

    private static double weightedSum(TensorFunction function, INDArray x, int index, double step, INDArray weights) {
        INDArray moved = x.dup('c');
        moved.putScalar(index, moved.getDouble(index) + step);
        return function.apply(moved).mul(weights).sumNumber().doubleValue();
    }

    @Test
    void aDenseOfMoreAxesHasTheGradientThatSmallStepsShow() {
        Training.assertGradients(new Dense(3, ActivationFunction.TANH, true), List.of());
    }

    @Test
    void aNormalizationOfAnyAxisHasTheGradientThatSmallStepsShow() {
        Training.assertGradients(new BatchNormalization(1, 0.9, 0.01, true, true), List.of("0_mean", "0_var"));
    }

    @Test
    void aGraphWithWeightsHasTheGradientThatSmallStepsShow() {
        Training.assertGradients(new LayerNormalization(List.of(1, 2), 0.1, true, true, false), List.of());
        Training.assertGradients(new LayerNormalization(List.of(1), 0.1, true, true, true), List.of());
        Training.assertGradients(new PReLU(List.of(1)), List.of());
        Training.assertGradients(new GroupNormalization(2, 1, 0.1, true, true), List.of());
        Training.assertGradients(new RMSNormalization(List.of(-1), 0.1), List.of());
    }

    @Test
    void productsOverLetteredAxesHaveTheGradientThatSmallStepsShow() {
        Training.assertGradients(
                new EinsumDense("abc,cd->abd", List.of(4, 3), "d", ActivationFunction.TANH), List.of());
        Training.assertGradients(
                new EinsumDense("abc,bcd->abd", List.of(4, 3), "bd", ActivationFunction.LINEAR), List.of());
        Training.assertGradients(new EinsumDense("abc,cd->ad", List.of(3), "", ActivationFunction.LINEAR), List.of());
    }

    @Test
    void convolutionsHaveTheGradientThatSmallStepsShow() {
        SlidingWindow window = SlidingWindow.of(List.of(3), List.of(2), Padding.SAME, DataFormat.CHANNELS_LAST);
        Training.assertGradients(new Convolution(window, 4, 2, ActivationFunction.TANH, true), List.of());
        Training.assertGradients(new DepthwiseConvolution(window, 2, ActivationFunction.LINEAR, true), List.of());
        Training.assertGradients(new SeparableConvolution(window, 2, 3, ActivationFunction.LINEAR, true), List.of());
        Training.assertGradients(
                new TransposedConvolution(window, 3, Optional.empty(), ActivationFunction.LINEAR, true), List.of());
    }

    @Test
    void theInputGradientOfAGraphReachesTheLayersBelow() {
        Training.assertGradients(
                List.of(),
                new Dense(3, ActivationFunction.TANH, true),
                new LayerNormalization(List.of(-1), 0.1, true, true, false));
    }

    @Test
    void whatKerasDoesNotHaveIsNotTrained() {
        MultiLayerNetwork network = Training.trainable(Models.sequential(
                Shape.of(-1, 4, 2),
                new BatchNormalization(-1, 0.5, 0.01, false, false),
                new BatchNormalization(1, 0.5, 0.01, true, false),
                new Flatten(DataFormat.CHANNELS_LAST)));
        INDArray beta = network.getParam("1_beta").dup();
        INDArray mean = network.getParam("0_mean").dup();
        network.fit(Training.data(network));
        assertThat(Tensors.toTensor(network.getParam("0_gamma")).toArray()).containsOnly(1);
        assertThat(Tensors.toTensor(network.getParam("0_beta")).toArray()).containsOnly(0);
        assertThat(Tensors.toTensor(network.getParam("1_gamma")).toArray()).containsOnly(1);
        assertThat(network.getParam("1_beta")).isNotEqualTo(beta);
        assertThat(network.getParam("0_mean")).isNotEqualTo(mean);
    }

    @Test
    void weightsOfSeveralWordsAreTrained() {
        SlidingWindow window = SlidingWindow.of(List.of(3), List.of(1), Padding.SAME, DataFormat.CHANNELS_LAST);
        MultiLayerNetwork network = Training.trainable(Models.sequential(
                Shape.of(-1, 4, 2),
                new SeparableConvolution(window, 2, 3, ActivationFunction.LINEAR, true),
                new Flatten(DataFormat.CHANNELS_LAST)));
        INDArray kernel = network.getParam("0_depthwise-kernel").dup();
        network.fit(Training.data(network));
        assertThat(network.getParam("0_depthwise-kernel")).isNotEqualTo(kernel);
    }

    @Test
    void statisticsThatAreGivenAreNotTrained() {
        MultiLayerNetwork network = Training.trainable(Models.sequential(
                Shape.of(-1, 4, 2),
                new Dense(3, ActivationFunction.TANH, true),
                new Normalization(List.of(-1), Optional.empty(), false),
                new Flatten(DataFormat.CHANNELS_LAST)));
        INDArray kernel = network.getParam("0_W").dup();
        INDArray mean = network.getParam("1_mean").dup();
        network.fit(Training.data(network));
        assertThat(network.getParam("0_W")).isNotEqualTo(kernel);
        assertThat(network.getParam("1_mean")).isEqualTo(mean);
    }

    @Test
    void aGraphTrainsAsItsSequentialTwinDoes() {
        MultiLayerNetwork network = Training.trainable(Models.sequential(
                Shape.of(-1, 4, 2),
                new BatchNormalization(1, 0.5, 0.01, true, true),
                new Dense(3, ActivationFunction.SOFTPLUS, true),
                new BatchNormalization(-1, 0.5, 0.01, false, true),
                new Flatten(DataFormat.CHANNELS_LAST)));
        ComputationGraph graph = network.toComputationGraph();
        DataSet data = Training.data(network);
        network.fit(data);
        graph.fit(data);
        assertThat(graph.params().equalsWithEps(network.params(), 1e-6)).isTrue();
    }

    @Test
    void whatKerasFreezesStaysAsItIs() {
        KerasModel model = Models.sequential(
                Shape.of(-1, 4, 2),
                new Dense(3, ActivationFunction.RELU, true),
                new BatchNormalization(-1, 0.5, 0.01, true, true),
                new Dense(2, ActivationFunction.LINEAR, true),
                new Flatten(DataFormat.CHANNELS_LAST));
        KerasLayer dense = frozen(model, "layer_0");
        KerasLayer normalization = frozen(model, "layer_1");
        MultiLayerNetwork network =
                Training.trainable(model.withLayers(Map.of(dense.name(), dense, normalization.name(), normalization)));
        INDArray before = network.params().dup();
        network.fit(Training.data(network));
        INDArray after = network.params();
        int frozen = 2 * 3 + 3 + 4 * 3;
        for (int i = 0; i < before.length(); i++) {
            assertThat(after.getDouble(i) == before.getDouble(i))
                    .as("parameter " + i)
                    .isEqualTo(i < frozen);
        }
    }

    @Test
    void dropoutSharesItsNoiseAlongTheAxesOfSizeOne() {
        MultiLayerNetwork network = Dl4jImporter.importModel(Models.sequential(
                        Shape.of(-1, 50, 4), new Dropout(0.5, Optional.of(List.of(-1, 1, -1)), Optional.empty())))
                .multiLayerNetwork();
        INDArray ones = Nd4j.ones(20, 50, 4);
        INDArray dropped = network.output(ones, true);
        double kept = 0;
        for (int n = 0; n < 20; n++) {
            for (int c = 0; c < 4; c++) {
                double fate = dropped.getDouble(n, 0, c);
                assertThat(fate == 0 || fate == 2).isTrue();
                kept += fate / 2;
                for (int t = 1; t < 50; t++) {
                    assertThat(dropped.getDouble(n, t, c)).isEqualTo(fate);
                }
            }
        }
        assertThat(kept).isBetween(20.0, 60.0);
    }

    @Test
    void plainDropoutKeepsTheShareThatKerasKeeps() {
        MultiLayerNetwork network = Dl4jImporter.importModel(
                        Models.sequential(Shape.of(-1, 1000), new Dropout(0.2, Optional.empty(), Optional.empty())))
                .multiLayerNetwork();
        INDArray dropped = network.output(Nd4j.ones(20, 1000), true);
        assertThat(dropped.gt(0).castTo(dropped.dataType()).meanNumber().doubleValue())
                .isCloseTo(0.8, offset(0.02));
        assertThat(dropped.maxNumber().doubleValue()).isCloseTo(1.25, offset(1e-6));
    }

    private static KerasLayer frozen(KerasModel model, String name) {
        KerasLayer layer = model.layer(name);
        return new KerasLayer(name, layer.config(), layer.weights(), false, "float32", Map.of());
    }
}
