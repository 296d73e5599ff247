package io.atelier.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import io.atelier.classify.ImageClassifier;
import io.atelier.classify.InvalidImageException;
import io.atelier.classify.Prediction;
import io.atelier.keras.Tensor;
import io.atelier.serve.Uploads.Upload;
import io.atelier.serve.models.ServedModel;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code POST /classify}: images in, labels and confidences out. An image that cannot be classified spoils no other. */
final class ClassifyApi {
    private static final int DEFAULT_TOP = 3;

    private final ImageModels models;
    private final Images images;
    private final Json json;
    private final Uploads uploads;
    private final Metrics metrics;

    ClassifyApi(ImageModels models, Images images, Json json, Uploads uploads, Metrics metrics) {
        this.models = models;
        this.images = images;
        this.json = json;
        this.uploads = uploads;
        this.metrics = metrics;
    }

    void register(RoutesConfig routes) {
        routes.post("/classify", this::classify);
    }

    /** What came of one image: a prediction, or the sentence that says why there is none. */
    private record Outcome(Upload upload, Optional<Prediction<?>> prediction, String problem) {}

    private void classify(Context context) {
        ImageModels.checkParameters(context, "model", "version", "top");
        int top = top(context);
        models.use(context, (model, classifier) -> {
            List<Upload> received = uploads.read(context);
            List<Outcome> outcomes = classify(classifier, received);
            outcomes.forEach(outcome -> outcome.prediction().ifPresent(found -> metrics.predicted(model.key(), found)));
            if (outcomes.stream().allMatch(outcome -> outcome.prediction().isEmpty())) {
                json.answer(context, 400, out -> refused(out, outcomes));
            } else {
                json.answer(context, out -> write(out, model, outcomes, top));
            }
        });
    }

    private static int top(Context context) {
        String top = context.queryParam("top");
        if (top == null) {
            return DEFAULT_TOP;
        }
        if (!top.matches("[1-9]\\d{0,5}")) {
            throw RequestException.badRequest("'top' is a number from 1; received '" + top + "'");
        }
        return Integer.parseInt(top);
    }

    private List<Outcome> classify(ImageClassifier<?> classifier, List<Upload> received) {
        List<Optional<String>> problems = new ArrayList<>();
        List<Tensor> prepared = new ArrayList<>();
        for (Upload upload : received) {
            try {
                prepared.add(images.prepare(classifier, upload.bytes()));
                problems.add(Optional.empty());
            } catch (InvalidImageException e) {
                problems.add(Optional.of(String.valueOf(e.getMessage())));
            }
        }
        List<? extends Prediction<?>> predictions =
                prepared.isEmpty() ? List.of() : classifier.classifyBatch(Tensor.joined(prepared));
        List<Outcome> outcomes = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < received.size(); i++) {
            Optional<Prediction<?>> prediction =
                    problems.get(i).isEmpty() ? Optional.of(predictions.get(next++)) : Optional.empty();
            outcomes.add(
                    new Outcome(received.get(i), prediction, problems.get(i).orElse("")));
        }
        return outcomes;
    }

    private static void refused(JsonGenerator out, List<Outcome> outcomes) throws IOException {
        out.writeStartObject();
        out.writeStringField("error", outcomes.get(0).problem());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, ServedModel model, List<Outcome> outcomes, int top)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("model", model.key().name());
        out.writeStringField("version", Long.toString(model.key().version()));
        out.writeArrayFieldStart("images");
        for (Outcome outcome : outcomes) {
            out.writeStartObject();
            if (outcome.upload().file().isPresent()) {
                out.writeStringField("file", outcome.upload().file().get());
            }
            if (outcome.prediction().isPresent()) {
                prediction(out, outcome.prediction().get(), top);
            } else {
                out.writeStringField("error", outcome.problem());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** The most likely label, and the {@code top} ones in their order. */
    static <L> void prediction(JsonGenerator out, Prediction<L> prediction, int top) throws IOException {
        List<Prediction.Score<L>> ranked = prediction.ranked();
        out.writeStringField("label", prediction.labels().displayName(prediction.item()));
        out.writeNumberField("confidence", prediction.confidence());
        out.writeArrayFieldStart("predictions");
        for (Prediction.Score<L> score : ranked.subList(0, Math.min(top, ranked.size()))) {
            out.writeStartObject();
            out.writeStringField("label", prediction.labels().displayName(score.item()));
            out.writeNumberField("confidence", score.probability());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
