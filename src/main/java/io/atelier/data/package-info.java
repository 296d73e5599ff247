/**
 * Datasets of labelled images: IDX files as MNIST and Fashion-MNIST come in, and folders of named images.
 * Files are untrusted: sizes are checked before memory is taken, and every refusal says what was expected.
 */
@NullMarked
package io.atelier.data;

import org.jspecify.annotations.NullMarked;
