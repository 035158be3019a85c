package io.fluvial.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A file that is there only while somebody works with it: [#close] deletes it, and where the process is ended before
/// that, by Ctrl-C or another signal that lets a JVM shut down, one shutdown hook does.
///
/// The hook knows the files that are there now and no others, so that a process may make any number of them:
/// `File.deleteOnExit` would remember each for ever.
public final class TemporaryFile implements AutoCloseable {

    private static final Set<Path> PRESENT = ConcurrentHashMap.newKeySet();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(TemporaryFile::deleteAll, "fluvial-temporary-files"));
        } catch (IllegalStateException _) {
            // The process is ending already: what is begun now is deleted by whoever closes it.
        }
    }

    private final Path path;

    private TemporaryFile(Path path) {
        this.path = path;
        PRESENT.add(path);
    }

    /// A new empty file in the system's folder for such files, which nobody else may read.
    ///
    /// @param prefix of its name
    /// @param suffix of its name
    public static TemporaryFile create(String prefix, String suffix) throws IOException {
        return new TemporaryFile(Files.createTempFile(prefix, suffix).toAbsolutePath());
    }

    /// The file at `path`, which somebody is about to write.
    static TemporaryFile at(Path path) {
        return new TemporaryFile(path.toAbsolutePath());
    }

    /// Where it is; absolute.
    public Path path() {
        return path;
    }

    /// Deletes it if it is still there; one that cannot be deleted now is tried again when the process ends.
    @Override
    public void close() {
        if (deleted(path)) {
            PRESENT.remove(path);
        }
    }

    private static boolean deleted(Path path) {
        try {
            Files.deleteIfExists(path);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void deleteAll() {
        PRESENT.forEach(TemporaryFile::deleted);
    }
}
