package io.atelier.keras;

import java.util.Optional;

/**
 * Where a model came from.
 *
 * @param source a file name, a URL, or {@code <stream>}
 * @param format the kind of file
 * @param kerasVersion that wrote it: {@code 3.15.1}; empty where the file does not say
 * @param backend that Keras ran on: {@code tensorflow}; empty where the file does not say
 */
public record ModelOrigin(String source, Format format, Optional<String> kerasVersion, Optional<String> backend) {
    /** The kinds of model file. */
    public enum Format {
        /** HDF5, the whole model in one file. */
        H5("h5"),
        /** A zip archive with a JSON config and HDF5 weights. */
        KERAS("keras"),
        /** An architecture as JSON, with weights in a file of their own. */
        JSON("json"),
        /** Made by a program. */
        MEMORY("memory");

        private final String id;

        Format(String id) {
            this.id = id;
        }

        /** The name as it is written in reports: {@code h5}. */
        public String id() {
            return id;
        }
    }

    /** The origin of a model that a program made. */
    public static ModelOrigin memory() {
        return new ModelOrigin("<memory>", Format.MEMORY, Optional.empty(), Optional.empty());
    }
}
