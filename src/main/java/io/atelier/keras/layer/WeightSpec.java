package io.atelier.keras.layer;

/**
 * A weight that a layer has.
 *
 * @param name Keras's name within the layer: {@code kernel}, {@code moving_mean}
 * @param shape every axis known
 * @param trainable whether gradients change it; a moving mean is not
 */
public record WeightSpec(String name, Shape shape, boolean trainable) {
    /** A weight that gradients change. */
    public static WeightSpec trainable(String name, int... sizes) {
        return new WeightSpec(name, Shape.of(sizes), true);
    }

    /** A kernel: the window's sizes, then two of channels. */
    static WeightSpec kernel(String name, SlidingWindow window, int... channels) {
        Shape sizes =
                Shape.of(window.size().stream().mapToInt(Integer::intValue).toArray());
        return new WeightSpec(name, sizes.append(channels), true);
    }

    /** A weight that gradients leave alone. */
    public static WeightSpec fixed(String name, int... sizes) {
        return new WeightSpec(name, Shape.of(sizes), false);
    }

    /** Whether it is a whole number, which Keras keeps in 64 bits: of how much the layer has seen. */
    public boolean isCounter() {
        return name.equals("count") && shape.rank() == 0;
    }

    /** The same weight under another name. */
    public WeightSpec renamed(String newName) {
        return new WeightSpec(newName, shape, trainable);
    }
}
