package io.fluvial.bench;

import io.fluvial.Samples;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/// Densities of one row after the other, each timed by itself; the clock's own reading, some 20 ns, is in every time.
final class OneRow {

    private static final int ROWS = 1024;
    private static final int MOST = 1 << 17;

    private final ToDoubleFunction<float[]> scorer;
    private final float[][] rows = new float[ROWS][];
    private final long[] times = new long[MOST];
    private int count;
    private double sum;

    /// @param scorer the log-density of a row
    OneRow(ToDoubleFunction<float[]> scorer, Samples samples) {
        this.scorer = scorer;
        for (int i = 0; i < ROWS; i++) {
            rows[i] = samples.row(i % samples.count());
        }
    }

    /// Calls until `nanos` have passed or the room for times is full; at least one.
    void measure(long nanos) {
        count = 0;
        long start = System.nanoTime();
        long before = start;
        do {
            sum += scorer.applyAsDouble(rows[count % ROWS]);
            long now = System.nanoTime();
            times[count++] = now - before;
            before = now;
        } while (before - start < nanos && count < MOST);
        Arrays.sort(times, 0, count);
    }

    /// The time, in µs, that this share of the last calls did not exceed.
    double micros(double share) {
        return times[Math.min(count - 1, (int) (share * count))] / 1000.0;
    }

    double sum() {
        return sum;
    }
}
