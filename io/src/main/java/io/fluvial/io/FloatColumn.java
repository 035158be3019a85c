package io.fluvial.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// One column while it is read: grows in segments, so that the whole never exists twice, and notes on the way what a
/// check needs. Rows count from 0. Or keeps no value at all, for a table that is only checked and may be of any length.
final class FloatColumn {

    private static final int SEGMENT = 1 << 16;

    /// No array is longer.
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private final String source;
    private final int most;
    private final List<float[]> segments = new ArrayList<>();
    private long count;
    private long missing;
    private long firstMissing = -1;
    private long firstInfinite = -1;
    private long firstText = -1;
    private double infinite;

    // Of the values that are there, in double: what a float would hide has to be seen before.
    private double origin = Double.NaN;
    private double sum;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /// @param most how many values are kept before the source is refused; 0 for any number, of which none is
    FloatColumn(String source, int most) {
        this.source = source;
        this.most = most;
    }

    /// A column of this source that gives its values back.
    static FloatColumn kept(String source) {
        return new FloatColumn(source, LONGEST);
    }

    /// A column of this source that gives no value back.
    static FloatColumn checked(String source) {
        return new FloatColumn(source, 0);
    }

    /// Another one, empty.
    FloatColumn anew() {
        return new FloatColumn(source, most);
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
        if (most == 0) {
            count++;
            return;
        }
        if (count == most) {
            throw new BadInputException(String.format(
                    Locale.ROOT, "%s: has more than %,d rows, and no column in memory can: take fewer", source, most));
        }
        int at = (int) count & (SEGMENT - 1);
        if (at == 0) {
            // The first segment grows: most tables are small.
            segments.add(new float[count == 0 ? 256 : SEGMENT]);
        } else if (count < SEGMENT && at == segments.getFirst().length) {
            segments.set(0, Arrays.copyOf(segments.getFirst(), Math.min(2 * at, SEGMENT)));
        }
        segments.getLast()[at] = f;
        count++;
    }

    long count() {
        return count;
    }

    long missing() {
        return missing;
    }

    long firstMissing() {
        return firstMissing;
    }

    long firstInfinite() {
        return firstInfinite;
    }

    /// The value at [#firstInfinite()].
    double infinite() {
        return infinite;
    }

    long firstText() {
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
        long n = count - missing;
        double mean = sum / n;
        return Math.sqrt(Math.max(0, squares / n - mean * mean));
    }

    /// Adds to `rows` the rows without a value.
    void markMissing(BitSet rows) {
        if (missing > 0) {
            for (int i = (int) firstMissing; i < count; i++) {
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
            int length = (int) Math.min(SEGMENT, count - from);
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
