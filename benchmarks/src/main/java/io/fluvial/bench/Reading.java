package io.fluvial.bench;

import org.jspecify.annotations.Nullable;

/// One number that one launch found, and the line by which it tells.
record Reading(int threads, Metric metric, double value) {

    private static final String MARK = "reading";

    String line() {
        return MARK + " " + threads + " " + metric + " " + value;
    }

    /// The reading on a line, or null where the line is another one.
    static @Nullable Reading parse(String line) {
        String[] words = line.split(" ", -1);
        return words.length == 4 && words[0].equals(MARK)
                ? new Reading(Integer.parseInt(words[1]), Metric.valueOf(words[2]), Double.parseDouble(words[3]))
                : null;
    }
}
