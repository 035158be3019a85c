package io.fluvial.cli;

import java.nio.file.Path;

/// The table that a command writes.
final class TableOutput {

    private TableOutput() {}

    /// Refuses early what could not be written later.
    static void check(String output, Console console) {
        if (output.equals("-")) {
            console.outputIsTable();
        } else {
            OutputFile.check(Path.of(output));
        }
    }
}
