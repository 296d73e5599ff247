package io.atelier.data;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Images from anywhere, held to the labels they had when they were gone through first. */
record IterableImages(String source, Iterable<LabelledImage> images, int[] labels) implements Images.Streamed {
    @Override
    public LabelledImages open() {
        Iterator<LabelledImage> iterator = images.iterator();
        Iterator<LabelledImage> checked = new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                if (iterator.hasNext() != next < labels.length) {
                    throw changed();
                }
                return next < labels.length;
            }

            @Override
            public LabelledImage next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                LabelledImage image = iterator.next();
                if (image.label() != labels[next]) {
                    throw changed();
                }
                next++;
                return image;
            }

            private InvalidDataException changed() {
                return new InvalidDataException(
                        source,
                        "image " + next + " of " + labels.length + " is not what it was the first time; an Iterable of"
                                + " images must give the same ones, in the same order, each time");
            }
        };
        return LabelledImages.of(checked, () -> {});
    }
}
