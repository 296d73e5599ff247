package io.atelier.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.io.IOException;
import java.util.Optional;

/**
 * One input in an {@link InferRequest}, as it is described there.
 *
 * @param datatype of the protocol
 * @param data of JSON: numbers as a {@link TensorValue}, texts as a list of them; empty if they come as bytes
 * @param binarySize how many bytes are its own behind the JSON, if it has any there
 */
record InferInput(String name, String datatype, Shape shape, Optional<Object> data, Optional<Long> binarySize) {
    /** Reads the object that the parser stands at. */
    static InferInput read(JsonParser parser) throws IOException {
        Optional<String> name = Optional.empty();
        Optional<String> datatype = Optional.empty();
        Optional<Shape> shape = Optional.empty();
        Optional<Object> data = Optional.empty();
        Optional<Long> binarySize = Optional.empty();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> name = Optional.of(InferRequest.text(parser, "name"));
                case "datatype" -> datatype = Optional.of(InferRequest.text(parser, "datatype"));
                case "shape" -> shape = Optional.of(shape(parser));
                case "data" -> data = Optional.of(data(parser));
                case "parameters" ->
                    binarySize = InferParameters.read(parser, "binary_data_size", InferParameters::size);
                default -> throw InferRequest.unknown("inputs." + key);
            }
        }
        String known = name.orElseThrow(() -> InferRequest.missing("an input", "name"));
        String where = "input '" + known + "'";
        return new InferInput(
                known,
                datatype.orElseThrow(() -> InferRequest.missing(where, "datatype")),
                shape.orElseThrow(() -> InferRequest.missing(where, "shape")),
                data,
                binarySize);
    }

    /** Its value, once its data has been compared with its type and shape; what came as bytes is taken from the body. */
    TensorValue value(InferBody body) {
        if (data.isPresent() && binarySize.isPresent()) {
            throw RequestException.badRequest("input '" + name + "' has both 'data' and 'binary_data_size'");
        }
        return binarySize
                .map(size -> InferTensor.value(name, datatype, shape, body.next(name, size)))
                .orElseGet(() -> InferTensor.value(
                        name,
                        datatype,
                        shape,
                        data.orElseThrow(() -> InferRequest.missing("input '" + name + "'", "data"))));
    }

    /** Numbers as a {@link TensorValue}, texts as a list of them. */
    private static Object data(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw RequestException.badRequest("'data' must be a list");
        }
        return InferTensor.data(parser);
    }

    private static Shape shape(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY
                && TensorReader.read(parser) instanceof TensorValue.Numbers numbers
                && numbers.tensor().shape().rank() == 1) {
            Tensor sizes = numbers.tensor();
            int[] axes = new int[sizes.valueCount()];
            for (int i = 0; i < axes.length; i++) {
                axes[i] = (int) sizes.get(i);
                if (axes[i] != sizes.get(i) || axes[i] < 0) {
                    throw RequestException.badRequest("'shape' must be a list of sizes; received " + sizes.get(i));
                }
            }
            return Shape.of(axes);
        }
        throw RequestException.badRequest("'shape' must be a list of sizes");
    }
}
