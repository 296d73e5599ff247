package io.atelier.serve;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads what a client sends, within the limits on size and time. */
final class RequestBody {
    private static final int CHUNK = 16 << 10;

    private final RequestLimits limits;

    RequestBody(RequestLimits limits) {
        this.limits = limits;
    }

    /**
     * The bytes of the body.
     *
     * @throws RequestException 413 if there are too many, 408 if they come too slowly, 415 if they are compressed, 400 if
     *     the client hangs up
     */
    byte[] read(Context context) {
        String encoding = context.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new RequestException(415, "bodies are taken as they are; received Content-Encoding: " + encoding);
        }
        long announced = context.req().getContentLengthLong();
        if (announced > limits.maxBodyBytes()) {
            throw tooLarge(context);
        }
        long deadline = System.nanoTime() + limits.readTimeout().toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream((int) Math.max(announced, CHUNK));
        byte[] chunk = new byte[CHUNK];
        try (InputStream stream = context.bodyInputStream()) {
            for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                body.write(chunk, 0, count);
                if (body.size() > limits.maxBodyBytes()) {
                    throw tooLarge(context);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw closing(
                            context,
                            408,
                            "the body did not arrive within "
                                    + limits.readTimeout().toMillis() + " ms");
                }
            }
        } catch (IOException e) {
            throw new RequestException(400, "the body could not be read to its end", e);
        }
        return body.toByteArray();
    }

    private RequestException tooLarge(Context context) {
        return closing(context, 413, "a body has at most " + limits.maxBodyBytes() + " bytes");
    }

    /** What the client still sends is not waited for. */
    private static RequestException closing(Context context, int status, String message) {
        context.header("Connection", "close");
        return new RequestException(status, message);
    }
}
