package io.atelier.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atelier.keras.Tensor;
import io.atelier.serve.models.ModelKey;
import io.atelier.serve.models.ModelRepository;
import io.atelier.serve.models.ModelState;
import io.atelier.serve.models.ServedModel;
import io.atelier.serve.models.Signature;
import io.atelier.serve.models.VersionLabel;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The REST interface of TensorFlow Serving: status, metadata and {@code :predict}.
 *
 * <p>Source: <a href="https://www.tensorflow.org/tfx/serving/api_rest">RESTful API</a> of TensorFlow Serving. A path that the
 * interface does not have is a malformed request and answered with 400, a model that is not there with 404.
 */
final class TensorFlowApi {
    private final ModelRepository models;
    private final Images images;
    private final Json json;
    private final RequestBody body;

    TensorFlowApi(ModelRepository models, Images images, Json json, RequestBody body) {
        this.models = models;
        this.images = images;
        this.json = json;
        this.body = body;
    }

    void register(RoutesConfig routes) {
        String every = "/v1/*";
        Handler malformed = TensorFlowApi::malformed;
        routes.get(every, this::get);
        routes.post(every, this::post);
        routes.put(every, malformed);
        routes.patch(every, malformed);
        routes.delete(every, malformed);
    }

    private static void malformed(Context context) {
        throw RequestException.badRequest("Malformed request: " + context.method() + " " + context.path());
    }

    private void get(Context context) {
        TensorFlowPath path = TensorFlowPath.ofGet(context.path()).orElse(null);
        if (path == null) {
            malformed(context);
        } else if (path.suffix().isPresent()) {
            use(path, model -> json.answer(context, out -> metadata(out, model)));
        } else {
            status(context, path);
        }
    }

    private static String name(TensorFlowPath path) {
        return path.model().orElseThrow(() -> RequestException.badRequest("Missing model name in request."));
    }

    /** The version that a path names, by its number or a label. */
    private Optional<Long> version(TensorFlowPath path) {
        return path.label()
                .map(label -> models.version(new VersionLabel(name(path), label))
                        .orElseThrow(
                                () -> RequestException.badRequest("Unrecognized servable version label: " + label)))
                .or(path::version);
    }

    private void use(TensorFlowPath path, Consumer<ServedModel> use) {
        boolean isFound = path.label()
                .map(label -> models.use(new VersionLabel(name(path), label), use))
                .orElseGet(() -> models.use(name(path), path.version(), use));
        if (!isFound) {
            throw notFound(path, version(path));
        }
    }

    private static RequestException notFound(TensorFlowPath path, Optional<Long> number) {
        String which = number.map(version -> "Specific(" + name(path) + ", " + version + ")")
                .orElseGet(() -> "Latest(" + name(path) + ")");
        return RequestException.notFound("Servable not found for request: " + which);
    }

    private void status(Context context, TensorFlowPath path) {
        String name = name(path);
        Optional<Long> version = version(path);
        List<ModelState> states = models.states(name).stream()
                .filter(state ->
                        version.map(wanted -> wanted == state.key().version()).orElse(true))
                .toList();
        if (states.isEmpty()) {
            throw RequestException.notFound("Could not find "
                    + version.map(wanted -> "version " + wanted).orElse("any versions") + " of model " + name);
        }
        json.answer(context, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("model_version_status");
            for (ModelState state : states) {
                status(out, state);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void status(JsonGenerator out, ModelState state) throws IOException {
        out.writeStartObject();
        out.writeStringField("version", Long.toString(state.key().version()));
        out.writeStringField("state", state.model().isPresent() ? "AVAILABLE" : "END");
        out.writeObjectFieldStart("status");
        out.writeStringField("error_code", state.problem().isPresent() ? "FAILED_PRECONDITION" : "OK");
        out.writeStringField("error_message", state.problem().orElse(""));
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void metadata(JsonGenerator out, ServedModel model) throws IOException {
        ModelKey key = model.key();
        out.writeStartObject();
        out.writeObjectFieldStart("model_spec");
        out.writeStringField("name", key.name());
        out.writeStringField("signature_name", "");
        out.writeStringField("version", Long.toString(key.version()));
        out.writeEndObject();
        out.writeObjectFieldStart("metadata");
        out.writeObjectFieldStart("signature_def");
        out.writeObjectFieldStart("signature_def");
        out.writeObjectFieldStart("serving_default");
        tensors(out, "inputs", model.signature().inputs());
        tensors(out, "outputs", model.signature().outputs());
        out.writeStringField("method_name", "tensorflow/serving/predict");
        out.writeObjectFieldStart("defaults");
        for (int open = 0; open < 6; open++) {
            out.writeEndObject();
        }
    }

    private static void tensors(JsonGenerator out, String field, List<Signature.Entry> entries) throws IOException {
        out.writeObjectFieldStart(field);
        for (Signature.Entry entry : entries) {
            out.writeObjectFieldStart(entry.name());
            out.writeStringField("dtype", Datatypes.tensorFlow(entry.dtype()));
            out.writeObjectFieldStart("tensor_shape");
            out.writeArrayFieldStart("dim");
            for (int size : entry.shape().toArray()) {
                out.writeStartObject();
                out.writeStringField("size", Integer.toString(size));
                out.writeStringField("name", "");
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeBooleanField("unknown_rank", false);
            out.writeEndObject();
            out.writeStringField("name", entry.name() + ":0");
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private void post(Context context) {
        TensorFlowPath path = TensorFlowPath.ofPost(context.path()).orElse(null);
        if (path == null) {
            malformed(context);
            return;
        }
        String method = path.suffix().orElseThrow();
        if (!method.equals("predict")) {
            throw RequestException.badRequest("Expected " + method + " signature method_name to be tensorflow/serving/"
                    + method + ". Was: tensorflow/serving/predict");
        }
        byte[] request = body.read(context);
        use(path, model -> predict(context, model, json.object(request, PredictRequest::read)));
    }

    private void predict(Context context, ServedModel model, PredictRequest request) {
        ModelInputs inputs = new ModelInputs(model, images);
        List<Tensor> outputs = model.engine()
                .predict(request.byRow() ? inputs.ofRows(request.values()) : inputs.ofColumns(request.values()));
        List<Signature.Entry> names = model.signature().outputs();
        json.answer(context, out -> {
            out.writeStartObject();
            if (request.byRow()) {
                rows(out, names, outputs);
            } else {
                columns(out, names, outputs);
            }
            out.writeEndObject();
        });
    }

    private static void rows(JsonGenerator out, List<Signature.Entry> names, List<Tensor> outputs) throws IOException {
        out.writeArrayFieldStart("predictions");
        for (int row = 0; row < outputs.get(0).shape().size(0); row++) {
            if (outputs.size() == 1) {
                TensorWriter.row(out, outputs.get(0), row);
            } else {
                out.writeStartObject();
                for (int i = 0; i < outputs.size(); i++) {
                    out.writeFieldName(names.get(i).name());
                    TensorWriter.row(out, outputs.get(i), row);
                }
                out.writeEndObject();
            }
        }
        out.writeEndArray();
    }

    private static void columns(JsonGenerator out, List<Signature.Entry> names, List<Tensor> outputs)
            throws IOException {
        out.writeFieldName("outputs");
        if (outputs.size() == 1) {
            TensorWriter.nested(out, outputs.get(0));
            return;
        }
        out.writeStartObject();
        for (int i = 0; i < outputs.size(); i++) {
            out.writeFieldName(names.get(i).name());
            TensorWriter.nested(out, outputs.get(i));
        }
        out.writeEndObject();
    }
}
