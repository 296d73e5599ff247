package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.keras.KerasModel;
import io.atelier.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers that take sequences are layers of Deeplearning4j's: it saves and loads them. */
class TapeLayerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "recurrent_states",
                "rnn_cells",
                "bidirectional_options",
                "time_distributed",
                "attention",
                "grouped_query_attention",
                "recurrent_rare_activations"
            })
    void aSavedNetworkIsTheSameWhenItIsLoaded(String fixture) throws IOException {
        KerasModel model = Fixtures.read(
                Fixtures.ROOT.resolve("conformance").resolve(fixture).resolve("model.keras"));
        try (Dl4jModel imported = Dl4jImporter.importModel(model)) {
            ComputationGraph graph = imported.computationGraph();
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            ModelSerializer.writeModel(graph, saved, false);
            ComputationGraph loaded =
                    ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(saved.toByteArray()));
            Random random = new Random(2);
            INDArray[] inputs = model.inputShapes().stream()
                    .map(shape -> Tensors.toNative(Models.tensor(random, shape.with(0, 3))))
                    .toArray(INDArray[]::new);
            assertThat(Arrays.asList(loaded.output(inputs))).isEqualTo(Arrays.asList(graph.output(inputs)));
        }
    }
}
