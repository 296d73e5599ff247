package io.atelier.keras.io;

import io.atelier.keras.TensorRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A layer as a model's config lists it, before its options are understood.
 *
 * @param name unique within the model
 * @param fileClassName the class as the file names it: {@code Convolution2D}
 * @param className the class in Keras 3's terms: {@code Conv2D}
 * @param config its options in Keras 3's terms
 * @param calls the inputs of each call, in the order of node indices
 * @param nested what the layer consists of if it is a model
 */
record LayerEntry(
        String name,
        String fileClassName,
        String className,
        Map<String, @Nullable Object> config,
        List<List<TensorRef>> calls,
        Optional<ModelGraph> nested) {
    /** A layer that is no model. */
    LayerEntry(
            String name,
            String fileClassName,
            String className,
            Map<String, @Nullable Object> config,
            List<List<TensorRef>> calls) {
        this(name, fileClassName, className, config, calls, Optional.empty());
    }

    LayerEntry withCalls(List<List<TensorRef>> newCalls) {
        return new LayerEntry(name, fileClassName, className, config, newCalls, nested);
    }

    LayerEntry withName(String newName) {
        return new LayerEntry(newName, fileClassName, className, config, calls, nested);
    }

    /** This layer with further options. */
    LayerEntry withOptions(Map<String, ?> more) {
        Map<String, @Nullable Object> options = new HashMap<>(config);
        options.putAll(more);
        return new LayerEntry(name, fileClassName, className, options, calls, nested);
    }

    /** This layer, and all that is in it, as one that training leaves alone. */
    LayerEntry frozen() {
        LayerEntry frozen = withOptions(Map.of("trainable", false));
        return nested.map(model -> frozen.withNested(model.withTrainable(false)))
                .orElse(frozen);
    }

    LayerEntry withNested(ModelGraph model) {
        return new LayerEntry(name, fileClassName, className, config, calls, Optional.of(model));
    }
}
