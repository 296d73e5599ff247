package io.atelier.serve;

import io.atelier.classify.Prediction;
import io.atelier.serve.models.BatchListener;
import io.atelier.serve.models.ModelKey;
import io.atelier.serve.models.ModelRepository;
import io.atelier.serve.models.ReloadListener;
import io.atelier.serve.models.ServedModel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.stream.Stream;

/** The figures that a server keeps of itself, as Prometheus reads them. Thread-safe. */
final class Metrics implements BatchListener, ReloadListener, AutoCloseable {
    private static final Duration[] LATENCIES = Stream.of(
                    500L,
                    1_000L,
                    2_500L,
                    5_000L,
                    10_000L,
                    25_000L,
                    50_000L,
                    100_000L,
                    250_000L,
                    500_000L,
                    1_000_000L,
                    2_500_000L,
                    10_000_000L)
            .map(micros -> Duration.ofNanos(micros * 1_000))
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final DistributionSummary batchRows = DistributionSummary.builder("atelier.batch.rows")
            .description("Rows of each batch that was computed")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128)
            .register(registry);
    private final DistributionSummary batchRequests = DistributionSummary.builder("atelier.batch.requests")
            .description("Requests that each batch was put together of")
            .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128)
            .register(registry);

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbage.bindTo(registry);
    }

    /** Watches how many requests wait. */
    void watch(ModelRepository models) {
        Gauge.builder("atelier.queue.depth", models, Metrics::queued)
                .description("Requests that wait for a batch")
                .register(registry);
    }

    private static double queued(ModelRepository models) {
        return models.states().stream()
                .flatMap(state -> state.model().stream())
                .mapToInt(ServedModel::queued)
                .sum();
    }

    /** A request was answered. */
    void answered(String method, String route, int status, long nanos) {
        Timer.builder("atelier.requests")
                .description("Time from the first byte of a request to its answer")
                .serviceLevelObjectives(LATENCIES)
                .tag("method", method)
                .tag("route", route)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    /** An image was classified. */
    <L> void predicted(ModelKey model, Prediction<L> prediction) {
        Counter.builder("atelier.predictions")
                .description("Images by the label that the model gave them")
                .tag("model", model.name())
                .tag("version", Long.toString(model.version()))
                .tag("label", prediction.labels().displayName(prediction.item()))
                .register(registry)
                .increment();
    }

    @Override
    public void computed(int requests, int rows) {
        batchRows.record(rows);
        batchRequests.record(requests);
    }

    @Override
    public void loaded(ServedModel model) {
        reloaded(model.key(), "loaded");
    }

    @Override
    public void refused(ModelKey key, RuntimeException reason) {
        reloaded(key, "refused");
    }

    private void reloaded(ModelKey key, String outcome) {
        Counter.builder("atelier.model.loads")
                .description("Model files that were loaded, or refused")
                .tag("model", key.name())
                .tag("version", Long.toString(key.version()))
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** Everything in Prometheus's text format. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
