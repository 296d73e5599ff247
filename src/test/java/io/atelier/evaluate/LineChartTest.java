package io.atelier.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineChartTest {
    private static String chart(double... values) {
        List<OptionalDouble> line =
                Arrays.stream(values).mapToObj(OptionalDouble::of).toList();
        List<Integer> epochs = IntStream.rangeClosed(1, values.length).boxed().toList();
        return new LineChart("Loss", epochs, new LineChart.Series("training", "first", line)).toSvg();
    }

    private static List<String> ticks(String svg) {
        return Pattern.compile("text-anchor=\"end\">([^<]*)<")
                .matcher(svg)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.24, 1.2     | 0.0, 0.5, 1.0, 1.5",
                "0.9, 0.93     | 0.90, 0.91, 0.92, 0.93",
                "10, 4000      | 0, 1000, 2000, 3000, 4000",
                "-0.3, 0.3     | -0.4, -0.2, 0.0, 0.2, 0.4",
                "1e-8, 1e-8    | 1.0e-08, 1.5e-08",
                "2.5, 2.5      | 2, 3",
                "0, 0          | 0.0, 0.5",
            })
    void theAxisHasRoundNumbersAroundTheValues(String values, String ticks) {
        double[] numbers = Arrays.stream(values.split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(ticks(chart(numbers))).containsExactly(ticks.split(", "));
    }

    @Test
    void higherValuesAreDrawnHigherWithinThePicture() {
        assertThat(chart(0, 1)).contains("points=\"60.0,220.0 440.0,34.0\"");
    }

    @Test
    void whatIsNotFiniteIsLeftOut() {
        String svg = chart(1, Double.NaN, Double.POSITIVE_INFINITY, 2);
        assertThat(svg).doesNotContain("NaN", "Infinity").contains("epoch 4, training: 2.0000");
        assertThat(chart(Double.NaN)).doesNotContain("polyline", "NaN").contains("Loss");
    }

    @Test
    void oneEpochIsAPointInTheMiddle() {
        assertThat(chart(0.5)).contains("points=\"250.0,");
    }
}
