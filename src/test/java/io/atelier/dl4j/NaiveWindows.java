package io.atelier.dl4j;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Convolution;
import io.atelier.keras.layer.DataFormat;
import io.atelier.keras.layer.Padding;
import io.atelier.keras.layer.Pooling;
import io.atelier.keras.layer.PoolingKind;
import io.atelier.keras.layer.Shape;
import java.util.List;

/** Convolution and pooling over two spatial axes as their definitions read: loops over every index, in doubles. */
final class NaiveWindows {
    private NaiveWindows() {}

    static Tensor convolution(Convolution layer, Tensor input, Tensor kernel, Tensor bias) {
        Image image = new Image(input, layer.dataFormat());
        Window rows = new Window(
                image.height(), layer.kernelSize(), layer.strides(), layer.dilationRate(), layer.padding(), 0);
        Window columns = new Window(
                image.width(), layer.kernelSize(), layer.strides(), layer.dilationRate(), layer.padding(), 1);
        Image output = Image.zeros(
                image.batch(), rows.outputSize(), columns.outputSize(), layer.filters(), layer.dataFormat());
        int channels = image.channels();
        for (int n = 0; n < output.batch(); n++) {
            for (int y = 0; y < output.height(); y++) {
                for (int x = 0; x < output.width(); x++) {
                    for (int f = 0; f < layer.filters(); f++) {
                        double sum = bias.get(f);
                        for (int i = 0; i < rows.size(); i++) {
                            for (int j = 0; j < columns.size(); j++) {
                                int row = rows.position(y, i);
                                int column = columns.position(x, j);
                                if (row >= 0 && row < image.height() && column >= 0 && column < image.width()) {
                                    for (int c = 0; c < channels; c++) {
                                        int k = ((i * columns.size() + j) * channels + c) * layer.filters() + f;
                                        sum += (double) image.get(n, row, column, c) * kernel.get(k);
                                    }
                                }
                            }
                        }
                        output.set(n, y, x, f, (float) sum);
                    }
                }
            }
        }
        return output.tensor();
    }

    static Tensor pooling(Pooling layer, Tensor input) {
        Image image = new Image(input, layer.dataFormat());
        List<Integer> ones = List.of(1, 1);
        Window rows = new Window(image.height(), layer.poolSize(), layer.strides(), ones, layer.padding(), 0);
        Window columns = new Window(image.width(), layer.poolSize(), layer.strides(), ones, layer.padding(), 1);
        Image output = Image.zeros(
                image.batch(), rows.outputSize(), columns.outputSize(), image.channels(), layer.dataFormat());
        for (int n = 0; n < output.batch(); n++) {
            for (int y = 0; y < output.height(); y++) {
                for (int x = 0; x < output.width(); x++) {
                    for (int c = 0; c < output.channels(); c++) {
                        double sum = 0;
                        double largest = Double.NEGATIVE_INFINITY;
                        int count = 0;
                        for (int i = 0; i < rows.size(); i++) {
                            for (int j = 0; j < columns.size(); j++) {
                                int row = rows.position(y, i);
                                int column = columns.position(x, j);
                                if (row >= 0 && row < image.height() && column >= 0 && column < image.width()) {
                                    sum += image.get(n, row, column, c);
                                    largest = Math.max(largest, image.get(n, row, column, c));
                                    count++;
                                }
                            }
                        }
                        output.set(n, y, x, c, (float) (layer.kind() == PoolingKind.MAX ? largest : sum / count));
                    }
                }
            }
        }
        return output.tensor();
    }

    /** A window along one spatial axis, with TensorFlow's rule for padding: the odd zero goes to the end. */
    private record Window(int size, int stride, int dilation, int outputSize, int before) {
        Window(
                int length,
                List<Integer> sizes,
                List<Integer> strides,
                List<Integer> dilations,
                Padding padding,
                int axis) {
            this(
                    sizes.get(axis),
                    strides.get(axis),
                    dilations.get(axis),
                    outputSize(length, extent(sizes, dilations, axis), strides.get(axis), padding),
                    before(length, extent(sizes, dilations, axis), strides.get(axis), padding));
        }

        private static int extent(List<Integer> sizes, List<Integer> dilations, int axis) {
            return (sizes.get(axis) - 1) * dilations.get(axis) + 1;
        }

        private static int outputSize(int length, int extent, int stride, Padding padding) {
            return padding == Padding.SAME ? (length + stride - 1) / stride : (length - extent) / stride + 1;
        }

        private static int before(int length, int extent, int stride, Padding padding) {
            int total = (outputSize(length, extent, stride, padding) - 1) * stride + extent - length;
            return padding == Padding.SAME ? Math.max(0, total) / 2 : 0;
        }

        int position(int output, int index) {
            return output * stride + index * dilation - before;
        }
    }

    /** A batch of images in either data format. */
    private record Image(int batch, int height, int width, int channels, DataFormat format, float[] values) {
        Image(Tensor tensor, DataFormat format) {
            this(
                    tensor.shape().size(0),
                    tensor.shape().size(format.firstSpatialAxis()),
                    tensor.shape().size(format.firstSpatialAxis() + 1),
                    tensor.shape().size(format.channelsAxis(4)),
                    format,
                    tensor.toArray());
        }

        static Image zeros(int batch, int height, int width, int channels, DataFormat format) {
            return new Image(batch, height, width, channels, format, new float[batch * height * width * channels]);
        }

        float get(int n, int y, int x, int c) {
            return values[index(n, y, x, c)];
        }

        void set(int n, int y, int x, int c, float value) {
            values[index(n, y, x, c)] = value;
        }

        Tensor tensor() {
            return Tensor.of(
                    format == DataFormat.CHANNELS_LAST
                            ? Shape.of(batch, height, width, channels)
                            : Shape.of(batch, channels, height, width),
                    values);
        }

        private int index(int n, int y, int x, int c) {
            return format == DataFormat.CHANNELS_LAST
                    ? ((n * height + y) * width + x) * channels + c
                    : ((n * channels + c) * height + y) * width + x;
        }
    }
}
