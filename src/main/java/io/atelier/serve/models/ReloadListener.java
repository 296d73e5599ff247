package io.atelier.serve.models;

/** Is told how the loading of each model went. */
public interface ReloadListener {
    /** A model was loaded and takes requests from now on. */
    void loaded(ServedModel model);

    /** A model could not be loaded; what answered before still does. */
    void refused(ModelKey key, RuntimeException reason);
}
