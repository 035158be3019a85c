package io.fluvial.io;

import java.util.List;

/// How a table is read.
///
/// @param columns names of the columns, in the order wanted; empty for all of them
/// @param missing what to do with missing values
/// @param purpose what the numbers are for
/// @param limit how many data rows are read at most
public record TableOptions(List<String> columns, MissingValues missing, Purpose purpose, int limit) {

    /// What the numbers are for.
    public enum Purpose {
        /// To fit a flow: constant columns, and columns that a float cannot resolve, are refused.
        FIT,
        /// To be asked about.
        APPLY
    }

    public TableOptions {
        columns = List.copyOf(columns);
        if (limit < 1) {
            throw new IllegalArgumentException("the limit must be at least 1 row, got " + limit);
        }
    }

    /// All columns and rows, no missing values, to be asked about.
    public static TableOptions defaults() {
        return new TableOptions(List.of(), MissingValues.REFUSE, Purpose.APPLY, Integer.MAX_VALUE);
    }

    public TableOptions withColumns(List<String> columns) {
        return new TableOptions(columns, missing, purpose, limit);
    }

    public TableOptions withMissing(MissingValues missing) {
        return new TableOptions(columns, missing, purpose, limit);
    }

    public TableOptions withPurpose(Purpose purpose) {
        return new TableOptions(columns, missing, purpose, limit);
    }

    public TableOptions withLimit(int limit) {
        return new TableOptions(columns, missing, purpose, limit);
    }
}
