package io.atelier.serve;

import io.atelier.classify.ImageClassifier;
import io.atelier.serve.models.ModelRepository;
import io.atelier.serve.models.ModelState;
import io.atelier.serve.models.ServedModel;
import io.javalin.http.Context;
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
