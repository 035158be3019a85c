package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;

/// A piecewise quadratic spline on [−bound, bound], the identity outside: its slope is continuous
/// and piecewise linear (Müller et al. 2019, arXiv:1808.03856, section 4.3). K bins of widths wₖ =
/// minWidth + (1 − K · minWidth) · softmax(φ)ₖ, as parts of the box, and slopes d₀ … d_K at the
/// knots. In bin k, which starts at (Xₖ, Yₖ) and is Wₖ wide, with t = (x − Xₖ) / Wₖ,
///
///     y = Yₖ + Wₖ (dₖ t + ½ (dₖ₊₁ − dₖ) t²),   f′ = dₖ + (dₖ₊₁ − dₖ) t .
///
/// Departing from the paper, the slopes at both ends are exactly 1, so that the slope is continuous
/// there too, and the others have a minimum: dⱼ = m + (1 − m) · qⱼ, where qⱼ is proportional to exp
/// φⱼ and scaled such that the box is filled, Σ Wₖ (dₖ + dₖ₊₁) / 2 = Σ Wₖ. Identity at φ = 0.
///
/// Parameters per feature: 2K − 1, `[w | d]`. Cost: 2K − 1 exponentials, and a root in `inverse`.
/// The second derivative jumps at the knots.
///
/// @param bins K, 2 or more
/// @param bound half the side of the box, in the units of x
/// @param minWidth the smallest part of the box that a bin may take, in (0, 1/K)
/// @param minSlope m, in (0, 1)
public record QuadraticSpline(int bins, double bound, double minWidth, double minSlope) implements ScalarBijector {

    // Scratch: shares, widths, knots in x; weights and shares of the inner slopes; slopes, knots in
    // y; gradients.
    private static final int QW = 0;
    private static final int W = 1;
    private static final int X = 2;
    private static final int A = 3;
    private static final int QD = 4;
    private static final int D = 5;
    private static final int Y = 6;
    private static final int GW = 7;
    private static final int GD = 8;

    public QuadraticSpline {
        Knots.check("quadratic", bins, bound);
        Knots.checkShare("quadratic", "minWidth", minWidth, bins);
        Knots.checkSlope("quadratic", minSlope);
    }

    /// With widths of at least a thousandth of the box and slopes of at least a thousandth.
    public static QuadraticSpline of(int bins, double bound) {
        return new QuadraticSpline(bins, bound, 1e-3, 1e-3);
    }

    @Override
    public int parameterCount() {
        return 2 * bins - 1;
    }

    @Override
    public float forward(float at, Lane lane) {
        if (Knots.outside(at, bound)) {
            return Knots.tail(at, lane, parameterCount());
        }
        shape(lane);
        double[] w = lane.scratch(W, bins);
        double[] x = lane.scratch(X, bins + 1);
        double[] d = lane.scratch(D, bins + 1);
        double[] y = lane.scratch(Y, bins + 1);
        double unit = Knots.unit(bins, bound);
        double u = Knots.place(at, bins, bound);
        int k = Knots.bin(x, bins, u);
        double z = u - x[k];
        double rise = (d[k + 1] - d[k]) * (z / w[k]); // w >= K · minWidth > 0
        lane.logDerivative(Math.log(d[k] + rise)); // between two slopes of at least minSlope
        return (float) (at + unit * (y[k] - x[k] + z * (d[k] - 1 + 0.5 * rise)));
    }

    @Override
    public float inverse(float at, Lane lane) {
        if (Knots.outside(at, bound)) {
            return Knots.tail(at, lane, parameterCount());
        }
        shape(lane);
        double[] w = lane.scratch(W, bins);
        double[] x = lane.scratch(X, bins + 1);
        double[] d = lane.scratch(D, bins + 1);
        double[] y = lane.scratch(Y, bins + 1);
        double unit = Knots.unit(bins, bound);
        double v = Knots.place(at, bins, bound);
        int k = Knots.bin(y, bins, v);
        double p = v - y[k];
        // The square of f′ at the answer, between dₖ² and dₖ₊₁²; rounding must not take it below 0
        // where dₖ₊₁ ≪ dₖ.
        double square = Math.max(d[k] * d[k] + 2 * (d[k + 1] - d[k]) * (p / w[k]), 0);
        double z = 2 * p / (d[k] + Math.sqrt(square)); // denominator >= minSlope > 0
        lane.logDerivative(Math.log(d[k] + (d[k + 1] - d[k]) * Math.min(z / w[k], 1))); // as in forward
        return (float) (at + unit * (x[k] - y[k] + (z - p)));
    }

    @Override
    public float forwardVjp(float at, float gY, float gLogDet, Lane lane) {
        if (Knots.outside(at, bound)) {
            return Knots.tailVjp(gY, lane, parameterCount());
        }
        shape(lane);
        double[] w = lane.scratch(W, bins);
        double[] x = lane.scratch(X, bins + 1);
        double[] d = lane.scratch(D, bins + 1);
        double unit = Knots.unit(bins, bound);
        double u = Knots.place(at, bins, bound);
        int k = Knots.bin(x, bins, u);
        double z = u - x[k];
        double t = z / w[k];
        double rise = d[k + 1] - d[k];
        double slope = d[k] + rise * t;
        double gV = gY * unit;
        double gS = gLogDet / slope;
        double gZ = gV * slope + gS * rise / w[k];
        double[] gW = lane.scratch(GW, bins);
        double[] gD = lane.scratch(GD, bins + 1);
        for (int j = 0; j < bins; j++) {
            gW[j] = j < k ? 0.5 * gV * (d[j] + d[j + 1]) - gZ : 0;
        }
        gW[k] = -t * (0.5 * gV * rise * t + gS * rise / w[k]);
        Knots.fill(gD, bins + 1, 0, 0);
        for (int j = 0; j < k; j++) {
            gD[j] += 0.5 * gV * w[j];
            gD[j + 1] += 0.5 * gV * w[j];
        }
        gD[k] += gV * z * (1 - 0.5 * t) + gS * (1 - t);
        gD[k + 1] += 0.5 * gV * z * t + gS * t;
        shapeVjp(lane, gW, gD);
        return (float) (gZ / unit);
    }

    /// Fills the scratch arrays from φ.
    private void shape(Lane lane) {
        double[] q = lane.scratch(QW, bins);
        double[] w = lane.scratch(W, bins);
        Knots.shares(lane, 0, bins, q);
        Knots.sizes(q, bins, bins * minWidth, w);
        Knots.sum(w, bins, lane.scratch(X, bins + 1));
        double[] a = lane.scratch(A, bins - 1);
        for (int j = 0; j < bins - 1; j++) {
            a[j] = 0.5 * (w[j] + w[j + 1]); // what a slope of 1 at knot j + 1 adds to the height
        }
        double[] qD = lane.scratch(QD, bins - 1);
        Knots.shares(lane, bins, bins - 1, a, qD);
        double[] d = lane.scratch(D, bins + 1);
        d[0] = 1;
        for (int j = 0; j < bins - 1; j++) {
            d[j + 1] = minSlope + (1 - minSlope) * qD[j];
        }
        d[bins] = 1;
        double[] y = lane.scratch(Y, bins + 1);
        y[0] = 0;
        for (int j = 0; j < bins; j++) {
            y[j + 1] = y[j] + 0.5 * w[j] * (d[j] + d[j + 1]);
        }
    }

    /// From gradients of widths and slopes to those of φ.
    private void shapeVjp(Lane lane, double[] gW, double[] gD) {
        double[] a = lane.scratch(A, bins - 1);
        double[] qD = lane.scratch(QD, bins - 1);
        for (int j = 0; j < bins - 1; j++) {
            gD[j] = (1 - minSlope) * gD[j + 1]; // those of the inner slopes move to the front
        }
        double mean = Knots.sharesVjp(lane, bins, bins - 1, a, qD, gD);
        for (int j = 0; j < bins - 1; j++) {
            double gA = mean * (1 - qD[j]);
            gW[j] += 0.5 * gA;
            gW[j + 1] += 0.5 * gA;
        }
        Knots.sizesVjp(gW, bins, bins * minWidth);
        Knots.sharesVjp(lane, 0, bins, lane.scratch(QW, bins), gW);
    }
}
