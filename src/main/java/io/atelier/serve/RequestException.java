package io.atelier.serve;

import org.jspecify.annotations.Nullable;

/** A request that is answered with an HTTP status and a sentence. */
final class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    RequestException(int status, String message) {
        this(status, message, null);
    }

    RequestException(int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    static RequestException badRequest(String message) {
        return new RequestException(400, message);
    }

    static RequestException notFound(String message) {
        return new RequestException(404, message);
    }

    int status() {
        return status;
    }
}
