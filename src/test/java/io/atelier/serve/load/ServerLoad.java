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
 * Loads a running server with pictures of one boot and prints a line of JSON for each number of connections:
 * {@code ServerLoad URL SECONDS CONNECTIONS...}. What is measured begins after a warm-up of the same length.
 */
public final class ServerLoad {
    private static final Path BOOT = Path.of("fixtures/fashion-mnist/images/ankle-boot-0000.png");

    private ServerLoad() {}

    /** Prints the lines: requests a second, and latencies in milliseconds. */
    public static void main(String[] arguments) throws IOException {
        URI url = URI.create(arguments[0]);
        Duration time = Duration.ofMillis((long) (1000 * Double.parseDouble(arguments[1])));
        PrintStream out = System.out;
        for (int connections : Arrays.stream(arguments, 2, arguments.length)
                .mapToInt(Integer::parseInt)
                .toArray()) {
            generator(url).run(connections, time);
            LoadGenerator.Result result = generator(url).run(connections, time);
            out.printf(
                    Locale.ROOT,
                    "{\"connections\": %d, \"a_second\": %.1f, \"p50\": %.3f, \"p99\": %.3f, \"refused\": %d, \"wrong\": %d}%n",
                    connections,
                    result.perSecond(),
                    result.p50() / 1e3,
                    result.p99() / 1e3,
                    result.refused(),
                    result.wrong() + result.lost());
        }
    }

    /** A generator of requests to a URL that takes pictures, a PNG of 28 x 28 pixels each. */
    static LoadGenerator generator(URI url) throws IOException {
        return new LoadGenerator(
                new InetSocketAddress(url.getHost(), url.getPort()),
                request(url.getPath(), "image/png", Files.readAllBytes(BOOT)),
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
