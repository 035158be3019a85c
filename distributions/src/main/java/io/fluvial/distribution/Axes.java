package io.fluvial.distribution;

import java.util.Arrays;

/// Some of the n numbers of a vector, by their indices.
final class Axes {

    private Axes() {}

    /// The numbers of `values` with these indices.
    static double[] select(double[] values, int[] indices, String where) {
        taken(values.length, indices, where);
        double[] selected = new double[indices.length];
        for (int k = 0; k < indices.length; k++) {
            selected[k] = values[indices[k]];
        }
        return selected;
    }

    /// The indices in 0 … n − 1 that are not among `indices`, at least one.
    static int[] others(int n, int[] indices, String where) {
        boolean[] taken = taken(n, indices, where);
        if (indices.length == n) {
            throw new IllegalArgumentException(where + ": all " + n + " numbers are given, none is left");
        }
        int[] others = new int[n - indices.length];
        for (int i = 0, k = 0; i < n; i++) {
            if (!taken[i]) {
                others[k++] = i;
            }
        }
        return others;
    }

    private static boolean[] taken(int n, int[] indices, String where) {
        Parameter.atLeast(where, "number of indices", indices.length, 1);
        boolean[] taken = new boolean[n];
        for (int i : indices) {
            if (i < 0 || i >= n || taken[i]) {
                throw new IllegalArgumentException(where + ": indices must be different and in 0 … " + (n - 1)
                        + ", got " + Arrays.toString(indices));
            }
            taken[i] = true;
        }
        return taken;
    }
}
