package io.atelier.evaluate;

import io.atelier.classify.Preprocessor;
import io.atelier.data.ImageSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Makes small pictures of images as a model sees them. */
final class Thumbnails {
    private static final int LARGEST = 128;

    private final Preprocessor preprocessor;

    Thumbnails(Preprocessor preprocessor) {
        this.preprocessor = preprocessor;
    }

    /** A PNG file in Base64. */
    String of(ImageSource source) {
        BufferedImage view = preprocessor.view(ImageBatches.input(source), source.name());
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(small(view), "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory can always be written", e);
        }
        return Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private static BufferedImage small(BufferedImage image) throws IOException {
        if (image.getWidth() <= LARGEST && image.getHeight() <= LARGEST) {
            return image;
        }
        return net.coobird.thumbnailator.Thumbnails.of(image)
                .size(LARGEST, LARGEST)
                .asBufferedImage();
    }
}
