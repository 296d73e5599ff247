package io.atelier.serve;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;

/** The images of one request: a form with files, or the body itself. Nothing is written to disk. */
final class Uploads {
    private final RequestLimits limits;
    private final RequestBody body;

    Uploads(RequestLimits limits, RequestBody body) {
        this.limits = limits;
        this.body = body;
    }

    /**
     * One uploaded image.
     *
     * @param file the name it was sent with; empty if it came without
     * @param bytes encoded
     */
    record Upload(Optional<String> file, byte[] bytes) {}

    /**
     * The uploaded images, at least one.
     *
     * @throws RequestException 400 if there is none or the form is damaged, 413 if there are too many, 415 for a body of
     *     another kind
     */
    List<Upload> read(Context context) {
        String type = Optional.ofNullable(context.contentType()).orElse("application/octet-stream");
        String kind = type.toLowerCase(Locale.ROOT).replaceFirst(";.*", "").strip();
        if (kind.equals("multipart/form-data")) {
            return files(type, body.read(context));
        }
        if (!kind.startsWith("image/") && !kind.equals("application/octet-stream")) {
            throw new RequestException(
                    415, "expected multipart/form-data, or an image as the body; received Content-Type: " + kind);
        }
        byte[] bytes = body.read(context);
        if (bytes.length == 0) {
            throw RequestException.badRequest("expected an image as the body; received 0 bytes");
        }
        return List.of(new Upload(Optional.empty(), bytes));
    }

    private List<Upload> files(String type, byte[] form) {
        String boundary = MultiPart.extractBoundary(type);
        if (boundary == null) {
            throw RequestException.badRequest("multipart/form-data without a boundary");
        }
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxMemoryFileSize(-1);
        parser.setMaxParts(limits.maxImages());
        try (MultiPartFormData.Parts parts =
                parser.parse(Content.Source.from(ByteBuffer.wrap(form))).join()) {
            List<Upload> uploads = new ArrayList<>();
            for (MultiPart.Part part : parts) {
                ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
                uploads.add(new Upload(Optional.ofNullable(part.getFileName()), BufferUtil.toArray(content)));
            }
            if (uploads.isEmpty()) {
                throw RequestException.badRequest("expected at least one image in the form; received none");
            }
            return uploads;
        } catch (CompletionException e) {
            String reason =
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
            int status = reason.contains("too many keys") ? 413 : 400;
            throw new RequestException(
                    status,
                    status == 413
                            ? "a request has at most " + limits.maxImages() + " images"
                            : "the form cannot be read: " + reason,
                    e);
        } catch (IOException e) {
            throw new RequestException(400, "the form cannot be read: " + e.getMessage(), e);
        }
    }
}
