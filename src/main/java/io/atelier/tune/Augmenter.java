package io.atelier.tune;

import io.atelier.classify.InputLayout;
import java.util.random.RandomGenerator;

/** Varies images as a model takes them. */
final class Augmenter {
    private final Augmentation options;
    private final InputLayout layout;

    Augmenter(Augmentation options, InputLayout layout) {
        this.options = options;
        this.layout = layout;
    }

    /** Varies every image of a batch. */
    void apply(float[] batch, RandomGenerator random) {
        if (options.equals(Augmentation.NONE)) {
            return;
        }
        int size = layout.valueCount();
        float[] before = new float[size];
        for (int from = 0; from < batch.length; from += size) {
            System.arraycopy(batch, from, before, 0, size);
            vary(before, batch, from, random);
        }
    }

    private void vary(float[] before, float[] batch, int from, RandomGenerator random) {
        boolean isFlipped = random.nextBoolean() && options.flip();
        double right = (2 * random.nextDouble() - 1) * options.shift() * layout.width();
        double down = (2 * random.nextDouble() - 1) * options.shift() * layout.height();
        double angle = Math.toRadians((2 * random.nextDouble() - 1) * options.rotation());
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double middleX = (layout.width() - 1) / 2.0;
        double middleY = (layout.height() - 1) / 2.0;
        for (int y = 0; y < layout.height(); y++) {
            for (int x = 0; x < layout.width(); x++) {
                double fromMiddleX = x - right - middleX;
                double fromMiddleY = y - down - middleY;
                double sourceX = middleX + cos * fromMiddleX + sin * fromMiddleY;
                double sourceY = middleY - sin * fromMiddleX + cos * fromMiddleY;
                if (isFlipped) {
                    sourceX = layout.width() - 1 - sourceX;
                }
                for (int channel = 0; channel < layout.channels(); channel++) {
                    batch[from + layout.index(x, y, channel)] = between(before, sourceX, sourceY, channel);
                }
            }
        }
    }

    /** The value at a place between pixels, from the four around it. */
    private float between(float[] image, double x, double y, int channel) {
        double insideX = Math.min(Math.max(x, 0), layout.width() - 1);
        double insideY = Math.min(Math.max(y, 0), layout.height() - 1);
        int left = (int) insideX;
        int top = (int) insideY;
        int right = Math.min(left + 1, layout.width() - 1);
        int bottom = Math.min(top + 1, layout.height() - 1);
        double shareX = insideX - left;
        double shareY = insideY - top;
        double upper = (1 - shareX) * image[layout.index(left, top, channel)]
                + shareX * image[layout.index(right, top, channel)];
        double lower = (1 - shareX) * image[layout.index(left, bottom, channel)]
                + shareX * image[layout.index(right, bottom, channel)];
        return (float) ((1 - shareY) * upper + shareY * lower);
    }
}
