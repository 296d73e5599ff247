package io.atelier.data;

import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The images behind a {@link Dataset}, of which it chooses some. */
sealed interface Images {
    /**
     * Some of the images, in their order.
     *
     * @param positions ascending
     */
    LabelledImages inOrder(int[] positions);

    /**
     * Some of the images, in an order that is the same for a seed.
     *
     * @param positions ascending
     */
    LabelledImages shuffled(int[] positions, long seed);

    /** Images of which each can be had by its position. */
    record Indexed(IntFunction<LabelledImage> image) implements Images {
        static Images of(List<LabelledImage> images) {
            return new Indexed(images::get);
        }

        @Override
        public LabelledImages inOrder(int[] positions) {
            Iterator<LabelledImage> iterator =
                    IntStream.of(positions).mapToObj(image).iterator();
            return LabelledImages.of(iterator, () -> {});
        }

        @Override
        public LabelledImages shuffled(int[] positions, long seed) {
            return inOrder(IntStream.of(Strata.permutation(positions.length, seed))
                    .map(i -> positions[i])
                    .toArray());
        }
    }

    /** Images that come one after the other, from the first each time they are opened. */
    non-sealed interface Streamed extends Images {
        /** How much of a stream is held to shuffle it, 64 MiB. */
        long MEMORY = 64L << 20;

        LabelledImages open();

        @Override
        default LabelledImages inOrder(int[] positions) {
            return new ChosenImages(open(), positions);
        }

        @Override
        default LabelledImages shuffled(int[] positions, long seed) {
            return new ShuffleBuffer(inOrder(positions), seed, MEMORY);
        }
    }
}
