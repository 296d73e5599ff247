package io.atelier.keras;

import java.util.Optional;

/** How masks go from layer to layer, which differs between Keras 2 and Keras 3 however the layers are configured. */
public enum MaskRules {
    /**
     * Keras 2's: of merged tensors, a step counts if it does in all that have a mask, and their values do not depend on masks; a layer that
     * is called with an initial state takes its mask; TimeDistributed asks the layer within for the output's mask.
     */
    KERAS_2,
    /**
     * Keras 3's: of merged tensors, a step counts if it does in any, unless one has no mask; some merges leave masked values out; a layer that is called with
     * an initial state takes no mask; TimeDistributed hands its mask on; MultiHeadAttention takes the masks of its inputs
     * away from the layers that come after it.
     */
    KERAS_3;

    /** The rules for a model; Keras 3's if its version is not known. */
    public static MaskRules of(KerasModel model) {
        Optional<String> version = model.origin().kerasVersion();
        boolean isOld = version.isPresent()
                ? !version.get().startsWith("3")
                : model.origin().format() == ModelOrigin.Format.H5
                        || model.origin().format() == ModelOrigin.Format.JSON;
        return isOld ? KERAS_2 : KERAS_3;
    }
}
