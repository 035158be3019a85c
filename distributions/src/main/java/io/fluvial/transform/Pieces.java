package io.fluvial.transform;

import java.util.Arrays;

/// What the branches of a folded map give: intervals as a list of their ends.
final class Pieces {

    /// More branches than this are not summed: a density would take longer than anybody waits.
    static final double MOST = 10_000;

    private Pieces() {}

    /// The part of the intervals that lies in \[low, high].
    static double[] clip(double[] ends, double low, double high) {
        double[] kept = new double[ends.length];
        int n = 0;
        for (int i = 0; i < ends.length; i += 2) {
            double a = Math.max(ends[i], low);
            double b = Math.min(ends[i + 1], high);
            if (a <= b) {
                kept[n++] = a;
                kept[n++] = b;
            }
        }
        return Arrays.copyOf(kept, n);
    }

    /// The part of the numbers that lies in \[low, high].
    static double[] inside(double[] points, double low, double high) {
        return Arrays.stream(points).filter(x -> x >= low && x <= high).toArray();
    }

    static void check(Object map, double branches) {
        if (!(branches <= MOST)) {
            throw new UnsupportedOperationException(map + " has " + (long) Math.min(branches, 1e18)
                    + " branches there, more than " + (long) MOST
                    + ": narrow the base or use a wrapped distribution with a closed form");
        }
    }
}
