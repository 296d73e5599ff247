package io.atelier.serve.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.serve.AtelierServer;
import io.atelier.testing.Fixtures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is shaken while it works: no accepted request is lost, and no answer is wrong. */
@Timeout(300)
class FaultTest {
    private static final Path BOOT = Fixtures.FASHION_MNIST.resolve("images/ankle-boot-0000.png");
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @Test
    void clientsThatHangUpDisturbNobody() throws Exception {
        try (AtelierServer server = start()) {
            CompletableFuture<LoadGenerator.Result> load = load(server, SHORT);
            byte[] request = ServerLoad.request("/classify", "image/png", Files.readAllBytes(BOOT));
            Random random = new Random(1);
            while (!load.isDone()) {
                try (Socket socket = new Socket("127.0.0.1", server.port())) {
                    socket.getOutputStream().write(request, 0, 1 + random.nextInt(request.length));
                    socket.setSoLinger(true, 0);
                }
            }
            assertUndisturbed(load.join());
        }
    }

    @Test
    void clientsThatSendTheirBodiesByteByByteHoldUpNobody() throws Exception {
        try (AtelierServer server = start()) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                Socket socket = new Socket("127.0.0.1", server.port());
                slow.add(socket);
                socket.getOutputStream()
                        .write(
                                "POST /classify HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nContent-Length: 999\r\n\r\nx"
                                        .getBytes(StandardCharsets.US_ASCII));
            }
            CompletableFuture<LoadGenerator.Result> load = load(server, SHORT);
            while (!load.isDone()) {
                for (Socket socket : slow) {
                    socket.getOutputStream().write('x');
                }
                Thread.sleep(100);
            }
            assertUndisturbed(load.join());
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aThousandBadImagesAreRefusedOneByOne() throws Exception {
        try (AtelierServer server = start()) {
            CompletableFuture<LoadGenerator.Result> load = load(server, SHORT);
            byte[] boot = Files.readAllBytes(BOOT);
            Random random = new Random(2);
            for (int i = 0; i < 1000; i++) {
                byte[] bad = Arrays.copyOf(boot, 1 + random.nextInt(boot.length - 60));
                if (i % 2 == 0) {
                    bad[random.nextInt(Math.min(8, bad.length))] ^= (byte) (1 + random.nextInt(255));
                }
                assertThat(status(server, ServerLoad.request("/classify", "image/png", bad)))
                        .isEqualTo(400);
            }
            assertUndisturbed(load.join());
        }
    }

    @Test
    void malformedJsonIsTheClientsErrorHoweverItIsMalformed() throws Exception {
        try (AtelierServer server = start()) {
            Random random = new Random(3);
            byte[] good =
                    "{\"signature_name\":\"serving_default\",\"instances\":[{\"b64\":\"AAAA\"},[[1,2],[3,4]],-1e5]}"
                            .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 1000; i++) {
                byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
                for (String path : List.of("/v1/models/fashion:predict", "/v2/models/fashion/infer")) {
                    assertThat(status(server, ServerLoad.request(path, "application/json", bad)))
                            .as(new String(bad, StandardCharsets.ISO_8859_1))
                            .isEqualTo(400);
                }
            }
        }
    }

    @Test
    void bodiesOfAHundredMegabytesAreNotTakenIn() throws Exception {
        try (AtelierServer server = start()) {
            CompletableFuture<LoadGenerator.Result> load = load(server, SHORT);
            List<CompletableFuture<Long>> clients = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> sendChunks(server, 100 << 20)))
                    .toList();
            for (CompletableFuture<Long> client : clients) {
                assertThat(client.join()).isLessThan(100 << 20);
            }
            assertUndisturbed(load.join());
        }
    }

    @Test
    void aReloadUnderLoadIsNotNoticed() throws Exception {
        Path file = Files.copy(Fixtures.FASHION_MNIST.resolve("model.keras"), folder.resolve("fashion.keras"));
        try (AtelierServer server = AtelierServer.builder()
                .model("fashion", file)
                .port(0)
                .reloadInterval(Duration.ofMillis(20))
                .start()) {
            CompletableFuture<LoadGenerator.Result> load = load(server, Duration.ofSeconds(4));
            for (String next : List.of("model.h5", "model-keras2.h5", "labels.txt", "model.keras")) {
                Path beside = Files.copy(Fixtures.FASHION_MNIST.resolve(next), folder.resolve("next"));
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                var before = server.models();
                while (server.models().equals(before)) {
                    Thread.sleep(10);
                }
            }
            assertThat(load).isNotDone();
            assertUndisturbed(load.join());
        }
    }

    @Test
    void sigtermUnderLoadLosesNoRequestThatWasAccepted() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.atelier.cli.Atelier",
                        "serve",
                        Fixtures.FASHION_MNIST.resolve("model.keras").toString(),
                        "--port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (!line.startsWith("listening at ")) {
                line = out.readLine();
            }
            LoadGenerator generator = ServerLoad.generator(
                    URI.create(line.substring("listening at ".length())).resolve("classify"));
            CompletableFuture<LoadGenerator.Result> load =
                    CompletableFuture.supplyAsync(() -> run(generator, Duration.ofMinutes(4)));
            while (generator.answered() < 500) {
                Thread.sleep(10);
            }
            server.destroy();
            assertUndisturbed(load.join());
            assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(server.exitValue()).isEqualTo(143);
        } finally {
            server.destroyForcibly();
        }
    }

    private static AtelierServer start() {
        return AtelierServer.builder()
                .model("fashion", Fixtures.FASHION_MNIST.resolve("model.keras"))
                .port(0)
                .start();
    }

    private static CompletableFuture<LoadGenerator.Result> load(AtelierServer server, Duration time)
            throws IOException {
        LoadGenerator generator = ServerLoad.generator(URI.create(server.url()).resolve("classify"));
        return CompletableFuture.supplyAsync(() -> run(generator, time));
    }

    private static LoadGenerator.Result run(LoadGenerator generator, Duration time) {
        try {
            return generator.run(16, time);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertUndisturbed(LoadGenerator.Result result) {
        assertThat(result.answered()).as(result.toString()).isPositive();
        assertThat(result.refused() + result.wrong() + result.lost())
                .as(result.toString())
                .isZero();
    }

    private static int status(AtelierServer server, byte[] request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
            socket.getOutputStream().write(request);
            byte[] head = socket.getInputStream().readNBytes(12);
            return Integer.parseInt(new String(head, 9, 3, StandardCharsets.US_ASCII));
        }
    }

    /** Sends a body in chunks until the server takes no more; how many bytes it took. */
    private static long sendChunks(AtelierServer server, long bytes) {
        long sent = 0;
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write(
                            "POST /classify HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            for (; sent < bytes; sent += 1 << 20) {
                socket.getOutputStream().write(chunk);
            }
            return sent;
        } catch (IOException e) {
            return sent;
        }
    }
}
