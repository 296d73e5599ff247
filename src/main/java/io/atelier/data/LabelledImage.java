package io.atelier.data;

/**
 * An image and what it shows.
 *
 * @param image not decoded yet
 * @param label the position of its class among the names of the data set's classes, from 0
 */
public record LabelledImage(ImageSource image, int label) {}
