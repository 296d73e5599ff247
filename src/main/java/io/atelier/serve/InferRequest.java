package io.atelier.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of the Open Inference Protocol's {@code infer}.
 *
 * @param id to be echoed, if there is one
 * @param inputs by name
 * @param outputs that are asked for; empty asks for all
 */
record InferRequest(Optional<String> id, Map<String, TensorValue> inputs, List<String> outputs) {
    /** Reads the object that the parser stands at. */
    static InferRequest read(JsonParser parser) throws IOException {
        Optional<String> id = Optional.empty();
        Map<String, TensorValue> inputs = new LinkedHashMap<>();
        List<String> outputs = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "id" -> id = Optional.of(text(parser, "id"));
                case "inputs" -> each(parser, "inputs", () -> input(parser, inputs));
                case "outputs" -> each(parser, "outputs", () -> outputs.add(output(parser)));
                case "parameters" -> checkParameters(parser);
                default -> throw unknown(key);
            }
        }
        if (inputs.isEmpty()) {
            throw RequestException.badRequest("the request has no 'inputs'");
        }
        return new InferRequest(id, inputs, outputs);
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void each(JsonParser parser, String key, Step step) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw RequestException.badRequest("'" + key + "' must be a list of objects");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw RequestException.badRequest("'" + key + "' must be a list of objects");
            }
            step.run();
        }
    }

    private static void input(JsonParser parser, Map<String, TensorValue> inputs) throws IOException {
        Optional<String> name = Optional.empty();
        Optional<String> datatype = Optional.empty();
        Optional<Shape> shape = Optional.empty();
        Optional<Object> data = Optional.empty();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> name = Optional.of(text(parser, "name"));
                case "datatype" -> datatype = Optional.of(text(parser, "datatype"));
                case "shape" -> shape = Optional.of(shape(parser));
                case "data" -> data = Optional.of(data(parser));
                case "parameters" -> checkParameters(parser);
                default -> throw unknown("inputs." + key);
            }
        }
        String known = name.orElseThrow(() -> missing("an input", "name"));
        TensorValue value = InferTensor.value(
                known,
                datatype.orElseThrow(() -> missing("input '" + known + "'", "datatype")),
                shape.orElseThrow(() -> missing("input '" + known + "'", "shape")),
                data.orElseThrow(() -> missing("input '" + known + "'", "data")));
        if (inputs.put(known, value) != null) {
            throw RequestException.badRequest("the input '" + known + "' is given twice");
        }
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

    private static String output(JsonParser parser) throws IOException {
        Optional<String> name = Optional.empty();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> name = Optional.of(text(parser, "name"));
                case "parameters" -> checkParameters(parser);
                default -> throw unknown("outputs." + key);
            }
        }
        return name.orElseThrow(() -> missing("an output", "name"));
    }

    private static String text(JsonParser parser, String key) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw RequestException.badRequest("'" + key + "' must be a string");
        }
        return parser.getText();
    }

    /** Parameters that ask for what is done anyway are taken, all others are refused. */
    private static void checkParameters(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw RequestException.badRequest("'parameters' must be an object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_FALSE || !name.startsWith("binary_data")) {
                throw RequestException.badRequest(
                        "the parameter '" + name + "' is not supported; tensors are sent and answered as JSON");
            }
        }
    }

    private static RequestException missing(String where, String key) {
        return RequestException.badRequest(where + " has no '" + key + "'");
    }

    private static RequestException unknown(String key) {
        return RequestException.badRequest("the key '" + key + "' is not known");
    }
}
