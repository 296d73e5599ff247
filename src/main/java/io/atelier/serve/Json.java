package io.atelier.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The JSON of requests, which is untrusted, and of answers. Thread-safe. */
final class Json {
    private final JsonFactory factory;

    Json(RequestLimits limits) {
        // TensorFlow Serving takes NaN and Infinity as tokens.
        this.factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.maxJsonDepth())
                        .maxStringLength((int) limits.maxBodyBytes())
                        .build())
                .build();
    }

    /** Reads something, with the parser at its first token. */
    interface Reading<T> {
        T read(JsonParser parser) throws IOException;
    }

    /** Writes something. */
    interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Reads a body that is one JSON object.
     *
     * @throws RequestException 400 if it is none, is nested too deeply or has a key twice
     */
    <T> T object(byte[] body, Reading<T> reading) {
        if (body.length == 0) {
            throw RequestException.badRequest("JSON Parse error: The document is empty");
        }
        try (JsonParser parser = factory.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RequestException.badRequest("JSON Parse error: expected an object");
            }
            T read = reading.read(parser);
            if (parser.nextToken() != null) {
                throw RequestException.badRequest("JSON Parse error: expected nothing after the object");
            }
            return read;
        } catch (JsonParseException e) {
            throw new RequestException(
                    400,
                    "JSON Parse error: Invalid value. at offset: "
                            + e.getLocation().getByteOffset() + " (" + e.getOriginalMessage() + ")",
                    e);
        } catch (JsonProcessingException e) {
            throw new RequestException(400, "JSON Parse error: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers with JSON. */
    void answer(Context context, int status, Writing writing) {
        context.status(status).contentType("application/json").result(bytes(writing));
    }

    /** Answers with JSON and 200. */
    void answer(Context context, Writing writing) {
        answer(context, 200, writing);
    }

    /** Answers with {@code {"error": …}}, as the originals of both protocols do. */
    void error(Context context, int status, String message) {
        answer(context, status, json -> {
            json.writeStartObject();
            json.writeStringField("error", message);
            json.writeEndObject();
        });
    }

    /** What is written, in UTF-8. */
    byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
