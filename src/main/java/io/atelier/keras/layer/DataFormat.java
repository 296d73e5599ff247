package io.atelier.keras.layer;

/** On which axis of an image, or of a sequence, the channels are. */
public enum DataFormat implements Named {
    /** {@code (batch, height, width, channels)}, Keras's default. */
    CHANNELS_LAST,
    /** {@code (batch, channels, height, width)}. */
    CHANNELS_FIRST;

    /** The index of the channels axis in a tensor of this rank. */
    public int channelsAxis(int rank) {
        return this == CHANNELS_LAST ? rank - 1 : 1;
    }

    /** The index of the first spatial axis. */
    public int firstSpatialAxis() {
        return this == CHANNELS_LAST ? 1 : 2;
    }
}
