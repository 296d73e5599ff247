package io.atelier.keras.layer;

import java.util.List;

/** The conditions that several layers put on their options and inputs. */
final class Require {
    private Require() {}

    static void positive(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " must be at least 1; received " + value);
        }
    }

    /** One value at least 1 for every spatial axis. */
    static List<Integer> positive(String option, List<Integer> values, int rank) {
        if (values.size() != rank || values.stream().anyMatch(value -> value < 1)) {
            throw new IllegalArgumentException(option + " must be " + rank + " integer" + (rank == 1 ? "" : "s")
                    + ", each at least 1; received " + values);
        }
        return List.copyOf(values);
    }

    static void rate(double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate must be from 0 to 1; received " + rate);
        }
    }

    static void atLeastZero(String option, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(option + " must be at least 0; received " + value);
        }
    }

    /** At least one axis, in ascending order. */
    static List<Integer> axes(List<Integer> axes) {
        if (axes.isEmpty()) {
            throw new IllegalArgumentException("axis must name at least one axis; received ()");
        }
        return axes.stream().sorted().toList();
    }

    /** Different axes of an input, none of them the batch. */
    static void notBatch(List<Integer> axes, Shape input) {
        long different = axes.stream().map(input::axisIndex).distinct().count();
        if (different < axes.size() || axes.stream().anyMatch(axis -> input.axisIndex(axis) == 0)) {
            throw new IllegalArgumentException("axis must name different axes, and not the batch; received " + axes
                    + " for an input of shape " + input);
        }
    }

    /** The one shape there is. */
    static Shape single(List<Shape> inputs) {
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("expected one tensor; received " + inputs.size());
        }
        return inputs.get(0);
    }

    /** The shape of two tensors when each is repeated along its axes of size 1, the last ones being next to each other. */
    static Shape pairThatFits(List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw new IllegalArgumentException("expected two tensors; received " + inputs.size());
        }
        boolean isFirstLonger = inputs.get(0).rank() >= inputs.get(1).rank();
        Shape fitted = inputs.get(isFirstLonger ? 0 : 1);
        Shape other = inputs.get(isFirstLonger ? 1 : 0);
        for (int axis = -1; axis >= -other.rank(); axis--) {
            int one = fitted.size(axis);
            int size = other.size(axis);
            if (one == 1) {
                fitted = fitted.with(axis, size);
            } else if (one == Shape.UNKNOWN && size != 1) {
                fitted = fitted.with(axis, size);
            } else if (size != 1 && size != Shape.UNKNOWN && size != one) {
                throw new IllegalArgumentException(
                        "expected tensors whose axes fit, or have size 1; received shapes " + inputs);
            }
        }
        return fitted;
    }

    static void spatialRank(int rank) {
        if (rank < 1 || rank > 3) {
            throw new IllegalArgumentException("rank must be from 1 to 3; received " + rank);
        }
    }

    static void notCausal(SlidingWindow window) {
        if (window.padding() == Padding.CAUSAL) {
            throw new IllegalArgumentException("padding must be one of [valid, same]; received 'causal'");
        }
    }

    static void notStridedAndDilated(SlidingWindow window) {
        if (window.isStridedAndDilated()) {
            throw new IllegalArgumentException("strides and dilation_rate cannot both be above 1; received strides="
                    + window.strides() + ", dilation_rate=" + window.dilationRate());
        }
    }

    static void depthwise(SlidingWindow window, int depthMultiplier) {
        positive("depth_multiplier", depthMultiplier);
        if (window.rank() > 2) {
            throw new IllegalArgumentException("rank must be 1 or 2; received " + window.rank());
        }
    }

    /** The number of channels that a window slides over. */
    static int channels(SlidingWindow window, Shape input) {
        rank(window.rank() + 2, input);
        return knownAxis(input, window.channelsAxis());
    }

    static void rank(int expected, Shape input) {
        if (input.rank() != expected) {
            throw new IllegalArgumentException(
                    "expected an input with " + expected + " axes, the batch included; received shape " + input);
        }
    }

    static void rankAtLeast(int least, Shape input) {
        if (input.rank() < least) {
            throw new IllegalArgumentException(
                    "expected an input with at least " + least + " axes, the batch included; received shape " + input);
        }
    }

    /** The size of an axis that Keras could do without. */
    static int supportedAxis(Shape input, int axis) {
        int size = input.size(axis);
        if (size == Shape.UNKNOWN) {
            throw new UnsupportedInputException("axis " + axis + " of the input must have a known size; received shape "
                    + input + ". Build the model with an Input of a fixed size");
        }
        return size;
    }

    /** The size of an axis that weights depend on. */
    static int knownAxis(Shape input, int axis) {
        int size = input.size(axis);
        if (size == Shape.UNKNOWN) {
            throw new IllegalArgumentException(
                    "axis " + axis + " of the input must have a known size; received shape " + input);
        }
        return size;
    }
}
