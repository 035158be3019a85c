package io.fluvial.io;

import io.fluvial.Samples;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Named columns of numbers, as they were read.
public final class Table {

    private final String source;
    private final List<String> names;
    private final Samples samples;
    private final int sourceRows;
    private final int @Nullable [] kept;

    Table(String source, List<String> names, Samples samples, int sourceRows, int @Nullable [] kept) {
        this.source = source;
        this.names = List.copyOf(names);
        this.samples = samples;
        this.sourceRows = sourceRows;
        this.kept = kept;
    }

    /// Where it was read from, as the caller named it.
    public String source() {
        return source;
    }

    /// The columns' names, in the order of [#samples()].
    public List<String> names() {
        return names;
    }

    /// Number of rows; those that were dropped do not count.
    public int rows() {
        return samples.count();
    }

    /// Number of data rows that were read, dropped ones included.
    public int sourceRows() {
        return sourceRows;
    }

    /// The number of data row `row` (from 0) in the source, the first being 1.
    public int sourceRow(int row) {
        return (kept == null ? row : kept[row]) + 1;
    }

    /// All columns.
    public Samples samples() {
        return samples;
    }

    /// These columns, in this order, sharing their numbers; without names as many rows without columns.
    public Samples samples(List<String> columns) {
        if (columns.isEmpty()) {
            return Samples.none(rows());
        }
        int[] numbers = new int[columns.size()];
        for (int j = 0; j < numbers.length; j++) {
            numbers[j] = names.indexOf(columns.get(j));
            if (numbers[j] < 0) {
                throw new IllegalArgumentException(
                        "column \"" + columns.get(j) + "\" was not read from " + source + "; there are " + names);
            }
        }
        return samples.features(numbers);
    }

    @Override
    public String toString() {
        return "Table[" + source + ", " + rows() + " rows, " + names + "]";
    }
}
