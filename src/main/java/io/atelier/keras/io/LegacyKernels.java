package io.atelier.keras.io;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.ConvLstm;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.DepthwiseConvolution;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.SeparableConvolution;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.SlidingWindow;
import io.atelier.keras.layer.TimeDistributed;
import io.atelier.keras.layer.TransposedConvolution;
import io.atelier.keras.layer.WeightSpec;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The kernels of old convolutions, as they are stored, and how they become those of Keras 3.
 *
 * <p>Keras 1 stored a {@code channels_first} kernel as {@code (filters, inChannels, kernelSize…)}; Theano
 * convolved with the kernel upside down. Source: preprocess_weights_for_loading in
 * tf_keras/src/saving/legacy/hdf5_format.py.
 *
 * @param isFiltersFirst whether the kernel is stored in Keras 1's {@code channels_first} layout
 * @param isOneRow whether the kernel of a Conv1D is stored with an axis of one column, as Keras 1 did
 * @param isUpsideDown whether the kernel was made for Theano
 */
record LegacyKernels(boolean isFiltersFirst, boolean isOneRow, boolean isUpsideDown) implements StoredLayout {
    static LegacyKernels of(ModelFile file, LayerConfig config) {
        LayerConfig layer = unwrapped(config);
        boolean isUpsideDown = isForTheano(file);
        if (layer instanceof Convolution convolution) {
            boolean isOfKeras1 = file.majorVersion() == 1;
            boolean isOneRow = convolution.window().rank() == 1;
            return new LegacyKernels(
                    isOfKeras1 && !isOneRow && convolution.window().dataFormat() == DataFormat.CHANNELS_FIRST,
                    isOfKeras1 && isOneRow,
                    isUpsideDown);
        }
        return new LegacyKernels(false, false, isUpsideDown && layer instanceof TransposedConvolution);
    }

    /**
     * Why a layer's kernels cannot be read; empty if they can. Theano convolved with those of a depthwise convolution upside
     * down as well, but Keras, which turned the others when it read them, left these as they were.
     */
    static Optional<String> refusal(ModelFile file, LayerConfig config) {
        LayerConfig layer = unwrapped(config);
        boolean isTurned = isForTheano(file)
                && ((layer instanceof DepthwiseConvolution depthwise && isWide(depthwise.window()))
                        || (layer instanceof SeparableConvolution separable && isWide(separable.window()))
                        || layer instanceof ConvLstm);
        return isTurned
                ? Optional.of(
                        "the kernels of a layer of this kind made with the backend theano are not known to mean the"
                                + " same in another backend; load the model in Keras with the backend tensorflow, check what it"
                                + " computes, and save it again")
                : Optional.empty();
    }

    private static boolean isForTheano(ModelFile file) {
        return file.origin().backend().filter("theano"::equals).isPresent();
    }

    private static boolean isWide(SlidingWindow window) {
        return window.size().stream().anyMatch(size -> size > 1);
    }

    private static LayerConfig unwrapped(LayerConfig config) {
        return config instanceof TimeDistributed wrapper ? unwrapped(wrapper.layer()) : config;
    }

    private boolean concerns(WeightSpec weight) {
        return weight.name().equals("kernel");
    }

    @Override
    public List<WeightSpec> stored(List<WeightSpec> specs) {
        return specs.stream()
                .map(spec -> new WeightSpec(spec.name(), storedShape(spec), spec.trainable()))
                .toList();
    }

    @Override
    public Map<String, Tensor> convert(List<WeightSpec> specs, Map<String, Tensor> stored) {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        specs.forEach(spec -> weights.put(spec.name(), convert(spec, Objects.requireNonNull(stored.get(spec.name())))));
        return weights;
    }

    private Shape storedShape(WeightSpec weight) {
        Shape shape = weight.shape();
        if (concerns(weight) && isOneRow) {
            return Shape.of(shape.size(0), 1).append(shape.size(1), shape.size(2));
        }
        return concerns(weight) && isFiltersFirst
                ? Shape.of(shape.size(-1), shape.size(-2))
                        .append(shape.slice(0, shape.rank() - 2).toArray())
                : shape;
    }

    private Tensor convert(WeightSpec weight, Tensor stored) {
        if (!concerns(weight)) {
            return stored;
        }
        Tensor kernel = isFiltersFirst ? filtersLast(stored, weight.shape()) : stored.reshape(weight.shape());
        return isUpsideDown ? upsideDown(kernel) : kernel;
    }

    private static Tensor filtersLast(Tensor stored, Shape shape) {
        int channels = shape.size(-2);
        int filters = shape.size(-1);
        int spatial = stored.valueCount() / (channels * filters);
        FloatBuffer from = stored.buffer();
        float[] to = new float[stored.valueCount()];
        for (int filter = 0; filter < filters; filter++) {
            for (int channel = 0; channel < channels; channel++) {
                for (int position = 0; position < spatial; position++) {
                    to[(position * channels + channel) * filters + filter] =
                            from.get((filter * channels + channel) * spatial + position);
                }
            }
        }
        return Tensor.wrap(shape, to);
    }

    /** Reverses the order of all spatial positions. */
    private static Tensor upsideDown(Tensor kernel) {
        int perPosition = kernel.shape().size(-1) * kernel.shape().size(-2);
        int positions = kernel.valueCount() / perPosition;
        float[] to = new float[kernel.valueCount()];
        for (int position = 0; position < positions; position++) {
            kernel.buffer()
                    .position(position * perPosition)
                    .get(to, (positions - 1 - position) * perPosition, perPosition);
        }
        return Tensor.wrap(kernel.shape(), to);
    }
}
