package io.fluvial.bijector;

import io.fluvial.Pass;
import io.fluvial.Pullback;

/// The log-determinant of a map whose Jacobian is the same for every sample.
final class SharedLogDet {

    private SharedLogDet() {}

    /// Adds it to every lane.
    static void add(Pass p, double logDet) {
        double[] sums = p.logDet();
        for (int i = 0; i < p.active(); i++) {
            sums[i] += logDet;
        }
    }

    /// Its cotangent: Σ gℓ over the lanes.
    static double gradient(Pass p, Pullback g) {
        double sum = 0;
        for (int i = 0; i < p.active(); i++) {
            sum += g.gLogDet()[i];
        }
        return sum;
    }
}
