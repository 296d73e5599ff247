package io.atelier.keras.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adds up {@code filters} kernels, each scaled by an input value and laid {@code strides} apart: Conv1DTranspose,
 * Conv2DTranspose, Conv3DTranspose.
 *
 * <p>Shapes for rank 2, {@code channels_last}: input {@code (batch, height, width, inChannels)}, kernel
 * {@code (kernelHeight, kernelWidth, filters, inChannels)}, bias {@code (filters)}, output
 * {@code (batch, newHeight, newWidth, filters)}. All kernels together cover {@code (size - 1) * stride + extent} values. Without
 * output padding a new size is {@code size * stride} for {@code same}, and for {@code valid} what is covered, but not less than
 * {@code size * stride}. Source: compute_conv_transpose_output_shape in keras/src/backend/common/backend_utils.py.
 *
 * @param window the kernel's size, strides, dilation, padding and data format; no stride is above 1 where a dilation
 *     rate is
 * @param filters the number of output channels
 * @param outputPadding one for each spatial axis, less than its stride: with {@code valid} the size that is added to what is
 *     covered, with {@code same} to {@code (size - 1) * stride + extent % 2}; none by default
 * @param activation linear by default
 * @param useBias true by default
 */
public record TransposedConvolution(
        SlidingWindow window,
        int filters,
        Optional<List<Integer>> outputPadding,
        ActivationOption activation,
        boolean useBias)
        implements UnaryLayer {
    public TransposedConvolution {
        Require.positive("filters", filters);
        Require.notCausal(window);
        Require.notStridedAndDilated(window);
        outputPadding = outputPadding.map(List::copyOf);
        List<Integer> added = outputPadding.orElse(List.of());
        for (int i = 0; i < added.size(); i++) {
            if (added.size() != window.rank()
                    || added.get(i) < 0
                    || added.get(i) >= window.strides().get(i)) {
                throw new IllegalArgumentException("output_padding must be one integer for each spatial axis, at least"
                        + " 0 and less than its stride; received " + added + " for strides " + window.strides());
            }
            if (window.padding() == Padding.SAME && window.extent(i) % 2 + added.get(i) == 0) {
                throw new IllegalArgumentException("output_padding must be at least 1 where padding is 'same' and the"
                        + " kernel's size is even, or Keras itself fails; received " + added);
            }
        }
    }

    @Override
    public String className() {
        return "Conv" + window.rank() + "DTranspose";
    }

    @Override
    public Shape outputShape(Shape input) {
        Require.rank(window.rank() + 2, input);
        Shape output = input.with(window.channelsAxis(), filters);
        for (int i = 0; i < window.rank(); i++) {
            int size = input.size(window.axis(i));
            if (size != Shape.UNKNOWN) {
                long covered = (size - 1L) * window.strides().get(i) + window.extent(i);
                output = output.with(window.axis(i), Math.toIntExact(covered - surplus(i)));
            }
        }
        return output;
    }

    /** How much of what the kernels cover is not part of the output, along a spatial axis; negative if there is too little. */
    private int surplus(int spatialAxis) {
        int extent = window.extent(spatialAxis);
        int stride = window.strides().get(spatialAxis);
        Optional<Integer> added = outputPadding.map(values -> values.get(spatialAxis));
        return switch (window.padding()) {
            case VALID -> added.map(value -> -value).orElse(-Math.max(stride - extent, 0));
            case SAME, CAUSAL -> added.map(value -> extent - extent % 2 - value).orElse(extent - stride);
        };
    }

    /** How much is cut at the ends of what the kernels cover, on each spatial axis. */
    public List<Margin> cut() {
        return margins(1);
    }

    /** How much of nothing but bias stands at the ends of what the kernels cover, on each spatial axis. */
    public List<Margin> added() {
        return margins(-1);
    }

    private List<Margin> margins(int sign) {
        List<Margin> margins = new ArrayList<>();
        for (int i = 0; i < window.rank(); i++) {
            int total = Math.max(sign * surplus(i), 0);
            int before = sign > 0 ? total / 2 : 0;
            margins.add(new Margin(before, total - before));
        }
        return margins;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.kernel("kernel", window, filters, Require.channels(window, input)));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", filters));
        }
        return weights;
    }
}
