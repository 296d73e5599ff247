package io.atelier.serve;

import io.atelier.classify.InvalidImageException;
import io.atelier.serve.models.DeadlineException;
import io.atelier.serve.models.OverloadedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what goes wrong into an HTTP status and {@code {"error": …}}; where it went wrong is logged and never told. */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private final Json json;

    Errors(Json json) {
        this.json = json;
    }

    void register(RoutesConfig routes) {
        routes.exception(RequestException.class, (e, context) -> {
            json.error(context, e.status(), String.valueOf(e.getMessage()));
        });
        routes.exception(InvalidImageException.class, (e, context) -> bad(context, e));
        // What does not fit the model: shapes, above all.
        routes.exception(IllegalArgumentException.class, (e, context) -> bad(context, e));
        routes.exception(OverloadedException.class, (e, context) -> {
            context.header("Retry-After", "1");
            json.error(context, 503, String.valueOf(e.getMessage()));
        });
        routes.exception(
                DeadlineException.class, (e, context) -> json.error(context, 504, String.valueOf(e.getMessage())));
        routes.exception(MethodNotAllowedResponse.class, (e, context) -> {
            String allowed = String.join(", ", e.getDetails().values());
            context.header("Allow", allowed);
            json.error(context, 405, "expected " + allowed + "; received " + context.method());
        });
        routes.exception(
                HttpResponseException.class,
                (e, context) -> json.error(
                        context, e.getStatus(), e.getStatus() == 404 ? "there is no " + context.path() : message(e)));
        routes.exception(Exception.class, (e, context) -> unexpected(context, e));
    }

    private void bad(Context context, RuntimeException e) {
        json.error(context, 400, String.valueOf(e.getMessage()));
    }

    private static String message(HttpResponseException e) {
        return String.valueOf(e.getMessage());
    }

    private void unexpected(Context context, Exception e) {
        json.error(context, 500, logged(e));
    }

    /** Answers where even our own routes could not, after an exhausted heap for instance. */
    void fatal(HttpServletResponse response, Error e) {
        try {
            response.setStatus(500);
            response.setContentType("application/json");
            response.getOutputStream().write(("{\"error\":\"" + logged(e) + "\"}").getBytes(StandardCharsets.UTF_8));
        } catch (IOException | IllegalStateException again) {
            LOG.error("the answer could not be written", again);
        }
    }

    /** The id leads from the answer to the log. */
    private static String logged(Throwable e) {
        String id = UUID.randomUUID().toString();
        LOG.error("a request failed, {}", id, e);
        return "internal error " + id + "; the server's log tells more";
    }
}
