package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.GroupNormalization;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.LayerNormalization;
import io.atelier.keras.layer.Normalization;
import io.atelier.keras.layer.PReLU;
import io.atelier.keras.layer.RMSNormalization;
import io.atelier.keras.layer.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers with weights that are graphs: saved and loaded, at any size, any number of times. */
class GraphLayerTest {
    private static final LayerConfig[] LAYERS = {
        new LayerNormalization(List.of(-1), 0.1, true, true, false),
        new PReLU(List.of(1)),
        new GroupNormalization(2, -1, 0.1, true, true),
        new RMSNormalization(List.of(-1), 0.1),
        new Normalization(List.of(-1), Optional.empty(), false),
        new Normalization(List.of(-1), Optional.of(new Normalization.Statistics(List.of(1.0), List.of(4.0))), true)
    };

    @Test
    void aSavedNetworkComputesTheSameWhenItIsLoaded() throws IOException {
        try (Dl4jModel imported = Dl4jImporter.importModel(Models.sequential(Shape.of(-1, 3, 4), LAYERS))) {
            MultiLayerNetwork network = imported.multiLayerNetwork();
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            ModelSerializer.writeModel(network, saved, false);
            MultiLayerNetwork loaded =
                    ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(saved.toByteArray()));
            INDArray x = Tensors.toNative(Models.tensor(new Random(3), Shape.of(5, 3, 4)));
            assertThat(loaded.output(x)).isEqualTo(network.output(x));
        }
    }

    @Test
    void anOpenSizeMayChangeFromCallToCall() {
        KerasModel model = Models.sequential(Shape.of(-1, -1, 4), LAYERS);
        try (Dl4jEngine engine = new Dl4jEngine(model)) {
            Tensor longOne = Models.tensor(new Random(3), Shape.of(2, 7, 4));
            Tensor first = engine.predict(List.of(longOne)).get(0);
            engine.predict(List.of(Models.tensor(new Random(4), Shape.of(1, 2, 4))));
            assertThat(engine.predict(List.of(longOne)).get(0)).isEqualTo(first);
        }
    }
}
