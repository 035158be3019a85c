package io.fluvial.io;

import io.fluvial.internal.AtomicFile;
import io.fluvial.internal.TemporaryFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a table goes: a file, replaced as a whole, or standard output for `-`.
final class TableTarget {

    private TableTarget() {}

    /// @throws BadInputException if the target cannot be written
    static void write(String target, OutputStream standardOutput, AtomicFile.PathBody body) {
        try {
            if (!target.equals("-")) {
                AtomicFile.replace(Path.of(target), body);
                return;
            }
            try (TemporaryFile temporary = TemporaryFile.create("fluvial-", ".csv")) {
                body.write(temporary.path());
                Files.copy(temporary.path(), standardOutput);
                standardOutput.flush();
                if (standardOutput instanceof PrintStream stream && stream.checkError()) {
                    throw new IOException("standard output is full or closed");
                }
            }
        } catch (IOException e) {
            String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
            throw new BadInputException(
                    target + ": cannot be written: "
                            + (reason != null ? reason : e.getClass().getSimpleName()),
                    e);
        }
    }
}
