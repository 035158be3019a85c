package io.fluvial.bench;

import org.jspecify.annotations.Nullable;

/// One number that one launch found, and the line by which it tells.
///
/// @param by whose number it is: [#OURS] or the name of a peer
record Reading(String by, int threads, Metric metric, double value) {

    static final String OURS = "fluvial";

    private static final String MARK = "reading";

    /// A number of ours.
    Reading(int threads, Metric metric, double value) {
        this(OURS, threads, metric, value);
    }

    String line() {
        return MARK + " " + by + " " + threads + " " + metric + " " + value;
    }

    /// The reading on a line, or null where the line is another one.
    static @Nullable Reading parse(String line) {
        String[] words = line.split(" ", -1);
        return words.length == 5 && words[0].equals(MARK)
                ? new Reading(
                        words[1], Integer.parseInt(words[2]), Metric.valueOf(words[3]), Double.parseDouble(words[4]))
                : null;
    }
}
