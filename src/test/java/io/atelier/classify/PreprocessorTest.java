package io.atelier.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.keras.layer.ActivationFunction;
import io.atelier.keras.layer.Shape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PreprocessorTest {
    private static Preprocessor of(Shape input, Inversion inversion) {
        return new Preprocessor(
                FakeEngine.model(input, 10, ActivationFunction.SOFTMAX),
                Preprocessing.builder().inversion(inversion).build());
    }

    private static ImageInput red(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return new ImageInput.Picture(image);
    }

    @Test
    void aViewIsWhatTheModelSeesBeforeScaling() {
        BufferedImage colour = of(Shape.of(-1, 4, 6, 3), Inversion.NEVER).view(red(12, 12), "red");
        assertThat(colour.getWidth()).isEqualTo(6);
        assertThat(colour.getHeight()).isEqualTo(4);
        assertThat(colour.getRGB(5, 3)).isEqualTo(0xffff0000);

        BufferedImage grey = of(Shape.of(-1, 4, 6, 1), Inversion.ALWAYS).view(red(6, 4), "red");
        assertThat(grey.getRaster().getSample(0, 0, 0)).isEqualTo(255 - 76);
    }

    @Test
    void numbersHaveNoView() {
        ImageInput numbers = new ImageInput.Values(new float[4][6]);
        assertThatThrownBy(() -> of(Shape.of(-1, 4, 6, 1), Inversion.NEVER).view(numbers, "numbers"))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("numbers: expected a picture; received numbers");
    }

    @Test
    void imagesAreWrittenIntoABatch() {
        Preprocessor preprocessor = of(Shape.of(-1, 1, 2, 1), Inversion.NEVER);
        float[] batch = new float[2 * preprocessor.valueCount()];
        preprocessor.write(new ImageInput.Grey(new byte[] {0, (byte) 255}), "second", batch, 2);

        assertThat(batch).containsExactly(0, 0, 0, 1);
        assertThat(preprocessor.batchShape(2)).isEqualTo(Shape.of(2, 1, 2, 1));
    }
}
