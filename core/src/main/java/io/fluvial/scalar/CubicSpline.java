package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;

/// A piecewise cubic spline on [−bound, bound], the identity outside, with the slopes at its knots
/// chosen from its neighbours such that it is monotone (Steffen 1990, Astron. Astrophys. 239,
/// 443–450; as a flow: Durkan et al. 2019, arXiv:1906.02145). K bins of widths wₖ = minWidth + (1 −
/// K · minWidth) · softmax(φ)ₖ, as parts of the box, and mean slopes sₖ. At the knot between bins k
/// − 1 and k
///
///     dₖ = min(2 sₖ₋₁, 2 sₖ, (sₖ₋₁ wₖ + sₖ wₖ₋₁) / (wₖ₋₁ + wₖ)) ;
///
/// in bin k, which starts at (Xₖ, Yₖ) and is Wₖ wide, with t = (x − Xₖ) / Wₖ,
///
///     y = Yₖ + Wₖ (dₖ t + (3sₖ − 2dₖ − dₖ₊₁) t² + (dₖ + dₖ₊₁ − 2sₖ) t³) .
///
/// Two departures from the paper, where end slopes are free and heights a softmax. The end slopes
/// are exactly 1, so that the slope is continuous at the box. And φ gives mean slopes, of which
/// heights follow: sⱼ = mⱼ + (1 − mⱼ) · qⱼ, where qⱼ is proportional to exp φⱼ and scaled such that
/// the box is filled, Σ wₖ sₖ = 1. m is minSlope, but ½ in the first and the last bin: there too a
/// slope of 1 is then at most 2s, the bound that keeps the cubic monotone, and f′ > 0 everywhere.
/// Identity at φ = 0.
///
/// `inverse` solves the cubic by Newton's method inside a bracket that shrinks with every step, to
/// the last bits of t; closed forms of the root cancel where the coefficient of t³ vanishes, as it
/// does in every bin at φ = 0.
///
/// Parameters per feature: 2K, `[w | s]`. Cost: 2K exponentials. The second derivative jumps at the
/// knots, the gradient in φ where the minimum changes hands.
///
/// @param bins K, 2 or more
/// @param bound half the side of the box, in the units of x
/// @param minWidth the smallest part of the box that a bin may take, in (0, 1/K)
/// @param minSlope the smallest mean slope of an inner bin, in (0, 1)
public record CubicSpline(int bins, double bound, double minWidth, double minSlope) implements ScalarBijector {

    /// The smallest mean slope of the first and the last bin.
    private static final double END = 0.5;

    /// A bracket halved so often is down to neighbours; Newton's steps need about six.
    private static final int MOST_STEPS = 80;

    // Scratch: shares, widths, knots in x; weights, shares, mean slopes; slopes at the knots, knots
    // in y; gradients.
    private static final int QW = 0;
    private static final int W = 1;
    private static final int X = 2;
    private static final int A = 3;
    private static final int QS = 4;
    private static final int S = 5;
    private static final int D = 6;
    private static final int Y = 7;
    private static final int GW = 8;
    private static final int GS = 9;

    public CubicSpline {
        Knots.check("cubic", bins, bound);
        Knots.checkShare("cubic", "minWidth", minWidth, bins);
        Knots.checkSlope("cubic", minSlope);
    }

    /// With widths of at least a thousandth of the box and mean slopes of at least a thousandth.
    public static CubicSpline of(int bins, double bound) {
        return new CubicSpline(bins, bound, 1e-3, 1e-3);
    }

    @Override
    public int parameterCount() {
        return 2 * bins;
    }

    @Override
    public float forward(float at, Lane lane) {
        if (Knots.outside(at, bound)) {
            return Knots.tail(at, lane, parameterCount());
        }
        shape(lane);
        double[] x = lane.scratch(X, bins + 1);
        double unit = Knots.unit(bins, bound);
        double u = Knots.place(at, bins, bound);
        int k = Knots.bin(x, bins, u);
        double d = lane.scratch(D, bins + 1)[k];
        double square = square(k, lane);
        double cube = cube(k, lane);
        double z = u - x[k];
        double t = z / lane.scratch(W, bins)[k]; // w >= K · minWidth > 0
        lane.logDerivative(Math.log(d + t * (2 * square + 3 * cube * t))); // > 0, see above
        double rise = z * (d - 1 + t * (square + cube * t));
        return (float) (at + unit * (lane.scratch(Y, bins + 1)[k] - x[k] + rise));
    }

    @Override
    public float inverse(float at, Lane lane) {
        if (Knots.outside(at, bound)) {
            return Knots.tail(at, lane, parameterCount());
        }
        shape(lane);
        double[] y = lane.scratch(Y, bins + 1);
        double unit = Knots.unit(bins, bound);
        double v = Knots.place(at, bins, bound);
        int k = Knots.bin(y, bins, v);
        double d = lane.scratch(D, bins + 1)[k];
        double square = square(k, lane);
        double cube = cube(k, lane);
        double w = lane.scratch(W, bins)[k];
        double p = v - y[k];
        double t = root(d, square, cube, p / w, lane.scratch(S, bins)[k]);
        lane.logDerivative(Math.log(d + t * (2 * square + 3 * cube * t))); // as in forward
        return (float) (at + unit * (lane.scratch(X, bins + 1)[k] - y[k] + (w * t - p)));
    }

    /// The t in [0, 1] with dt + square · t² + cube · t³ = p, which is 0 at t = 0 and `top` at t =
    /// 1.
    static double root(double d, double square, double cube, double p, double top) {
        double low = 0;
        double high = 1;
        double t = Math.min(p / top, 1);
        for (int step = 0; step < MOST_STEPS; step++) {
            double off = t * (d + t * (square + cube * t)) - p;
            if (off > 0) {
                high = t;
            } else {
                low = t;
            }
            double next = t - off / (d + t * (2 * square + 3 * cube * t));
            if (next <= low || next >= high) {
                next = off == 0 ? t : 0.5 * (low + high);
            }
            if (Math.abs(next - t) <= 0x1p-52 * t) {
                return next;
            }
            t = next;
        }
        return t;
    }

    @Override
    public float forwardVjp(float at, float gY, float gLogDet, Lane lane) {
        if (Knots.outside(at, bound)) {
            return Knots.tailVjp(gY, lane, parameterCount());
        }
        shape(lane);
        double[] w = lane.scratch(W, bins);
        double[] x = lane.scratch(X, bins + 1);
        double[] s = lane.scratch(S, bins);
        double unit = Knots.unit(bins, bound);
        double u = Knots.place(at, bins, bound);
        int k = Knots.bin(x, bins, u);
        double square = square(k, lane);
        double cube = cube(k, lane);
        double z = u - x[k];
        double t = z / w[k];
        double slope = lane.scratch(D, bins + 1)[k] + t * (2 * square + 3 * cube * t);
        double bend = 2 * square + 6 * cube * t; // ∂f′/∂t
        double gV = gY * unit;
        double gF = gLogDet / slope;
        double gZ = gV * slope + gF * bend / w[k];
        double[] gW = lane.scratch(GW, bins);
        double[] gS = lane.scratch(GS, bins);
        for (int j = 0; j < bins; j++) {
            gW[j] = j < k ? gV * s[j] - gZ : 0;
            gS[j] = j < k ? gV * w[j] : 0;
        }
        gW[k] = -t * (gV * t * (square + 2 * cube * t) + gF * bend / w[k]);
        gS[k] = gV * z * t * (3 - 2 * t) + gF * 6 * t * (1 - t);
        double rest = 1 - t;
        knotVjp(lane, k, gV * z * rest * rest + gF * rest * (1 - 3 * t), gW, gS);
        knotVjp(lane, k + 1, -gV * z * t * rest - gF * t * (2 - 3 * t), gW, gS);
        shapeVjp(lane, gW, gS);
        return (float) (gZ / unit);
    }

    private double square(int k, Lane lane) {
        double[] d = lane.scratch(D, bins + 1);
        return 3 * lane.scratch(S, bins)[k] - 2 * d[k] - d[k + 1];
    }

    private double cube(int k, Lane lane) {
        double[] d = lane.scratch(D, bins + 1);
        return d[k] + d[k + 1] - 2 * lane.scratch(S, bins)[k];
    }

    /// Fills the scratch arrays from φ.
    private void shape(Lane lane) {
        double[] q = lane.scratch(QW, bins);
        double[] w = lane.scratch(W, bins);
        Knots.shares(lane, 0, bins, q);
        Knots.sizes(q, bins, bins * minWidth, w);
        Knots.sum(w, bins, lane.scratch(X, bins + 1));
        double[] a = lane.scratch(A, bins);
        for (int j = 0; j < bins; j++) {
            a[j] = w[j] * (1 - least(j));
        }
        double[] qS = lane.scratch(QS, bins);
        Knots.shares(lane, bins, bins, a, qS);
        double[] s = lane.scratch(S, bins);
        double[] y = lane.scratch(Y, bins + 1);
        y[0] = 0;
        for (int j = 0; j < bins; j++) {
            s[j] = least(j) + (1 - least(j)) * qS[j];
            y[j + 1] = y[j] + w[j] * s[j];
        }
        double[] d = lane.scratch(D, bins + 1);
        d[0] = 1;
        for (int j = 1; j < bins; j++) {
            d[j] = Math.min(2 * Math.min(s[j - 1], s[j]), parabola(j, w, s));
        }
        d[bins] = 1;
    }

    private double least(int bin) {
        return bin == 0 || bin == bins - 1 ? Math.max(END, minSlope) : minSlope;
    }

    /// The slope at knot j of the parabola through it and its neighbours.
    private static double parabola(int j, double[] w, double[] s) {
        return (s[j - 1] * w[j] + s[j] * w[j - 1]) / (w[j - 1] + w[j]);
    }

    /// Adds what the slope at knot j pulls back to widths and mean slopes; those at the ends are
    /// constants.
    private void knotVjp(Lane lane, int j, double gD, double[] gW, double[] gS) {
        if (j == 0 || j == bins) {
            return;
        }
        double[] w = lane.scratch(W, bins);
        double[] s = lane.scratch(S, bins);
        double d = parabola(j, w, s);
        if (d <= 2 * Math.min(s[j - 1], s[j])) {
            double part = gD / (w[j - 1] + w[j]);
            gS[j - 1] += part * w[j];
            gS[j] += part * w[j - 1];
            gW[j - 1] += part * (s[j] - d);
            gW[j] += part * (s[j - 1] - d);
        } else {
            gS[s[j - 1] < s[j] ? j - 1 : j] += 2 * gD;
        }
    }

    /// From gradients of widths and mean slopes to those of φ.
    private void shapeVjp(Lane lane, double[] gW, double[] gS) {
        double[] qS = lane.scratch(QS, bins);
        for (int j = 0; j < bins; j++) {
            gS[j] *= 1 - least(j);
        }
        double mean = Knots.sharesVjp(lane, bins, bins, lane.scratch(A, bins), qS, gS);
        for (int j = 0; j < bins; j++) {
            gW[j] += mean * (1 - qS[j]) * (1 - least(j));
        }
        Knots.sizesVjp(gW, bins, bins * minWidth);
        Knots.sharesVjp(lane, 0, bins, lane.scratch(QW, bins), gW);
    }
}
