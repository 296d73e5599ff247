package io.atelier.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** The parameters in an {@link InferRequest}: one is known at each place, and every other is refused by name. */
final class InferParameters {
    private InferParameters() {}

    /** Reads an object that holds the one parameter, or nothing. */
    static <T> Optional<T> read(JsonParser parser, String known, Json.Reading<T> value) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw RequestException.badRequest("'parameters' must be an object");
        }
        Optional<T> found = Optional.empty();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!name.equals(known)) {
                throw RequestException.badRequest(
                        "the parameter '" + name + "' is not supported here; '" + known + "' is");
            }
            parser.nextToken();
            found = Optional.of(value.read(parser));
        }
        return found;
    }

    /** The parameter's value, which is true or false. */
    static Boolean flag(JsonParser parser) throws IOException {
        if (!parser.currentToken().isBoolean()) {
            throw RequestException.badRequest("the parameter '" + parser.currentName() + "' must be true or false");
        }
        return parser.getBooleanValue();
    }

    /** The parameter's value, which is a number of bytes. */
    static Long size(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                || parser.getLongValue() < 0) {
            throw RequestException.badRequest("the parameter '" + parser.currentName() + "' must be a number of bytes");
        }
        return parser.getLongValue();
    }
}
