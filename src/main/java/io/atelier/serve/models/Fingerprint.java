package io.atelier.serve.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * What tells that a model's files are no longer those that were read: time, size and identity of the model, its
 * reference and its labels.
 *
 * @param files a text for each
 */
record Fingerprint(List<String> files) {
    static Fingerprint of(ModelSpec spec) {
        return new Fingerprint(Stream.of(spec.file(), ModelLoader.reference(spec), ModelLoader.labels(spec))
                .map(Fingerprint::text)
                .toList());
    }

    private static String text(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException e) {
            return "not there";
        }
    }
}
