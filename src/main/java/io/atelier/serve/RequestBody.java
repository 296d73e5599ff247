package io.atelier.serve;

import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads what a client sends, within the limits on size and time. */
final class RequestBody {
    private static final int CHUNK = 16 << 10;
    private static final long MAX_DISCARDED_BYTES = 16L << 20;
    private static final Duration MAX_DISCARD = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int MAX_PAUSES = 10;

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
        discard(context);
        return closing(context, 413, "a body has at most " + limits.maxBodyBytes() + " bytes");
    }

    /**
     * Reads what is still coming, for a moment: a connection that is closed while the client is sending is reset, and the
     * answer is lost on the way. A client that waits for the answer is not waited for.
     */
    private static void discard(Context context) {
        long deadline = System.nanoTime() + MAX_DISCARD.toNanos();
        byte[] chunk = new byte[CHUNK];
        try {
            ServletInputStream stream = context.req().getInputStream();
            long left = MAX_DISCARDED_BYTES;
            int pauses = 0;
            while (left > 0 && pauses < MAX_PAUSES && System.nanoTime() - deadline < 0 && !stream.isFinished()) {
                if (stream.available() > 0) {
                    left -= stream.read(chunk);
                    pauses = 0;
                } else {
                    Thread.sleep(PAUSE.toMillis());
                    pauses++;
                }
            }
        } catch (IOException e) {
            // The client is gone, and nobody needs the answer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the client still sends is not waited for. */
    private static RequestException closing(Context context, int status, String message) {
        context.header("Connection", "close");
        return new RequestException(status, message);
    }
}
