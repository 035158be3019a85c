package io.fluvial.io;

import io.fluvial.Samples;

/// A number for every row, such as its log-density.
@FunctionalInterface
public interface RowFunction {

    /// @param rows some rows of a table, one after the other, the columns that were asked for
    /// @return as many numbers
    double[] of(Samples rows);
}
