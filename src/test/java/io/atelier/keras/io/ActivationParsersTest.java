package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Dense;
import io.atelier.keras.layer.ELU;
import io.atelier.keras.layer.LayerConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What may stand as an activation, and what is refused; the numbers are the conformance suite's matter. */
class ActivationParsersTest {
    @Test
    void aLayerIsTakenForTheFunctionItIs() {
        assertThat(dense(layer("ELU", Map.of("name", "elu", "alpha", 0.5))))
                .isEqualTo(new Dense(3, new ELU(0.5), true));
    }

    @Test
    void aLayerThatIsAFunctionOfKerasActivationsIsThatFunction() {
        assertThat(dense(layer("Softmax", Map.of("axis", -1))))
                .isEqualTo(new Dense(3, ActivationFunction.SOFTMAX, true));
        assertThat(dense(layer("ReLU", Map.of()))).isEqualTo(new Dense(3, ActivationFunction.RELU, true));
        assertThat(dense(layer("Activation", Map.of("activation", "tanh"))))
                .isEqualTo(new Dense(3, ActivationFunction.TANH, true));
    }

    @Test
    void aLayerWithWeightsIsRefused() {
        assertRefused(
                layer("PReLU", Map.of()),
                "activation must be a function, or a layer that is one and has no weights; received the layer 'PReLU'."
                        + " Put it after this layer instead");
    }

    @Test
    void anOptionOfTheLayerIsNotOverlooked() {
        assertRefused(layer("ELU", Map.of("beta", 2)), "the options [beta=2] are not known");
    }

    @Test
    void functionsThatTakeMoreThanATensorAreRefusedByName() {
        assertRefused("threshold", "activation 'threshold' takes two numbers, which the config does not have");
        assertRefused("glu", "activation 'glu' halves an axis");
    }

    @Test
    void pythonCodeIsRefused() {
        assertRefused(
                Map.of("module", "builtins", "class_name", "function", "config", "relu", "registered_name", "function"),
                "those in Python code above all, are not supported");
        assertRefused(
                Map.of("class_name", "__lambda__", "config", Map.of("code", "4wEAAA==")), "activation is Python code");
        assertRefused(
                Map.of("module", "mine", "class_name", "ReLU", "config", Map.of(), "registered_name", "mine>ReLU"),
                "those in Python code above all, are not supported");
    }

    private static LayerConfig dense(Object activation) {
        return LayerParsers.config(
                new LayerEntry("dense", "Dense", "Dense", Map.of("units", 3, "activation", activation), List.of()));
    }

    private static Map<String, Object> layer(String className, Map<String, Object> config) {
        return Map.of("module", "keras.layers", "class_name", className, "config", config);
    }

    private static void assertRefused(Object activation, String message) {
        assertThatThrownBy(() -> dense(activation))
                .isInstanceOf(UnsupportedOptionException.class)
                .hasMessageContaining(message);
    }
}
