package io.atelier.dl4j;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Shape;

/** Convolution and pooling by their definition, one loop an axis: what the engine is held to. */
final class NaiveWindows {
    private NaiveWindows() {}

    /** The layout of a batch of images. */
    private record Layout(int batch, int height, int width, int channels, DataFormat format) {
        Shape shape() {
            return format == DataFormat.CHANNELS_LAST
                    ? Shape.of(batch, height, width, channels)
                    : Shape.of(batch, channels, height, width);
        }

        int index(int image, int y, int x, int channel) {
            return format == DataFormat.CHANNELS_LAST
                    ? ((image * height + y) * width + x) * channels + channel
                    : ((image * channels + channel) * height + y) * width + x;
        }

        boolean holds(int y, int x) {
            return y >= 0 && y < height && x >= 0 && x < width;
        }
    }

    /** The shape of a batch of images that a case is about. */
    static Shape inputShape(WindowCase window, int batch, int channels) {
        return input(window, batch, channels).shape();
    }

    /**
     * A convolution.
     *
     * @param kernel (height, width, channels, filters)
     * @param bias (filters)
     */
    static Tensor convolve(WindowCase window, Tensor images, Tensor kernel, Tensor bias) {
        int channels = kernel.shape().size(2);
        int filters = kernel.shape().size(3);
        Layout input = input(window, images.shape().size(0), channels);
        Layout output = output(window, input.batch(), filters);
        float[] values = new float[Math.toIntExact(output.shape().valueCount())];
        for (int image = 0; image < output.batch(); image++) {
            for (int y = 0; y < output.height(); y++) {
                for (int x = 0; x < output.width(); x++) {
                    for (int filter = 0; filter < filters; filter++) {
                        double sum = bias.get(filter);
                        for (int row = 0; row < window.size().get(0); row++) {
                            for (int column = 0; column < window.size().get(1); column++) {
                                int inputY = window.top(y) + row * window.dilation();
                                int inputX = window.left(x) + column * window.dilation();
                                for (int channel = 0; input.holds(inputY, inputX) && channel < channels; channel++) {
                                    int place = (row * window.size().get(1) + column) * channels + channel;
                                    sum += (double) kernel.get(place * filters + filter)
                                            * images.get(input.index(image, inputY, inputX, channel));
                                }
                            }
                        }
                        values[output.index(image, y, x, filter)] = (float) sum;
                    }
                }
            }
        }
        return Tensor.wrap(output.shape(), values);
    }

    /** The largest or the mean value of those under the window that are within the image. */
    static Tensor pool(WindowCase window, Tensor images, PoolingKind kind, int channels) {
        Layout input = input(window, images.shape().size(0), channels);
        Layout output = output(window, input.batch(), channels);
        float[] values = new float[Math.toIntExact(output.shape().valueCount())];
        for (int image = 0; image < output.batch(); image++) {
            for (int y = 0; y < output.height(); y++) {
                for (int x = 0; x < output.width(); x++) {
                    for (int channel = 0; channel < channels; channel++) {
                        double sum = 0;
                        float largest = Float.NEGATIVE_INFINITY;
                        int count = 0;
                        for (int row = 0; row < window.size().get(0); row++) {
                            for (int column = 0; column < window.size().get(1); column++) {
                                int inputY = window.top(y) + row;
                                int inputX = window.left(x) + column;
                                if (input.holds(inputY, inputX)) {
                                    float value = images.get(input.index(image, inputY, inputX, channel));
                                    sum += value;
                                    largest = Math.max(largest, value);
                                    count++;
                                }
                            }
                        }
                        values[output.index(image, y, x, channel)] =
                                kind == PoolingKind.MAX ? largest : (float) (sum / count);
                    }
                }
            }
        }
        return Tensor.wrap(output.shape(), values);
    }

    private static Layout input(WindowCase window, int batch, int channels) {
        return new Layout(batch, window.height(), window.width(), channels, window.dataFormat());
    }

    private static Layout output(WindowCase window, int batch, int channels) {
        return new Layout(batch, window.outputHeight(), window.outputWidth(), channels, window.dataFormat());
    }
}
