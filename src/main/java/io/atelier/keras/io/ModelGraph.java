package io.atelier.keras.io;

import io.atelier.keras.KerasModel;
import io.atelier.keras.NestedModel;
import io.atelier.keras.TensorRef;
import java.util.List;

/**
 * A model's config, before the options of its layers are understood.
 *
 * @param layers some of which may be models themselves, until {@link ModelInliner} has put their layers in their place
 * @param nestedModels those that {@link ModelInliner} has put in place
 */
record ModelGraph(
        String name,
        KerasModel.Kind kind,
        List<LayerEntry> layers,
        List<TensorRef> inputs,
        List<TensorRef> outputs,
        List<NestedModel> nestedModels) {
    ModelGraph(
            String name,
            KerasModel.Kind kind,
            List<LayerEntry> layers,
            List<TensorRef> inputs,
            List<TensorRef> outputs) {
        this(name, kind, layers, inputs, outputs, List.of());
    }

    /** This graph, with all its layers applied to each step of a sequence. */
    ModelGraph ofEachStep() {
        return new ModelGraph(
                name, kind, layers.stream().map(LayerEntry::ofEachStep).toList(), inputs, outputs, nestedModels);
    }

    /** This graph, with all its layers frozen unless it is trainable. */
    ModelGraph withTrainable(boolean isTrainable) {
        return isTrainable
                ? this
                : new ModelGraph(
                        name, kind, layers.stream().map(LayerEntry::frozen).toList(), inputs, outputs, nestedModels);
    }
}
