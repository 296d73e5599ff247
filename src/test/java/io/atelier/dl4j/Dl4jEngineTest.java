package io.atelier.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.data.Offset.offset;

import io.atelier.engine.Engine;
import io.atelier.engine.InferenceEngine;
import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.Activation;
import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.ReLU;
import io.atelier.keras.layer.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class Dl4jEngineTest {
    private static final Golden GOLDEN = Golden.read("fashion");

    @Test
    void isFoundAsTheEngineOfItsKind() {
        assertThat(Engine.DL4J.refusals(GOLDEN.model())).isEmpty();
        try (InferenceEngine engine = Engine.DL4J.open(GOLDEN.model())) {
            assertThat(engine.kind()).isEqualTo(Engine.DL4J);
            assertThat(engine.model()).isSameAs(GOLDEN.model());
        }
    }

    @Test
    void refusesInputsThatDoNotFitTheModel() {
        try (Dl4jEngine engine = new Dl4jEngine(GOLDEN.model())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.predict(List.of()))
                    .withMessage("the model takes 1 inputs; received 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.predict(List.of(zeros(2, 8, 8, 3))))
                    .withMessageMatching("input '.*' must have shape \\(None, 8, 8, 1\\); received \\(2, 8, 8, 3\\)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.activations(List.of(zeros(8, 8, 1))))
                    .withMessageContaining("received (8, 8, 1)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.predict(List.of(zeros(0, 8, 8, 1))))
                    .withMessageContaining("must not be empty");
        }
    }

    @Test
    void refusesBatchesOfDifferentSizes() {
        try (Dl4jEngine engine = new Dl4jEngine(Golden.read("two_inputs").model())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.predict(List.of(zeros(2, 3), zeros(3, 6, 6, 1))))
                    .withMessage("all inputs must have the same batch size; received 2 for 'extra' and 3 for 'image'");
        }
    }

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
    void closesTwiceAndAnswersNoMore() {
        Dl4jEngine engine = new Dl4jEngine(GOLDEN.model());
        engine.close();
        engine.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.predict(GOLDEN.inputs()))
                .withMessage("the engine is closed");
        assertThatIllegalStateException().isThrownBy(() -> engine.activations(GOLDEN.inputs()));
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
    void eightThreadsGetWhatOneGets() throws Exception {
        Random random = new Random(3);
        List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            inputs.add(Models.tensor(random, Shape.of(1 + i % 3, 8, 8, 1)));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Dl4jEngine engine = new Dl4jEngine(GOLDEN.model())) {
            List<Tensor> serial = inputs.stream()
                    .map(input -> engine.predict(List.of(input)).get(0))
                    .toList();
            List<Callable<Tensor>> calls = new ArrayList<>();
            for (Tensor input : inputs) {
                calls.add(() -> engine.predict(List.of(input)).get(0));
            }
            List<Future<Tensor>> parallel = threads.invokeAll(calls);
            for (int i = 0; i < inputs.size(); i++) {
                assertThat(parallel.get(i).get()).isEqualTo(serial.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void eightThreadsImportAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Tensor> importAndPredict = () -> {
                try (Dl4jEngine engine = new Dl4jEngine(GOLDEN.model())) {
                    return engine.predict(GOLDEN.inputs()).get(0);
                }
            };
            List<Future<Tensor>> outputs = threads.invokeAll(Collections.nCopies(24, importAndPredict));
            for (Future<Tensor> output : outputs) {
                assertThat(output.get()).isEqualTo(outputs.get(0).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aBatchGivesWhatItsRowsGive() {
        Tensor batch = Models.tensor(new Random(9), Shape.of(4, 8, 8, 1));
        try (Dl4jEngine engine = new Dl4jEngine(GOLDEN.model())) {
            Tensor together = engine.predict(List.of(batch)).get(0);
            for (int i = 0; i < 4; i++) {
                Tensor alone = engine.predict(List.of(batch.rows(i, i + 1))).get(0);
                Tolerance.assertClose("row " + i, together.rows(i, i + 1), alone);
            }
        }
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
