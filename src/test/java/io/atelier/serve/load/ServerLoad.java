package io.atelier.serve.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Loads a running server with pictures of one boot, by 1, 16, 64 and 256 connections, and prints a row of a table for each:
 * {@code ServerLoad NAME URL SECONDS [CONNECTIONS...]}. What is measured begins after a warm-up of the same length.
 */
public final class ServerLoad {
    private static final Path BOOT = Path.of("fixtures/fashion-mnist/images/ankle-boot-0000.png");
    private static final int[] CONNECTIONS = {1, 16, 64, 256};

    private ServerLoad() {}

    /** Prints the rows; the exit status is 1 if an answer was wrong or lost. */
    public static void main(String[] arguments) throws IOException {
        URI url = URI.create(arguments[1]);
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[2]));
        int[] connections = arguments.length == 3
                ? CONNECTIONS
                : Arrays.stream(arguments, 3, arguments.length)
                        .mapToInt(Integer::parseInt)
                        .toArray();
        PrintStream out = System.out;
        boolean isGood = true;
        for (int count : connections) {
            generator(url).run(count, time);
            LoadGenerator.Result result = generator(url).run(count, time);
            isGood &= result.wrong() == 0 && result.lost() == 0;
            out.printf(
                    Locale.ROOT,
                    "| %s | %d | %,.0f | %.2f | %.2f | %d | %d |%n",
                    arguments[0],
                    count,
                    result.perSecond(),
                    result.p50() / 1e3,
                    result.p99() / 1e3,
                    result.refused(),
                    result.wrong() + result.lost());
        }
        System.exit(isGood ? 0 : 1);
    }

    /** A generator of requests to {@code /classify}, a PNG of 28 x 28 pixels each. */
    static LoadGenerator generator(URI url) throws IOException {
        return new LoadGenerator(
                new InetSocketAddress(url.getHost(), url.getPort()),
                request("/classify", "image/png", Files.readAllBytes(BOOT)),
                "Ankle boot");
    }

    static byte[] request(String path, String type, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }
}
