package io.atelier.keras.layer;

/** What a layer has to do with masks: the flags, one a time step, that say which steps count. */
public enum MaskUse {
    /** The layer takes no notice of a mask, and its output has none. */
    DROPS,
    /** The layer takes no notice of a mask, and its output has the mask of its first input. */
    PASSES,
    /** The output has a mask, which the layer makes of its input's values. */
    MAKES,
    /** The layer's values or its output's mask depend on the masks of its inputs. */
    USES,
    /** As USES; the output has the mask of the first input, and Keras 3 takes the masks of all inputs away from other layers. */
    TAKES
}
