package io.atelier.keras.io;

import io.atelier.keras.InvalidModelException;
import java.nio.charset.StandardCharsets;

/** What a model comes in, told by its first bytes. */
enum Container {
    /** {@code .keras}. */
    ZIP,
    /** {@code .h5}, {@code .hdf5}. */
    HDF5,
    /** What {@code model.to_json()} gives. */
    JSON;

    private static final byte[] ZIP_SIGNATURE = {'P', 'K', 3, 4};
    private static final byte[] HDF5_SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    /** An HDF5 file may have a user block in front, of 512 bytes or a doubling of it. */
    private static final long LAST_SIGNATURE_OFFSET = 1 << 20;

    private static final int LONGEST_INDENT = 64;

    static Container of(ModelSource source) {
        if (source.sizeBytes() == 0) {
            throw new InvalidModelException(source.name(), "the file is empty; copy it again or save the model again");
        }
        if (source.hasAt(0, ZIP_SIGNATURE)) {
            return ZIP;
        }
        if (isHdf5(source)) {
            return HDF5;
        }
        String beginning = new String(source.bytesAt(0, LONGEST_INDENT), StandardCharsets.UTF_8);
        if (beginning.replace("\uFEFF", "").stripLeading().startsWith("{")) {
            return JSON;
        }
        throw new InvalidModelException(
                source.name(),
                "expected a Keras model, an HDF5 (.h5) or zip (.keras) file; received a file that begins with "
                        + source.beginning() + ". Save the model with model.save('model.keras')");
    }

    private static boolean isHdf5(ModelSource source) {
        for (long offset = 0; offset <= LAST_SIGNATURE_OFFSET; offset = offset == 0 ? 512 : offset * 2) {
            if (source.hasAt(offset, HDF5_SIGNATURE)) {
                return true;
            }
        }
        return false;
    }
}
