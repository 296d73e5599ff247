package io.atelier.keras.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures of any size, which Keras takes, are not broken but unsupported where the size is needed. */
class OpenSizesTest {
    private static final Shape OPEN = Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, Shape.UNKNOWN, 3);

    @Test
    void whatIsCutOutOfThemIsUnsupported() {
        List<UnaryLayer> cutting = List.of(
                new CenterCrop(4, 5, DataFormat.CHANNELS_LAST),
                resizing(Resizing.Fit.CROP),
                resizing(Resizing.Fit.PAD));
        assertThat(cutting)
                .allSatisfy(layer -> assertThatThrownBy(() -> layer.outputShape(OPEN))
                        .isInstanceOf(UnsupportedInputException.class)
                        .hasMessageContaining("axis 1 of the input must have a known size")
                        .hasMessageContaining("Build the model with an Input of a fixed size"));
    }

    @Test
    void stretchingThemIsSupported() {
        assertThat(resizing(Resizing.Fit.STRETCH).outputShape(OPEN)).isEqualTo(Shape.of(Shape.UNKNOWN, 4, 5, 3));
    }

    private static Resizing resizing(Resizing.Fit fit) {
        return new Resizing(4, 5, Interpolation.BILINEAR, fit, 0, DataFormat.CHANNELS_LAST);
    }
}
