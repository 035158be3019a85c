package io.fluvial.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Replaces a file as a whole: readers see the old content or the new one, never a part, and a failure or a crash in
/// between leaves the old file.
///
/// The new content goes to a temporary file in the same folder, is synced, renamed over the target, and the folder is
/// synced. A symbolic link is followed, so that it stays a link. A target that is no regular file (a pipe, a device)
/// is written directly, for there is nothing to replace. A temporary file is removed also where the process is ended by
/// a signal ([TemporaryFile]).
public final class AtomicFile {

    /// Writes the new content to a file that this class names.
    @FunctionalInterface
    public interface PathBody {
        void write(Path temporary) throws IOException;
    }

    /// Writes the new content to a stream.
    @FunctionalInterface
    public interface StreamBody {
        void write(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /// Replaces `target` by what `body` writes; the stream is buffered by nobody else.
    ///
    /// @throws IOException if it cannot be written; the old file is then unchanged
    public static void write(Path target, StreamBody body) throws IOException {
        replace(target, temporary -> {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                body.write(out);
            }
        });
    }

    /// Replaces `target` by the file that `body` writes.
    ///
    /// @throws IOException if it cannot be written; the old file is then unchanged
    public static void replace(Path target, PathBody body) throws IOException {
        Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        if (Files.isDirectory(real)) {
            throw new FileSystemException(target.toString(), null, "is a directory");
        }
        if (Files.exists(real) && !Files.isRegularFile(real)) {
            body.write(real);
            return;
        }
        Path folder = real.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new FileSystemException(target.toString(), null, "there is no folder " + folder);
        }
        // Keeps the name's ending: writers choose formats and compressions by it.
        String name = "." + UUID.randomUUID() + "." + real.getFileName();
        try (TemporaryFile temporary = TemporaryFile.at(folder.resolve(name))) {
            body.write(temporary.path());
            sync(temporary.path(), StandardOpenOption.WRITE);
            Files.move(temporary.path(), real, StandardCopyOption.ATOMIC_MOVE);
        }
        syncFolder(folder);
    }

    private static void sync(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /// Makes the rename itself durable. Windows cannot open a folder and needs no such thing.
    private static void syncFolder(Path folder) {
        try {
            sync(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // The new file is complete and in place; only its survival of a power cut is not promised here.
            assert e != null;
        }
    }
}
