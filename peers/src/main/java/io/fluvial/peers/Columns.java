package io.fluvial.peers;

import io.fluvial.Samples;
import java.nio.FloatBuffer;

/// Some features of samples as a matrix `[samples × features]`, row-major, in memory that native code sees.
final class Columns {

    private Columns() {}

    static void copy(Samples samples, int[] features, FloatBuffer to) {
        for (int k = 0; k < features.length; k++) {
            for (int i = 0; i < samples.count(); i++) {
                to.put(i * features.length + k, samples.get(i, features[k]));
            }
        }
    }

    static void copy(float[] row, int[] features, FloatBuffer to) {
        for (int k = 0; k < features.length; k++) {
            to.put(k, row[features[k]]);
        }
    }
}
