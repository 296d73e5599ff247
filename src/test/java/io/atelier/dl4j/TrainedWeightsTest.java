package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.atelier.engine.Engine;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.BatchNormalization;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.Shape;
import io.atelier.testing.Fixtures;
import io.atelier.testing.Refused;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A network gives its weights back to the model it was made of, in Keras's layout. */
class TrainedWeightsTest {
    static Stream<Path> models() {
        return Fixtures.models().stream().filter(file -> !Refused.isExpected(file, Engine.DL4J));
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyWeightComesBackBitForBit(Path file) {
        KerasModel model = Fixtures.read(file);
        try (Dl4jModel imported = Dl4jImporter.importModel(model)) {
            // Every parameter is doubled, so that none can come from the model that is at hand: exact in floating
            // point.
            INDArray parameters = imported.parameters();
            if (parameters != null && parameters.length() > 0) {
                parameters.muli(2);
            }
            KerasModel trained = imported.trained();
            assertThat(trained.layers()).hasSameSizeAs(model.layers());
            for (KerasLayer layer : model.layers()) {
                layer.weights().forEach((name, before) -> {
                    boolean isInNetwork = WeightTransfer.used(layer).containsKey(name);
                    assertThat(trained.layer(layer.name()).weight(name))
                            .as(layer + " " + name)
                            .isEqualTo(isInNetwork ? doubled(before) : before);
                });
            }
        }
    }

    private static Tensor doubled(Tensor tensor) {
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 2;
        }
        return Tensor.wrap(tensor.shape(), values);
    }

    @Test
    void whatDeeplearning4jTrainedComesBack() {
        KerasModel model = small();
        try (Dl4jModel imported = Dl4jImporter.importModel(model)) {
            MultiLayerNetwork network = new TransferLearning.Builder(imported.multiLayerNetwork())
                    .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                            .updater(new Sgd(0.1))
                            .build())
                    .addLayer(new LossLayer.Builder(LossFunctions.LossFunction.L2)
                            .activation(Activation.IDENTITY)
                            .build())
                    .build();
            INDArray input = Tensors.toNative(Models.tensor(new Random(6), Shape.of(5, 4)));
            network.fit(new DataSet(input, Tensors.toNative(Models.tensor(new Random(7), Shape.of(5, 2)))));
            KerasModel trained = imported.trained(network);
            assertThat(imported.trained().layer("layer_0")).isEqualTo(model.layer("layer_0"));
            for (String layer : new String[] {"layer_0", "layer_1", "layer_2"}) {
                assertThat(trained.layer(layer)).isNotEqualTo(model.layer(layer));
            }
            try (Dl4jModel again = Dl4jImporter.importModel(trained)) {
                assertThat(again.multiLayerNetwork().output(input)).isEqualTo(network.output(input));
            }
        }
    }

    @Test
    void aNetworkOfOtherLayersIsRefused() {
        try (Dl4jModel imported = Dl4jImporter.importModel(small());
                Dl4jModel other = Dl4jImporter.importModel(
                        Models.sequential(Shape.of(-1, 4), new Dense(3, ActivationFunction.RELU, true)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> imported.trained(other.multiLayerNetwork()))
                    .withMessageContaining("the network has no layer 'layer_1'");
        }
    }

    private static KerasModel small() {
        return Models.sequential(
                Shape.of(-1, 4),
                new Dense(3, ActivationFunction.RELU, true),
                new BatchNormalization(-1, 0.5, 0.01, true, true),
                new Dense(2, ActivationFunction.LINEAR, true));
    }
}
