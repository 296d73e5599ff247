package io.atelier.keras.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equations that Keras refuses; those that it takes are the conformance suite's matter. */
class EinsumDenseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ab->ac; expected an equation such as 'ab,bc->ac'",
                "...ab,bc->ac; must both begin, or both end, with '...'",
                "ab,bc->ac...; must both begin, or both end, with '...'",
                "aab,bc->ac; no letter may stand twice",
                "ab,bc->ad; every axis of the output, the kernel and the bias must be one of another tensor",
                "ab,bcd->ac; every axis of the output, the kernel and the bias must be one of another tensor"
            })
    void brokenEquationsAreRefused(String equation, String problem) {
        assertThatThrownBy(() -> new EinsumDense(equation, List.of(3), "", ActivationFunction.LINEAR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("equation '" + equation + "'")
                .hasMessageContaining(problem);
    }

    @Test
    void anOutputShapeThatContradictsTheInputIsRefused() {
        EinsumDense dense = new EinsumDense("abc,cd->abd", List.of(7, 3), "", ActivationFunction.LINEAR);
        assertThatThrownBy(() -> dense.outputShape(Shape.of(-1, 4, 2)))
                .hasMessageContaining("axis 'b' of 'abc,cd->abd' is another in the output of shape (None, 7, 3)");
    }

    @Test
    void anEllipsisStandsForAsManyAxesAsThereAre() {
        EinsumDense dense = new EinsumDense("...x,xy->...y", List.of(3), "y", ActivationFunction.LINEAR);
        assertThat(dense.letters(Shape.of(-1, 4, 2)).equation()).isEqualTo("abx,xy->aby");
        assertThat(dense.outputShape(Shape.of(-1, 4, 5, 2))).isEqualTo(Shape.of(-1, 4, 5, 3));
    }
}
