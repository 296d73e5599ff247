package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.dl4j.layer.FastConvolution;
import io.atelier.dl4j.layer.OneDnn;
import io.atelier.keras.KerasModel;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Flatten;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * What oneDNN computes is what Deeplearning4j's plain layers compute: outputs, gradients, and the parameters after
 * training steps.
 */
class OneDnnTest {
    private static final int[] BATCHES = {1, 3, 32, 33};
    private static final double TOLERANCE = 2e-5;

    static Stream<WindowCase> windows() {
        return WindowCase.dilatedOrNot()
                .filter(window -> Lowerings.refusal(convolution(window, ActivationFunction.RELU, true))
                        .isEmpty());
    }

    @Test
    void isThereWhereItsLibraryIsOnTheClassPath() {
        boolean hasLibrary = Stream.of("", "-avx2", "-avx512")
                .map(extension -> "org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn" + extension)
                .anyMatch(folder -> OneDnn.class.getClassLoader().getResource(folder + "/libnd4jcpu.so") != null);
        assertThat(OneDnn.isAvailable()).isEqualTo(hasLibrary);
        assertThat(plainly(() -> OneDnn.isAvailable())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("windows")
    void aConvolutionOfAnyWindowTrainsAsThePlainOneDoes(WindowCase window) {
        ActivationFunction[] functions = {ActivationFunction.RELU, ActivationFunction.TANH, ActivationFunction.LINEAR};
        int turn = Math.floorMod(window.toString().hashCode(), 6);
        assertTrainsAsPlain(
                image(window.dataFormat(), window.height(), window.width()),
                point(window.dataFormat()),
                convolution(window, functions[turn % 3], turn < 3));
    }

    @ParameterizedTest
    @EnumSource(
            value = ActivationFunction.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EXPONENTIAL", "LOG_SOFTMAX"}) // training gives NaN on this input
    void aConvolutionWithAnyActivationTrainsAsThePlainOneDoes(ActivationFunction function) {
        for (DataFormat format : DataFormat.values()) {
            for (boolean useBias : new boolean[] {true, false}) {
                assertTrainsAsPlain(
                        image(format, 6, 5),
                        point(format),
                        new Convolution(
                                SlidingWindow.of(List.of(3, 3), List.of(1, 1), Padding.SAME, format),
                                4,
                                1,
                                function,
                                useBias));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PoolingKind.class)
    void aPoolingTrainsAsThePlainOneDoes(PoolingKind kind) {
        for (DataFormat format : DataFormat.values()) {
            for (Padding padding : List.of(Padding.VALID, Padding.SAME)) {
                for (List<Integer> strides : List.of(List.of(2, 2), List.of(1, 1), List.of(2, 1))) {
                    assertTrainsAsPlain(
                            image(format, 7, 6),
                            point(format),
                            new Pooling(kind, SlidingWindow.of(List.of(2, 2), strides, padding, format)));
                }
            }
        }
    }

    @Test
    void aNormalizationTrainsAsThePlainOneDoes() {
        for (DataFormat format : DataFormat.values()) {
            int axis = format == DataFormat.CHANNELS_LAST ? -1 : 1;
            assertTrainsAsPlain(
                    image(format, 4, 5), point(format), new BatchNormalization(axis, 0.9, 1e-3, true, true));
        }
    }

    @Test
    void copiesAndSavedNetworksKeepIt() throws IOException {
        Shape image = image(DataFormat.CHANNELS_LAST, 6, 6);
        MultiLayerNetwork network = network(image, point(DataFormat.CHANNELS_LAST));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, file, true);
        MultiLayerNetwork loaded =
                ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file.toByteArray()), true);
        ComputationGraph graph = network.toComputationGraph();
        assertThat(conf(network.clone().getLayer(0))).isInstanceOf(FastConvolution.class);
        assertThat(conf(graph.getLayer(0))).isInstanceOf(FastConvolution.class);
        assertThat(conf(loaded.getLayer(0))).isInstanceOf(FastConvolution.class);
        DataSet data = data(network, image, 5);
        INDArray output = network.output(data.getFeatures());
        assertThat(loaded.output(data.getFeatures())).isEqualTo(output);
        assertThat(graph.outputSingle(data.getFeatures())).isEqualTo(output);
        network.fit(data);
        loaded.fit(data);
        graph.fit(data);
        assertClose("loaded", loaded.params(), network.params());
        assertClose("graph", graph.params(), network.params());
    }

    @Test
    void sizesMayChangeFromBatchToBatch() {
        Shape open = Shape.of(-1, -1, -1, 3);
        MultiLayerNetwork network = Dl4jImporter.importModel(
                        Models.sequential(open, point(DataFormat.CHANNELS_LAST), strided()))
                .multiLayerNetwork();
        Random random = new Random(3);
        for (int size = 4; size < 12; size++) {
            INDArray input = Tensors.toNative(Models.tensor(random, Shape.of(size, size, 15 - size, 3)));
            INDArray fast = network.output(input);
            assertClose("size " + size, fast, plainly(() -> network.output(input)));
        }
    }

    @Test
    void whatIsNotProvenStaysThePlainLayer() {
        List<Layer> plain = List.of(
                new ConvolutionLayer.Builder(3, 3).padding(1, 1).nOut(2).build(),
                new ConvolutionLayer.Builder(3, 3)
                        .convolutionMode(ConvolutionMode.Strict)
                        .nOut(2)
                        .build(),
                new ConvolutionLayer.Builder(3, 3).dilation(2, 2).nOut(2).build(),
                new ConvolutionLayer.Builder(3, 3).dilation(1, 2).nOut(2).build(),
                new ConvolutionLayer.Builder(3, 3).l2(0.1).nOut(2).build(),
                new ConvolutionLayer.Builder(3, 3).dropOut(0.5).nOut(2).build(),
                new Convolution1DLayer.Builder(3).nOut(2).build(),
                new Deconvolution2D.Builder(3, 3).nOut(2).build(),
                new SubsamplingLayer.Builder(2, 2).build());
        for (Layer layer : plain) {
            assertThat(OneDnn.faster(layer)).isSameAs(layer);
        }
        assertThat(OneDnn.faster(new ConvolutionLayer.Builder(3, 3)
                        .convolutionMode(ConvolutionMode.Same)
                        .nOut(2)
                        .build()))
                .isInstanceOf(FastConvolution.class);
    }

    private static void assertTrainsAsPlain(Shape image, LayerConfig... layers) {
        MultiLayerNetwork network = network(image, layers);
        for (int batch : BATCHES) {
            DataSet data = data(network, image, batch);
            String what = network.getLayer(layers.length - 1).conf().getLayer() + ", batch " + batch;
            assertClose(what, network.output(data.getFeatures()), plainly(() -> network.output(data.getFeatures())));
            INDArray expected = plainly(() -> gradients(network, data));
            assertThat(expected.norm1Number().doubleValue()).isPositive();
            assertClose(what, gradients(network, data), expected);
        }
        MultiLayerNetwork plain = network.clone();
        for (int batch : BATCHES) {
            DataSet data = data(network, image, batch);
            plainly(() -> {
                plain.fit(data);
                return plain;
            });
            network.fit(data);
        }
        assertClose("parameters", network.params(), plain.params());
    }

    private static INDArray gradients(MultiLayerNetwork network, DataSet data) {
        network.setInput(data.getFeatures());
        network.setLabels(data.getLabels());
        network.computeGradientAndScore();
        return network.getFlattenedGradients().dup();
    }

    /** What Deeplearning4j computes without oneDNN. */
    private static <T> T plainly(Supplier<T> computation) {
        Nd4j.getEnvironment().allowHelpers(false);
        try {
            return computation.get();
        } finally {
            Nd4j.getEnvironment().allowHelpers(true);
        }
    }

    private static void assertClose(String what, INDArray found, INDArray expected) {
        double largest = Math.max(1, expected.amaxNumber().doubleValue());
        double difference = found.sub(expected).amaxNumber().doubleValue();
        assertThat(difference / largest).as(what).isLessThan(TOLERANCE);
    }

    private static Shape image(DataFormat format, int height, int width) {
        return format == DataFormat.CHANNELS_LAST ? Shape.of(-1, height, width, 3) : Shape.of(-1, 3, height, width);
    }

    /** A convolution before the layer under test, whose gradient shows the other's with respect to its input. */
    private static Convolution point(DataFormat format) {
        return new Convolution(
                SlidingWindow.of(List.of(1, 1), List.of(1, 1), Padding.VALID, format),
                5,
                1,
                ActivationFunction.TANH,
                true);
    }

    private static Convolution strided() {
        return new Convolution(
                SlidingWindow.of(List.of(3, 3), List.of(2, 2), Padding.SAME, DataFormat.CHANNELS_LAST),
                4,
                1,
                ActivationFunction.RELU,
                true);
    }

    private static Convolution convolution(WindowCase window, ActivationFunction function, boolean useBias) {
        return new Convolution(window.toSlidingWindow(), 4, 1, function, useBias);
    }

    private static MultiLayerNetwork network(Shape image, LayerConfig... layers) {
        List<LayerConfig> all = new ArrayList<>(List.of(layers));
        all.add(new Flatten(DataFormat.CHANNELS_LAST));
        KerasModel model = Models.sequential(image, all.toArray(LayerConfig[]::new));
        return new TransferLearning.Builder(Dl4jImporter.importModel(model).multiLayerNetwork())
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        // Steps so small that rounding does not grow from step to step.
                        .updater(new Sgd(1e-3))
                        .build())
                .addLayer(new LossLayer.Builder(LossFunctions.LossFunction.L2)
                        .activation(Activation.IDENTITY)
                        .build())
                .build();
    }

    private static DataSet data(MultiLayerNetwork network, Shape image, int batch) {
        INDArray input = Tensors.toNative(Models.tensor(new Random(batch), image.with(0, batch)));
        INDArray output = network.output(input);
        return new DataSet(input, Tensors.toNative(Models.tensor(new Random(7), Tensors.shape(output))));
    }

    private static Layer conf(org.deeplearning4j.nn.api.Layer layer) {
        return layer.conf().getLayer();
    }
}
