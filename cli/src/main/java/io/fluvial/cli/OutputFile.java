package io.fluvial.cli;

import io.fluvial.internal.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that a command leaves: checked before the work begins, written whole or not at all.
final class OutputFile {

    private OutputFile() {}

    /// Refuses early what could not be written after minutes of work.
    static Path check(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (Files.isDirectory(file)) {
            throw new BadUsage(file + ": is a folder, give a file name in it");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadUsage(file + ": there is no folder "
                    + file.toAbsolutePath().getParent() + "; create it first or choose another place");
        }
        if (!Files.isWritable(folder)) {
            throw new BadUsage(file + ": folder " + folder + " is not writable; choose another place");
        }
        return file;
    }

    /// Replaces a file of text.
    static void write(Path file, String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
