package io.atelier.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one {@link TensorValue}, number by number: no tree of JSON is made of a picture. */
final class TensorReader {
    private static final int UNSEEN = -1;

    private final JsonParser parser;
    private float[] values = new float[1024];
    private int count;
    /** The length of the arrays at each depth. */
    private int[] sizes = new int[0];
    /** At which depth the numbers are. */
    private int leaf = UNSEEN;

    private TensorReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The value whose first token is the parser's current one.
     *
     * @throws RequestException 400 if it is none
     */
    static TensorValue read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                parser.nextToken();
                yield list(parser);
            }
            default -> new TensorValue.Numbers(Tensor.of(Shape.of(), number(parser)));
        };
    }

    /** The value of a list whose first element is the parser's current token. */
    static TensorValue list(JsonParser parser) throws IOException {
        return new TensorReader(parser).array();
    }

    private static TensorValue object(JsonParser parser) throws IOException {
        Map<String, TensorValue> named = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("b64") && token == JsonToken.VALUE_STRING) {
                byte[] bytes = decoded(parser.getText());
                if (!named.isEmpty() || parser.nextToken() != JsonToken.END_OBJECT) {
                    throw RequestException.badRequest("an object with 'b64' must have no other keys");
                }
                return new TensorValue.Encoded(bytes);
            }
            named.put(name, read(parser));
        }
        return new TensorValue.Named(named);
    }

    /** The bytes of a base64 text. */
    static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new RequestException(400, "a 'b64' value is not base64: " + e.getMessage(), e);
        }
    }

    private TensorValue array() throws IOException {
        JsonToken first = parser.currentToken();
        if (first == JsonToken.START_OBJECT) {
            List<TensorValue> list = new ArrayList<>();
            for (JsonToken token = first; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token != JsonToken.START_OBJECT) {
                    throw RequestException.badRequest("a list must hold either objects or numbers, not both");
                }
                list.add(object(parser));
            }
            return new TensorValue.Sequence(list);
        }
        fill(0, first);
        return new TensorValue.Numbers(
                Tensor.wrap(Shape.of(Arrays.copyOf(sizes, sizes.length)), Arrays.copyOf(values, count)));
    }

    /** Reads the elements of one array, of which the first is the current token. */
    private void fill(int depth, JsonToken first) throws IOException {
        if (depth == sizes.length) {
            sizes = Arrays.copyOf(sizes, depth + 1);
            sizes[depth] = UNSEEN;
        }
        int length = 0;
        for (JsonToken token = first; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
                if (leaf != UNSEEN && depth >= leaf) {
                    throw ragged();
                }
                fill(depth + 1, parser.nextToken());
            } else {
                add(number(parser), depth);
            }
            length++;
        }
        if (sizes[depth] == UNSEEN) {
            sizes[depth] = length;
        } else if (sizes[depth] != length) {
            throw ragged();
        }
    }

    private void add(float value, int depth) {
        if (leaf == UNSEEN) {
            leaf = depth;
        }
        if (leaf != depth || sizes.length > depth + 1) {
            throw ragged();
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    private static RequestException ragged() {
        return RequestException.badRequest("a tensor's nested lists must have the same length at each depth");
    }

    private static float number(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_FLOAT -> finite(parser);
            case VALUE_NUMBER_INT -> exact(parser);
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            case START_OBJECT ->
                throw RequestException.badRequest("objects must stand directly in the list, not in nested lists");
            default ->
                throw RequestException.badRequest("expected a number, a list or an object; received "
                        + (parser.currentToken() == JsonToken.VALUE_STRING ? "text" : parser.getText()));
        };
    }

    private static float finite(JsonParser parser) throws IOException {
        float value = parser.getFloatValue();
        if (Float.isInfinite(value) && !parser.isNaN()) {
            throw tooLarge(parser.getText());
        }
        return value;
    }

    private static float exact(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            BigInteger value = parser.getBigIntegerValue();
            throw inexact(value.toString());
        }
        return carried(parser.getLongValue());
    }

    /** Integers are carried as floats; one that would become another is refused. */
    static float carried(long value) {
        float carried = value;
        if ((long) carried != value || value == Long.MAX_VALUE) {
            throw inexact(Long.toString(value));
        }
        return carried;
    }

    /** Doubles are rounded; one that is finite and too large is refused. */
    static float carried(double value) {
        float carried = (float) value;
        if (Float.isInfinite(carried) && !Double.isInfinite(value)) {
            throw tooLarge(Double.toString(value));
        }
        return carried;
    }

    private static RequestException tooLarge(String number) {
        return RequestException.badRequest(number + " is too large for a 32-bit float");
    }

    static RequestException inexact(String value) {
        return RequestException.badRequest("the integer " + value + " cannot be carried exactly: numbers are 32-bit"
                + " floats, exact up to 16777216; write it with a decimal point if it may be rounded");
    }
}
