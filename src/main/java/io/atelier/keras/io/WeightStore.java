package io.atelier.keras.io;

import io.atelier.keras.Tensor;
import io.atelier.keras.layer.Shape;
import io.atelier.keras.layer.WeightSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The weights in a model file, handed out layer by layer. */
interface WeightStore {
    /** The weights that the file has for a layer, in the file's order; each can be handed out once. */
    List<StoredWeight> claim(LayerEntry layer);

    /**
     * Tells which weights the layers have: a file may list those of a nested model in one row.
     *
     * @param weights by layer in the order of the model, each trainable only if the layer is
     */
    default void expect(Map<String, List<WeightSpec>> weights) {}

    /** What the file holds and nobody claimed, by path. */
    List<String> unclaimed();

    /**
     * A weight in the file.
     *
     * @param path where it stands in the file
     * @param name what the file calls it within its layer ({@code kernel}); empty where it goes by position
     * @param shape as stored
     */
    record StoredWeight(String path, Optional<String> name, Shape shape, Hdf5 file) {
        /** Reads the values. */
        Tensor read() {
            return file.tensor(path);
        }
    }
}
