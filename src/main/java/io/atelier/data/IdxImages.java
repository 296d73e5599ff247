package io.atelier.data;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The images of an IDX file that is read anew each time, an image at a time. */
record IdxImages(Path file, LabelSet labels) implements Images.Streamed {
    /** The most bytes of one image, 64 MiB. */
    private static final long MAX_IMAGE = 64L << 20;

    /**
     * An IDX file's images: in memory if they take at most {@code memory} bytes, else read anew each time.
     *
     * @throws InvalidDataException if the file is missing, damaged, no IDX file of images, or has more or fewer images
     *     than there are labels
     */
    static Images of(Path file, LabelSet labels, long memory) {
        try (IdxStream stream = IdxStream.open(file, IdxStream.IMAGES)) {
            if (stream.size(0) != labels.count()) {
                throw new InvalidDataException(
                        file,
                        "expected a label an image; received " + stream.size(0) + " images and " + labels.count()
                                + " labels");
            }
            if ((long) stream.size(1) * stream.size(2) > MAX_IMAGE) {
                throw new InvalidDataException(
                        file,
                        "an image has " + stream.size(1) + " x " + stream.size(2) + " pixels, more than the limit of "
                                + MAX_IMAGE);
            }
            if (stream.valueCount() > memory) {
                return new IdxImages(file, labels);
            }
        }
        ImageSet images = IdxFile.images(file);
        return new Images.Indexed(i -> labelled(file, i, images.image(i), labels));
    }

    private static LabelledImage labelled(Path file, int index, BufferedImage image, LabelSet labels) {
        String name = "image " + index + " of " + file.getFileName();
        return new LabelledImage(new ImageSource.Picture(name, image), labels.label(index));
    }

    @Override
    public LabelledImages open() {
        IdxStream stream = IdxStream.open(file, IdxStream.IMAGES);
        Iterator<LabelledImage> iterator = new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                if (next == stream.size(0)) {
                    stream.expectEnd();
                }
                return next < stream.size(0);
            }

            @Override
            public LabelledImage next() {
                if (next == stream.size(0)) {
                    throw new NoSuchElementException();
                }
                int height = stream.size(1);
                int width = stream.size(2);
                ImageSet image = new ImageSet(1, height, width, stream.read(height * width));
                return labelled(file, next++, image.image(0), labels);
            }
        };
        return LabelledImages.of(iterator, stream::close);
    }
}
