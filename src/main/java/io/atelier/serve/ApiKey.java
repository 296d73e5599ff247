package io.atelier.serve;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A secret that clients send as {@code Authorization: Bearer KEY} or {@code X-Api-Key: KEY}. Immutable and thread-safe.
 *
 * <p>Health checks are open to everyone, and so is the page's own text, which asks for the key.
 */
public final class ApiKey {
    /** What a key is needed for. */
    public enum Scope {
        /** Everything but health checks and the page's own text. */
        EVERYTHING,
        /** Figures and models: {@code /metrics} and {@code /admin}. */
        ADMIN
    }

    private static final int SHORTEST = 16;
    private static final Set<String> HEALTH = Set.of("/healthz", "/readyz", "/v2/health/live", "/v2/health/ready");

    private final byte[] digest;
    private final Scope scope;

    private ApiKey(byte[] digest, Scope scope) {
        this.digest = digest;
        this.scope = scope;
    }

    /**
     * A key for this scope; only its digest is kept.
     *
     * @throws IllegalArgumentException if it has fewer than 16 characters
     */
    public static ApiKey of(String key, Scope scope) {
        if (key.strip().length() < SHORTEST) {
            throw new IllegalArgumentException("an API key has at least " + SHORTEST + " characters; received "
                    + key.strip().length());
        }
        return new ApiKey(digest(key.strip()), scope);
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Lets a request pass.
     *
     * @throws RequestException 401 if it needs the key and has none, or another
     */
    void check(Context context) {
        String path = context.path().toLowerCase(Locale.ROOT);
        // Browsers ask with OPTIONS, and without the key, whether they may send it.
        if (context.method().equals(HandlerType.OPTIONS) || !isNeeded(path)) {
            return;
        }
        // Digests are of one length: the comparison takes the same time whatever was sent.
        boolean isRight = sent(context)
                .map(key -> MessageDigest.isEqual(digest(key), digest))
                .orElse(false);
        if (!isRight) {
            context.header("WWW-Authenticate", "Bearer");
            throw new RequestException(401, "an API key is needed: Authorization: Bearer KEY");
        }
    }

    private boolean isNeeded(String path) {
        return switch (scope) {
            case EVERYTHING -> !HEALTH.contains(path) && !PageApi.PATHS.contains(path);
            case ADMIN -> path.equals("/metrics") || path.startsWith("/metrics/") || path.startsWith("/admin");
        };
    }

    private static Optional<String> sent(Context context) {
        String bearer = context.header("Authorization");
        if (bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.of(bearer.substring(7).strip());
        }
        return Optional.ofNullable(context.header("X-Api-Key"));
    }
}
