package io.atelier.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.io.KerasReader;
import io.atelier.keras.layer.Shape;
import io.atelier.testing.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch in pieces gives what the rows give one by one. */
class BatchPiecesTest {
    private static final KerasModel FASHION = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.keras"));

    @Test
    void aPieceIsAsLargeAsTheCacheTakes() {
        // 28 * 28 * 16 values after the first convolution are the most.
        int expected = (4 << 20) / (28 * 28 * 16 * Float.BYTES);
        assertThat(BatchPieces.of(FASHION).rowsAtOnce()).isBetween(expected, 2 * expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "embedding_average", "softmax_axes"})
    void aModelWhoseLayersMayMixRowsIsRunWhole(String name) {
        KerasModel model = KerasReader.read(
                Fixtures.ROOT.resolve("conformance").resolve(name).resolve("model.keras"));
        assertThat(BatchPieces.of(model)).isEqualTo(BatchPieces.whole());
    }

    @Test
    void rowsComeBackInTheirOrder() {
        BatchPieces pieces = new BatchPieces(3);
        List<Integer> sizes = new ArrayList<>();
        Tensor rows = Tensor.of(Shape.of(7, 1), 0, 1, 2, 3, 4, 5, 6);
        Tensor pairs = Tensor.of(Shape.of(7, 2), 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6);
        List<Tensor> outputs = pieces.run(List.of(rows, pairs), inputs -> {
            sizes.add(inputs.get(0).shape().size(0));
            return List.of(inputs.get(1), inputs.get(0));
        });
        assertThat(sizes).containsExactly(3, 3, 1);
        assertThat(outputs).containsExactly(pairs, rows);
    }

    @Test
    void aLargeBatchIsTheSameAsItsRows() {
        int rows = 2 * BatchPieces.of(FASHION).rowsAtOnce() + 1;
        Random random = new Random(5);
        float[] values = new float[rows * 28 * 28];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        Tensor batch = Tensor.wrap(Shape.of(rows, 28, 28, 1), values);
        try (InferenceEngine engine = OnnxEngine.open(FASHION, OnnxOptions.defaults())) {
            Tensor outputs = engine.predict(List.of(batch)).get(0);
            assertThat(outputs.shape()).isEqualTo(Shape.of(rows, 10));
            for (int row = 0; row < rows; row++) {
                float[] expected =
                        engine.predict(List.of(batch.rows(row, row + 1))).get(0).toArray();
                assertThat(outputs.rows(row, row + 1).toArray()).containsExactly(expected, within(1e-6f));
            }
        }
    }
}
