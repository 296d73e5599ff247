package io.atelier.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file so that it is either there as a whole or not at all. */
public final class NewFile {
    private static final int BUFFER_BYTES = 1 << 16;

    /** What is in the file. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Looks at a file that was written, and throws if it must not be put in place. */
    public interface Check {
        void accept(Path written) throws IOException;
    }

    private NewFile() {}

    /**
     * Writes a file beside its place, and puts it there. If anything fails, what was there before is still there, and
     * nothing is left beside it.
     *
     * @param replace whether a file that is there already is replaced; else it is an error
     * @throws IOException if the file cannot be written, or is there already; {@link #reason} has it in words
     */
    public static void write(Path file, boolean replace, Content content, Check check) throws IOException {
        refuseExisting(file, replace);
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            check.accept(part);
            refuseExisting(file, replace);
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void refuseExisting(Path file, boolean replace) throws IOException {
        if (Files.isDirectory(file) || (!replace && Files.exists(file))) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Why writing failed, in words. */
    public static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException exists) {
            return Files.isDirectory(Path.of(exists.getFile())) ? "it is a directory" : "there is a file already";
        }
        if (e instanceof NoSuchFileException) {
            return "its folder does not exist";
        }
        return e instanceof AccessDeniedException ? "access to its folder is denied" : String.valueOf(e.getMessage());
    }
}
