package io.atelier.cli;

import io.atelier.engine.Engine;
import io.atelier.serve.ApiKey;
import io.atelier.serve.AtelierServer;
import io.atelier.serve.RequestLimits;
import io.atelier.serve.Tls;
import io.atelier.serve.models.Batching;
import io.atelier.serve.models.ImageOptions;
import io.atelier.serve.models.ModelKey;
import io.atelier.serve.models.ModelSource;
import io.atelier.serve.models.ModelSourceException;
import io.atelier.serve.models.ModelSpec;
import io.atelier.serve.models.ModelState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves models over HTTP until it is told to end. */
@Command(
        name = "serve",
        description = "Serve models over HTTP: a page, /classify, TensorFlow Serving's REST interface and the Open"
                + " Inference Protocol. Ends on SIGTERM or Ctrl-C, after every accepted request is answered.")
final class ServeCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "MODEL",
            description = "A .keras or .h5 file, as NAME=FILE or FILE; a folder of NAME/VERSION/model.keras; or a .yaml"
                    + " or .json file that lists models.")
    private List<String> models = List.of();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "0 takes any that is free (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen; 0.0.0.0 is every network (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "A label a line, for models that are given as files (default: labels.txt beside the model).")
    private Optional<Path> labels = Optional.empty();

    @Option(
            names = "--max-batch",
            paramLabel = "ROWS",
            defaultValue = "32",
            description = "Rows of a batch at most; 1 computes each request alone (default: ${DEFAULT-VALUE}).")
    private int maxBatch = 32;

    @Option(
            names = "--max-delay",
            paramLabel = "MS",
            defaultValue = "0",
            description = "How long a request waits for others to share a batch with; a lone one never does (default:"
                    + " ${DEFAULT-VALUE}).")
    private long maxDelay;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "256",
            description = "How many requests may wait for a model; more are answered with 503 (default:"
                    + " ${DEFAULT-VALUE}).")
    private int queue = 256;

    @Option(
            names = "--deadline",
            paramLabel = "MS",
            defaultValue = "10000",
            description = "By when a request is computed or answered with 504 (default: ${DEFAULT-VALUE}).")
    private long deadline = 10_000;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "16777216",
            description = "Of a request (default: ${DEFAULT-VALUE}).")
    private long maxBody = 16L << 20;

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            defaultValue = "16000000",
            description = "Of an image (default: ${DEFAULT-VALUE}).")
    private long maxPixels = 16_000_000;

    @Option(names = "--api-key-file", paramLabel = "FILE", description = "A file with the key that clients must send.")
    private Optional<Path> apiKeyFile = Optional.empty();

    @Option(names = "--admin-only", description = "The key is needed for /metrics and /admin only.")
    private boolean adminOnly;

    @Option(
            names = "--cors",
            paramLabel = "ORIGIN",
            description = "An origin whose pages may call the server, such as https://shop.example; may be repeated.")
    private List<String> cors = List.of();

    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            description = "Serve HTTPS with this PKCS#12 keystore; its password is in ATELIER_KEYSTORE_PASSWORD.")
    private Optional<Path> keystore = Optional.empty();

    @Option(names = "--access-log", description = "Print a line of JSON for each request.")
    private boolean accessLog;

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() throws InterruptedException {
        AtelierServer server = start();
        PrintWriter out = console.out();
        for (ModelState state : server.models()) {
            out.println(state.key() + ": "
                    + state.problem()
                            .orElseGet(() -> state.model()
                                    .flatMap(model -> model.proof())
                                    .map(report -> "ready, computes what its reference holds")
                                    .orElse("ready")));
        }
        out.println("listening at " + server.url());
        out.flush();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "atelier-shutdown"));
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private AtelierServer start() {
        try {
            AtelierServer.Builder builder = AtelierServer.builder()
                    .host(host)
                    .port(port)
                    .batching(Batching.DEFAULT
                            .withMaxRows(maxBatch)
                            .withMaxDelay(Duration.ofMillis(maxDelay))
                            .withQueueCapacity(queue)
                            .withDeadline(Duration.ofMillis(deadline)))
                    .limits(RequestLimits.DEFAULT.withMaxBodyBytes(maxBody).withMaxPixels(maxPixels))
                    .corsOrigins(cors);
            models.forEach(model -> builder.models(source(model)));
            apiKey().ifPresent(builder::apiKey);
            keystore.ifPresent(file -> builder.tls(new Tls(file, password())));
            if (accessLog) {
                PrintWriter out = console.out();
                builder.accessLog(line -> {
                    out.println(line);
                    out.flush();
                });
            }
            return builder.start();
        } catch (IllegalArgumentException e) {
            throw console.wrong(e);
        } catch (ModelSourceException e) {
            throw CommandException.unreadable(e);
        }
    }

    private ModelSource source(String model) {
        int equals = model.indexOf('=');
        Path path = Path.of(model.substring(equals + 1));
        boolean isFile = equals >= 0 || Files.isRegularFile(path) && !isConfig(path);
        if (!isFile) {
            if (labels.isPresent() && Files.exists(path)) {
                throw new IllegalArgumentException("option '--labels' is for models that are given as files; " + path
                        + " is none: put labels.txt beside its models, or name the labels in the config file");
            }
            return ModelSource.of(path);
        }
        String name = equals >= 0 ? model.substring(0, equals) : ModelSource.nameOf(path);
        ImageOptions images = labels.map(ImageOptions.DEFAULT::withLabels).orElse(ImageOptions.DEFAULT);
        return ModelSource.of(new ModelSpec(new ModelKey(name, 1), path, images, Engine.DEFAULT));
    }

    private static boolean isConfig(Path path) {
        return path.toString().matches("(?i).*\\.(yaml|yml|json)");
    }

    private Optional<ApiKey> apiKey() {
        return apiKeyFile.map(file -> {
            try {
                return ApiKey.of(Files.readString(file), adminOnly ? ApiKey.Scope.ADMIN : ApiKey.Scope.EVERYTHING);
            } catch (IOException e) {
                throw CommandException.unreadable(file + ": the API key cannot be read (" + e + ")", e);
            }
        });
    }

    private static String password() {
        return Optional.ofNullable(System.getenv("ATELIER_KEYSTORE_PASSWORD")).orElse("");
    }
}
