package io.atelier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.keras.KerasLayer;
import io.atelier.keras.KerasModel;
import io.atelier.keras.OptimizerState;
import io.atelier.keras.Tensor;
import io.atelier.keras.TrainingConfig;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Twenty steps of training give the losses and the weights that they give in Keras. */
class KerasTrainingTest {
    private static final Path ROOT = Fixtures.ROOT.resolve("training");
    private static final Pattern ONLY = Pattern.compile(System.getProperty("fixtures", ""));
    private static final int STEPS = 20;
    private static final int SAVED = 5;

    static Stream<Path> cases() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
                    .filter(file -> ONLY.matcher(Fixtures.name(file)).find());
        }
    }

    @Test
    void thereAreCasesOfEveryOptimizerAndLoss() throws IOException {
        assertThat(ONLY.pattern().isEmpty() ? cases().count() : 50).isGreaterThanOrEqualTo(50);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossesAndWeightsAreKeras(Path file) throws IOException {
        JsonNode expected = new ObjectMapper().readTree(file.toFile());
        KerasModel model = compiled(model(file), expected.get("compile"));
        Optimizer optimizer = Optimizers.of(model).orElseThrow();
        Loss loss = Losses.of(model).orElseThrow();
        try (Trainer trainer = new Trainer(model, optimizer, loss)) {
            Batches batches = new Batches(
                    expected.get("batch").asInt(), model.inputShapes().get(0), trainer.classes());
            for (int step = 1; step <= STEPS; step++) {
                batches.draw();
                double found = trainer.step(batches.images, batches.labels, weights(batches, expected), step)
                        .loss();
                double wanted = expected.get("losses").get(step - 1).asDouble();
                assertThat(found).as("loss of step " + step).isCloseTo(wanted, within(1e-4 * Math.max(1, wanted)));
                JsonNode state = expected.get("weights").get(String.valueOf(step));
                if (state != null) {
                    assertWeights(trainer.model(), state, "step " + step);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsGivenInJavaIsWrittenAsKerasWritesIt(Path file) throws IOException {
        JsonNode expected = new ObjectMapper().readTree(file.toFile());
        KerasModel compiled = compiled(model(file), expected.get("compile"));
        Optimizer optimizer = Optimizers.of(compiled).orElseThrow();
        Loss loss = Losses.of(compiled).orElseThrow();
        KerasModel uncompiled = compiled.withTrainingConfig(
                new TrainingConfig(Map.of("optimizer", "rmsprop", "loss", "mae"), List.of()));
        try (Trainer trainer = new Trainer(uncompiled, optimizer, loss)) {
            KerasModel written = trainer.model();
            assertThat(Optimizers.of(written)).contains(optimizer);
            assertThat(Losses.of(written)).contains(loss);
            assertThat(written.trainingConfig().orElseThrow().optimizer()).contains(optimizer.className());
        }
    }

    static Stream<Path> savedModels() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".keras") && !file.endsWith("model.keras"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("savedModels")
    void trainingGoesOnWhereKerasStopped(Path file) throws IOException {
        JsonNode expected = new ObjectMapper()
                .readTree(Path.of(file.toString().replace(".keras", ".json")).toFile());
        KerasModel model = Fixtures.read(file);
        Optimizer optimizer = Optimizers.of(model).orElseThrow();
        try (Trainer trainer = new Trainer(model, optimizer, Losses.of(model).orElseThrow())) {
            OptimizerState saved =
                    model.trainingConfig().orElseThrow().optimizerState().orElseThrow();
            trainer.remember(saved);
            assertThat(trainer.steps()).isEqualTo(SAVED);
            assertThat(trainer.state().slots()).isEqualTo(saved.slots());
            assertThat(trainer.model().trainingConfig().orElseThrow().options())
                    .isEqualTo(model.trainingConfig().orElseThrow().options());
            Batches batches = new Batches(
                    expected.get("batch").asInt(), model.inputShapes().get(0), trainer.classes());
            for (int step = 1; step <= STEPS; step++) {
                batches.draw();
                if (step > SAVED) {
                    double found = trainer.step(batches.images, batches.labels, new float[0], step)
                            .loss();
                    assertThat(found)
                            .isCloseTo(expected.get("losses").get(step - 1).asDouble(), within(1e-4));
                }
            }
            assertWeights(trainer.model(), expected.get("weights").get(String.valueOf(STEPS)), "resumed");
        }
    }

    private static float[] weights(Batches batches, JsonNode expected) {
        float[] weights = expected.get("sample_weights").asBoolean() ? batches.weights : new float[0];
        JsonNode byClass = expected.get("class_weights");
        if (!byClass.isEmpty()) {
            weights = new float[batches.labels.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) byClass.get(batches.labels[i]).asDouble();
            }
        }
        return weights;
    }

    private static void assertWeights(KerasModel model, JsonNode state, String when) {
        int count = 0;
        for (KerasLayer layer : model.layers()) {
            for (Map.Entry<String, Tensor> weight : layer.weights().entrySet()) {
                String name = layer.name() + "/" + weight.getKey();
                JsonNode wanted = state.get(name);
                assertThat(wanted).as(name).isNotNull();
                assertWeight(weight.getValue(), wanted, when + ": " + name);
                count++;
            }
        }
        assertThat(state).hasSize(count);
    }

    private static void assertWeight(Tensor found, JsonNode wanted, String name) {
        JsonNode values = wanted.get("values");
        int every = (found.valueCount() + 99) / 100;
        assertThat(values).as(name).hasSize((found.valueCount() + every - 1) / every);
        double squares = 0;
        for (int i = 0; i < found.valueCount(); i++) {
            squares += (double) found.get(i) * found.get(i);
            if (i % every == 0) {
                assertThat((double) found.get(i))
                        .as(name + " value " + i)
                        .isCloseTo(values.get(i / every).asDouble(), within(1e-4));
            }
        }
        assertThat(Math.sqrt(squares)).as(name).isCloseTo(wanted.get("norm").asDouble(), within(1e-4));
    }

    private static KerasModel model(Path file) {
        Path folder = file.resolveSibling("");
        return Fixtures.read(
                folder.endsWith("notebook")
                        ? Fixtures.FASHION_MNIST.resolve("model.keras")
                        : folder.resolve("model.keras"));
    }

    @SuppressWarnings("unchecked")
    private static KerasModel compiled(KerasModel model, JsonNode compile) {
        Map<String, Object> options = new ObjectMapper().convertValue(compile, Map.class);
        return new KerasModel(
                model.name(),
                model.kind(),
                model.layers(),
                model.calls(),
                model.inputs(),
                model.outputs(),
                Optional.of(new TrainingConfig(options, List.of())),
                model.origin());
    }
}
