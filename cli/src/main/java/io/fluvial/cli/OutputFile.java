package io.fluvial.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

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
        Path temporary = file.toAbsolutePath().resolveSibling("." + UUID.randomUUID() + "." + file.getFileName());
        try {
            Files.writeString(temporary, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
