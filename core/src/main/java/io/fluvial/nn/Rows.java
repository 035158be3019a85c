package io.fluvial.nn;

import io.fluvial.Pass;
import java.util.Arrays;

/// Rows of lanes, moved and added.
final class Rows {

    private Rows() {}

    static void zero(Pass p, float[] d, int at, int rows) {
        for (int r = 0; r < rows; r++) {
            Arrays.fill(d, at + r * p.lanes(), at + r * p.lanes() + p.active(), 0f);
        }
    }

    /// Copies rows `first … end − 1`.
    static void copy(Pass p, float[] d, int from, int to, int first, int end) {
        for (int r = first; r < end; r++) {
            System.arraycopy(d, from + r * p.lanes(), d, to + r * p.lanes(), p.active());
        }
    }

    /// Adds rows `first … end − 1` to others.
    static void add(Pass p, float[] d, int from, int to, int first, int end) {
        for (int r = first; r < end; r++) {
            for (int i = r * p.lanes(); i < r * p.lanes() + p.active(); i++) {
                d[to + i] += d[from + i];
            }
        }
    }
}
