package io.atelier.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.classify.InputLayout;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Images are varied as far as the options say and no further. */
class AugmenterTest {
    private static final InputLayout LAST = new InputLayout(4, 5, 2, DataFormat.CHANNELS_LAST, Shape.of(-1, 4, 5, 2));
    private static final InputLayout FIRST = new InputLayout(4, 5, 2, DataFormat.CHANNELS_FIRST, Shape.of(-1, 2, 4, 5));

    @Test
    void withoutOptionsNothingChanges() {
        assertThat(varied(Augmentation.NONE, LAST, 50)).containsOnly(list(image(LAST)));
    }

    @Test
    void aFlipGivesTheMirrorImageOrTheImage() {
        for (InputLayout layout : new InputLayout[] {LAST, FIRST}) {
            float[] mirrored = new float[layout.valueCount()];
            float[] image = image(layout);
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 5; x++) {
                    for (int c = 0; c < 2; c++) {
                        mirrored[layout.index(4 - x, y, c)] = image[layout.index(x, y, c)];
                    }
                }
            }
            assertThat(varied(new Augmentation(true, 0, 0), layout, 50))
                    .containsExactlyInAnyOrder(list(image), list(mirrored));
        }
    }

    @Test
    void aShiftMovesAPixelNoFurtherThanItMay() {
        float[] dot = new float[LAST.valueCount()];
        dot[LAST.index(2, 2, 1)] = 1;
        for (String text : varied(dot, new Augmentation(false, 0.2, 0), LAST, 200)) {
            float[] moved = floats(text);
            for (int x = 0; x < 5; x++) {
                for (int y = 0; y < 4; y++) {
                    // A fifth of the width is a pixel, of the height less; between pixels there is one more.
                    if (Math.abs(x - 2) > 1 || Math.abs(y - 2) > 1) {
                        assertThat(moved[LAST.index(x, y, 1)]).isZero();
                    }
                    assertThat(moved[LAST.index(x, y, 0)]).isZero();
                }
            }
        }
    }

    @Test
    void aRotationKeepsTheMiddleAndAnEvenImage() {
        InputLayout square = new InputLayout(5, 5, 1, DataFormat.CHANNELS_LAST, Shape.of(-1, 5, 5, 1));
        float[] even = new float[25];
        Arrays.fill(even, 0.5f);
        assertThat(varied(even, new Augmentation(false, 0, 180), square, 20)).containsOnly(list(even));
        float[] dot = new float[25];
        dot[12] = 1;
        for (String text : varied(dot, new Augmentation(false, 0, 180), square, 20)) {
            assertThat(floats(text)[12]).isEqualTo(1);
        }
    }

    private static float[] image(InputLayout layout) {
        float[] image = new float[layout.valueCount()];
        for (int i = 0; i < image.length; i++) {
            image[i] = i;
        }
        return image;
    }

    private static Set<String> varied(Augmentation options, InputLayout layout, int count) {
        return varied(image(layout), options, layout, count);
    }

    /** What becomes of an image, as text. */
    private static Set<String> varied(float[] image, Augmentation options, InputLayout layout, int count) {
        SplittableRandom random = new SplittableRandom(1);
        Set<String> found = new HashSet<>();
        for (int i = 0; i < count; i++) {
            float[] copy = image.clone();
            new Augmenter(options, layout).apply(copy, random);
            found.add(list(copy));
        }
        return found;
    }

    private static String list(float[] values) {
        return Arrays.toString(values);
    }

    private static float[] floats(String text) {
        String[] parts = text.substring(1, text.length() - 1).split(", ");
        float[] values = new float[parts.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(parts[i]);
        }
        return values;
    }
}
