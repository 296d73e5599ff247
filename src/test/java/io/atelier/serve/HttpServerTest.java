package io.atelier.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.serve.models.Batching;
import io.atelier.serve.models.DeadlineException;
import io.atelier.serve.models.OverloadedException;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server does whatever is served: errors, limits, and the end. */
@Timeout(60)
class HttpServerTest {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Metrics metrics = new Metrics();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch let = new CountDownLatch(1);
    private Optional<HttpServer> server = Optional.empty();

    @AfterEach
    void end() {
        let.countDown();
        server.ifPresent(HttpServer::close);
        metrics.close();
    }

    @Test
    void anErrorOfOursIsLoggedAndTellsNobodyWhereItWas() throws Exception {
        start(
                RequestLimits.DEFAULT,
                routes -> routes.get("/broken", context -> {
                    throw new IllegalStateException("a secret");
                }));
        HttpResponse<String> answer = get("/broken");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .matches("\\{\"error\":\"internal error [0-9a-f-]{36}; the server's log tells more\"}");
    }

    @Test
    void anExhaustedHeapIsAnErrorOfOursToo() throws Exception {
        start(
                RequestLimits.DEFAULT,
                routes -> routes.get("/heap", context -> {
                    throw new OutOfMemoryError("a secret");
                }));
        HttpResponse<String> answer = get("/heap");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void overloadIsAnsweredWith503AndLatenessWith504() throws Exception {
        start(RequestLimits.DEFAULT, routes -> {
            routes.get("/full", context -> {
                throw new OverloadedException(7);
            });
            routes.get("/late", context -> {
                throw new DeadlineException(Duration.ofSeconds(1));
            });
        });
        HttpResponse<String> full = get("/full");
        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(full.headers().firstValue("Retry-After")).contains("1");
        assertThat(full.body())
                .isEqualTo("{\"error\":\"the model has 7 requests waiting, as many as may; try again later\"}");
        HttpResponse<String> late = get("/late");
        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(late.body()).isEqualTo("{\"error\":\"the request was not computed within 1000 ms\"}");
    }

    @Test
    void whatIsNoHttpIsAnsweredInJsonToo() throws Exception {
        start(RequestLimits.DEFAULT, routes -> {});
        assertThat(raw("GET\r\n\r\n")).startsWith("HTTP/1.1 400").endsWith("{\"error\":\"Bad Request\"}");
        assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(9000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .endsWith("{\"error\":\"Request Header Fields Too Large\"}");
        assertThat(get("/").headers().map()).doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void headIsAnsweredAsGetIsWithoutTheBody() throws Exception {
        start(RequestLimits.DEFAULT, routes -> {
            routes.get("/text", context -> context.contentType("text/css").result("four"));
            routes.get("/late", context -> {
                throw new DeadlineException(Duration.ofSeconds(1));
            });
        });
        assertThat(raw("HEAD /text HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Type: text/css", "Content-Length: 4\r\n")
                .endsWith("\r\n\r\n");
        assertThat(raw("HEAD /late HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 504 ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void anotherMethodIsToldWhichThereAre() throws Exception {
        start(RequestLimits.DEFAULT, routes -> {
            routes.get("/both", context -> {});
            routes.post("/both", context -> {});
        });
        for (String accept : List.of("*/*", "text/html")) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/both"))
                            .header("Accept", accept)
                            .DELETE()
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("GET, POST, HEAD");
            assertThat(answer.body()).isEqualTo("{\"error\":\"expected GET, POST, HEAD; received DELETE\"}");
        }
    }

    @Test
    void methodsAndPathsThatClientsInventBecomeNoSeriesOfFigures() throws Exception {
        start(RequestLimits.DEFAULT, routes -> routes.get("/text", context -> {}));
        for (String line : List.of("INVENTED /text", "GET /invented", "INVENTED /invented")) {
            assertThat(raw(line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 40");
        }
        assertThat(metrics.scrape())
                .contains("atelier_requests_seconds_count{method=\"other\",route=\"none\",status=\"405\"} 1")
                .doesNotContainIgnoringCase("invented");
    }

    @Test
    void aBodyWithoutALengthIsCountedWhileItIsRead() throws Exception {
        startEcho(RequestLimits.DEFAULT.withMaxBodyBytes(100));
        String chunk = "40\r\n" + "x".repeat(64) + "\r\n";
        assertThat(raw("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + chunk))
                .startsWith("HTTP/1.1 413")
                .contains("Connection: close")
                .endsWith("{\"error\":\"a body has at most 100 bytes\"}");
        assertThat(raw("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void bodiesOfAllRequestsTogetherHaveALimitToo() throws Exception {
        startEcho(RequestLimits.DEFAULT, new RequestBody(RequestLimits.DEFAULT, 200_000));
        String head = "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ";
        String large = head + "200000\r\n\r\n" + "x".repeat(200_000);
        try (Socket slow = new Socket("127.0.0.1", port())) {
            slow.getOutputStream().write(large.replace("/echo", "/slow").getBytes(StandardCharsets.US_ASCII));
            entered.await();
            assertThat(raw(large))
                    .startsWith("HTTP/1.1 503")
                    .contains("Retry-After: 1\r\n")
                    .endsWith(
                            "{\"error\":\"requests of 200000 bytes are under way, as many as may; try again later\"}");
            assertThat(raw(head + "5\r\n\r\nsmall")).startsWith("HTTP/1.1 200").endsWith("small");
            let.countDown();
            assertThat(slow.getInputStream().readAllBytes()).hasSizeGreaterThan(200_000);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(raw(large.replace("/echo", "/heap"))).startsWith("HTTP/1.1 500");
            assertThat(raw(large)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void anAnswerThatNeedsNoBodyArrivesAllTheSame() throws Exception {
        startEcho(RequestLimits.DEFAULT);
        String head = " HTTP/1.1\r\nHost: a\r\nContent-Length: 4000000\r\n\r\n";
        String next = "GET /second HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        for (String first : List.of("POST /nowhere", "PUT /echo")) {
            assertThat(raw(first + head + "x".repeat(4_000_000) + next))
                    .startsWith("HTTP/1.1 40")
                    .contains("\r\nContent-Length: ")
                    .endsWith("{\"error\":\"there is no /second\"}");
        }
        // A client that asks first is not asked to send what nobody reads.
        assertThat(raw("POST /nowhere HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4000000\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void aBodyThatTricklesIsNotWaitedFor() throws Exception {
        startEcho(RequestLimits.DEFAULT.withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(30)));
        assertThat(trickle("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"))
                .startsWith("HTTP/1.1 408")
                .endsWith("{\"error\":\"the body did not arrive within 300 ms\"}");
    }

    @Test
    void headersThatTrickleAreNotWaitedFor() throws Exception {
        startEcho(RequestLimits.DEFAULT.withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(30)));
        assertThat(trickle("GET / HTTP/1.1\r\nHost: a\r\nX: ")).isEmpty();
    }

    @Test
    void aConnectionOnWhichNothingMovesIsClosed() throws Exception {
        startEcho(RequestLimits.DEFAULT.withTimeouts(Duration.ofSeconds(30), Duration.ofMillis(200)));
        try (Socket socket = new Socket("127.0.0.1", port())) {
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @Test
    void aRequestThatWasAcceptedIsAnsweredBeforeTheServerEnds() throws Exception {
        start(RequestLimits.DEFAULT, routes -> {
            routes.get("/slow", context -> {
                entered.countDown();
                let.await();
                context.result("done");
            });
            routes.get("/fast", context -> context.result("fast"));
        });
        int port = port();
        try (Socket open = new Socket("127.0.0.1", port)) {
            CompletableFuture<HttpResponse<String>> slow =
                    client.sendAsync(request("/slow"), HttpResponse.BodyHandlers.ofString());
            entered.await();
            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(() -> server.orElseThrow().close());
            while (!server.orElseThrow().closesConnections()) {
                Thread.onSpinWait();
            }
            // One that comes on a connection that is open already is answered, and its connection closed.
            open.getOutputStream().write("GET /fast HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(open.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("Connection: close")
                    .endsWith("fast");
            assertThat(closed).isNotDone();
            let.countDown();
            assertThat(slow.join().body()).isEqualTo("done");
            closed.join();
        }
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        start(RequestLimits.DEFAULT, routes -> {});
        int taken = port();
        HttpServer second = server(taken, RequestLimits.DEFAULT, routes -> {});
        assertThatThrownBy(second::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("cannot listen at 127.0.0.1:" + taken + ": ");
    }

    private void startEcho(RequestLimits limits) {
        startEcho(limits, new RequestBody(limits));
    }

    private void startEcho(RequestLimits limits, RequestBody body) {
        start(limits, routes -> {
            body.register(routes);
            routes.post("/echo", context -> context.result(body.read(context)));
            routes.post("/slow", context -> {
                byte[] read = body.read(context);
                entered.countDown();
                let.await();
                context.result(read);
            });
            routes.post("/heap", context -> {
                throw new OutOfMemoryError("after " + body.read(context).length);
            });
        });
    }

    private void start(RequestLimits limits, Consumer<RoutesConfig> routes) {
        HttpServer started = server(0, limits, routes);
        started.start();
        server = Optional.of(started);
    }

    private HttpServer server(int port, RequestLimits limits, Consumer<RoutesConfig> routes) {
        ServerOptions options = new ServerOptions(
                "127.0.0.1",
                port,
                Batching.DEFAULT,
                limits,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofDays(1),
                Duration.ofSeconds(30));
        return new HttpServer(options, metrics, new Errors(new Json(limits)), routes);
    }

    private int port() {
        return server.orElseThrow().port();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .build();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    /** What is answered to these bytes until the server closes the connection. */
    private String raw(String bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What is answered to these bytes and one more every now and then, until the server closes the connection. */
    private String trickle(String bytes) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            return Trickle.answer(socket, bytes);
        }
    }
}
