package io.atelier.keras.layer;

/** What an {@link ElementwiseMerge} makes of values that stand in the same place. */
public enum MergeKind {
    ADD("Add"),
    SUBTRACT("Subtract"),
    MULTIPLY("Multiply"),
    AVERAGE("Average"),
    MAXIMUM("Maximum"),
    MINIMUM("Minimum");

    private final String className;

    MergeKind(String className) {
        this.className = className;
    }

    /** Keras's name for the layer: {@code Add}. */
    public String className() {
        return className;
    }
}
