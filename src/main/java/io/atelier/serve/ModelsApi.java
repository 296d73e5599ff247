package io.atelier.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atelier.keras.ModelSummary;
import io.atelier.plot.ModelPlot;
import io.atelier.plot.PlotOptions;
import io.atelier.serve.models.ModelRepository;
import io.atelier.serve.models.ModelState;
import io.atelier.serve.models.ServedModel;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.function.BiConsumer;

/** What the page shows of each model: summary, graph, and the pictures beside it. */
final class ModelsApi {
    private final ModelRepository models;
    private final Json json;

    ModelsApi(ModelRepository models, Json json) {
        this.models = models;
        this.json = json;
    }

    void register(RoutesConfig routes) {
        routes.get("/models", context -> json.answer(context, this::list));
        routes.get("/models/{model}/summary", context -> use(context, this::summary));
        routes.get("/models/{model}/graph.svg", context -> use(context, ModelsApi::graph));
        routes.get("/models/{model}/gallery", context -> use(context, this::gallery));
        routes.get("/models/{model}/gallery/{image}", context -> use(context, ModelsApi::image));
    }

    private void use(Context context, BiConsumer<Context, ServedModel> use) {
        ImageModels.checkParameters(context, "version");
        String name = context.pathParam("model");
        if (!models.use(name, ImageModels.version(context), model -> use.accept(context, model))) {
            throw ImageModels.notFound(name, ImageModels.version(context));
        }
    }

    private void list(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("models");
        for (ModelState state : models.states()) {
            if (state.model().isPresent()) {
                out.writeStartObject();
                out.writeStringField("name", state.key().name());
                out.writeStringField("version", Long.toString(state.key().version()));
                out.writeBooleanField("images", state.model().get().classifier().isPresent());
                out.writeEndObject();
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void summary(Context context, ServedModel model) {
        ModelSummary summary = ModelSummary.of(model.model());
        json.answer(context, out -> {
            out.writeStartObject();
            out.writeStringField("name", summary.name());
            out.writeNumberField("parameters", model.model().parameterCount());
            out.writeStringField("total", summary.total().toString());
            out.writeStringField("trainable", summary.trainable().toString());
            out.writeStringField("nonTrainable", summary.nonTrainable().toString());
            if (summary.optimizer().isPresent()) {
                out.writeStringField("optimizer", summary.optimizer().get().toString());
            }
            out.writeArrayFieldStart("layers");
            for (ModelSummary.Row row : summary.rows()) {
                out.writeStartObject();
                out.writeStringField("name", row.layer());
                out.writeStringField("kind", row.className());
                out.writeStringField("shape", row.outputShape());
                out.writeNumberField("parameters", row.parameterCount());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void graph(Context context, ServedModel model) {
        context.contentType("image/svg+xml")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .result(ModelPlot.of(model.model(), PlotOptions.DEFAULT).toSvg());
    }

    private void gallery(Context context, ServedModel model) {
        json.answer(context, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("images");
            for (String name : new Gallery(model).names()) {
                out.writeString(name);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void image(Context context, ServedModel model) {
        String name = context.pathParam("image");
        Gallery gallery = new Gallery(model);
        byte[] image = gallery.read(name)
                .orElseThrow(() -> RequestException.notFound("there is no picture '" + name + "' beside the model"));
        context.contentType(Gallery.type(name)).result(image);
    }
}
