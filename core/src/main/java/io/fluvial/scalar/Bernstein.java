package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.MonotoneRoot;

/// A polynomial in Bernstein form with increasing coefficients, and straight tails (Ramasinghe et
/// al. 2021, arXiv:2102.03509, eq. 4–8). With u = (x + B) / 2B and the basis b_{i,n}(u) = C(n, i)
/// uⁱ (1 − u)ⁿ⁻ⁱ,
///
///     y = Σ_{i=0}^{n} β_i b_{i,n}(u),
///     f′(x) = n / 2B · Σ_{i=1}^{n} d_i b_{i−1,n−1}(u),   d_i = β_i − β_{i−1} > 0,
///
/// for |x| ≤ B; outside, y goes on with the slope of the end. The first two steps d are equal, and
/// so are the last two, so that f″ is continuous at ±B (it is 0 there), which the paper leaves
/// open.
///
/// φ is `[n − 1]`: the shift φ₀ and n − 2 raw steps. d_i = (2B / n) exp(s(raw)), and β is centred:
/// β₀ + β_n = 2 φ₀. Identity at φ = 0. R onto R for any φ.
///
/// Accuracy against mpmath: y within 2⁻⁵⁰ (B + |y|), then rounded to float; log f′, whose terms are
/// all positive, within 10⁻¹³. Where y would exceed the largest float it stays there, and log f′ is
/// −∞; [#inverse] likewise, with +∞.
///
/// Cost: n exponentials for the steps and about 10 n multiplications; [#inverse] repeats the latter
/// 4 to 8 times.
///
/// @param degree n, 4 to 50
/// @param bound B > 0, where the tails begin
/// @param logStep how a raw output becomes log(n d / 2B), the logarithm of a slope
public record Bernstein(int degree, double bound, LogScale logStep) implements ScalarBijector {

    /// Up to here the binomial coefficients are exact.
    private static final int LARGEST_DEGREE = 50;

    private static final MonotoneRoot.Curve<Bernstein> CURVE = Bernstein::inside;

    // Slots of the work array: results of `inside`, what `prepare` finds, then rows.
    private static final int SLOPE = 0;
    private static final int BEND = 1; // f″
    private static final int SHIFT = 2;
    private static final int HALF_RISE = 3; // (β_n − β₀) / 2
    private static final int ROWS = 4;

    public Bernstein {
        if (degree < 4 || degree > LARGEST_DEGREE) {
            throw new IllegalArgumentException("a Bernstein map has degree 4 to 50, not " + degree);
        }
        if (!(bound > 0 && bound < Float.MAX_VALUE)) {
            throw new IllegalArgumentException("the bound of a Bernstein map must be positive, got " + bound);
        }
    }

    /// The default: coefficients of slope above 0.001 by softplus.
    public static Bernstein of(int degree, double bound) {
        return new Bernstein(degree, bound, new LogScale.Softplus(0.001));
    }

    /// Steps as slopes n d_i / 2B, i = 1 … n.
    private int slopes() {
        return ROWS - 1;
    }

    /// b_{i,n}(u), i = 0 … n.
    private int basis() {
        return ROWS + degree;
    }

    /// b_{i,n−1}(u), i = 0 … n − 1.
    private int lowerBasis() {
        return basis() + degree + 1;
    }

    /// b_{i,n−2}(u), i = 0 … n − 2.
    private int lowestBasis() {
        return lowerBasis() + degree;
    }

    /// The parameter of step i: the first two share one, and the last two.
    private int parameter(int i) {
        return Math.min(Math.max(i, 2), degree - 1) - 1;
    }

    private double[] prepare(Lane lane) {
        double[] work = lane.scratch(0, lowestBasis() + degree - 1);
        double sum = 0;
        for (int i = 1; i <= degree; i++) {
            double slope = Math.exp(logStep.logScale(lane.phi(parameter(i))));
            work[slopes() + i] = slope;
            sum += slope;
        }
        work[SHIFT] = lane.phi(0);
        work[HALF_RISE] = bound / degree * sum;
        return work;
    }

    /// Writes b_{i,m}(u) to `work[to + i]`, i = 0 … m: products of positive numbers, so each is
    /// right to a few bits.
    private static void basis(int m, double u, double[] work, int to) {
        double power = 1;
        double binomial = 1;
        for (int i = 0; i <= m; i++) {
            work[to + i] = binomial * power;
            power *= u;
            binomial = binomial * (m - i) / (i + 1); // exact
        }
        double rest = 1;
        for (int i = m; i >= 0; i--) {
            work[to + i] *= rest;
            rest *= 1 - u;
        }
    }

    /// y at x in ±B, as φ₀ + Σ d_i (P_i − ½) with P_i = Σ_{j≥i} b_{j,n}.
    private double inside(double x, double[] work) {
        double u = (x + bound) / (2 * bound);
        basis(degree, u, work, basis());
        basis(degree - 1, u, work, lowerBasis());
        basis(degree - 2, u, work, lowestBasis());
        double slope = 0;
        double sum = 0;
        double above = 0;
        for (int i = degree; i >= 1; i--) {
            above += work[basis() + i];
            sum += work[slopes() + i] * (above - 0.5);
            slope += work[slopes() + i] * work[lowerBasis() + i - 1];
        }
        double bend = 0;
        for (int i = 1; i < degree; i++) {
            bend += (work[slopes() + i + 1] - work[slopes() + i]) * work[lowestBasis() + i - 1];
        }
        work[SLOPE] = slope;
        work[BEND] = bend * (degree - 1) / (2 * bound);
        return work[SHIFT] + 2 * bound / degree * sum;
    }

    /// The number of the step whose slope a tail has, or 0 inside and for NaN.
    private int tail(double x) {
        return x > bound ? degree : x < -bound ? 1 : 0;
    }

    @Override
    public int parameterCount() {
        return degree - 1;
    }

    @Override
    public float forward(float x, Lane lane) {
        double[] work = prepare(lane);
        int tail = tail(x);
        if (tail == 0) {
            double y = inside(x, work);
            return Ends.forward(y, Math.log(work[SLOPE]), lane); // slopes are positive
        }
        double slope = work[slopes() + tail];
        double end = Math.copySign(bound, x);
        double y = work[SHIFT] + Math.copySign(work[HALF_RISE], x) + slope * (x - end);
        return Ends.forward(y, Math.log(slope), lane);
    }

    @Override
    public float inverse(float y, Lane lane) {
        double[] work = prepare(lane);
        double fromMiddle = y - work[SHIFT];
        double past = Math.abs(fromMiddle) - work[HALF_RISE];
        if (past > 0) {
            double slope = work[slopes() + (fromMiddle > 0 ? degree : 1)];
            return Ends.inverse(Math.copySign(bound + past / slope, fromMiddle), Math.log(slope), lane);
        }
        double start = bound * fromMiddle / work[HALF_RISE]; // positive
        double x = MonotoneRoot.find(CURVE, this, work, y, -bound, bound, start);
        inside(x, work);
        return Ends.inverse(x, Math.log(work[SLOPE]), lane);
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        double[] work = prepare(lane);
        int tail = tail(x);
        double gX = tail == 0 ? pullInside(x, gY, gLogDet, work) : pullTail(x, tail, gY, gLogDet, work);
        if (Float.isInfinite(x)) {
            return Ends.noGradient(parameterCount(), lane);
        }
        lane.gradient(0, gY);
        for (int p = 1; p < parameterCount(); p++) { // of step p + 1, and of the outermost that share its parameter
            double g = work[slopes() + p + 1]
                    + (p == 1 ? work[slopes() + 1] : 0)
                    + (p == degree - 2 ? work[slopes() + degree] : 0);
            lane.gradient(p, g * logStep.slope(lane.phi(p)));
        }
        return (float) gX;
    }

    /// Replaces every slope s_i by ∂loss/∂log s_i; returns gX.
    private double pullInside(double x, double gY, double gLogDet, double[] work) {
        inside(x, work);
        double perSlope = gLogDet / work[SLOPE]; // positive
        double above = 0;
        for (int i = degree; i >= 1; i--) {
            above += work[basis() + i];
            work[slopes() + i] *= gY * 2 * bound / degree * (above - 0.5) + perSlope * work[lowerBasis() + i - 1];
        }
        return gY * work[SLOPE] + perSlope * work[BEND];
    }

    private double pullTail(double x, int tail, double gY, double gLogDet, double[] work) {
        double slope = work[slopes() + tail];
        double perStep = gY * Math.copySign(bound / degree, x);
        for (int i = 1; i <= degree; i++) {
            work[slopes() + i] *= perStep;
        }
        work[slopes() + tail] += gY * slope * (x - Math.copySign(bound, x)) + gLogDet;
        return gY * slope;
    }
}
