package io.fluvial.kernel;

import java.util.Arrays;

/// The shape of a masked weight matrix, sorted: row r sees the first `length(r)` columns and no others, and no row sees
/// fewer than the one before it. In an autoregressive network whose units are sorted by degree every matrix is one.
///
/// The weights that exist stand row after row without gaps, row r from `start(r)`: the empty half is neither stored
/// nor multiplied.
public final class Staircase {

    private final int depth;
    private final int[] length;
    private final int[] start;
    private final int[] first;

    private Staircase(int depth, int[] length) {
        this.depth = depth;
        this.length = length;
        this.start = new int[length.length + 1];
        this.first = new int[depth + 1];
        Arrays.fill(first, length.length);
        int seen = 0;
        for (int r = 0; r < length.length; r++) {
            if (length[r] < seen || length[r] > depth) {
                throw new IllegalArgumentException("row " + r + " sees " + length[r] + " of " + depth
                        + " columns, the row before it " + seen + ": lengths must not fall");
            }
            for (; seen < length[r]; seen++) {
                first[seen] = r;
            }
            start[r + 1] = Math.addExact(start[r], length[r]);
        }
    }

    /// A matrix of `length.length` rows over `depth` columns; row r sees the first `length[r]`.
    public static Staircase of(int depth, int[] length) {
        return new Staircase(depth, length.clone());
    }

    public int rows() {
        return length.length;
    }

    public int depth() {
        return depth;
    }

    /// How many columns row r sees.
    public int length(int r) {
        return length[r];
    }

    /// Where row r starts among the weights; `start(rows())` is their number.
    public int start(int r) {
        return start[r];
    }

    /// The first row that sees column k, or the number of rows where none does.
    public int first(int k) {
        return first[k];
    }

    /// Number of weights.
    public int size() {
        return start[length.length];
    }
}
