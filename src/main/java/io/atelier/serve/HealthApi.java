package io.atelier.serve;

import io.atelier.serve.models.ModelRepository;
import io.atelier.serve.models.ModelState;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.BooleanSupplier;

/** For those who run the server: whether it lives, whether it is ready, its figures, its models. */
final class HealthApi {
    private final ModelRepository models;
    private final Metrics metrics;
    private final Json json;
    private final BooleanSupplier isReady;

    HealthApi(ModelRepository models, Metrics metrics, Json json, BooleanSupplier isReady) {
        this.models = models;
        this.metrics = metrics;
        this.json = json;
        this.isReady = isReady;
    }

    void register(RoutesConfig routes) {
        routes.get("/healthz", context -> status(context, 200, "ok"));
        routes.get("/readyz", this::ready);
        routes.get(
                "/metrics",
                context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                        .result(metrics.scrape()));
        routes.get("/admin/models", this::listModels);
        routes.post("/admin/reload", this::reload);
    }

    private void ready(Context context) {
        boolean ready = isReady.getAsBoolean();
        status(context, ready ? 200 : 503, ready ? "ready" : "not ready");
    }

    private void status(Context context, int status, String text) {
        json.answer(context, status, out -> {
            out.writeStartObject();
            out.writeStringField("status", text);
            out.writeEndObject();
        });
    }

    /** Looks at the files now rather than when it is time to; twice, since one that changes is left alone at first. */
    private void reload(Context context) {
        if (models.refresh()) {
            models.refresh();
        }
        listModels(context);
    }

    private void listModels(Context context) {
        json.answer(context, out -> {
            out.writeStartObject();
            if (models.sourceProblem().isPresent()) {
                out.writeStringField("problem", models.sourceProblem().get());
            }
            out.writeArrayFieldStart("models");
            for (ModelState state : models.states()) {
                out.writeStartObject();
                out.writeStringField("name", state.key().name());
                out.writeStringField("version", Long.toString(state.key().version()));
                out.writeArrayFieldStart("labels");
                for (String label : models.labels(state.key())) {
                    out.writeString(label);
                }
                out.writeEndArray();
                out.writeBooleanField("available", state.model().isPresent());
                if (state.model().isPresent()) {
                    out.writeStringField(
                            "file", state.model().get().spec().file().toString());
                    out.writeStringField(
                            "reference",
                            state.model()
                                    .get()
                                    .proof()
                                    .map(report -> report.verdict().id())
                                    .orElse("none"));
                }
                if (state.problem().isPresent()) {
                    out.writeStringField("problem", state.problem().get());
                }
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }
}
