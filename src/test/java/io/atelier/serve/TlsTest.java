package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a keystore: HTTPS, with the same limits. */
@Timeout(60)
class TlsTest {
    private static final String PASSWORD = "changeit";
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

    @TempDir
    static Path folder;

    private static Path keystore;
    private static SSLContext tls;
    private static AtelierServer server;

    @BeforeAll
    static void start() throws Exception {
        keystore = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD))
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray()));
        tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        server = builder(PASSWORD).start();
        // The first handshake loads many classes, and might take longer than the others have time.
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static AtelierServer.Builder builder(String password) {
        return AtelierServer.builder()
                .model(Boot.MODEL)
                .port(0)
                .limits(RequestLimits.DEFAULT.withTimeouts(READ_TIMEOUT, Duration.ofSeconds(30)))
                .tls(new Tls(keystore, password));
    }

    @Test
    void aKeystoreMakesItHttps() throws Exception {
        assertThat(server.url()).startsWith("https://127.0.0.1:");
        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(tls)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + "healthz"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void aKeystoreMustOpen() {
        assertThatThrownBy(() -> builder("wrong").start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(keystore + ": the keystore cannot be opened (")
                .hasMessageEndingWith("is it there, and its password right?");
    }

    @Test
    void headersThatTrickleAreNotWaitedFor() throws Exception {
        try (Socket socket = connect()) {
            assertThat(Trickle.answer(socket, "GET / HTTP/1.1\r\nHost: a\r\nX: "))
                    .isEmpty();
        }
    }

    @Test
    void aHandshakeThatTricklesIsNotWaitedFor() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            // The head of a handshake's record, which announces 16 KiB.
            assertThat(Trickle.answer(socket, "\u0016\u0003\u0001\u0040\u0000\u0001"))
                    .isEmpty();
        }
    }

    @Test
    void aBodyThatTricklesIsNotWaitedFor() throws Exception {
        try (Socket socket = connect()) {
            assertThat(
                            Trickle.answer(
                                    socket,
                                    "POST /classify HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nContent-Length: 9999\r\n\r\n"))
                    .startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void aConnectionThatIsBusyStaysOpen() throws Exception {
        byte[] request = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = connect()) {
            long end = System.nanoTime() + READ_TIMEOUT.multipliedBy(3).toNanos();
            while (System.nanoTime() - end < 0) {
                socket.getOutputStream().write(request);
                assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 200");
                Thread.sleep(20);
            }
        }
    }

    /** The head of an answer; its body of 15 bytes is read too. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("the connection was closed").isNotNegative();
            head.append((char) next);
        }
        in.readNBytes("{\"status\":\"ok\"}".length());
        return head.toString();
    }

    private static Socket connect() throws IOException {
        return tls.getSocketFactory().createSocket("127.0.0.1", server.port());
    }
}
