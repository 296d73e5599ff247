package io.atelier.tune;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder in which a run keeps where it is, for itself alone: the file {@code checkpoint} after every epoch, replaced as
 * a whole, and a {@code lock}.
 */
final class Checkpoints implements AutoCloseable {
    private static final String FILE = "checkpoint";

    private record Held(Path folder, FileChannel lock) {
        Path file() {
            return folder.resolve(FILE);
        }
    }

    /** Empty where nothing is kept. */
    private final Optional<Held> held;

    private final boolean resume;

    private Checkpoints(Optional<Held> held, boolean resume) {
        this.held = held;
        this.resume = resume;
    }

    /**
     * Takes a folder, which is made if it is missing; without one, nothing is kept.
     *
     * @param resume whether a checkpoint that is there is gone on from, rather than refused
     * @throws TuningException if the folder cannot be used, or another run uses it
     */
    static Checkpoints open(Optional<Path> folder, boolean resume) {
        return new Checkpoints(folder.map(Checkpoints::hold), resume);
    }

    private static Held hold(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return new Held(folder, channel);
                }
            } catch (OverlappingFileLockException e) {
                // Another run of this program has it.
            }
            channel.close();
            throw new TuningException(
                    folder + ": another tuning keeps its checkpoints here; wait for it, or give another" + " folder");
        } catch (IOException e) {
            throw new TuningException(
                    folder + ": the folder cannot hold checkpoints (" + e + "); give another folder", e);
        }
    }

    /**
     * The state to go on from: the checkpoint's, or the start.
     *
     * @param start of this run, whose identity a checkpoint must have
     * @throws TuningException if there is a checkpoint that is damaged, of another run, or not asked for
     */
    TuningState read(TuningState start) {
        return held.map(Held::file)
                .filter(Files::exists)
                .map(file -> read(file, start.identity()))
                .orElse(start);
    }

    private TuningState read(Path file, String identity) {
        if (!resume) {
            throw new TuningException(
                    file + ": a tuning has left its checkpoint here; resume it, or give another folder");
        }
        TuningState state = CheckpointFile.read(file);
        if (!state.identity().equals(identity)) {
            throw new TuningException(file + ": the checkpoint is of a tuning with another model, other data or other"
                    + " options; give those, or another folder");
        }
        return state;
    }

    /**
     * Puts a state in the place of the last one.
     *
     * @throws TuningException if it cannot be written; the last one is still there
     */
    void write(TuningState state) {
        held.ifPresent(place -> write(state, place.file()));
    }

    private static void write(TuningState state, Path file) {
        Path next = file.resolveSibling(FILE + ".next");
        try {
            CheckpointFile.write(state, next);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            delete(next, e);
            throw new TuningException(
                    file + ": the checkpoint of epoch " + state.epochs().size() + " cannot be written (" + e
                            + "); make room and resume"
                            + (Files.exists(file) ? ", the epoch before it is kept" : ""),
                    e);
        }
    }

    private static void delete(Path file, IOException cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Gives the folder free. */
    @Override
    public void close() {
        held.ifPresent(place -> {
            try {
                place.lock.close();
            } catch (IOException e) {
                throw new TuningException(place.folder + ": the lock cannot be given up (" + e + ")", e);
            }
        });
    }
}
