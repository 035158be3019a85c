package io.fluvial.cli;

import io.fluvial.io.MissingValues;
import picocli.CommandLine.Option;

/// How tables are read, as options.
final class TableFlags {

    @Option(
            names = "--missing",
            paramLabel = "WHAT",
            description = "Rows with missing values: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private MissingValues missing = MissingValues.REFUSE;

    MissingValues missing() {
        return missing;
    }
}
