package io.fluvial.cli;

import io.fluvial.io.MissingValues;
import picocli.CommandLine.Option;

/// How tables are read, as options.
final class TableFlags {

    @Option(
            names = "--missing",
            paramLabel = "WHAT",
            description = "Rows with missing values: refuse them or drop them (default: refuse).")
    private MissingValues missing = MissingValues.REFUSE;

    MissingValues missing() {
        return missing;
    }
}
