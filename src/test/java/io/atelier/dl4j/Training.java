package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.atelier.keras.KerasModel;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Flatten;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Trains imported networks, and compares the gradients of their parameters with what small steps show. */
final class Training {
    static final double STEP = 1e-2;

    private Training() {}

    /**
     * Checks the gradients of layers on one another, on an input of shape (5, 4, 2).
     *
     * @param statistics names of parameters that have no gradient
     */
    static void assertGradients(List<String> statistics, LayerConfig... layers) {
        LayerConfig[] flattened = Arrays.copyOf(layers, layers.length + 1);
        flattened[layers.length] = new Flatten(DataFormat.CHANNELS_LAST);
        MultiLayerNetwork network = trainable(Models.sequential(Shape.of(-1, 4, 2), flattened));
        DataSet data = data(network);
        network.setInput(data.getFeatures());
        network.setLabels(data.getLabels());
        network.computeGradientAndScore();
        network.gradient().gradientForVariable().forEach((name, gradient) -> {
            if (!statistics.contains(name)) {
                assertSlopes(
                        name, network.getParam(name), gradient, data.numExamples(), () -> network.score(data, true));
            }
        });
    }

    static void assertGradients(LayerConfig layer, List<String> statistics) {
        assertGradients(statistics, layer);
    }

    /**
     * Checks the gradient of one parameter.
     *
     * @param gradient of the sum of the examples' losses, of which the score is the mean
     */
    static void assertSlopes(String name, INDArray parameter, INDArray gradient, int examples, DoubleSupplier score) {
        for (int i = 0; i < parameter.length(); i++) {
            double value = parameter.getDouble(i);
            parameter.putScalar(i, value + STEP);
            double after = score.getAsDouble();
            parameter.putScalar(i, value - STEP);
            double before = score.getAsDouble();
            parameter.putScalar(i, value);
            double slope = (after - before) / (2 * STEP);
            assertThat(gradient.getDouble(i) / examples)
                    .as(name + " " + i)
                    .isCloseTo(slope, offset(1e-2 + 1e-3 * Math.abs(slope)));
        }
    }

    /** The network with a loss and an optimizer. */
    static MultiLayerNetwork trainable(KerasModel model) {
        return new TransferLearning.Builder(Dl4jImporter.importModel(model).multiLayerNetwork())
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Sgd(0.1))
                        .build())
                .addLayer(new LossLayer.Builder(LossFunctions.LossFunction.L2)
                        .activation(Activation.IDENTITY)
                        .build())
                .build();
    }

    static DataSet data(MultiLayerNetwork network) {
        INDArray input = Tensors.toNative(Models.tensor(new Random(6), Shape.of(5, 4, 2)));
        INDArray output = network.output(input);
        return new DataSet(input, Tensors.toNative(Models.tensor(new Random(7), Tensors.shape(output))));
    }
}
