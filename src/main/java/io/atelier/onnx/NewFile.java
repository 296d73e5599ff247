package io.atelier.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
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
import java.util.function.Consumer;

/** Writes a file so that it is either there as a whole or not at all. */
final class NewFile {
    private NewFile() {}

    /**
     * Writes a file beside its place, and puts it there.
     *
     * @param check is given what was written, read back; if it throws, the file is not put in place
     */
    static void write(Path file, boolean replace, byte[] bytes, Consumer<byte[]> check) throws IOException {
        refuseExisting(file, replace);
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            check.accept(Files.readAllBytes(part));
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
    static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException exists) {
            return Files.isDirectory(Path.of(exists.getFile())) ? "it is a directory" : "there is a file already";
        }
        if (e instanceof NoSuchFileException) {
            return "its folder does not exist";
        }
        return e instanceof AccessDeniedException ? "access to its folder is denied" : String.valueOf(e.getMessage());
    }
}
