package io.atelier.serve;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.router.Endpoint;
import io.javalin.router.InternalRouter;
import io.javalin.router.ParsedEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty and Javalin, set up: what of HTTP there is, without what is answered. */
final class HttpServer implements AutoCloseable {
    /** Jetty's own, beside one for each connection: a client that is slow to send holds no more than its own. */
    private static final int SPARE_THREADS = 64;

    private static final String STARTED = "atelier.started";
    /** How long no request must have come before the connections that are still open are taken for idle. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final ServerOptions options;
    private final StatisticsHandler requests = new StatisticsHandler();
    private final Javalin javalin;
    private Optional<SlowHeaders> slowHeaders = Optional.empty();
    private volatile boolean isDraining;
    private volatile boolean closesConnections;

    HttpServer(ServerOptions options, Metrics metrics, Errors errors, Consumer<RoutesConfig> routes) {
        this.options = options;
        this.javalin = Javalin.create(config -> {
            configure(config);
            config.requestLogger.http((context, ignored) -> answered(context, metrics));
            config.router.javaLangErrorHandler((response, error) -> errors.fatal(response, error));
            config.routes.before(this::before);
            errors.register(config.routes);
            routes.accept(config.routes);
        });
        complete(javalin.unsafe.internalRouter);
    }

    /** Adds what goes by the routes that are there: HEAD, and the key, which is asked for after the headers of CORS are set. */
    private void complete(InternalRouter router) {
        for (ParsedEndpoint parsed : List.copyOf(router.allHttpHandlers())) {
            Endpoint endpoint = parsed.endpoint;
            if (endpoint.method.equals(HandlerType.GET)) {
                router.addHttpEndpoint(new Endpoint(HandlerType.HEAD, endpoint.path, endpoint.handler));
            }
        }
        options.apiKey().ifPresent(key -> router.addHttpEndpoint(new Endpoint(HandlerType.BEFORE, "*", key::check)));
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = options.limits().maxBodyBytes();
        config.jetty.threadPool = new QueuedThreadPool(options.limits().maxConnections() + SPARE_THREADS, 8);
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new JettyErrors());
            server.insertHandler(requests);
            server.addBean(new NetworkConnectionLimit(options.limits().maxConnections(), server));
            server.setStopTimeout(0);
        });
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(options.limits().maxHeaderBytes());
        });
        config.jetty.addConnector(this::connector);
        if (!options.corsOrigins().isEmpty()) {
            config.bundledPlugins.enableCors(
                    cors -> cors.addRule(rule -> options.corsOrigins().forEach(origin -> rule.allowHost(origin))));
        }
    }

    private Connector connector(Server server, HttpConfiguration http) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = options.tls()
                .map(tls -> {
                    SslContextFactory.Server ssl = new SslContextFactory.Server();
                    ssl.setKeyStore(tls.open());
                    ssl.setKeyStorePassword(tls.password());
                    // A certificate for another name, or none, is the client's to judge.
                    http.addCustomizer(new SecureRequestCustomizer(false));
                    return new ServerConnector(server, new SslConnectionFactory(ssl, "http/1.1"), plain);
                })
                .orElseGet(() -> new ServerConnector(server, plain));
        connector.setHost(options.host());
        connector.setPort(options.port());
        // Java's own 50 are fewer than clients that connect at once: each beyond would wait a second for its next try.
        connector.setAcceptQueueSize(options.limits().maxConnections());
        connector.setIdleTimeout(options.limits().idleTimeout().toMillis());
        return connector;
    }

    private void before(Context context) {
        context.attribute(STARTED, System.nanoTime());
        context.header("X-Content-Type-Options", "nosniff");
        if (closesConnections) {
            context.header("Connection", "close");
        }
    }

    private void answered(Context context, Metrics metrics) {
        Long started = context.attribute(STARTED);
        long nanos = started == null ? 0 : System.nanoTime() - started;
        int status = context.statusCode();
        // Paths and methods that are not there are the clients' invention and must not become series of figures.
        String route =
                status == HttpStatus.NOT_FOUND.getCode() || context.endpoints().matchedHttpEndpoint() == null
                        ? "none"
                        : context.endpoints().matchedHttpEndpoint().path;
        HandlerType method = context.method();
        metrics.answered(HandlerType.values().contains(method) ? method.toString() : "other", route, status, nanos);
        options.accessLog().ifPresent(log -> new AccessLog(log).answered(context, status, nanos));
    }

    /**
     * Begins to listen.
     *
     * @throws IllegalStateException if that cannot be, since the port is taken for instance
     * @throws IllegalArgumentException if the keystore cannot be opened
     */
    void start() {
        try {
            javalin.start();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "cannot listen at " + options.host() + ":" + options.port() + ": " + root(e).getMessage(), e);
        }
        slowHeaders = Optional.of(new SlowHeaders(connector(), options.limits().readTimeout()));
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private ServerConnector connector() {
        return (ServerConnector) javalin.jettyServer().server().getConnectors()[0];
    }

    int port() {
        return javalin.port();
    }

    /** Without HEAD, which goes with every GET. */
    List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod() && !endpoint.method.equals(HandlerType.HEAD))
                .map(endpoint -> endpoint.method + " " + endpoint.path)
                .toList();
    }

    boolean isDraining() {
        return isDraining;
    }

    /** Whether nobody can connect any more, and every answer is the last of its connection. */
    boolean closesConnections() {
        return closesConnections;
    }

    /** Takes no new connections, answers the requests that are there, and stops. Closing twice does nothing. */
    @Override
    public void close() {
        if (isDraining) {
            return;
        }
        isDraining = true;
        closeListener();
        // Only now: a client whose connection is closed opens another, which must be refused rather than lost.
        closesConnections = true;
        awaitQuiet();
        slowHeaders.ifPresent(SlowHeaders::close);
        javalin.stop();
    }

    /** Waits until nobody can connect: Linux keeps a socket that is closed listening while a thread sits in accept. */
    private void closeListener() {
        InetSocketAddress address = new InetSocketAddress(options.host(), port());
        InetSocketAddress reachable = address.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
                : address;
        connector().close();
        long end = System.nanoTime() + QUIET.toNanos();
        while (System.nanoTime() - end < 0) {
            try (Socket probe = new Socket()) {
                probe.connect(reachable, (int) QUIET.toMillis());
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Requests that follow on connections which are open already are answered too, and their connections closed. */
    private void awaitQuiet() {
        long end = System.nanoTime() + options.drainTimeout().toNanos();
        long quietSince = System.nanoTime();
        long handled = requests.getRequestTotal();
        try {
            while (System.nanoTime() - end < 0) {
                long now = System.nanoTime();
                if (requests.getRequestsActive() > 0 || requests.getRequestTotal() != handled) {
                    quietSince = now;
                    handled = requests.getRequestTotal();
                } else if (now - quietSince > QUIET.toNanos()
                        || connector().getConnectedEndPoints().isEmpty()) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
