package io.fluvial.io;

/// What to do with rows that lack a chosen column's value: an empty field, a null, a NaN, or in text one of NA, N/A,
/// NaN, null, None.
public enum MissingValues {
    /// Refuse the table and count them.
    REFUSE,
    /// Leave the row out.
    DROP
}
