package io.atelier.serve;

import io.atelier.classify.ImageLimits;
import io.atelier.serve.models.Batching;
import io.atelier.serve.models.ModelKey;
import io.atelier.serve.models.ModelRepository;
import io.atelier.serve.models.ModelSource;
import io.atelier.serve.models.ModelSpec;
import io.atelier.serve.models.ModelState;
import io.atelier.serve.models.ModelWatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A running HTTP server for models: TensorFlow Serving's REST interface, the Open Inference Protocol, {@code /classify} for
 * images, figures for Prometheus, and a page.
 *
 * <pre>{@code
 * try (AtelierServer server = AtelierServer.builder().model(Path.of("model.keras")).port(0).start()) {
 *     System.out.println(server.url());
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. {@link #close()} answers every request that was accepted before it returns.
 */
public final class AtelierServer implements AutoCloseable {
    private final ServerOptions options;
    private final Metrics metrics = new Metrics();
    private final ModelRepository models;
    private final HttpServer http;
    private final ModelWatcher watcher;
    private boolean isClosed;

    private AtelierServer(ModelSource source, ServerOptions options) {
        this.options = options;
        RequestLimits limits = options.limits();
        this.models = new ModelRepository(
                source,
                options.batching(),
                new ImageLimits(limits.maxPixels(), limits.maxBodyBytes()),
                metrics,
                metrics);
        try {
            models.load();
            metrics.watch(models);
            this.http = http(limits);
            http.start();
        } catch (RuntimeException | Error e) {
            models.close();
            metrics.close();
            throw e;
        }
        this.watcher = new ModelWatcher(models, options.reloadInterval());
    }

    private HttpServer http(RequestLimits limits) {
        Json json = new Json(limits);
        RequestBody body = new RequestBody(limits);
        Images images = new Images(options.batching());
        return new HttpServer(options, metrics, new Errors(json), routes -> {
            body.register(routes);
            new HealthApi(models, metrics, json, this::isReady).register(routes);
            new TensorFlowApi(models, images, json, body).register(routes);
            new OpenInferenceApi(models, images, json, body, this::isReady).register(routes);
            Uploads uploads = new Uploads(limits, body);
            ImageModels imageModels = new ImageModels(models);
            new ClassifyApi(imageModels, images, json, uploads, metrics).register(routes);
            new InspectApi(imageModels, images, json, uploads, metrics).register(routes);
            new ModelsApi(models, json).register(routes);
            new PageApi().register(routes);
        });
    }

    private boolean isReady() {
        return models.isReady() && !http.isDraining();
    }

    /** Options with their defaults, and no model yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** The port that is listened to: the one that was asked for, or a free one for 0. */
    public int port() {
        return http.port();
    }

    /** Where the page is: {@code http://127.0.0.1:8080/}. */
    public String url() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return (options.tls().isPresent() ? "https" : "http") + "://" + host + ":" + port() + "/";
    }

    /** The models, and how each fares. */
    public List<ModelState> models() {
        return models.states();
    }

    /** The routes there are: {@code GET /healthz}. */
    List<String> routes() {
        return http.routes();
    }

    /**
     * Takes no further connections, answers every request that was accepted, and frees the models. Closing twice does
     * nothing.
     */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        http.close();
        watcher.close();
        models.close();
        metrics.close();
    }

    /** Options of a server, to be set before it starts. */
    public static final class Builder {
        private final List<ModelSource> sources = new ArrayList<>();
        private String host = "127.0.0.1";
        private int port = 8080;
        private Batching batching = Batching.DEFAULT;
        private RequestLimits limits = RequestLimits.DEFAULT;
        private Optional<ApiKey> apiKey = Optional.empty();
        private List<String> corsOrigins = List.of();
        private Optional<Consumer<String>> accessLog = Optional.empty();
        private Optional<Tls> tls = Optional.empty();
        private Duration reloadInterval = Duration.ofSeconds(2);
        private Duration drainTimeout = Duration.ofSeconds(30);

        private Builder() {}

        /** Adds what a path leads to: a model file, a folder of {@code name/version/model.keras}, or a config file. */
        public Builder model(Path path) {
            return models(ModelSource.of(path));
        }

        /** Adds a model file under a name, as version 1. */
        public Builder model(String name, Path file) {
            return models(ModelSource.of(new ModelSpec(new ModelKey(name, 1), file)));
        }

        /** Adds the models of a source. */
        public Builder models(ModelSource source) {
            sources.add(source);
            return this;
        }

        /** The address to listen at; 127.0.0.1, which only this machine reaches, by default. */
        public Builder host(String address) {
            host = address;
            return this;
        }

        /**
         * The port to listen to, 0 for any that is free; 8080 by default.
         *
         * @throws IllegalArgumentException if it is not from 0 to 65535
         */
        public Builder port(int number) {
            if (number < 0 || number > 65_535) {
                throw new IllegalArgumentException("a port is from 0 to 65535; received " + number);
            }
            port = number;
            return this;
        }

        /** How requests are put together, how many wait and how long; {@link Batching#DEFAULT} by default. */
        public Builder batching(Batching value) {
            batching = value;
            return this;
        }

        /** What a client may ask; {@link RequestLimits#DEFAULT} by default. */
        public Builder limits(RequestLimits value) {
            limits = value;
            return this;
        }

        /** A key that clients must send; none by default. */
        public Builder apiKey(ApiKey key) {
            apiKey = Optional.of(key);
            return this;
        }

        /** The origins whose pages may call the server, such as {@code https://shop.example}; none by default. */
        public Builder corsOrigins(List<String> origins) {
            corsOrigins = List.copyOf(origins);
            return this;
        }

        /** What takes a line of JSON for each request, by many threads; none by default. */
        public Builder accessLog(Consumer<String> lines) {
            accessLog = Optional.of(lines);
            return this;
        }

        /** Listens for HTTPS; plain HTTP by default. */
        public Builder tls(Tls certificate) {
            tls = Optional.of(certificate);
            return this;
        }

        /** How often files are looked at; 2 seconds by default. A change is loaded when it is seen twice. */
        public Builder reloadInterval(Duration interval) {
            reloadInterval = interval;
            return this;
        }

        /** How long {@link AtelierServer#close()} waits for requests; 30 seconds by default. */
        public Builder drainTimeout(Duration timeout) {
            drainTimeout = timeout;
            return this;
        }

        /**
         * Loads the models and listens.
         *
         * @throws IllegalStateException if no model was added
         * @throws RuntimeException what keeps the first model from being loaded, if none can be; see
         *     {@link ModelRepository#load()}
         */
        public AtelierServer start() {
            if (sources.isEmpty()) {
                throw new IllegalStateException("expected at least one model; received none");
            }
            List<ModelSource> all = List.copyOf(sources);
            ModelSource joined = all.size() == 1 ? all.get(0) : ModelSource.joined(all);
            return new AtelierServer(
                    joined,
                    new ServerOptions(
                            host,
                            port,
                            batching,
                            limits,
                            apiKey,
                            corsOrigins,
                            accessLog,
                            tls,
                            reloadInterval,
                            drainTimeout));
        }
    }
}
