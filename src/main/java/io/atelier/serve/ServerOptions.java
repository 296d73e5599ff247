package io.atelier.serve;

import io.atelier.serve.models.Batching;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What {@link AtelierServer.Builder} was told. */
record ServerOptions(
        String host,
        int port,
        Batching batching,
        RequestLimits limits,
        Optional<ApiKey> apiKey,
        List<String> corsOrigins,
        Optional<Consumer<String>> accessLog,
        Optional<Tls> tls,
        Duration reloadInterval,
        Duration drainTimeout) {}
