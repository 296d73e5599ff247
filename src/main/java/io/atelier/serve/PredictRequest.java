package io.atelier.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The body of TensorFlow Serving's {@code :predict}.
 *
 * @param byRow whether the values are {@code instances} and not {@code inputs}, and are answered likewise
 * @param values of the one of the two
 */
record PredictRequest(boolean byRow, TensorValue values) {
    private static final String SIGNATURE = "serving_default";

    /** Reads the object that the parser stands at; keys that are not known are ignored, as the original does. */
    static PredictRequest read(JsonParser parser) throws IOException {
        PredictRequest request = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "instances", "inputs" -> {
                    if (request != null) {
                        throw RequestException.badRequest(
                                "Not formatted correctly expected only one of 'inputs' or 'instances' to exist");
                    }
                    request = new PredictRequest(key.equals("instances"), TensorReader.read(parser));
                }
                case "signature_name" -> checkSignature(parser);
                default -> parser.skipChildren();
            }
        }
        if (request == null) {
            throw RequestException.badRequest("Missing 'inputs' or 'instances' key");
        }
        return request;
    }

    private static void checkSignature(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw RequestException.badRequest("'signature_name' key must be a string value.");
        }
        String name = parser.getText();
        if (!name.isEmpty() && !name.equals(SIGNATURE)) {
            throw RequestException.badRequest(
                    "Serving signature name: \"" + name + "\" not found; the model has \"" + SIGNATURE + "\"");
        }
    }
}
