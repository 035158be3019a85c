package io.fluvial.bijector;

import io.fluvial.Pass;
import io.fluvial.Pullback;

/// The log-determinant of a map whose Jacobian is the same for every sample.
final class SharedLogDet {

    private SharedLogDet() {}

    /// Adds it to every lane.
    static void add(Pass p, double logDet) {
        add(p, p.logDet(), logDet);
    }

    /// The share of one feature: added at once where the feature has a sum of its own, and then 0 is returned; else
    /// returned, to be added with the others.
    static double share(Pass p, int feature, double share) {
        if (!p.block().splitsLogDet()) {
            return share;
        }
        add(p, p.logDet(feature), share);
        return 0;
    }

    private static void add(Pass p, double[] sums, double share) {
        for (int i = 0; i < p.active(); i++) {
            sums[i] += share;
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
