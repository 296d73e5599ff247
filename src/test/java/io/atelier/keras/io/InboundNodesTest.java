package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.TensorRef;
import io.atelier.keras.layer.MaskRole;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Masks and numbers in the calls of a layer. */
class InboundNodesTest {
    private static final Map<String, Object> X = tensor("x");
    private static final Map<String, Object> STEPS = tensor("steps");
    private static final Map<String, Object> PAIRS = tensor("pairs");

    @Test
    void masksFollowTheInputsInTheOrderOfTheirKeywords() {
        List<?> calls = List.of(call(Map.of("value_mask", STEPS, "attention_mask", PAIRS), X, X));
        assertThat(InboundNodes.parse(calls, false))
                .containsExactly(
                        List.of(TensorRef.of("x"), TensorRef.of("x"), TensorRef.of("pairs"), TensorRef.of("steps")));
        assertThat(InboundNodes.flags(calls))
                .containsEntry(InboundNodes.MASKS, List.of(MaskRole.PAIRS, MaskRole.SECOND));
    }

    @Test
    void aListOfMasksHasOneForEachInputOrNone() {
        List<?> calls = List.of(call(Map.of("mask", Arrays.asList(null, STEPS)), X, X));
        assertThat(InboundNodes.flags(calls)).containsEntry(InboundNodes.MASKS, List.of(MaskRole.SECOND));
    }

    @Test
    void aMaskOfKeras2IsAKeywordOfTheFirstTensor() {
        Map<String, Object> keywords = Map.of("mask", List.of("steps", 0, 0));
        List<?> calls = List.of(List.of(List.of("x", 0, 0, keywords)));
        assertThat(InboundNodes.parse(calls, false)).containsExactly(List.of(TensorRef.of("x"), TensorRef.of("steps")));
    }

    @Test
    void callsWithDifferentMasksAreRefused() {
        List<?> calls = List.of(call(Map.of("mask", STEPS), X), call(Map.of(), X));
        assertThatThrownBy(() -> InboundNodes.flags(calls))
                .isInstanceOf(UnsupportedOptionException.class)
                .hasMessageContaining("the layer is called with different masks")
                .hasMessageEndingWith("make a layer for each");
    }

    @Test
    void aMaskThatIsNoTensorIsRefused() {
        List<?> calls = List.of(call(Map.of("mask", true), X));
        assertThatThrownBy(() -> InboundNodes.parse(calls, false)).isInstanceOf(UnsupportedOptionException.class);
    }

    @Test
    void onlyAnOperationMayTakeANumber() {
        List<?> calls = List.of(call(Map.of(), X, 3));
        assertThat(InboundNodes.parse(calls, true)).containsExactly(List.of(TensorRef.of("x")));
        assertThat(InboundNodes.number(calls))
                .containsEntry(InboundNodes.NUMBER, 3.0)
                .containsEntry(InboundNodes.NUMBER_FIRST, false);
        assertThatThrownBy(() -> InboundNodes.parse(calls, false))
                .isInstanceOf(UnsupportedOptionException.class)
                .hasMessageContaining("a call must take tensors only; received '3'");
    }

    private static Map<String, Object> call(Map<String, Object> keywords, Object... arguments) {
        return Map.of("args", List.of(arguments), "kwargs", keywords);
    }

    private static Map<String, Object> tensor(String layer) {
        return Map.of("class_name", "__keras_tensor__", "config", Map.of("keras_history", List.of(layer, 0, 0)));
    }
}
