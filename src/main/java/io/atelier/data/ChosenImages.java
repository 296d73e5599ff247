package io.atelier.data;

import java.util.NoSuchElementException;

/** Some of the images of a stream; after the last of them, the stream is closed. */
final class ChosenImages implements LabelledImages {
    private final LabelledImages images;
    private final int[] positions;
    private int next;
    private int passed;

    /**
     * A selection.
     *
     * @param positions ascending, within the stream
     */
    ChosenImages(LabelledImages images, int[] positions) {
        this.images = images;
        this.positions = positions;
    }

    @Override
    public boolean hasNext() {
        if (next < positions.length) {
            return true;
        }
        // Asked at its end, a file says whether there is more in it than it should hold.
        if (images.hasNext()) {
            images.close();
        }
        return false;
    }

    @Override
    public LabelledImage next() {
        if (next == positions.length) {
            throw new NoSuchElementException();
        }
        int position = positions[next++];
        while (passed++ < position) {
            images.next();
        }
        return images.next();
    }

    @Override
    public void close() {
        next = positions.length;
        images.close();
    }
}
