package io.atelier.classify;

/**
 * How an image of other proportions is brought to the model's size.
 *
 * <p>Whatever the way, the image is scaled as Pillow's {@code resize(size, Image.BILINEAR)} does, within one grey level:
 * every pixel of the source counts when an image is made smaller. An image that already has the model's size is not
 * touched.
 */
public enum Fit {
    /**
     * The whole image, in proportion, centred; the bars are filled with the median colour of the image's outermost
     * pixels. Pillow: {@code ImageOps.pad}.
     */
    LETTERBOX,
    /** The largest centred part of the image that has the model's proportions. Pillow: {@code ImageOps.fit}. */
    CROP,
    /** The whole image, out of proportion if need be; what Keras's {@code image_dataset_from_directory} does. */
    STRETCH
}
