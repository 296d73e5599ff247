package io.atelier.keras.io;

import io.atelier.keras.TensorRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A layer as a model's config lists it, before its options are understood.
 *
 * @param name unique within the model
 * @param fileClassName the class as the file names it: {@code Convolution2D}
 * @param className the class in Keras 3's terms: {@code Conv2D}
 * @param config its options in Keras 3's terms
 * @param calls the inputs of each call, in the order of node indices
 */
record LayerEntry(
        String name,
        String fileClassName,
        String className,
        Map<String, @Nullable Object> config,
        List<List<TensorRef>> calls) {
    LayerEntry withCalls(List<List<TensorRef>> newCalls) {
        return new LayerEntry(name, fileClassName, className, config, newCalls);
    }
}
