package io.atelier.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The data of one tensor in an {@link InferRequest}: numbers, or encoded images of type BYTES, as JSON or as bytes. */
final class InferTensor {
    private InferTensor() {}

    /** What a list holds: a {@link TensorValue} of numbers, or a list of texts. */
    static Object data(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.VALUE_STRING) {
            return TensorReader.list(parser);
        }
        List<String> texts = new ArrayList<>();
        for (JsonToken token = first; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.VALUE_STRING) {
                throw RequestException.badRequest("'data' must hold either texts or numbers, not both");
            }
            texts.add(parser.getText());
        }
        return texts;
    }

    /** The value of an input, after its data has been compared with its type and shape. */
    static TensorValue value(String name, String datatype, Shape shape, Object data) {
        if (datatype.equals("BYTES")) {
            return images(name, shape, data);
        }
        checkNumber(name, datatype);
        if (!(data instanceof TensorValue.Numbers numbers)) {
            throw RequestException.badRequest("input '" + name + "': expected numbers for the datatype " + datatype);
        }
        Tensor tensor = numbers.tensor();
        long expected = count(name, shape);
        if (tensor.valueCount() != expected
                || (tensor.shape().rank() > 1 && !tensor.shape().equals(shape))) {
            throw RequestException.badRequest("input '" + name + "': the shape " + shape + " needs " + expected
                    + " values; received " + tensor.valueCount() + " in the shape " + tensor.shape());
        }
        checkRange(name, datatype, tensor);
        return new TensorValue.Numbers(tensor.reshape(shape));
    }

    /** The value of an input that came as bytes: numbers, or encoded images of type BYTES. */
    static TensorValue value(String name, String datatype, Shape shape, ByteBuffer bytes) {
        if (datatype.equals("BYTES")) {
            List<byte[]> elements = BinaryTensor.elements(name, bytes);
            if (count(name, shape) != elements.size()) {
                throw RequestException.badRequest("input '" + name + "': expected " + count(name, shape)
                        + " elements of type BYTES, an encoded image each; received " + elements.size());
            }
            return images(elements.stream());
        }
        checkNumber(name, datatype);
        Tensor tensor = BinaryTensor.numbers(name, datatype, shape, bytes);
        checkRange(name, datatype, tensor);
        return new TensorValue.Numbers(tensor);
    }

    private static void checkNumber(String name, String datatype) {
        if (!Datatypes.isOpenInferenceNumber(datatype)) {
            throw RequestException.badRequest("input '" + name + "': the datatype '" + datatype + "' is not known");
        }
    }

    static long count(String name, Shape shape) {
        try {
            return shape.valueCount();
        } catch (ArithmeticException e) {
            throw new RequestException(400, "input '" + name + "': the shape " + shape + " is too large", e);
        }
    }

    private static void checkRange(String name, String datatype, Tensor tensor) {
        Optional<double[]> range = Datatypes.range(datatype);
        if (range.isEmpty()) {
            return;
        }
        for (int i = 0; i < tensor.valueCount(); i++) {
            float value = tensor.get(i);
            if (!(value >= range.get()[0] && value <= range.get()[1]) || value != Math.rint(value)) {
                throw RequestException.badRequest(
                        "input '" + name + "': " + value + " is no value of type " + datatype);
            }
        }
    }

    private static TensorValue images(String name, Shape shape, Object data) {
        if (!(data instanceof List<?> texts) || count(name, shape) != texts.size()) {
            throw RequestException.badRequest(
                    "input '" + name + "': expected " + count(name, shape) + " base64 texts, an encoded image each");
        }
        return images(texts.stream().map(text -> TensorReader.decoded((String) text)));
    }

    private static TensorValue images(Stream<byte[]> images) {
        return new TensorValue.Sequence(
                images.<TensorValue>map(TensorValue.Encoded::new).toList());
    }
}
