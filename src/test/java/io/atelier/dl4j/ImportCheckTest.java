package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.atelier.keras.KerasModel;
import io.atelier.keras.io.KerasReader;
import io.atelier.keras.layer.Shape;
import io.atelier.testing.Fixtures;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

/** The network that is imported, and what it says about itself. */
class ImportCheckTest {
    private static final KerasModel FASHION = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.h5"));
    private static final KerasModel FUNCTIONAL =
            KerasReader.read(Fixtures.ROOT.resolve("conformance/two_inputs/model.h5"));

    @Test
    void everyLayerOfTheFashionModelHasKerasShapeAndParameters() {
        try (Dl4jModel imported = Dl4jImporter.importModel(FASHION)) {
            assertThat(imported.check().isOk()).isTrue();
            assertThat(imported.check().rows()).allMatch(ImportCheck.Row::isOk);
            assertThat(imported.check().rows())
                    .extracting(ImportCheck.Row::dl4jParameters)
                    .containsExactly(0L, 160L, 0L, 4640L, 0L, 18496L, 0L, 0L, 65600L, 650L);
            assertThat(imported.check().rows())
                    .extracting(ImportCheck.Row::kerasParameters)
                    .containsExactly(0L, 160L, 0L, 4640L, 0L, 18496L, 0L, 0L, 65600L, 650L);
            assertThat(imported.check().rows())
                    .extracting(row -> row.dl4jShape().with(0, Shape.UNKNOWN))
                    .containsExactly(
                            Shape.of(-1, 28, 28, 1),
                            Shape.of(-1, 28, 28, 16),
                            Shape.of(-1, 14, 14, 16),
                            Shape.of(-1, 14, 14, 32),
                            Shape.of(-1, 7, 7, 32),
                            Shape.of(-1, 7, 7, 64),
                            Shape.of(-1, 4, 4, 64),
                            Shape.of(-1, 1024),
                            Shape.of(-1, 64),
                            Shape.of(-1, 10));
        }
    }

    @Test
    void aSequentialModelIsAMultiLayerNetwork() {
        try (Dl4jModel imported = Dl4jImporter.importModel(FASHION)) {
            MultiLayerNetwork network = imported.multiLayerNetwork();
            assertThat(network.getnLayers()).isEqualTo(9);
            assertThat(network.numParams()).isEqualTo(FASHION.parameterCount());
        }
    }

    @Test
    void aFunctionalModelIsAComputationGraph() {
        try (Dl4jModel imported = Dl4jImporter.importModel(FUNCTIONAL)) {
            ComputationGraph graph = imported.computationGraph();
            assertThat(graph.getNumInputArrays()).isEqualTo(2);
            assertThat(graph.numParams()).isEqualTo(FUNCTIONAL.parameterCount());
            assertThatIllegalStateException()
                    .isThrownBy(imported::multiLayerNetwork)
                    .withMessageContaining("ComputationGraph");
        }
    }

    @Test
    void aSequentialModelCanBeHadAsAGraphToo() {
        try (Dl4jModel imported = Dl4jImporter.importModel(FASHION)) {
            ComputationGraph graph = imported.computationGraph();
            assertThat(graph.numParams()).isEqualTo(FASHION.parameterCount());
        }
    }

    @Test
    void aRowWithAnotherShapeOrNumberIsNotOk() {
        Shape two = Shape.of(2, 3);
        assertThat(row(two, two, 4).isOk()).isTrue();
        assertThat(row(two, Shape.of(2, 4), 4).isOk()).isFalse();
        assertThat(row(two, two, 5).isOk()).isFalse();
    }

    private static ImportCheck.Row row(Shape expected, Shape dl4j, long parameters) {
        return new ImportCheck.Row("d", "Dense", Shape.of(-1, 3), expected, dl4j, 4, parameters);
    }
}
