package io.atelier.classify;

import static io.atelier.classify.TestImages.assertAlike;
import static io.atelier.classify.TestImages.file;
import static io.atelier.classify.TestImages.grey;
import static io.atelier.classify.TestImages.preprocessed;
import static io.atelier.classify.TestImages.samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.atelier.keras.layer.Shape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {
    private static Preprocessing.Builder options() {
        return Preprocessing.builder();
    }

    @ParameterizedTest
    @CsvSource({
        "wide, STRETCH", "wide, CROP", "wide, LETTERBOX",
        "tall, STRETCH", "tall, CROP", "tall, LETTERBOX",
        "tiny, STRETCH", "tiny, CROP", "tiny, LETTERBOX"
    })
    void aColourPictureBecomesTheGreyImageThatPillowMakesOfIt(String name, Fit fit) {
        float[] values = preprocessed(
                new ImageInput.File(file(name + ".png")), 1, options().fit(fit));

        assertAlike(values, samples(name + "-" + fit.name().toLowerCase(Locale.ROOT) + ".png"), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wide", "tall", "tiny"})
    void aModelOfThreeChannelsGetsTheColoursThatPillowMakes(String name) {
        float[] values = preprocessed(new ImageInput.File(file(name + ".png")), 3, options());

        assertAlike(values, samples(name + "-stretch-colour.png"), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wide.bmp", "wide.png"})
    void theGreyOfEveryPixelIsPillows(String name) {
        float[] values = preprocessed(new ImageInput.File(file(name)), Shape.of(-1, 34, 61, 1), options());

        assertThat(values).containsExactly(samples("wide-grey.png"));
    }

    @Test
    void aGreyPictureOfTheModelsSizeIsNotTouched() {
        BufferedImage image = grey(28, 28, (x, y) -> (x * 28 + y) % 256);

        for (Fit fit : Fit.values()) {
            float[] values =
                    preprocessed(new ImageInput.Picture(image), 1, options().fit(fit));
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isEqualTo((i % 28 * 28 + i / 28) % 256);
            }
        }
    }

    @Test
    void greyOf16BitsIsRoundedTo8() {
        float[] values = preprocessed(new ImageInput.File(file("grey-16-bit.png")), 1, options());
        float[] wide = samples("grey-16-bit.png");

        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isEqualTo(Math.round(wide[i] / 257));
        }
    }

    @Test
    void anImageOfOneBitIsBlackAndWhite() {
        float[] values = preprocessed(new ImageInput.File(file("black-white.png")), 1, options());

        assertThat(values).containsOnly(0, 255);
    }

    @Test
    void everyKindOfBufferedImageGivesTheSamePixels() {
        int[] kinds = {
            BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_INT_ARGB_PRE,
            BufferedImage.TYPE_INT_BGR, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR,
            BufferedImage.TYPE_4BYTE_ABGR_PRE
        };
        for (int kind : kinds) {
            BufferedImage image = new BufferedImage(28, 28, kind);
            for (int i = 0; i < 28 * 28; i++) {
                image.setRGB(i % 28, i / 28, 0xff000000 | (i * 77 & 0xff) << 16 | (i * 3 & 0xff) << 8 | (i & 0xff));
            }
            float[] values = preprocessed(new ImageInput.Picture(image), 3, options());
            for (int i = 0; i < 28 * 28; i++) {
                assertThat(values[3 * i]).as("kind %s", kind).isEqualTo(i * 77 & 0xff);
                assertThat(values[3 * i + 1]).isEqualTo(i * 3 & 0xff);
                assertThat(values[3 * i + 2]).isEqualTo(i & 0xff);
            }
        }
    }

    @Test
    void aPartOfALargerPictureIsReadFromItsOwnCorner() {
        BufferedImage part = grey(40, 40, (x, y) -> x + y).getSubimage(7, 5, 28, 28);

        float[] values = preprocessed(new ImageInput.Picture(part), 1, options());

        assertThat(values[0]).isEqualTo(12);
        assertThat(values[783]).isEqualTo(12 + 54);
    }

    @Test
    void transparentPixelsShowTheBackgroundAsPillowComposesThem() {
        ImageInput image = new ImageInput.File(file("alpha.png"));

        assertThat(preprocessed(image, 3, options())).containsExactly(samples("alpha-on-white.png"));
        assertThat(preprocessed(image, 3, options().background(new Color(0, 128, 128))))
                .containsExactly(samples("alpha-on-teal.png"));
    }

    @Test
    void greyWithTransparencyIsComposedToo() {
        float[] values = preprocessed(new ImageInput.File(file("alpha-grey.png")), 1, options());
        float[] stored = samples("alpha-grey.png");

        for (int i = 0; i < values.length; i++) {
            float alpha = stored[2 * i + 1] / 255;
            assertThat(values[i]).isCloseTo(stored[2 * i] * alpha + 255 * (1 - alpha), offset(0.51f));
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 1000", "1024, 1024", "1000, 28", "28, 1000", "3000, 41"})
    void aFineCheckerboardBecomesEvenGrey(int width, int height) {
        // Squares of one pixel: whoever leaves out pixels sees black or white.
        BufferedImage image = grey(width, height, (x, y) -> (x + y) % 2 * 255);

        float[] values = preprocessed(new ImageInput.Picture(image), 1, options());

        for (float value : values) {
            assertThat(value).isBetween(124f, 131f);
        }
    }

    @Test
    void anImageOfOnePixelFillsTheModels() {
        for (Fit fit : Fit.values()) {
            BufferedImage image = grey(1, 1, (x, y) -> 77);
            assertThat(preprocessed(new ImageInput.Picture(image), 1, options().fit(fit)))
                    .containsOnly(77);
        }
    }

    @Test
    void aVeryThinImageIsLetterboxedAsAtLeastOnePixel() {
        BufferedImage image = grey(2000, 3, (x, y) -> y == 1 ? 200 : 0);

        float[] values =
                preprocessed(new ImageInput.Picture(image), 1, options().fit(Fit.LETTERBOX));

        assertThat(values[0]).isZero();
        assertThat(values[14 * 28 + 14]).isBetween(50f, 100f);
    }

    @Test
    void barsHaveTheColourOfTheBorderAndAreBlackAfterInversion() {
        BufferedImage product = grey(100, 50, (x, y) -> x > 30 && x < 70 && y > 10 && y < 40 ? 20 : 255);

        float[] values = preprocessed(
                new ImageInput.Picture(product), 1, options().fit(Fit.LETTERBOX).inversion(Inversion.AUTO));

        assertThat(values[0]).isZero();
        assertThat(values[27 * 28 + 27]).isZero();
        assertThat(values[14 * 28 + 14]).isEqualTo(235);
    }

    @Test
    void autoInvertsWhatIsDarkOnLightAndNothingElse() {
        BufferedImage darkOnLight = grey(28, 28, (x, y) -> x > 5 && x < 20 ? 10 : 250);
        BufferedImage lightOnDark = grey(28, 28, (x, y) -> x > 5 && x < 20 ? 250 : 10);

        assertThat(preprocessed(
                        new ImageInput.Picture(darkOnLight), 1, options().inversion(Inversion.AUTO))[0])
                .isEqualTo(5);
        assertThat(preprocessed(
                        new ImageInput.Picture(lightOnDark), 1, options().inversion(Inversion.AUTO))[0])
                .isEqualTo(10);
        assertThat(preprocessed(
                        new ImageInput.Picture(lightOnDark), 1, options().inversion(Inversion.ALWAYS))[0])
                .isEqualTo(245);
    }

    @ParameterizedTest
    @CsvSource({"127, 127", "128, 127"})
    void theBorderIsLightAboveAGreyOf127(int border, int expected) {
        BufferedImage image = grey(28, 28, (x, y) -> x % 27 == 0 || y % 27 == 0 ? border : 255 - border);

        float[] values =
                preprocessed(new ImageInput.Picture(image), 1, options().inversion(Inversion.AUTO));

        assertThat(values[0]).isEqualTo(expected);
    }

    @Test
    void noOptionIsSetTwice() {
        assertThatThrownBy(() -> options().fit(Fit.CROP).fit(Fit.STRETCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option fit is set twice, to CROP and to STRETCH; set it once");
    }

    @Test
    void theFashionDefaultsCanBeChanged() {
        assertThat(FashionClassifier.preprocessing().fit(Fit.CROP).build().fit())
                .isEqualTo(Fit.CROP);
    }

    @Test
    void aBackgroundThatIsTransparentItselfIsRefused() {
        assertThatThrownBy(() -> options().background(new Color(0, 0, 0, 0)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be opaque");
    }

    @Test
    void scalingComputesInFloatsAsPythonDoes() {
        assertThat(Scaling.BY_255.apply((byte) 200)).isEqualTo(200f / 255f);
        assertThat(Scaling.affine(1 / 127.5, -1).apply((byte) 255)).isEqualTo(255 * (float) (1 / 127.5) - 1f);
        assertThat(Scaling.NONE.apply((byte) 255)).isEqualTo(255f);
        assertThatThrownBy(() -> Scaling.affine(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Scaling.affine(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
