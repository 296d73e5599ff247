package io.atelier.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.atelier.keras.KerasModel;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an engine takes, what it refuses, and that rows do not disturb each other. */
class EngineInputsTest {
    private static final KerasModel CNN = RandomInputs.fixture("cnn");
    private static final KerasModel TWO_INPUTS = RandomInputs.fixture("two_inputs");
    private static final Map<Engine, InferenceEngine> ONE = new EnumMap<>(Engine.class);
    private static final Map<Engine, InferenceEngine> TWO = new EnumMap<>(Engine.class);

    @BeforeAll
    static void open() {
        for (Engine kind : Engine.values()) {
            ONE.put(kind, kind.open(CNN));
            TWO.put(kind, kind.open(TWO_INPUTS));
        }
    }

    @AfterAll
    static void close() {
        ONE.values().forEach(InferenceEngine::close);
        TWO.values().forEach(InferenceEngine::close);
    }

    @Test
    void theWrongNumberOfInputsIsRefused() {
        Tensor image = RandomInputs.of(CNN, 1, 0).get(0);
        refuses(ONE, List.of(), "the model takes 1 inputs; received 0");
        refuses(ONE, List.of(image, image), "the model takes 1 inputs; received 2");
        refuses(TWO, RandomInputs.of(TWO_INPUTS, 1, 0).subList(0, 1), "the model takes 2 inputs; received 1");
    }

    @Test
    void anInputOfAnotherRankIsRefusedByName() {
        Tensor image = RandomInputs.of(CNN, 1, 0).get(0);
        Tensor flat = image.reshape(Shape.of(1, image.valueCount()));
        refuses(
                ONE,
                List.of(flat),
                "input '" + name(CNN, 0) + "' must have shape "
                        + CNN.inputShapes().get(0) + "; received " + flat.shape());
    }

    @Test
    void anInputOfAnotherSizeIsRefusedByName() {
        Tensor other = zeros(CNN.inputShapes().get(0).with(0, 1).with(1, 99));
        refuses(
                ONE,
                List.of(other),
                "input '" + name(CNN, 0) + "' must have shape "
                        + CNN.inputShapes().get(0) + "; received " + other.shape());
    }

    @Test
    void inputsWithDifferentBatchSizesAreRefusedByName() {
        List<Tensor> mixed = List.of(
                RandomInputs.of(TWO_INPUTS, 2, 0).get(0),
                RandomInputs.of(TWO_INPUTS, 3, 0).get(1));
        refuses(
                TWO,
                mixed,
                "all inputs must have the same batch size; received 2 for '" + name(TWO_INPUTS, 0) + "' and 3 for '"
                        + name(TWO_INPUTS, 1) + "'");
    }

    @Test
    void anEmptyBatchIsRefusedByName() {
        Tensor empty = zeros(CNN.inputShapes().get(0).with(0, 0));
        refuses(ONE, List.of(empty), "input '" + name(CNN, 0) + "' must not be empty; received shape " + empty.shape());
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedInputLeavesTheEngineInOrder(Engine kind) {
        InferenceEngine engine = Objects.requireNonNull(ONE.get(kind));
        List<Tensor> inputs = RandomInputs.of(CNN, 2, 1);
        List<Tensor> before = engine.predict(inputs);
        assertThatIllegalArgumentException().isThrownBy(() -> engine.predict(List.of()));
        assertThat(engine.predict(inputs)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("ofManyKinds")
    void aBatchOfFourIsFourSingles(Engine kind, String fixture) {
        KerasModel model = RandomInputs.fixture(fixture);
        List<Tensor> inputs = RandomInputs.of(model, 4, 2);
        try (InferenceEngine engine = kind.open(model)) {
            List<Tensor> batch = engine.predict(inputs);
            for (int row = 0; row < 4; row++) {
                List<Tensor> single = engine.predict(rows(inputs, row));
                List<Tensor> expected = rows(batch, row);
                for (int i = 0; i < single.size(); i++) {
                    assertThat(single.get(i).shape()).isEqualTo(expected.get(i).shape());
                    assertThat(single.get(i).toArray())
                            .containsExactly(expected.get(i).toArray(), within(1e-6f));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("thatSpreadNaNs")
    void anImageOfNaNsHasScoresOfNaNAndTheOthersKeepTheirs(Engine kind, String fixture) {
        KerasModel model = RandomInputs.fixture(fixture);
        List<Tensor> inputs = RandomInputs.of(model, 2, 3);
        List<Tensor> spoilt =
                inputs.stream().map(EngineInputsTest::withNaNsInRow1).toList();
        try (InferenceEngine engine = kind.open(model)) {
            List<Tensor> outputs = engine.predict(spoilt);
            assertThat(rows(outputs, 1))
                    .allSatisfy(output -> assertThat(output.toArray()).containsOnly(Float.NaN));
            assertThat(rows(outputs, 0)).isEqualTo(rows(engine.predict(inputs), 0));
        }
    }

    private static Stream<Arguments> ofManyKinds() {
        return inEachEngine(
                "cnn", "two_inputs", "batch_normalization", "global_pooling", "softmax_layer", "dense_on_3d");
    }

    private static Stream<Arguments> thatSpreadNaNs() {
        return inEachEngine("two_inputs", "dense_plain", "conv2d_strides", "average_pooling");
    }

    private static Stream<Arguments> inEachEngine(String... fixtures) {
        return Arrays.stream(Engine.values())
                .flatMap(kind -> Arrays.stream(fixtures).map(fixture -> Arguments.of(kind, fixture)));
    }

    private static Tensor withNaNsInRow1(Tensor tensor) {
        float[] values = tensor.toArray();
        Arrays.fill(values, values.length / 2, values.length, Float.NaN);
        return Tensor.wrap(tensor.shape(), values);
    }

    private static void refuses(Map<Engine, InferenceEngine> engines, List<Tensor> inputs, String message) {
        assertThat(engines.values()).hasSize(Engine.values().length).allSatisfy(engine -> {
            List<Consumer<List<Tensor>>> calls = List.of(engine::predict, engine::activations);
            assertThat(calls)
                    .allSatisfy(call -> assertThatIllegalArgumentException()
                            .isThrownBy(() -> call.accept(inputs))
                            .withMessage(message));
        });
    }

    private static List<Tensor> rows(List<Tensor> tensors, int row) {
        return tensors.stream().map(tensor -> tensor.rows(row, row + 1)).toList();
    }

    private static Tensor zeros(Shape shape) {
        return Tensor.wrap(shape, new float[Math.toIntExact(shape.valueCount())]);
    }

    private static String name(KerasModel model, int input) {
        return model.inputs().get(input).layer();
    }
}
