package io.atelier.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;

/** Writes tensors as JSON; what is no finite number becomes the text {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"}. */
final class TensorWriter {
    private TensorWriter() {}

    /** A tensor as nested arrays. */
    static void nested(JsonGenerator json, Tensor tensor) throws IOException {
        nested(json, tensor.buffer(), tensor.shape(), 0);
    }

    private static void nested(JsonGenerator json, FloatBuffer values, Shape shape, int axis) throws IOException {
        if (axis == shape.rank()) {
            json.writeNumber(values.get());
            return;
        }
        json.writeStartArray();
        for (int i = 0; i < shape.size(axis); i++) {
            nested(json, values, shape, axis + 1);
        }
        json.writeEndArray();
    }

    /** One row of a tensor's first axis as nested arrays. */
    static void row(JsonGenerator json, Tensor tensor, int row) throws IOException {
        Tensor rows = tensor.rows(row, row + 1);
        nested(json, rows.buffer(), rows.shape(), 1);
    }

    /** A tensor's values in one array. */
    static void flat(JsonGenerator json, Tensor tensor) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < tensor.valueCount(); i++) {
            json.writeNumber(tensor.get(i));
        }
        json.writeEndArray();
    }
}
