package io.atelier.serve.models;

import io.atelier.engine.Engine;
import java.nio.file.Path;

/**
 * A model that is to be served.
 *
 * @param key under which clients find it
 * @param file that Keras saved
 * @param images how it takes images, if it does
 * @param engine that runs it
 */
public record ModelSpec(ModelKey key, Path file, ImageOptions images, Engine engine) {
    /** A model with everything else told by its file, on the default engine. */
    public ModelSpec(ModelKey key, Path file) {
        this(key, file, ImageOptions.DEFAULT, Engine.DEFAULT);
    }
}
