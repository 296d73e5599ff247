/**
 * A Keras model as an immutable value: its layers, their weights, and the graph between them.
 * Readers make it, lowerings consume it; nothing here knows a file format or an engine.
 */
@NullMarked
package io.atelier.keras;

import org.jspecify.annotations.NullMarked;
