package io.atelier.classify;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes image files that may be damaged or hostile; what ImageIO has a reader for is read, of a GIF the first image. */
final class ImageDecoder {
    private final String source;
    private final ImageLimits limits;

    ImageDecoder(String source, ImageLimits limits) {
        this.source = source;
        this.limits = limits;
    }

    Pixels decode(Path file, int channels, Color background) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidImageException(
                    source, Files.exists(file) ? "is not a file; expected an image file" : "there is no such file");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return decode(stream, channels, background);
        } catch (IOException e) {
            throw new InvalidImageException(source, "the file cannot be read (" + e + ")", e);
        }
    }

    /** Decodes a stream to its end, without closing it. */
    Pixels decode(InputStream stream, int channels, Color background) {
        byte[] file;
        try {
            file = stream.readNBytes((int) limits.maxBytes() + 1);
        } catch (IOException e) {
            throw new InvalidImageException(source, "the image cannot be read (" + e + ")", e);
        }
        if (file.length == 0) {
            throw new InvalidImageException(source, "the image is empty: expected an encoded image; received 0 bytes");
        }
        if (file.length > limits.maxBytes()) {
            throw new InvalidImageException(
                    source,
                    "the file is larger than the limit maxBytes=" + limits.maxBytes()
                            + "; make it smaller or raise the limit in ImageLimits");
        }
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new InvalidImageException(
                        source, "is no image in a known format; expected one of " + formats() + "; convert it first");
            }
            ImageReader reader = readers.next();
            try {
                // Metadata is ignored: it is not needed, and a few bytes of it can unpack to gigabytes.
                reader.setInput(input, true, true);
                return decode(reader, file, channels, background);
            } finally {
                reader.dispose();
            }
        } catch (InvalidImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // ImageIO's readers answer damaged files with any runtime exception.
            throw new InvalidImageException(
                    source, "the image is damaged and cannot be decoded (" + e + "); save it anew", e);
        }
    }

    private Pixels decode(ImageReader reader, byte[] file, int channels, Color background) throws IOException {
        boolean jpeg = reader.getFormatName().equalsIgnoreCase("JPEG");
        checkSize("image", reader.getWidth(0), reader.getHeight(0));
        checkSize("tile", reader.getTileWidth(0), reader.getTileHeight(0));
        checkBands(reader);
        if (!jpeg) {
            return Pixels.of(reader.read(0), channels, background);
        }
        JpegHeader header = JpegHeader.read(file);
        if (header.components() == 4) {
            throw new InvalidImageException(
                    source, "is a JPEG of four components (CMYK); expected grey or RGB; convert it to RGB first");
        }
        List<String> damage = new ArrayList<>();
        // libjpeg fills what is missing of a damaged file with grey and only warns.
        reader.addIIOReadWarningListener((from, warning) -> {
            if (warning.startsWith("Truncated") || warning.startsWith("Corrupt")) {
                damage.add(warning);
            }
        });
        BufferedImage image = reader.read(0);
        if (!damage.isEmpty()) {
            throw new InvalidImageException(
                    source, "the JPEG is damaged (" + damage.get(0) + "); save or transfer it anew");
        }
        return Pixels.of(image, channels, background).upright(header.orientation());
    }

    private void checkSize(String what, int width, int height) {
        if (width < 1 || height < 1) {
            throw new InvalidImageException(source, "the " + what + " is empty: " + height + " x " + width + " pixels");
        }
        if ((long) width * height > limits.maxPixels()) {
            throw new InvalidImageException(
                    source,
                    "the " + what + " has " + height + " x " + width + " pixels, more than the limit maxPixels="
                            + limits.maxPixels() + "; make it smaller or raise the limit in ImageLimits");
        }
    }

    /** Holds for formats in which a pixel may have thousands of values. */
    private void checkBands(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (!types.hasNext()) {
            throw new InvalidImageException(
                    source, "has a kind of colour that cannot be read; convert it to RGB first");
        }
        ImageTypeSpecifier type = types.next();
        if (type.getNumBands() > 4) {
            throw new InvalidImageException(
                    source, "has " + type.getNumBands() + " values a pixel; expected 1 to 4; convert it to RGB first");
        }
    }

    private static List<String> formats() {
        return List.of(ImageIO.getReaderFormatNames()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList();
    }
}
