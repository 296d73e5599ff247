package io.atelier.serve;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** The page, and the interfaces' documentation: files that are read once and need nothing from elsewhere. */
final class PageApi {
    private static final Map<String, String> FILES = Map.of(
            "/", "index.html",
            "/page.css", "page.css",
            "/page.js", "page.js",
            "/docs", "docs.html",
            "/docs.js", "docs.js",
            "/openapi.json", "openapi.json");

    /** The paths of what is the same for everyone, and tells nothing of the models. */
    static final Set<String> PATHS = FILES.keySet();

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json");

    /** Nothing from elsewhere, nothing inline, and in nobody's frame. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' data:;"
                    + " img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    void register(RoutesConfig routes) {
        FILES.forEach((path, file) -> {
            byte[] content = read(file);
            String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "text/plain");
            routes.get(
                    path,
                    context -> context.header("Content-Security-Policy", POLICY)
                            .header("Referrer-Policy", "no-referrer")
                            .header("Cache-Control", "no-cache")
                            .contentType(type)
                            .result(content));
        });
    }

    private static byte[] read(String file) {
        try (InputStream stream = PageApi.class.getResourceAsStream("page/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("the page's file " + file + " is missing in the jar");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
