package io.atelier.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atelier.keras.Tensor;
import io.atelier.serve.models.ModelRepository;
import io.atelier.serve.models.ModelState;
import io.atelier.serve.models.ServedModel;
import io.atelier.serve.models.Signature;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The REST interface of the <a href="https://github.com/kserve/open-inference-protocol">Open Inference Protocol</a>, version 2,
 * as KServe's servers speak it, with tensors as JSON or as bytes.
 */
final class OpenInferenceApi {
    private final ModelRepository models;
    private final Images images;
    private final Json json;
    private final RequestBody body;
    private final BooleanSupplier isReady;

    OpenInferenceApi(ModelRepository models, Images images, Json json, RequestBody body, BooleanSupplier isReady) {
        this.models = models;
        this.images = images;
        this.json = json;
        this.body = body;
        this.isReady = isReady;
    }

    void register(RoutesConfig routes) {
        routes.get("/v2", this::server);
        routes.get("/v2/health/live", context -> flag(context, "live", true));
        routes.get("/v2/health/ready", context -> flag(context, "ready", isReady.getAsBoolean()));
        for (String model : List.of("/v2/models/{model}", "/v2/models/{model}/versions/{version}")) {
            routes.get(model, this::metadata);
            routes.get(model + "/ready", this::ready);
            routes.post(model + "/infer", this::infer);
        }
    }

    private void server(Context context) {
        json.answer(context, out -> {
            out.writeStartObject();
            out.writeStringField("name", "atelier");
            out.writeStringField("version", Version.NUMBER);
            out.writeArrayFieldStart("extensions");
            out.writeString("binary_tensor_data");
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private void flag(Context context, String name, boolean value) {
        json.answer(context, value ? 200 : 503, out -> {
            out.writeStartObject();
            out.writeBooleanField(name, value);
            out.writeEndObject();
        });
    }

    private void ready(Context context) {
        String name = context.pathParam("model");
        List<ModelState> states = models.states(name).stream()
                .filter(state -> version(context)
                        .map(wanted -> wanted == state.key().version())
                        .orElse(true))
                .toList();
        if (states.isEmpty()) {
            throw notFound(context);
        }
        boolean ready = states.stream().anyMatch(state -> state.model().isPresent());
        json.answer(context, ready ? 200 : 503, out -> {
            out.writeStartObject();
            out.writeStringField("name", name);
            out.writeBooleanField("ready", ready);
            out.writeEndObject();
        });
    }

    private static Optional<Long> version(Context context) {
        String version = context.pathParamMap().get("version");
        if (version == null) {
            return Optional.empty();
        }
        if (!version.matches("\\d{1,18}")) {
            throw RequestException.notFound("a version is a number; received '" + version + "'");
        }
        return Optional.of(Long.valueOf(version));
    }

    private static RequestException notFound(Context context) {
        return RequestException.notFound("there is no model '" + context.pathParam("model") + "'"
                + version(context).map(version -> " of version " + version).orElse(""));
    }

    private void metadata(Context context) {
        boolean isFound = models.use(context.pathParam("model"), version(context), model -> {
            json.answer(context, out -> metadata(out, model));
        });
        if (!isFound) {
            throw notFound(context);
        }
    }

    private void metadata(JsonGenerator out, ServedModel model) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", model.key().name());
        out.writeArrayFieldStart("versions");
        for (ModelState state : models.states(model.key().name())) {
            if (state.model().isPresent()) {
                out.writeString(Long.toString(state.key().version()));
            }
        }
        out.writeEndArray();
        out.writeStringField(
                "platform", "keras_" + model.model().origin().format().id());
        tensors(out, "inputs", model.signature().inputs());
        tensors(out, "outputs", model.signature().outputs());
        out.writeEndObject();
    }

    private static void tensors(JsonGenerator out, String field, List<Signature.Entry> entries) throws IOException {
        out.writeArrayFieldStart(field);
        for (Signature.Entry entry : entries) {
            out.writeStartObject();
            out.writeStringField("name", entry.name());
            out.writeStringField("datatype", Datatypes.openInference(entry.dtype()));
            out.writeFieldName("shape");
            int[] shape = entry.shape().toArray();
            out.writeArray(shape, 0, shape.length);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void infer(Context context) {
        Optional<Long> version = version(context);
        InferBody request = InferBody.of(context, body.read(context));
        boolean isFound = models.use(context.pathParam("model"), version, model -> {
            infer(context, model, json.object(request.json(), parser -> InferRequest.read(parser, request)));
        });
        if (!isFound) {
            throw notFound(context);
        }
    }

    private void infer(Context context, ServedModel model, InferRequest request) {
        List<InferAnswer.Output> wanted = wanted(model, request);
        List<Tensor> outputs = model.engine().predict(new ModelInputs(model, images).ofNamed(request.inputs()));
        new InferAnswer(model.key(), request.id(), wanted, outputs).send(context, json);
    }

    /** The outputs that are asked for, in the order in which they are. */
    private static List<InferAnswer.Output> wanted(ServedModel model, InferRequest request) {
        List<String> names =
                model.signature().outputs().stream().map(Signature.Entry::name).toList();
        List<InferRequest.Output> asked = request.outputs().isEmpty()
                ? names.stream()
                        .map(name -> new InferRequest.Output(name, Optional.empty()))
                        .toList()
                : request.outputs();
        List<InferAnswer.Output> wanted = new ArrayList<>();
        for (InferRequest.Output output : asked) {
            int index = names.indexOf(output.name());
            if (index < 0) {
                throw RequestException.badRequest("the model has no output '" + output.name() + "'; expected " + names);
            }
            wanted.add(
                    new InferAnswer.Output(index, output.name(), output.binary().orElse(request.binaryOutput())));
        }
        return wanted;
    }
}
