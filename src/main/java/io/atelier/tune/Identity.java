package io.atelier.tune;

import io.atelier.data.Dataset;
import io.atelier.train.Trainer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Tells runs apart whose numbers differ: a digest of the weights at the start, the options and the labels of the data. */
final class Identity {
    private final MessageDigest digest;

    private Identity() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String of(Trainer trainer, TuningOptions options, Dataset training, Optional<Dataset> validation) {
        Identity identity = new Identity();
        Trainer.Snapshot snapshot = trainer.snapshot();
        identity.add(snapshot.parameters());
        for (float[] slot : snapshot.slots()) {
            identity.add(slot);
        }
        identity.add(snapshot.steps() + " " + options.identity());
        identity.add(training);
        validation.ifPresent(identity::add);
        return HexFormat.of().formatHex(identity.digest.digest());
    }

    private void add(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(Dataset data) {
        add(data.classNames().toString());
        int[] labels = data.labels();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(labels.length, Integer.BYTES));
        bytes.asIntBuffer().put(labels);
        digest.update(bytes);
    }
}
