package io.atelier.tune;

import io.atelier.evaluate.EpochMetrics;
import io.atelier.train.Trainer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/** A {@link TuningState} as a file: a format of its own, for the program that wrote it, with a checksum at the end. */
final class CheckpointFile {
    private static final String MAGIC = "Atelier checkpoint 1";

    private CheckpointFile() {}

    /** Writes a file, and has it on the disk when this returns. */
    static void write(TuningState state, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(state, Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    private static void write(TuningState state, OutputStream stream) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(stream, 1 << 16), new CRC32());
        DataOutputStream out = new DataOutputStream(checked);
        out.writeUTF(MAGIC);
        out.writeUTF(state.identity());
        out.writeInt(state.epochs().size());
        for (EpochMetrics epoch : state.epochs()) {
            out.writeDouble(epoch.loss());
            out.writeDouble(epoch.accuracy());
            // No finite loss is written as this.
            out.writeDouble(epoch.validationLoss().orElse(Double.NaN));
            out.writeDouble(epoch.validationAccuracy().orElse(Double.NaN));
            out.writeLong(epoch.time().toNanos());
        }
        write(state.snapshot(), out);
        BestEpoch best = state.best();
        out.writeInt(best.epoch());
        out.writeDouble(best.loss());
        out.writeInt(best.waited());
        out.writeBoolean(best.snapshot().isPresent());
        if (best.snapshot().isPresent()) {
            write(best.snapshot().get(), out);
        }
        out.writeLong(checked.getChecksum().getValue());
        out.flush();
    }

    private static void write(Trainer.Snapshot snapshot, DataOutputStream out) throws IOException {
        out.writeLong(snapshot.steps());
        write(snapshot.parameters(), out);
        out.writeInt(snapshot.slots().length);
        for (float[] slot : snapshot.slots()) {
            write(slot, out);
        }
    }

    private static void write(float[] values, DataOutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    /**
     * Reads a file.
     *
     * @throws TuningException if it is damaged or no checkpoint
     */
    static TuningState read(Path file) {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            CheckedInputStream checked = new CheckedInputStream(stream, new CRC32());
            TuningState state = read(new DataInputStream(checked));
            long expected = checked.getChecksum().getValue();
            if (new DataInputStream(stream).readLong() != expected) {
                throw new IOException("its checksum is wrong");
            }
            return state;
        } catch (IOException e) {
            throw new TuningException(
                    file + ": the checkpoint is damaged, or of another version (" + e + "); remove it, and begin again",
                    e);
        }
    }

    private static TuningState read(DataInputStream in) throws IOException {
        if (!in.readUTF().equals(MAGIC)) {
            throw new IOException("it does not begin with '" + MAGIC + "'");
        }
        String identity = in.readUTF();
        int count = in.readInt();
        List<EpochMetrics> epochs = new ArrayList<>();
        for (int epoch = 1; epoch <= count; epoch++) {
            epochs.add(new EpochMetrics(
                    epoch,
                    in.readDouble(),
                    in.readDouble(),
                    optional(in.readDouble()),
                    optional(in.readDouble()),
                    Duration.ofNanos(in.readLong())));
        }
        Trainer.Snapshot snapshot = snapshot(in);
        int epoch = in.readInt();
        double loss = in.readDouble();
        int waited = in.readInt();
        Optional<Trainer.Snapshot> best = in.readBoolean() ? Optional.of(snapshot(in)) : Optional.empty();
        return new TuningState(identity, epochs, snapshot, new BestEpoch(epoch, loss, waited, best));
    }

    private static OptionalDouble optional(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static Trainer.Snapshot snapshot(DataInputStream in) throws IOException {
        long steps = in.readLong();
        float[] parameters = floats(in);
        List<float[]> slots = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            slots.add(floats(in));
        }
        return new Trainer.Snapshot(parameters, slots.toArray(float[][]::new), steps);
    }

    private static float[] floats(DataInputStream in) throws IOException {
        long bytes = (long) in.readInt() * Float.BYTES;
        if (bytes < 0 || bytes > Integer.MAX_VALUE) {
            throw new IOException("it announces " + bytes + " bytes of numbers");
        }
        // Grows with what the file really holds, whatever it announces.
        byte[] read = in.readNBytes((int) bytes);
        if (read.length < bytes) {
            throw new IOException("it is cut short");
        }
        float[] values = new float[read.length / Float.BYTES];
        ByteBuffer.wrap(read).asFloatBuffer().get(values);
        return values;
    }
}
