package io.atelier.serve;

import io.atelier.classify.InvalidImageException;
import io.atelier.serve.models.DeadlineException;
import io.atelier.serve.models.OverloadedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
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

    /** Something of ours, or an exhausted heap: the id leads from the answer to the log. */
    void unexpected(Context context, Throwable e) {
        String id = UUID.randomUUID().toString();
        LOG.error("{} {} failed, {}", context.method(), context.path(), id, e);
        json.error(context, 500, "internal error " + id + "; the server's log tells more");
    }
}
