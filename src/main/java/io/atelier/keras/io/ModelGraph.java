package io.atelier.keras.io;

import io.atelier.keras.KerasModel;
import io.atelier.keras.TensorRef;
import java.util.List;

/** A model's config, before the options of its layers are understood. */
record ModelGraph(
        String name, KerasModel.Kind kind, List<LayerEntry> layers, List<TensorRef> inputs, List<TensorRef> outputs) {}
