package io.atelier.keras.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.InvalidModelException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsEverythingThatPythonWrites() {
        Map<String, ?> object = read("""
                {"text": "Stra\\u00dfe", "whole": 3, "large": 12345678901234567890, "real": 1e-3, "yes": true, "no": false,
                 "none": null, "list": [1, [2.5, null], {}], "object": {"a": {"b": []}}, "nan": NaN, "most": -Infinity}
                """);

        assertThat(object.get("text")).isEqualTo("Straße");
        assertThat(object.get("whole")).isEqualTo(3);
        assertThat(object.get("large")).isEqualTo(new BigInteger("12345678901234567890"));
        assertThat(object.get("real")).isEqualTo(0.001);
        assertThat(object.get("yes")).isEqualTo(true);
        assertThat(object.get("no")).isEqualTo(false);
        assertThat(object).containsEntry("none", null);
        assertThat(object.get("list")).isEqualTo(List.of(1, Arrays.asList(2.5, null), Map.of()));
        assertThat(object.get("object")).isEqualTo(Map.of("a", Map.of("b", List.of())));
        assertThat(object.get("nan")).isEqualTo(Double.NaN);
        assertThat(object.get("most")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(object.keySet()).startsWith("text", "whole", "large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[1]", "\"text\"", "7"})
    void refusesWhatIsNoObject(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("config.json: expected a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1", "{\"a\": [1, 2}", "{\"a\": 1, \"a\": 2}", "{a: 1}", "{\"a\": tru}"})
    void saysWhereDamagedTextBreaksOff(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("damaged at line 1, column");
    }

    @Test
    void refusesTextThatIsNestedWithoutEnd() {
        assertThatThrownBy(() -> read("{\"a\": " + "[".repeat(10_000)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("nesting depth");
    }

    private static Map<String, ?> read(String text) {
        return Json.object("model.keras", "config.json", text);
    }
}
