package io.atelier.data;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Goes through images of a {@link Dataset} once. Used by one thread.
 *
 * <p>The file behind it, if there is one, is closed after the last image or by {@link #close()}. Any call may throw
 * {@link InvalidDataException} if the file is damaged.
 */
public interface LabelledImages extends Iterator<LabelledImage>, AutoCloseable {
    /** Ends early: there are no more images. Closing twice does nothing. */
    @Override
    void close();

    /** Goes through an iterator, and runs an action at its end. */
    static LabelledImages of(Iterator<LabelledImage> iterator, Runnable atEnd) {
        return new LabelledImages() {
            private boolean closed;

            @Override
            public boolean hasNext() {
                if (!closed && !iterator.hasNext()) {
                    close();
                }
                return !closed;
            }

            @Override
            public LabelledImage next() {
                if (closed) {
                    throw new NoSuchElementException();
                }
                return iterator.next();
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    atEnd.run();
                }
            }
        };
    }
}
