package io.atelier.serve;

import io.atelier.classify.ImageClassifier;
import io.atelier.serve.models.ModelRepository;
import io.atelier.serve.models.ModelState;
import io.atelier.serve.models.ServedModel;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Finds the model that a request about images is for: {@code ?model=NAME&version=N}, or the first that takes images. */
final class ImageModels {
    private final ModelRepository models;

    ImageModels(ModelRepository models) {
        this.models = models;
    }

    /**
     * Uses the model that a request names.
     *
     * @throws RequestException 404 if there is none, 400 if it takes no images
     */
    void use(Context context, BiConsumer<ServedModel, ImageClassifier<?>> use) {
        Optional<Long> version = version(context);
        String name = Optional.ofNullable(context.queryParam("model")).orElseGet(this::first);
        boolean isFound = models.use(name, version, model -> {
            ImageClassifier<?> classifier = model.classifier()
                    .orElseThrow(
                            () -> RequestException.badRequest("the model '" + name + "' takes tensors, not images"));
            use.accept(model, classifier);
        });
        if (!isFound) {
            throw notFound(name, version);
        }
    }

    /** Refuses parameters that would have no effect: a misspelt one would ask for another answer than the one it gets. */
    static void checkParameters(Context context, String... known) {
        context.queryParamMap().forEach((name, values) -> {
            if (!List.of(known).contains(name)) {
                throw RequestException.badRequest(
                        "the parameter '" + name + "' is not known; expected one of " + List.of(known));
            }
            if (values.size() > 1) {
                throw RequestException.badRequest("the parameter '" + name + "' is given " + values.size() + " times");
            }
        });
    }

    static RequestException notFound(String name, Optional<Long> version) {
        return RequestException.notFound("there is no model '" + name + "'"
                + version.map(number -> " of version " + number).orElse(""));
    }

    /** The version that a request names. */
    static Optional<Long> version(Context context) {
        String version = context.queryParam("version");
        if (version != null && !version.matches("\\d{1,18}")) {
            throw RequestException.badRequest("'version' is a number; received '" + version + "'");
        }
        return Optional.ofNullable(version).map(Long::valueOf);
    }

    private String first() {
        return models.states().stream()
                .filter(state -> state.model().flatMap(ServedModel::classifier).isPresent())
                .map(ModelState::key)
                .findFirst()
                .orElseThrow(() -> RequestException.notFound("there is no model that takes images"))
                .name();
    }
}
