package io.atelier.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.conformance.Conformance;
import io.atelier.conformance.ConformanceReport;
import io.atelier.conformance.Reference;
import io.atelier.conformance.Verdict;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.io.KerasReader;
import io.atelier.testing.Fixtures;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proof that an engine computes what Keras does would notice if it did not. */
class DamagedWeightTest {
    private static final float DAMAGE = 0.1f;
    private static final KerasModel FASHION = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.h5"));
    private static final Reference REFERENCE = Reference.read(Fixtures.FASHION_MNIST.resolve("reference.npz"));

    @ParameterizedTest
    @ValueSource(strings = {"conv2d", "conv2d_1", "conv2d_2", "dense", "dense_1"})
    void oneDamagedValueFailsTheLayerThatHasItFirst(String layer) {
        try (InferenceEngine engine = Engine.DL4J.open(damaged(layer))) {
            ConformanceReport report = Conformance.check(engine, REFERENCE);
            assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(report.failures().get(0).name()).isEqualTo(layer);
        }
    }

    private static KerasModel damaged(String name) {
        KerasLayer layer = FASHION.layer(name);
        Map<String, Tensor> weights = new LinkedHashMap<>(layer.weights());
        Tensor kernel = layer.weight("kernel");
        float[] values = kernel.toArray();
        values[values.length / 2] += DAMAGE;
        weights.put("kernel", Tensor.wrap(kernel.shape(), values));
        return FASHION.withLayers(Map.of(name, layer.withWeights(weights)));
    }
}
