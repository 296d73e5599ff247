package io.atelier.serve;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The body of an {@code infer} request: JSON, and perhaps tensors as bytes behind it, one after the other.
 *
 * <p>Source: the <a href="https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol/binary-tensor-data-extension">binary
 * tensor data extension</a> of the protocol, which Triton's clients use by default.
 */
final class InferBody {
    /** Tells how long the JSON is; without it there is nothing behind. */
    static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private final byte[] json;
    private final ByteBuffer rest;

    private InferBody(byte[] json, ByteBuffer rest) {
        this.json = json;
        this.rest = rest;
    }

    /**
     * The parts of a body.
     *
     * @throws RequestException 400 if the header's length is none, or longer than the body
     */
    static InferBody of(Context context, byte[] body) {
        String header = context.header(JSON_LENGTH);
        if (header == null) {
            return new InferBody(body, ByteBuffer.allocate(0));
        }
        if (!header.matches("\\d{1,9}") || Integer.parseInt(header) > body.length) {
            throw RequestException.badRequest(JSON_LENGTH + " must be the length of the JSON in the body of "
                    + body.length + " bytes; received '" + header + "'");
        }
        int length = Integer.parseInt(header);
        return new InferBody(Arrays.copyOf(body, length), ByteBuffer.wrap(body, length, body.length - length));
    }

    byte[] json() {
        return json;
    }

    /**
     * The next bytes behind the JSON, in the order of the machines that the protocol is for: the lowest first.
     *
     * @throws RequestException 400 if so many are not left
     */
    ByteBuffer next(String input, long size) {
        if (size < 0 || size > rest.remaining()) {
            throw RequestException.badRequest(
                    "input '" + input + "': expected " + size + " bytes of binary data; received " + rest.remaining());
        }
        ByteBuffer next = rest.slice(rest.position(), (int) size).order(ByteOrder.LITTLE_ENDIAN);
        rest.position(rest.position() + (int) size);
        return next;
    }

    /**
     * Makes sure that no bytes are left.
     *
     * @throws RequestException 400 if there are some
     */
    void checkUsed() {
        if (rest.hasRemaining()) {
            throw RequestException.badRequest(
                    "the last " + rest.remaining() + " bytes of the body belong to no input's binary_data_size");
        }
    }
}
