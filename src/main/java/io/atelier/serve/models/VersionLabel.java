package io.atelier.serve.models;

/**
 * What clients may say instead of a version: {@code stable}.
 *
 * @param model the name of the model whose version it stands for
 * @param label as it stands in a path
 */
public record VersionLabel(String model, String label) {
    /** The version that the label stands for, with its model's name. */
    ModelKey key(long version) {
        return new ModelKey(model, version);
    }

    /** {@code fashion/stable}. */
    @Override
    public String toString() {
        return model + "/" + label;
    }
}
