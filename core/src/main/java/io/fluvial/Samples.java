package io.fluvial;

import java.util.Arrays;

/// Samples by columns: `dim` features, each one array of `count` floats. Immutable by agreement: see [#wrap].
public final class Samples {

    private final float[][] columns;
    private final int count;

    private Samples(float[][] columns, int count) {
        this.columns = columns;
        this.count = count;
    }

    /// From rows, `rows[i][j]` = feature j of sample i. *Read*, copied.
    public static Samples ofRows(float[][] rows) {
        int dim = rows.length == 0 ? 0 : rows[0].length;
        float[][] columns = new float[dim][rows.length];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != dim) {
                throw new IllegalArgumentException("row " + i + " has " + rows[i].length + " values, row 0 has " + dim);
            }
            for (int j = 0; j < dim; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        return new Samples(columns, rows.length);
    }

    /// From columns, copied.
    public static Samples ofColumns(float[]... columns) {
        float[][] copies = new float[columns.length][];
        Arrays.setAll(copies, j -> columns[j].clone());
        return wrap(copies);
    }

    /// From columns, not copied: the caller must not change the arrays any more.
    public static Samples wrap(float[][] columns) {
        int count = columns.length == 0 ? 0 : columns[0].length;
        for (int j = 0; j < columns.length; j++) {
            if (columns[j].length != count) {
                throw new IllegalArgumentException(
                        "column " + j + " has " + columns[j].length + " values, column 0 has " + count);
            }
        }
        return new Samples(columns, count);
    }

    /// `count` samples without features: the context of an unconditional flow.
    public static Samples none(int count) {
        return new Samples(new float[0][], count);
    }

    public int dim() {
        return columns.length;
    }

    public int count() {
        return count;
    }

    /// Feature j of sample i.
    public float get(int i, int j) {
        return columns[j][i];
    }

    /// A copy of feature j.
    public float[] column(int j) {
        return columns[j].clone();
    }

    /// A copy of sample i.
    public float[] row(int i) {
        float[] row = new float[columns.length];
        for (int j = 0; j < row.length; j++) {
            row[j] = columns[j][i];
        }
        return row;
    }

    /// Samples `from ≤ i < to`.
    public Samples range(int from, int to) {
        if (from < 0 || to < from || to > count) { // Arrays.copyOfRange would fill up with zeros
            throw new IllegalArgumentException(
                    "samples " + from + " … " + (to - 1) + " were asked for, there are " + count);
        }
        float[][] part = new float[columns.length][];
        Arrays.setAll(part, j -> Arrays.copyOfRange(columns[j], from, to));
        return new Samples(part, to - from);
    }

    /// The samples of these numbers, in this order.
    public Samples select(int[] samples) {
        float[][] part = new float[columns.length][samples.length];
        for (int j = 0; j < part.length; j++) {
            for (int i = 0; i < samples.length; i++) {
                part[j][i] = columns[j][samples[i]];
            }
        }
        return new Samples(part, samples.length);
    }

    /// The features of these numbers, in this order, sharing their arrays.
    public Samples features(int... features) {
        float[][] part = new float[features.length][];
        Arrays.setAll(part, j -> columns[features[j]]);
        return new Samples(part, count);
    }

    /// Copies `n` samples from number `from` on into lanes: feature j to `to[at + j * stride ..)`.
    public void copyTo(int from, int n, float[] to, int at, int stride) {
        for (int j = 0; j < columns.length; j++) {
            System.arraycopy(columns[j], from, to, at + j * stride, n);
        }
    }

    /// Copies the samples `order[from .. from + n)` into lanes: feature j to `to[at + j * stride ..)`.
    public void copyTo(int[] order, int from, int n, float[] to, int at, int stride) {
        for (int j = 0; j < columns.length; j++) {
            float[] column = columns[j];
            int row = at + j * stride;
            for (int i = 0; i < n; i++) {
                to[row + i] = column[order[from + i]];
            }
        }
    }

    @Override
    public String toString() {
        return "Samples[" + count + " × " + columns.length + "]";
    }
}
