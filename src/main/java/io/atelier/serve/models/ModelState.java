package io.atelier.serve.models;

import java.util.Optional;

/**
 * How one model and version fares.
 *
 * @param key of the model
 * @param model that answers; empty if none could be loaded yet
 * @param problem why the file that lies there now is not the one that answers; empty if it is
 */
public record ModelState(ModelKey key, Optional<ServedModel> model, Optional<String> problem) {}
