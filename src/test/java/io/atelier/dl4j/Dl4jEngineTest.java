package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The corners of the engine: sizes left open, values beyond the usual, memory and interrupts. */
class Dl4jEngineTest {
    private static final Golden GOLDEN = Golden.read("rescaling_first");

    @Test
    void refusesAnImageThatIsTooSmallForAWindow() {
        try (Dl4jEngine engine = new Dl4jEngine(Golden.read("any_size").model())) {
            assertThat(engine.predict(List.of(zeros(1, 6, 5, 3))).get(0).shape())
                    .isEqualTo(Shape.of(1, 2));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.predict(List.of(zeros(1, 2, 9, 3))))
                    .withMessageContaining("do not fit through every layer");
        }
    }

    @Test
    void closesANetworkWithoutParameters() {
        KerasModel model = Models.sequential(Shape.of(-1, 3), new ReLU(Optional.empty(), 0, 0));
        Dl4jEngine engine = new Dl4jEngine(model);
        assertThat(engine.predict(List.of(Tensor.of(Shape.of(1, 3), -1, 0, 2)))
                        .get(0)
                        .toArray())
                .containsExactly(0, 0, 2);
        engine.close();
    }

    @Test
    void anInterruptedCallerGetsItsAnswerAndStaysInterrupted() {
        try (Dl4jEngine engine = new Dl4jEngine(GOLDEN.model())) {
            Thread.currentThread().interrupt();
            assertThat(engine.predict(GOLDEN.inputs())).hasSize(1);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void neverWritesToItsInputs() {
        Tensor input = Tensor.of(Shape.of(1, 3), -1, 2, -3);
        KerasModel model = Models.sequential(
                Shape.of(-1, 3), new Activation(ActivationFunction.RELU), new Activation(ActivationFunction.TANH));
        try (Dl4jEngine engine = new Dl4jEngine(model)) {
            assertThat(engine.activations(List.of(input)))
                    .containsEntry(TensorRef.of("layer_0"), Tensor.of(Shape.of(1, 3), 0, 2, 0));
            assertThat(input.toArray()).containsExactly(-1, 2, -3);
        }
    }

    @Test
    void letsNotANumberThrough() {
        for (ActivationFunction function : ActivationFunction.values()) {
            KerasModel model = Models.sequential(Shape.of(-1, 2), new Activation(function));
            try (Dl4jEngine engine = new Dl4jEngine(model)) {
                Tensor output = engine.predict(List.of(Tensor.of(Shape.of(1, 2), Float.NaN, 1)))
                        .get(0);
                assertThat(output.get(0)).as(function.kerasName()).isNaN();
            }
        }
        KerasModel model = Models.sequential(Shape.of(-1, 1), new ReLU(Optional.of(6.0), 0.1, 0.5));
        try (Dl4jEngine engine = new Dl4jEngine(model)) {
            assertThat(engine.predict(List.of(Tensor.of(Shape.of(1, 1), Float.NaN)))
                            .get(0)
                            .get(0))
                    .isNaN();
        }
    }

    @Test
    void softmaxOfHugeLogitsIsFiniteAndSumsToOne() {
        KerasModel model = Models.sequential(Shape.of(-1, 6), new Activation(ActivationFunction.SOFTMAX));
        try (Dl4jEngine engine = new Dl4jEngine(model)) {
            Tensor logits = Tensor.of(Shape.of(1, 6), 1e3f, -1e3f, -3e6f, 2, 3, 999.5f);
            double sum = 0;
            for (float value : engine.predict(List.of(logits)).get(0).toArray()) {
                assertThat(value).isFinite();
                sum += value;
            }
            assertThat(sum).isCloseTo(1, offset(1e-6));
        }
    }

    @Test
    void nativeMemoryStaysFlatOverManyPredictions() throws Exception {
        // In a process of its own, where no other test's memory is counted.
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyPredictions.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        long growth = Long.parseLong(output.lines()
                .filter(line -> line.startsWith(ManyPredictions.GROWTH))
                .findFirst()
                .orElseThrow()
                .substring(ManyPredictions.GROWTH.length()));
        // 3,000 leaked passes of this model would be more than 150 MB.
        assertThat(growth).isLessThan(40L << 20);
    }

    private static Tensor zeros(int... sizes) {
        Shape shape = Shape.of(sizes);
        return Tensor.wrap(shape, new float[Math.toIntExact(shape.valueCount())]);
    }
}
