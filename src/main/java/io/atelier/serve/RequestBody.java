package io.atelier.serve;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Reads what clients send, within the limits on size and time, and on the memory that all of it may take. Thread-safe. */
final class RequestBody {
    private static final int CHUNK = 16 << 10;
    private static final long MAX_DISCARDED_BYTES = 16L << 20;
    private static final Duration MAX_DISCARD = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int MAX_PAUSES = 10;

    /** Of each body, so that small requests are answered whatever large ones are under way. */
    private static final int UNCOUNTED = 64 << 10;
    /** Of the heap, for all bodies: their numbers take up to seven times as much when they are read. */
    private static final int SHARE = 8;

    private static final String HELD = "atelier.held";

    private final RequestLimits limits;
    private final long capacity;
    private final AtomicLong held = new AtomicLong();

    RequestBody(RequestLimits limits) {
        this(limits, Math.max(limits.maxBodyBytes(), Runtime.getRuntime().maxMemory() / SHARE));
    }

    /** With another limit on the bytes of all requests that are not answered yet. */
    RequestBody(RequestLimits limits, long capacity) {
        this.limits = limits;
        this.capacity = capacity;
    }

    /** Cares for what a request leaves behind, whatever it is answered: its memory, and a body that was not read. */
    void register(RoutesConfig routes) {
        routes.after(context -> {
            held.addAndGet(-heldFor(context));
            if (isSent(context) && !discard(context)) {
                context.header("Connection", "close");
            }
        });
    }

    /** Whether a body comes; a client that expects to be asked for it is not asked for what nobody reads. */
    private static boolean isSent(Context context) {
        boolean isThere = context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
        return isThere && context.header("Expect") == null;
    }

    private static long heldFor(Context context) {
        Long bytes = context.attribute(HELD);
        return bytes == null ? 0 : bytes;
    }

    /**
     * The bytes of the body.
     *
     * @throws RequestException 413 if there are too many, 503 if those of all requests are, 408 if they come too slowly, 415
     *     if they are compressed, 400 if the client hangs up
     */
    byte[] read(Context context) {
        String encoding = context.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new RequestException(415, "bodies are taken as they are; received Content-Encoding: " + encoding);
        }
        long announced = context.req().getContentLengthLong();
        if (announced > limits.maxBodyBytes()) {
            throw tooLarge();
        }
        long deadline = System.nanoTime() + limits.readTimeout().toNanos();
        // No memory for what is only announced: that costs a client nothing.
        ByteArrayOutputStream body = new ByteArrayOutputStream((int) Math.min(Math.max(announced, CHUNK), UNCOUNTED));
        byte[] chunk = new byte[CHUNK];
        try (InputStream stream = context.bodyInputStream()) {
            for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                body.write(chunk, 0, count);
                if (body.size() > limits.maxBodyBytes()) {
                    throw tooLarge();
                }
                if (body.size() > UNCOUNTED) {
                    hold(context, count);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new RequestException(
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

    private void hold(Context context, int bytes) {
        context.attribute(HELD, heldFor(context) + bytes);
        if (held.addAndGet(bytes) > capacity) {
            context.header("Retry-After", "1");
            throw new RequestException(
                    503, "requests of " + capacity + " bytes are under way, as many as may; try again later");
        }
    }

    private RequestException tooLarge() {
        return new RequestException(413, "a body has at most " + limits.maxBodyBytes() + " bytes");
    }

    /**
     * Reads what is still coming, for a moment: a connection that is closed while the client is sending is reset, and the
     * answer is lost on the way. A client that waits for the answer is not waited for.
     *
     * @return whether that was all
     */
    private static boolean discard(Context context) {
        long deadline = System.nanoTime() + MAX_DISCARD.toNanos();
        byte[] chunk = new byte[CHUNK];
        try {
            ServletInputStream stream = context.req().getInputStream();
            long discarded = 0;
            int pauses = 0;
            // The end of a stream shows in a read only, which would wait: a body that was not begun ends with its
            // length.
            while (!stream.isFinished() && discarded != context.req().getContentLengthLong()) {
                if (discarded > MAX_DISCARDED_BYTES || pauses == MAX_PAUSES || System.nanoTime() - deadline > 0) {
                    return false;
                }
                if (stream.available() > 0) {
                    discarded += stream.read(chunk);
                    pauses = 0;
                } else {
                    Thread.sleep(PAUSE.toMillis());
                    pauses++;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // the client is gone, and nobody needs the answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
