package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;

/// A piecewise linear spline on [−bound, bound], the identity outside: K bins of equal width and of
/// heights hₖ = minHeight + (1 − K · minHeight) · softmax(φ)ₖ, as parts of the box (Müller et al.
/// 2019, arXiv:1808.03856, section 4.2, where the box is [0, 1] and minHeight 0). Identity at φ =
/// 0. In bin k, which starts at (Xₖ, Yₖ),
///
///     y = Yₖ + sₖ (x − Xₖ),   log f′ = log sₖ,   sₖ = K hₖ .
///
/// Parameters per feature: K, `[h]`. Cost: K exponentials.
///
/// A density through this map has steps, at every knot and at the ends of the box: the slope there
/// is s₀ or sₖ₋₁ and 1 outside, which a piecewise constant slope cannot avoid. A point on a knot
/// counts to the bin above it, the ends to the box. log f′ does not depend on x, so that its
/// gradient moves φ only.
///
/// @param bins K, 2 or more
/// @param bound half the side of the box, in the units of x
/// @param minHeight the smallest part of the box that a bin may take, in (0, 1/K); slopes lie above K · minHeight
public record LinearSpline(int bins, double bound, double minHeight) implements ScalarBijector {

    // Scratch: shares, slopes, knots in y, gradient of the slopes.
    private static final int Q = 0;
    private static final int S = 1;
    private static final int Y = 2;
    private static final int G = 3;

    public LinearSpline {
        Knots.check("linear", bins, bound);
        Knots.checkShare("linear", "minHeight", minHeight, bins);
    }

    /// With heights of at least a thousandth of the box.
    public static LinearSpline of(int bins, double bound) {
        return new LinearSpline(bins, bound, 1e-3);
    }

    @Override
    public int parameterCount() {
        return bins;
    }

    @Override
    public float forward(float x, Lane lane) {
        if (Knots.outside(x, bound)) {
            return Knots.tail(x, lane, bins);
        }
        double[] s = slopes(lane);
        double[] y = knots(s, lane);
        double unit = Knots.unit(bins, bound);
        double u = Knots.place(x, bins, bound);
        int k = bin(u);
        lane.logDerivative(Math.log(s[k])); // s > 0
        return (float) (x + unit * (y[k] - k + (u - k) * (s[k] - 1)));
    }

    @Override
    public float inverse(float at, Lane lane) {
        if (Knots.outside(at, bound)) {
            return Knots.tail(at, lane, bins);
        }
        double[] s = slopes(lane);
        double[] y = knots(s, lane);
        double unit = Knots.unit(bins, bound);
        double v = Knots.place(at, bins, bound);
        int k = Knots.bin(y, bins, v);
        double p = v - y[k];
        lane.logDerivative(Math.log(s[k])); // s > 0
        return (float) (at + unit * (k - y[k] + (p / s[k] - p)));
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        if (Knots.outside(x, bound)) {
            return Knots.tailVjp(gY, lane, bins);
        }
        double[] s = slopes(lane);
        double unit = Knots.unit(bins, bound);
        double u = Knots.place(x, bins, bound);
        int k = bin(u);
        double gV = gY * unit;
        double[] g = lane.scratch(G, bins);
        Knots.fill(g, bins, k, gV);
        g[k] = gV * (u - k) + gLogDet / s[k];
        Knots.sizesVjp(g, bins, bins * minHeight);
        Knots.sharesVjp(lane, 0, bins, lane.scratch(Q, bins), g);
        return (float) (gY * s[k]);
    }

    private double[] slopes(Lane lane) {
        double[] q = lane.scratch(Q, bins);
        double[] s = lane.scratch(S, bins);
        Knots.shares(lane, 0, bins, q);
        Knots.sizes(q, bins, bins * minHeight, s);
        return s;
    }

    private double[] knots(double[] s, Lane lane) {
        double[] y = lane.scratch(Y, bins + 1);
        Knots.sum(s, bins, y);
        return y;
    }

    private int bin(double u) {
        return Math.min((int) u, bins - 1);
    }
}
