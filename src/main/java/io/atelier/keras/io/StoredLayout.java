package io.atelier.keras.io;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.LayerConfig;
import io.atelier.keras.layer.TimeDistributed;
import io.atelier.keras.layer.WeightSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a file lays out the weights of a layer, and how they become those of Keras 3. */
interface StoredLayout {
    /**
     * The layout of a layer's weights.
     *
     * @param storedCount how many arrays the file has for the layer
     */
    static StoredLayout of(ModelFile file, LayerEntry entry, LayerConfig config, int storedCount) {
        if (config instanceof TimeDistributed && entry.timesOfEachStep() > 0) {
            return of(file, entry.ofOneStep(), StepwiseLayers.ofOneStep(config, entry.timesOfEachStep()), storedCount);
        }
        if (config instanceof TimeDistributed each) {
            return of(
                    file,
                    LayerEntry.nested("layer", entry.config().getOrDefault("layer", "")),
                    each.layer(),
                    storedCount);
        }
        if (isForCudnn(entry)) {
            return new CudnnLayout();
        }
        Optional<StoredLayout> gates =
                file.majorVersion() == 1 ? Keras1Gates.of(config, storedCount) : Optional.empty();
        return gates.orElseGet(() -> LegacyKernels.of(file, config));
    }

    private static boolean isForCudnn(LayerEntry entry) {
        return entry.className().startsWith("CuDNN")
                || (entry.className().equals("Bidirectional")
                        && entry.config().get("layer") instanceof Map<?, ?> layer
                        && isForCudnn(LayerEntry.nested("layer", layer)));
    }

    /** What the file has for the weights that a layer has in Keras 3, in the file's order. */
    List<WeightSpec> stored(List<WeightSpec> specs);

    /**
     * The weights by Keras 3's names, in the order of {@code specs}.
     *
     * @param stored by the names that {@link #stored} gave
     */
    Map<String, Tensor> convert(List<WeightSpec> specs, Map<String, Tensor> stored);
}
