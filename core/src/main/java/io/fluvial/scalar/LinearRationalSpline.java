package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.Logistic;

/// A spline on [−bound, bound] whose bins are two linear fractions each, the identity outside
/// (Dolatabadi et al. 2020, arXiv:2001.05168, section 3.1; Fuhr and Kallay 1992): as smooth as a
/// rational quadratic spline, with a slope that is continuous, and inverted by a division.
///
/// K bins of widths and heights min + (1 − K · min) · softmax(φ), as parts of the box; slopes at
/// the inner knots dⱼ = minSlope + (1 − minSlope) · softplus(φⱼ) / log 2, at the ends exactly 1, so
/// that the slope is continuous there too; and in each bin λ = minLambda + (1 − 2 · minLambda) ·
/// σ(φ), the place where the two fractions meet. Identity at φ = 0.
///
/// The paper's formula, with its weights eliminated: let a = √dₖ, b = √dₖ₊₁, s the mean slope of
/// the bin, m = λa + (1 − λ)b and t = (x − Xₖ) / Wₖ. For t ≤ λ
///
///     y = Yₖ + λ a² (x − Xₖ) / N,   f′ = (λa / N)²,   N = λ + (a m / s − 1) t ,
///
/// and for t > λ the same seen from the other end of the bin, a and b, λ and 1 − λ exchanged.
///
/// Parameters per feature: 4K − 1, `[w | h | d | λ]`. Cost: 2K exponentials, three softplus or σ.
/// The second derivative jumps at the knots and where the fractions meet.
///
/// @param bins K, 2 or more
/// @param bound half the side of the box, in the units of x
/// @param minWidth the smallest part of the box that the width of a bin may take, in (0, 1/K)
/// @param minHeight the same for its height
/// @param minSlope the smallest slope at an inner knot, in (0, 1)
/// @param minLambda the smallest λ, and of 1 − λ, in (0, ½)
public record LinearRationalSpline(
        int bins, double bound, double minWidth, double minHeight, double minSlope, double minLambda)
        implements ScalarBijector {

    private static final double LOG_2 = 0.6931471805599453;

    // Scratch: shares, sizes and knots on both axes; gradients.
    private static final int QW = 0;
    private static final int W = 1;
    private static final int X = 2;
    private static final int QH = 3;
    private static final int H = 4;
    private static final int Y = 5;
    private static final int GW = 6;
    private static final int GH = 7;

    public LinearRationalSpline {
        Knots.check("linear rational", bins, bound);
        Knots.checkShare("linear rational", "minWidth", minWidth, bins);
        Knots.checkShare("linear rational", "minHeight", minHeight, bins);
        Knots.checkSlope("linear rational", minSlope);
        if (!(minLambda > 0 && minLambda < 0.5)) {
            throw new IllegalArgumentException("linear rational spline needs 0 < minLambda < 1/2, got " + minLambda);
        }
    }

    /// With sizes of at least a thousandth of the box, slopes of at least a thousandth, and λ from
    /// 0.025 to 0.975.
    public static LinearRationalSpline of(int bins, double bound) {
        return new LinearRationalSpline(bins, bound, 1e-3, 1e-3, 1e-3, 0.025);
    }

    @Override
    public int parameterCount() {
        return 4 * bins - 1;
    }

    @Override
    public float forward(float at, Lane lane) {
        if (Knots.outside(at, bound)) {
            return Knots.tail(at, lane, parameterCount());
        }
        shape(lane);
        double[] x = lane.scratch(X, bins + 1);
        double[] y = lane.scratch(Y, bins + 1);
        double unit = Knots.unit(bins, bound);
        double u = Knots.place(at, bins, bound);
        int k = Knots.bin(x, bins, u);
        double w = lane.scratch(W, bins)[k];
        double h = lane.scratch(H, bins)[k];
        double lambda = lambda(k, lane);
        double low = root(k, lane);
        double high = root(k + 1, lane);
        double middle = lambda * low + (1 - lambda) * high;
        boolean above = (u - x[k]) / w > lambda;
        double z = above ? x[k + 1] - u : u - x[k];
        double a = above ? high : low;
        double part = above ? 1 - lambda : lambda;
        double n =
                part + (a * middle * w / h - 1) * (z / w); // from part > 0 at 0 to a · part · m / s > 0 where they meet
        double p = part * a * a * z / n;
        double rise = above ? y[k + 1] - x[k + 1] + (z - p) : y[k] - x[k] + (p - z);
        double defect = Knots.defect(lane, parameterCount()); // parameters of other bins are not looked at
        lane.logDerivative(2 * Math.log(part * a / n) + defect); // all positive
        return (float) (at + unit * (rise + defect));
    }

    @Override
    public float inverse(float at, Lane lane) {
        if (Knots.outside(at, bound)) {
            return Knots.tail(at, lane, parameterCount());
        }
        shape(lane);
        double[] x = lane.scratch(X, bins + 1);
        double[] y = lane.scratch(Y, bins + 1);
        double unit = Knots.unit(bins, bound);
        double v = Knots.place(at, bins, bound);
        int k = Knots.bin(y, bins, v);
        double w = lane.scratch(W, bins)[k];
        double h = lane.scratch(H, bins)[k];
        double lambda = lambda(k, lane);
        double low = root(k, lane);
        double high = root(k + 1, lane);
        double middle = lambda * low + (1 - lambda) * high;
        boolean above = (v - y[k]) / h > lambda * low / middle;
        double p = above ? y[k + 1] - v : v - y[k];
        double a = above ? high : low;
        double part = above ? 1 - lambda : lambda;
        // p = part · a² z / (part + g z) solved for z. The denominator falls or rises linearly to p
        // / w where the fractions meet; with a slope of 1e30 its terms cancel there, and z must not
        // leave the half of the bin.
        double g = a * middle / h - 1 / w;
        double z = part * p / Math.max(part * a * a - g * p, p / w);
        double run = above ? x[k + 1] - y[k + 1] + (p - z) : x[k] - y[k] + (z - p);
        double defect = Knots.defect(lane, parameterCount());
        lane.logDerivative(2 * Math.log(part * a / (part + g * z)) + defect); // as in forward
        return (float) (at + unit * (run + defect));
    }

    @Override
    public float forwardVjp(float at, float gY, float gLogDet, Lane lane) {
        if (Knots.outside(at, bound)) {
            return Knots.tailVjp(gY, lane, parameterCount());
        }
        shape(lane);
        double[] x = lane.scratch(X, bins + 1);
        double unit = Knots.unit(bins, bound);
        double u = Knots.place(at, bins, bound);
        int k = Knots.bin(x, bins, u);
        double w = lane.scratch(W, bins)[k];
        double h = lane.scratch(H, bins)[k];
        double lambda = lambda(k, lane);
        double low = root(k, lane);
        double high = root(k + 1, lane);
        double middle = lambda * low + (1 - lambda) * high;
        boolean above = (u - x[k]) / w > lambda;
        double sign = above ? -1 : 1;
        double z = above ? x[k + 1] - u : u - x[k];
        double a = above ? high : low;
        double b = above ? low : high;
        double part = above ? 1 - lambda : lambda;
        double n = part + (a * middle * w / h - 1) * (z / w);
        double slope = part * a / n;
        double gV = gY * unit;
        double gP = sign * gV;
        // p = part · a² z / n and log f′ = 2 log(part · a / n), with n = part + a m z / h − z / w
        double gN = -(gP * slope * a * z + 2 * gLogDet) / n;
        double gZ = gP * slope * a + gN * (a * middle / h - 1 / w);
        double gPart = gP * a * a * z / n + 2 * gLogDet / part + gN * (1 + a * (a - b) * z / h);
        double gA = 2 * gP * part * a * z / n + 2 * gLogDet / a + gN * (middle + a * part) * z / h;
        double gB = gN * a * (1 - part) * z / h;
        double[] gW = lane.scratch(GW, bins);
        double[] gH = lane.scratch(GH, bins);
        int anchor = above ? k + 1 : k;
        Knots.fill(gW, bins, anchor, -sign * gZ);
        Knots.fill(gH, bins, anchor, gV);
        gW[k] += gN * z / (w * w);
        gH[k] -= gN * a * middle * z / (h * h);
        Knots.sizesVjp(gW, bins, bins * minWidth);
        Knots.sizesVjp(gH, bins, bins * minHeight);
        Knots.sharesVjp(lane, 0, bins, lane.scratch(QW, bins), gW);
        Knots.sharesVjp(lane, bins, bins, lane.scratch(QH, bins), gH);
        localVjp(lane, k, low, above ? gB : gA, high, above ? gA : gB, sign * gPart);
        return (float) (sign * gZ / unit);
    }

    /// Fills the scratch arrays from φ.
    private void shape(Lane lane) {
        double[] q = lane.scratch(QW, bins);
        double[] w = lane.scratch(W, bins);
        Knots.shares(lane, 0, bins, q);
        Knots.sizes(q, bins, bins * minWidth, w);
        Knots.sum(w, bins, lane.scratch(X, bins + 1));
        double[] qH = lane.scratch(QH, bins);
        double[] h = lane.scratch(H, bins);
        Knots.shares(lane, bins, bins, qH);
        Knots.sizes(qH, bins, bins * minHeight, h);
        Knots.sum(h, bins, lane.scratch(Y, bins + 1));
    }

    /// √d at knot j.
    private double root(int j, Lane lane) {
        return j == 0 || j == bins
                ? 1
                : Math.sqrt(minSlope + (1 - minSlope) * (Logistic.softplus(lane.phi(knot(j))) / LOG_2));
    }

    private double lambda(int k, Lane lane) {
        return minLambda + (1 - 2 * minLambda) * Logistic.sigmoid(lane.phi(middle(k)));
    }

    /// Where φ has the slope at inner knot j.
    private int knot(int j) {
        return 2 * bins + j - 1;
    }

    /// Where φ has the λ of bin k.
    private int middle(int k) {
        return 3 * bins - 1 + k;
    }

    /// Gradients of the slopes at the ends of bin k, given those of their roots, and of its λ; 0
    /// for all other bins.
    private void localVjp(Lane lane, int k, double low, double gLow, double high, double gHigh, double gLambda) {
        for (int j = 2 * bins; j < parameterCount(); j++) {
            lane.gradient(j, 0);
        }
        if (k > 0) {
            lane.gradient(knot(k), gLow * rootSlope(low, lane.phi(knot(k))));
        }
        if (k < bins - 1) {
            lane.gradient(knot(k + 1), gHigh * rootSlope(high, lane.phi(knot(k + 1))));
        }
        lane.gradient(middle(k), gLambda * (1 - 2 * minLambda) * Logistic.slope(lane.phi(middle(k))));
    }

    /// d√d/dφ; the root is at least that of minSlope.
    private double rootSlope(double root, float phi) {
        return 0.5 / root * (1 - minSlope) * Logistic.sigmoid(phi) / LOG_2;
    }
}
