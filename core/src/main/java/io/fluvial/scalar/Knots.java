package io.fluvial.scalar;

import io.fluvial.Lane;
import java.util.Arrays;

/// The common frame of the splines: the box [−bound, bound] on both axes, cut into bins.
///
/// Inside, everything is measured in mean bins: u = (x + bound) / unit and v = (y + bound) / unit
/// run from 0 to `bins`, with unit = 2 · bound / bins. Slopes are the same in both frames. Splines
/// compute v − u, which is exactly 0 where they are the identity, and y = x + unit · (v − u) keeps
/// all bits of x there.
///
/// Sizes come from *shares* qⱼ = eⱼ · Ω / Σᵢ ωᵢ eᵢ with eⱼ = exp(φⱼ − max φ) and Ω = Σᵢ ωᵢ:
/// positive numbers of ω-weighted mean 1, for equal weights the softmax times their number, and
/// exactly 1 at φ = 0.
final class Knots {

    private Knots() {}

    static void check(String map, int bins, double bound) {
        if (!(bins >= 2)) {
            throw new IllegalArgumentException(map + " spline needs at least 2 bins, got " + bins);
        }
        if (!(bound > 0 && bound <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(map + " spline needs a positive finite bound, got " + bound);
        }
    }

    /// @param share the smallest part of the box that one bin may take
    static void checkShare(String map, String name, double share, int bins) {
        if (!(share > 0 && share * bins < 1)) {
            throw new IllegalArgumentException(
                    map + " spline needs 0 < " + name + " < 1 / bins, got " + share + " and " + bins + " bins");
        }
    }

    static void checkSlope(String map, double slope) {
        if (!(slope > 0 && slope < 1)) {
            throw new IllegalArgumentException(map + " spline needs 0 < minSlope < 1, got " + slope);
        }
    }

    /// Length of a mean bin.
    static double unit(int bins, double bound) {
        return 2 * bound / bins;
    }

    /// Where a point of the box lies, in mean bins: not past the last knot by rounding.
    static double place(float at, int bins, double bound) {
        return Math.min((at + bound) / unit(bins, bound), bins);
    }

    /// Whether x lies in a tail. The ends belong to the box, and so does NaN, which the formulas
    /// inside keep.
    static boolean outside(float x, double bound) {
        return Math.abs((double) x) > bound;
    }

    /// 0, or NaN if any of the parameters is no finite number.
    static double defect(Lane lane, int parameters) {
        double defect = 0;
        for (int k = 0; k < parameters; k++) {
            defect += 0 * lane.phi(k);
        }
        return defect;
    }

    /// The identity, for either direction; a NaN among the parameters shows here too.
    static float tail(float x, Lane lane, int parameters) {
        double defect = defect(lane, parameters);
        lane.logDerivative(defect);
        return (float) (x + defect);
    }

    static float tailVjp(float gY, Lane lane, int parameters) {
        for (int k = 0; k < parameters; k++) {
            lane.gradient(k, 0);
        }
        return gY;
    }

    /// Shares with equal weights from φ number `first` … `first + n − 1`.
    static void shares(Lane lane, int first, int n, double[] q) {
        exponentials(lane, first, n, q);
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += q[j];
        }
        double scale = n / sum; // sum >= 1
        for (int j = 0; j < n; j++) {
            q[j] *= scale;
        }
    }

    /// Shares with the given positive weights.
    static void shares(Lane lane, int first, int n, double[] weights, double[] q) {
        exponentials(lane, first, n, q);
        double sum = 0;
        double total = 0;
        for (int j = 0; j < n; j++) {
            sum += weights[j] * q[j];
            total += weights[j];
        }
        double scale = total / sum; // sum >= the weight of the largest φ > 0
        for (int j = 0; j < n; j++) {
            q[j] *= scale;
        }
    }

    private static void exponentials(Lane lane, int first, int n, double[] e) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, lane.phi(first + j)); // a NaN stays
        }
        for (int j = 0; j < n; j++) {
            e[j] = Math.exp(lane.phi(first + j) - max);
        }
    }

    /// Pulls gq back to φ: gφⱼ = qⱼ (gqⱼ − Σᵢ qᵢ gqᵢ / n).
    static void sharesVjp(Lane lane, int first, int n, double[] q, double[] gq) {
        double mean = 0;
        for (int j = 0; j < n; j++) {
            mean += q[j] * gq[j];
        }
        mean /= n;
        for (int j = 0; j < n; j++) {
            lane.gradient(first + j, q[j] * (gq[j] - mean));
        }
    }

    /// The same with weights: gφⱼ = qⱼ (gqⱼ − ωⱼ Γ / Ω) with Γ = Σᵢ qᵢ gqᵢ. Returns Γ / Ω, from
    /// which gωⱼ = (1 − qⱼ) Γ / Ω.
    static double sharesVjp(Lane lane, int first, int n, double[] weights, double[] q, double[] gq) {
        double sum = 0;
        double total = 0;
        for (int j = 0; j < n; j++) {
            sum += q[j] * gq[j];
            total += weights[j];
        }
        double mean = sum / total; // weights are positive
        for (int j = 0; j < n; j++) {
            lane.gradient(first + j, q[j] * (gq[j] - weights[j] * mean));
        }
        return mean;
    }

    /// Sizes least + (1 − least) · q, in mean bins.
    static void sizes(double[] q, int n, double least, double[] sizes) {
        for (int j = 0; j < n; j++) {
            sizes[j] = least + (1 - least) * q[j];
        }
    }

    /// Turns the gradient of sizes into that of shares.
    static void sizesVjp(double[] g, int n, double least) {
        for (int j = 0; j < n; j++) {
            g[j] *= 1 - least;
        }
    }

    /// `knots[0] = 0`, `knots[k + 1] = knots[k] + sizes[k]`, and the last is n, to which the sizes
    /// add up.
    static void sum(double[] sizes, int n, double[] knots) {
        knots[0] = 0;
        for (int j = 0; j < n - 1; j++) {
            knots[j + 1] = knots[j] + sizes[j];
        }
        knots[n] = n;
    }

    /// The bin that holds a point of the box: the last whose lower knot does not lie above it.
    static int bin(double[] knots, int bins, double at) {
        int k = 0;
        while (k < bins - 1 && knots[k + 1] <= at) {
            k++;
        }
        return k;
    }

    /// Sets g of the bins below k to `before`, the rest to 0.
    static void fill(double[] g, int n, int k, double before) {
        Arrays.fill(g, 0, k, before);
        Arrays.fill(g, k, n, 0);
    }
}
