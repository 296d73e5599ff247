package io.atelier.data;

/**
 * An image that was passed over because it cannot be read.
 *
 * @param name of the image, as {@link ImageSource#name()}
 * @param reason a sentence that begins with the name
 */
public record SkippedImage(String name, String reason) {}
