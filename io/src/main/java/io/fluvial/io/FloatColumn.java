package io.fluvial.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// One column while it is read: grows in segments, so that the whole never exists twice, and notes on the way what a
/// check needs. Rows count from 0. Or keeps no value at all, for a table that is only checked.
final class FloatColumn {

    private static final int SEGMENT = 1 << 16;

    private final boolean keeps;
    private final List<float[]> segments = new ArrayList<>();
    private int count;
    private int missing;
    private int firstMissing = -1;
    private int firstInfinite = -1;
    private int firstText = -1;
    private double infinite;

    // Of the values that are there, in double: what a float would hide has to be seen before.
    private double origin = Double.NaN;
    private double sum;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    FloatColumn() {
        this(true);
    }

    FloatColumn(boolean keeps) {
        this.keeps = keeps;
    }

    /// Whether values can be had back.
    boolean keeps() {
        return keeps;
    }

    /// Adds a value; NaN counts as missing.
    void add(double value) {
        if (Double.isNaN(value)) {
            addMissing();
            return;
        }
        float f = (float) value;
        if (Float.isInfinite(f)) {
            if (firstInfinite < 0) {
                firstInfinite = count;
                infinite = value;
            }
        } else {
            if (Double.isNaN(origin)) {
                origin = value;
            }
            double distance = value - origin;
            sum += distance;
            squares += distance * distance;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        append(f);
    }

    /// Adds a missing value.
    void addMissing() {
        if (missing++ == 0) {
            firstMissing = count;
        }
        append(Float.NaN);
    }

    /// Adds something that is no number.
    void addText() {
        if (firstText < 0) {
            firstText = count;
        }
        append(0);
    }

    private void append(float f) {
        int at = count & (SEGMENT - 1);
        if (!keeps) {
            count = Math.incrementExact(count);
            return;
        }
        if (at == 0) {
            // The first segment grows: most tables are small.
            segments.add(new float[count == 0 ? 256 : SEGMENT]);
        } else if (count < SEGMENT && at == segments.getFirst().length) {
            segments.set(0, Arrays.copyOf(segments.getFirst(), Math.min(2 * at, SEGMENT)));
        }
        segments.getLast()[at] = f;
        count++;
    }

    int count() {
        return count;
    }

    int missing() {
        return missing;
    }

    int firstMissing() {
        return firstMissing;
    }

    int firstInfinite() {
        return firstInfinite;
    }

    /// The value at [#firstInfinite()].
    double infinite() {
        return infinite;
    }

    int firstText() {
        return firstText;
    }

    /// Largest − smallest value.
    double spread() {
        return max - min;
    }

    double mean() {
        return origin + sum / (count - missing);
    }

    /// Standard deviation, divided by n. Sums are taken from the first value, which keeps them exact enough where
    /// the mean is much larger than the deviation.
    double deviation() {
        int n = count - missing;
        double mean = sum / n;
        return Math.sqrt(Math.max(0, squares / n - mean * mean));
    }

    /// Adds to `rows` the rows without a value.
    void markMissing(BitSet rows) {
        if (missing > 0) {
            for (int i = firstMissing; i < count; i++) {
                if (Float.isNaN(segments.get(i / SEGMENT)[i & (SEGMENT - 1)])) {
                    rows.set(i);
                }
            }
        }
    }

    /// The values of all rows that are not in `dropped`, `size` of them. Gives the segments up on the way: once only.
    float[] take(BitSet dropped, int size) {
        float[] values = new float[size];
        int next = 0;
        for (int s = 0; s < segments.size(); s++) {
            float[] segment = segments.set(s, new float[0]);
            int from = s * SEGMENT;
            int length = Math.min(SEGMENT, count - from);
            for (int i = 0; i < length; i++) {
                if (!dropped.get(from + i)) {
                    values[next++] = segment[i];
                }
            }
        }
        segments.clear();
        return values;
    }
}
