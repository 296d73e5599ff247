package io.atelier.keras.io;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.util.ArrayList;
import java.util.List;

/** The last axis of a vector or a matrix, taken apart and put together. */
final class Columns {
    private Columns() {}

    /** Tensors of the same shape side by side. */
    static Tensor join(List<Tensor> parts) {
        Shape shape = parts.get(0).shape();
        int width = shape.size(-1);
        int rows = parts.get(0).valueCount() / width;
        float[] joined = new float[rows * width * parts.size()];
        for (int row = 0; row < rows; row++) {
            for (int part = 0; part < parts.size(); part++) {
                parts.get(part).buffer().position(row * width).get(joined, (row * parts.size() + part) * width, width);
            }
        }
        return Tensor.wrap(shape.with(-1, width * parts.size()), joined);
    }

    /** A tensor as so many of the same shape, whose columns stood side by side. */
    static List<Tensor> split(Tensor tensor, int count) {
        Shape shape = tensor.shape();
        int width = shape.size(-1) / count;
        int rows = tensor.valueCount() / shape.size(-1);
        List<Tensor> parts = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            float[] values = new float[rows * width];
            for (int row = 0; row < rows; row++) {
                tensor.buffer().position((row * count + part) * width).get(values, row * width, width);
            }
            parts.add(Tensor.wrap(shape.with(-1, width), values));
        }
        return parts;
    }
}
