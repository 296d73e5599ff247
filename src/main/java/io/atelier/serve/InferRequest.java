package io.atelier.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
 * @param binaryOutput whether outputs that do not say it themselves are asked for as bytes
 */
record InferRequest(Optional<String> id, Map<String, TensorValue> inputs, List<Output> outputs, boolean binaryOutput) {
    /**
     * An output that is asked for.
     *
     * @param binary whether as bytes, if that is said
     */
    record Output(String name, Optional<Boolean> binary) {}

    /** Reads the object that the parser stands at; inputs that came as bytes are taken from behind it. */
    static InferRequest read(JsonParser parser, InferBody body) throws IOException {
        Optional<String> id = Optional.empty();
        Map<String, TensorValue> inputs = new LinkedHashMap<>();
        List<Output> outputs = new ArrayList<>();
        boolean binaryOutput = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "id" -> id = Optional.of(text(parser, "id"));
                case "inputs" -> each(parser, "inputs", () -> add(inputs, InferInput.read(parser), body));
                case "outputs" -> each(parser, "outputs", () -> outputs.add(output(parser)));
                case "parameters" ->
                    binaryOutput = InferParameters.read(parser, "binary_data_output", InferParameters::flag)
                            .orElse(false);
                default -> throw unknown(key);
            }
        }
        if (inputs.isEmpty()) {
            throw RequestException.badRequest("the request has no 'inputs'");
        }
        body.checkUsed();
        return new InferRequest(id, inputs, outputs, binaryOutput);
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

    private static void add(Map<String, TensorValue> inputs, InferInput input, InferBody body) {
        if (inputs.put(input.name(), input.value(body)) != null) {
            throw RequestException.badRequest("the input '" + input.name() + "' is given twice");
        }
    }

    private static Output output(JsonParser parser) throws IOException {
        Optional<String> name = Optional.empty();
        Optional<Boolean> binary = Optional.empty();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "name" -> name = Optional.of(text(parser, "name"));
                case "parameters" -> binary = InferParameters.read(parser, "binary_data", InferParameters::flag);
                default -> throw unknown("outputs." + key);
            }
        }
        return new Output(name.orElseThrow(() -> missing("an output", "name")), binary);
    }

    static String text(JsonParser parser, String key) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw RequestException.badRequest("'" + key + "' must be a string");
        }
        return parser.getText();
    }

    static RequestException missing(String where, String key) {
        return RequestException.badRequest(where + " has no '" + key + "'");
    }

    static RequestException unknown(String key) {
        return RequestException.badRequest("the key '" + key + "' is not known");
    }
}
