package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atelier.keras.KerasModel;
import io.atelier.keras.OptimizerState;
import io.atelier.keras.TrainingConfig;
import io.atelier.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What optimizers remember is read as Keras itself tells it, for every optimizer and every kind of file. */
class OptimizerStatesTest {
    private static final Path FOLDER = Fixtures.ROOT.resolve("optimizers");
    private static final int FEWEST_FILES = 69;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().matches(".*\\.(h5|keras)"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreEnoughFilesToSpeakOf() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(FEWEST_FILES);
    }

    @ParameterizedTest
    @MethodSource("files")
    void theStateIsWhatKerasSaysItIs(Path file) throws IOException {
        TrainingConfig config = KerasReader.read(file).trainingConfig().orElseThrow();
        assertThat(config.optimizerStateProblem()).isEmpty();
        OptimizerState state = config.optimizerState().orElseThrow();

        JsonNode truth = new ObjectMapper()
                .readTree(FOLDER.resolve(file.getFileName().toString().replaceAll("\\.(h5|keras)$", ".json"))
                        .toFile());
        assertThat(state.iterations()).isEqualTo(truth.get("iterations").asLong());
        Map<String, Map<String, List<Float>>> expected = new TreeMap<>();
        truth.get("slots").properties().forEach(weight -> {
            Map<String, List<Float>> slots = new TreeMap<>();
            weight.getValue().properties().forEach(slot -> {
                List<Float> values = new ArrayList<>();
                slot.getValue().forEach(value -> values.add((float) value.asDouble()));
                slots.put(slot.getKey(), values);
            });
            if (!slots.isEmpty()) {
                expected.put(weight.getKey(), slots);
            }
        });
        assertThat(values(state)).isEqualTo(expected);

        assertThat(state.uProduct().isPresent()).isEqualTo(truth.has("u_product"));
        state.uProduct()
                .ifPresent(product -> assertThat((double) product)
                        .isCloseTo(truth.get("u_product").asDouble(), withPercentage(1e-4)));
    }

    private static Map<String, Map<String, List<Float>>> values(OptimizerState state) {
        Map<String, Map<String, List<Float>>> all = new TreeMap<>();
        state.slots()
                .forEach((weight, slots) -> slots.forEach((name, tensor) -> {
                    List<Float> values = new ArrayList<>();
                    for (int i = 0; i < tensor.valueCount(); i++) {
                        values.add(tensor.get(i));
                    }
                    all.computeIfAbsent(weight.toString(), key -> new TreeMap<>())
                            .put(name, values);
                }));
        return all;
    }

    @Test
    void keras3SavesTheLearningRateAndKeras2DoesNot() {
        assertThat(state(FOLDER.resolve("sgd-momentum.keras")).learningRate()).contains(0.01f);
        assertThat(state(FOLDER.resolve("sgd-momentum.h5")).learningRate()).contains(0.01f);
        assertThat(state(FOLDER.resolve("sgd-momentum-keras2.h5")).learningRate())
                .isEmpty();
    }

    @Test
    void aLearningRateOfAScheduleIsNotSaved() {
        assertThat(state(Fixtures.ROOT.resolve("conformance/trained_with_rmsprop/model.keras"))
                        .learningRate())
                .isEmpty();
    }

    private static OptimizerState state(Path file) {
        return KerasReader.read(file)
                .trainingConfig()
                .orElseThrow()
                .optimizerState()
                .orElseThrow();
    }

    @Test
    void anOptimizerThatWasNeverUsedRemembersNothing() {
        OptimizerState state = state(Fixtures.FASHION_MNIST.resolve("model-keras2.h5"));
        assertThat(state.iterations()).isZero();
        assertThat(state.slots()).isEmpty();
    }

    @Test
    void aProgramThatOnlyPredictsDoesWithout() {
        KerasModel model = KerasReader.read(FOLDER.resolve("adam.keras"), ReadOptions.DEFAULT.withoutOptimizerState());
        TrainingConfig config = model.trainingConfig().orElseThrow();
        assertThat(config.optimizer()).contains("Adam");
        assertThat(config.optimizerState()).isEmpty();
        assertThat(config.optimizerStateProblem()).isEmpty();
    }

    @Test
    void weightsThatTakeAllThatLimitsAllowLeaveNoneForTheOptimizer() {
        ImportLimits limits = ImportLimits.DEFAULT.withMaxWeightBytes(4 * 36);
        KerasModel model = KerasReader.read(FOLDER.resolve("adam.keras"), ReadOptions.DEFAULT.withLimits(limits));
        TrainingConfig config = model.trainingConfig().orElseThrow();
        assertThat(config.optimizerState()).isEmpty();
        assertThat(config.optimizerStateProblem().orElseThrow()).contains("ImportLimits.maxWeightBytes=144");
    }
}
