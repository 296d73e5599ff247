package io.atelier.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.atelier.conformance.Reference;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.io.KerasReader;
import io.atelier.keras.layer.Shape;
import io.atelier.testing.Fixtures;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is particular to this engine: its options, and the memory it keeps between calls. */
class OnnxEngineTest {
    private static final KerasModel FASHION = KerasReader.read(Fixtures.FASHION_MNIST.resolve("model.keras"));
    private static final Reference REFERENCE = Reference.read(Fixtures.FASHION_MNIST.resolve("reference.npz"));

    private static Stream<OnnxOptions> options() {
        OnnxOptions defaults = OnnxOptions.defaults();
        return Stream.of(
                defaults,
                defaults.withIntraOpThreads(1),
                defaults.withIntraOpThreads(3),
                defaults.withSpinning(false),
                defaults.withIntraOpThreads(2).withSpinning(false));
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionGivesKerasNumbers(OnnxOptions options) {
        try (OnnxEngine engine = OnnxEngine.open(FASHION, options)) {
            assertThat(engine.predict(REFERENCE.inputs()).get(0).toArray())
                    .containsExactly(REFERENCE.outputs().get(0).toArray(), within(1e-5f));
        }
    }

    @Test
    void negativeNumbersAreNoOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxOptions.defaults().withIntraOpThreads(-1))
                .withMessage("intraOpThreads must be at least 0; received -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxOptions.defaults().withCudaDevice(-1))
                .withMessage("cudaDevice must be at least 0; received -1");
    }

    @Test
    void aGraphicsCardWithoutTheJarForItIsRefusedByName() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> OnnxEngine.open(FASHION, OnnxOptions.defaults().withCudaDevice(0)))
                .withMessageStartingWith("engine onnx cannot run on CUDA device 0 (")
                .withMessageEndingWith(
                        "put com.microsoft.onnxruntime:onnxruntime_gpu on the class path in place of onnxruntime");
    }

    @Test
    void memoryThatIsUsedAgainHoldsNothingOfTheCallBefore() {
        try (OnnxEngine engine = OnnxEngine.open(FASHION, OnnxOptions.defaults())) {
            List<Tensor> first = rows(0, 3);
            List<Tensor> second = rows(3, 6);
            List<Tensor> firstOutputs = engine.predict(first);
            List<Tensor> secondOutputs = engine.predict(second);
            assertThat(secondOutputs).isNotEqualTo(firstOutputs);
            assertThat(engine.predict(first)).isEqualTo(firstOutputs);
            assertThat(engine.predict(second)).isEqualTo(secondOutputs);
        }
    }

    /** More sizes than the pool keeps, each often enough to be found there. */
    @Test
    void everyBatchSizeGivesTheRowsOfTheWhole() {
        try (OnnxEngine engine = OnnxEngine.open(FASHION, OnnxOptions.defaults())) {
            float[] whole = REFERENCE.outputs().get(0).toArray();
            for (int round = 0; round < 2; round++) {
                for (int size = 1; size <= 40; size++) {
                    Tensor outputs = engine.predict(rows(0, size)).get(0);
                    assertThat(outputs.shape()).isEqualTo(Shape.of(size, 10));
                    assertThat(outputs.toArray()).containsExactly(Arrays.copyOf(whole, size * 10), within(1e-5f));
                }
            }
        }
    }

    private static List<Tensor> rows(int from, int to) {
        return List.of(REFERENCE.inputs().get(0).rows(from, to));
    }
}
