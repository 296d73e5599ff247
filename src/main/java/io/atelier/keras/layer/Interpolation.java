package io.atelier.keras.layer;

/** How values between those of a smaller image are found. */
public enum Interpolation implements Named {
    /** Each value is repeated. */
    NEAREST,
    /**
     * The mean of the nearest four, weighted by distance. Pixels are areas, not points: the middle of the first output
     * pixel lies before that of the first input pixel, and has its value.
     */
    BILINEAR
}
