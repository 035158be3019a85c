package io.fluvial.bench;

import org.jspecify.annotations.Nullable;

/// What one launch found of one [ScalingWork].
///
/// @param rate rows per second
/// @param share of one processor's FMA peak
record ScalingLine(ScalingWork.Series series, int threads, int size, double rate, double share) {

    /// As a launch prints it.
    String text() {
        return ScalingLaunch.MARK + series + "\t" + threads + "\t" + size + "\t" + rate + "\t" + share;
    }

    /// The line of a launch, or null where it says something else.
    static @Nullable ScalingLine parse(String line) {
        if (!line.startsWith(ScalingLaunch.MARK)) {
            return null;
        }
        String[] fields = line.substring(ScalingLaunch.MARK.length()).split("\t", -1);
        return new ScalingLine(
                ScalingWork.Series.valueOf(fields[0]),
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                Double.parseDouble(fields[3]),
                Double.parseDouble(fields[4]));
    }
}
