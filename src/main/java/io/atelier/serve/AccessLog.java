package io.atelier.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Consumer;

/** Writes a line of JSON for each request; without its query, which may hold what is nobody's business. */
final class AccessLog {
    private static final JsonFactory JSON = new JsonFactory();

    private final Consumer<String> lines;

    AccessLog(Consumer<String> lines) {
        this.lines = lines;
    }

    void answered(Context context, int status, long nanos) {
        StringWriter line = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(line)) {
            out.writeStartObject();
            out.writeStringField("time", Instant.now().toString());
            out.writeStringField("client", context.ip());
            out.writeStringField("method", context.method().toString());
            out.writeStringField("path", context.path());
            out.writeNumberField("status", status);
            out.writeNumberField("micros", nanos / 1_000);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines.accept(line.toString());
    }
}
