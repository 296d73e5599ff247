package io.atelier.data;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/** Shuffles a stream within a bounded part of it, as {@code tf.data}'s shuffle: each next one is drawn from a full buffer. */
final class ShuffleBuffer implements LabelledImages {
    private final LabelledImages images;
    private final Random random;
    private final long capacity;
    private final List<LabelledImage> buffer = new ArrayList<>();
    private long size;

    /**
     * A shuffled stream.
     *
     * @param images closed with this
     * @param capacity in bytes; there is always room for one image
     */
    ShuffleBuffer(LabelledImages images, long seed, long capacity) {
        this.images = images;
        this.random = new Random(seed);
        this.capacity = capacity;
    }

    @Override
    public boolean hasNext() {
        return !buffer.isEmpty() || images.hasNext();
    }

    @Override
    public LabelledImage next() {
        while (images.hasNext() && size < capacity) {
            LabelledImage image = images.next();
            buffer.add(image);
            size += bytes(image);
        }
        if (buffer.isEmpty()) {
            throw new NoSuchElementException();
        }
        int drawn = random.nextInt(buffer.size());
        LabelledImage image = buffer.get(drawn);
        LabelledImage last = buffer.remove(buffer.size() - 1);
        if (drawn < buffer.size()) {
            buffer.set(drawn, last);
        }
        size -= bytes(image);
        return image;
    }

    /** About what an image takes on the heap. */
    private static long bytes(LabelledImage image) {
        long overhead = 256;
        if (image.image() instanceof ImageSource.Picture picture) {
            long pixels = (long) picture.image().getWidth() * picture.image().getHeight();
            return overhead + pixels * picture.image().getColorModel().getPixelSize() / 8;
        }
        return image.image() instanceof ImageSource.Encoded encoded ? overhead + encoded.bytes().length : overhead;
    }

    @Override
    public void close() {
        buffer.clear();
        images.close();
    }
}
