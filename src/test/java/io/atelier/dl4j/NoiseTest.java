package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.atelier.keras.layer.AlphaDropout;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.GaussianDropout;
import io.atelier.keras.layer.GaussianNoise;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.RandomAugmentation;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SpatialDropout;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the layers of noise do in training is what Keras does: its formulas for mean and spread. */
class NoiseTest {
    private static final int VALUES = 20_000;

    @Test
    void gaussianNoiseIsAdded() {
        INDArray noisy = trained(new GaussianNoise(0.5, Optional.empty()));
        assertThat(noisy.meanNumber().doubleValue()).isCloseTo(2, offset(0.02));
        assertThat(noisy.stdNumber().doubleValue()).isCloseTo(0.5, offset(0.02));
    }

    @Test
    void gaussianDropoutMultiplies() {
        INDArray noisy = trained(new GaussianDropout(0.2, Optional.empty()));
        assertThat(noisy.meanNumber().doubleValue()).isCloseTo(2, offset(0.04));
        assertThat(noisy.stdNumber().doubleValue()).isCloseTo(2 * Math.sqrt(0.2 / 0.8), offset(0.04));
    }

    @Test
    void alphaDropoutKeepsTheShareThatKerasKeeps() {
        INDArray noisy = trained(new AlphaDropout(0.2, Optional.empty(), Optional.empty()));
        double dropped = -1.6732632423543772 * 1.0507009873554805;
        double a = 1 / Math.sqrt(0.8 * (1 + 0.2 * dropped * dropped));
        double b = -a * dropped * 0.2;
        double largest = noisy.maxNumber().doubleValue();
        assertThat(largest).isCloseTo(2 * a + b, offset(1e-4));
        assertThat(noisy.minNumber().doubleValue()).isCloseTo(dropped * a + b, offset(1e-4));
        double kept =
                noisy.gt(largest - 1e-3).castTo(noisy.dataType()).meanNumber().doubleValue();
        assertThat(kept).isCloseTo(0.8, offset(0.02));
    }

    @Test
    void spatialDropoutDropsWholeChannels() {
        for (DataFormat dataFormat : DataFormat.values()) {
            SpatialDropout dropout = new SpatialDropout(1, 0.5, dataFormat, Optional.empty());
            INDArray dropped = Dl4jImporter.importModel(Models.sequential(Shape.of(-1, 8, 8), dropout))
                    .multiLayerNetwork()
                    .output(Nd4j.ones(100, 8, 8), true);
            INDArray perChannel = dropped.mean(dataFormat == DataFormat.CHANNELS_LAST ? 1 : 2);
            assertThat(Tensors.toTensor(perChannel).toArray()).containsOnly(0, 2);
        }
    }

    @Test
    void whatCannotBeTrainedIsRefusedByName() {
        List<LayerConfig> layers = List.of(
                new RandomAugmentation("RandomFlip"),
                new AlphaDropout(0.5, Optional.of(List.of(-1, 1)), Optional.empty()));
        for (LayerConfig layer : layers) {
            assertThatThrownBy(() -> trained(layer))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining(layer.className())
                    .hasMessageContaining("cannot train");
        }
    }

    /** What a layer makes of twos in training. */
    private static INDArray trained(LayerConfig layer) {
        return Dl4jImporter.importModel(Models.sequential(Shape.of(-1, VALUES / 20), layer))
                .multiLayerNetwork()
                .output(Nd4j.valueArrayOf(new long[] {20, VALUES / 20}, 2.0f), true);
    }
}
