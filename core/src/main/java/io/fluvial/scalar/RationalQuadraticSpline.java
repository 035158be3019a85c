package io.fluvial.scalar;

import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.internal.Logistic;

/// The monotone rational-quadratic spline of neural spline flows: K pieces with learned widths,
/// heights and slopes map the box [−B, B] onto itself (Durkan et al. 2019, arXiv:1906.04032,
/// section 3; pieces by Gregory & Delbourgo 1982). Inside bin k, with t = (x − Xₖ) / (Xₖ₊₁ − Xₖ), s
/// = (Yₖ₊₁ − Yₖ) / (Xₖ₊₁ − Xₖ), u = 1 − t and the slopes d₀ = dₖ, d₁ = dₖ₊₁ at the knots,
///
///     y = Yₖ + (Yₖ₊₁ − Yₖ) · t (s t + d₀ u) / D,   D = s (t² + u²) + (d₀ + d₁) t u
///     log f′(x) = log (N (s / D)²),   N = d₁ t² + 2 s t u + d₀ u²
///
/// f and f′ are continuous, also across the ends of the box under [Tails#LINEAR] and
/// [Tails#AFFINE]; the inverse is in closed form and takes no root of a negative number for any
/// input.
///
/// φ is `[w | h | d]`, and after them the box under [Tails#AFFINE]:
///
/// | tails | numbers in φ | d | outside the box |
/// |---|---|---|---|
/// | LINEAR | 3K − 1 | slopes at the K − 1 inner knots; 1 at the ends | y = x |
/// | AFFINE | 3K + 3 | as LINEAR; then centre and log-size of the box in x, the same in y | the box's diagonal |
/// | CIRCULAR | 3K | slopes at knots 0 … K − 1; knot K is knot 0 | log f′ = −∞ |
/// | NONE | 3K + 1 | slopes at knots 0 … K | log f′ = −∞ |
///
/// Widths are shares 2B · (minWidth + (1 − K minWidth) · softmax(w)), heights likewise, slopes
/// minSlope + softplus(d + offset) with the offset that makes d = 0 a slope of exactly 1: φ = 0 is
/// the identity, for all tails.
///
/// AFFINE is the LINEAR spline between two affine maps: with sizes eˢ, s = 3 tanh(a / 3), it is y =
/// c_y + e^(s_y) · f((x − c_x) / e^(s_x)), so that all slopes are multiples of the box's own.
///
/// At ±B, both ends belong to the box; x = B and x = −B under CIRCULAR are one point, which f maps
/// to itself. Outside, where CIRCULAR and NONE know no y, [#forward] returns the nearer end with
/// log f′ = −∞, and [#inverse] with +∞. A φ that is NaN or infinite makes y and log f′ NaN wherever
/// x is.
///
/// Accuracy: everything in double, so y is rounded once to float. Cost of this reference, in which
/// every exponential is taken anew rather than stored: about 5K exponentials; the vector kernel
/// takes 2K.
///
/// @param bins K, at least 1
/// @param bound B, rounded to float; under AFFINE the half-size of the box at φ = 0
/// @param minWidth the least share of the box that a bin takes in x
/// @param minHeight the same in y
/// @param minSlope the least slope at a knot
/// @param tails what happens at the ends and outside
public record RationalQuadraticSpline(
        int bins, double bound, double minWidth, double minHeight, double minSlope, Tails tails)
        implements ScalarBijector {

    /// The usual minimum of widths, heights and slopes (that of Durkan et al.'s code).
    private static final double MINIMUM = 1e-3;

    /// Narrower bins drown in the rounding of float inputs.
    private static final double LEAST_MINIMUM = 1e-6;

    private static final LogScale SIZE = new LogScale.Tanh(3);

    public RationalQuadraticSpline {
        bound = asFloat(bound);
        if (!(bound >= 1e-30 && bound <= 1e30)) {
            throw new IllegalArgumentException("the bound of a spline must lie in [1e-30, 1e30], got " + bound);
        }
        if (bins < 1) {
            throw new IllegalArgumentException("a spline needs at least 1 bin, got " + bins);
        }
        checkShare("minWidth", minWidth, bins);
        checkShare("minHeight", minHeight, bins);
        if (!(minSlope >= LEAST_MINIMUM && minSlope < 1)) {
            throw new IllegalArgumentException(
                    "minSlope must lie in [" + LEAST_MINIMUM + ", 1), so that a slope can be 1, got " + minSlope);
        }
    }

    private static float asFloat(double v) {
        return (float) v;
    }

    private static void checkShare(String name, double min, int bins) {
        if (!(min >= LEAST_MINIMUM && min * bins < 1)) {
            throw new IllegalArgumentException(
                    name + " must lie in [" + LEAST_MINIMUM + ", 1 / bins), got " + min + " for " + bins + " bins");
        }
    }

    /// With the identity outside [−bound, bound]: the spline of neural spline flows. Its authors
    /// use 8 bins and bound 3 on standardised data.
    public static RationalQuadraticSpline of(int bins, double bound) {
        return new RationalQuadraticSpline(bins, bound, MINIMUM, MINIMUM, MINIMUM, Tails.LINEAR);
    }

    /// The same with a box that is learned, starting at [−bound, bound], and straight lines
    /// outside.
    public static RationalQuadraticSpline affine(int bins, double bound) {
        return of(bins, bound).withTails(Tails.AFFINE);
    }

    /// On the circle of the angles −π … π.
    public static RationalQuadraticSpline circular(int bins) {
        return of(bins, Math.PI).withTails(Tails.CIRCULAR);
    }

    /// On [−bound, bound] and nowhere else.
    public static RationalQuadraticSpline bounded(int bins, double bound) {
        return of(bins, bound).withTails(Tails.NONE);
    }

    /// The same with other tails; φ changes its size.
    public RationalQuadraticSpline withTails(Tails other) {
        return new RationalQuadraticSpline(bins, bound, minWidth, minHeight, minSlope, other);
    }

    /// The same with other minima.
    public RationalQuadraticSpline withMinima(double width, double height, double slope) {
        return new RationalQuadraticSpline(bins, bound, width, height, slope, tails);
    }

    @Override
    public int parameterCount() {
        return 3 * bins
                + switch (tails) {
                    case LINEAR -> -1;
                    case AFFINE -> 3;
                    case CIRCULAR -> 0;
                    case NONE -> 1;
                };
    }

    /// The number b with minSlope + softplus(b) = 1; 1 − minSlope > 0.
    public double slopeOffset() {
        return Logistic.inverseSoftplus(1 - minSlope);
    }

    /// Whether everything outside of the box has a y.
    private boolean onTheLine() {
        return tails == Tails.LINEAR || tails == Tails.AFFINE;
    }

    @Override
    public float forward(float x, Lane lane) {
        if (tails != Tails.AFFINE) {
            return (float) toLatent(x, lane);
        }
        double sizeX = SIZE.logScale(lane.phi(box(1)));
        double sizeY = SIZE.logScale(lane.phi(box(3)));
        double v = toLatent(((double) x - lane.phi(box(0))) * Math.exp(-sizeX), lane);
        lane.logDerivative(lane.logDerivative() + sizeY - sizeX);
        return (float) (lane.phi(box(2)) + Math.exp(sizeY) * v);
    }

    @Override
    public float inverse(float y, Lane lane) {
        if (tails != Tails.AFFINE) {
            return (float) toData(y, lane);
        }
        double sizeX = SIZE.logScale(lane.phi(box(1)));
        double sizeY = SIZE.logScale(lane.phi(box(3)));
        double u = toData(((double) y - lane.phi(box(2))) * Math.exp(-sizeY), lane);
        lane.logDerivative(lane.logDerivative() + sizeY - sizeX);
        return (float) (lane.phi(box(0)) + Math.exp(sizeX) * u);
    }

    @Override
    public float forwardVjp(float x, float gY, float gLogDet, Lane lane) {
        if (tails != Tails.AFFINE) {
            return (float) pullback(x, gY, gLogDet, lane);
        }
        double sizeX = SIZE.logScale(lane.phi(box(1)));
        double sizeY = SIZE.logScale(lane.phi(box(3)));
        double u = ((double) x - lane.phi(box(0))) * Math.exp(-sizeX);
        double gV = gY * Math.exp(sizeY);
        double gU = pullback(u, gV, gLogDet, lane);
        double gX = gU * Math.exp(-sizeX);
        lane.gradient(box(0), -gX);
        lane.gradient(box(1), -(gU * u + gLogDet) * SIZE.slope(lane.phi(box(1))));
        lane.gradient(box(2), gY);
        lane.gradient(box(3), (gV * toLatent(u, lane) + gLogDet) * SIZE.slope(lane.phi(box(3))));
        return (float) gX;
    }

    /// Where in φ number k of the learned box stands.
    private int box(int k) {
        return 3 * bins - 1 + k;
    }

    // ---- the spline of the fixed box -------------------------------------------------------------------------------

    private double toLatent(double x, Lane lane) {
        double notFinite = notFinite(lane);
        if (Math.abs(x) > bound) {
            lane.logDerivative(notFinite + (onTheLine() ? 0 : Double.NEGATIVE_INFINITY));
            return notFinite + (onTheLine() ? x : Math.copySign(bound, x));
        }
        double logW = Partition.logSum(lane, 0, bins);
        double logH = Partition.logSum(lane, bins, bins);
        double p = (x + bound) / (2 * bound);
        int k = Partition.bin(lane, 0, bins, minWidth, logW, p);
        double left = Partition.knot(lane, 0, bins, minWidth, logW, k);
        double w = Partition.knot(lane, 0, bins, minWidth, logW, k + 1) - left; // > 0, as minWidth > 0
        double bottom = Partition.knot(lane, bins, bins, minHeight, logH, k);
        double h = Partition.knot(lane, bins, bins, minHeight, logH, k + 1) - bottom;
        double d0 = slope(lane, k);
        double d1 = slope(lane, k + 1);
        double t = (p - left) / w;
        lane.logDerivative(notFinite + Math.log(RationalQuadratic.slope(t, h / w, d0, d1))); // positive
        return notFinite + bound * (2 * (bottom + h * RationalQuadratic.share(t, h / w, d0, d1)) - 1);
    }

    private double toData(double y, Lane lane) {
        double notFinite = notFinite(lane);
        if (Math.abs(y) > bound) {
            lane.logDerivative(notFinite + (onTheLine() ? 0 : Double.POSITIVE_INFINITY));
            return notFinite + (onTheLine() ? y : Math.copySign(bound, y));
        }
        double logW = Partition.logSum(lane, 0, bins);
        double logH = Partition.logSum(lane, bins, bins);
        double p = (y + bound) / (2 * bound);
        int k = Partition.bin(lane, bins, bins, minHeight, logH, p);
        double left = Partition.knot(lane, 0, bins, minWidth, logW, k);
        double w = Partition.knot(lane, 0, bins, minWidth, logW, k + 1) - left;
        double bottom = Partition.knot(lane, bins, bins, minHeight, logH, k);
        double h = Partition.knot(lane, bins, bins, minHeight, logH, k + 1) - bottom; // > 0, as minHeight > 0
        double d0 = slope(lane, k);
        double d1 = slope(lane, k + 1);
        double t = RationalQuadratic.position((p - bottom) / h, h / w, d0, d1);
        lane.logDerivative(notFinite + Math.log(RationalQuadratic.slope(t, h / w, d0, d1)));
        return notFinite + bound * (2 * (left + w * t) - 1);
    }

    /// Sets the gradients of w, h and d; returns that of x.
    ///
    /// In the unit box, where the piece is bottom + h · v(t; s, d₀, d₁): ∂v/∂t = f′ / s, ∂v/∂s = t
    /// u (d₁ t² − d₀ u²) / D², ∂v/∂d₀ = t u (1 − v) / D, ∂v/∂d₁ = −t u v / D; the rest is the
    /// derivative of log N + 2 log s − 2 log D.
    private double pullback(double x, double gY, double gLogDet, Lane lane) {
        double notFinite = notFinite(lane);
        if (Math.abs(x) > bound) {
            for (int j = 0; j < slopes() + 2 * bins; j++) {
                lane.gradient(j, notFinite);
            }
            return notFinite + (onTheLine() ? gY : 0); // else both results are constants
        }
        double logW = Partition.logSum(lane, 0, bins);
        double logH = Partition.logSum(lane, bins, bins);
        double p = (x + bound) / (2 * bound);
        int k = Partition.bin(lane, 0, bins, minWidth, logW, p);
        double left = Partition.knot(lane, 0, bins, minWidth, logW, k);
        double w = Partition.knot(lane, 0, bins, minWidth, logW, k + 1) - left;
        double bottom = Partition.knot(lane, bins, bins, minHeight, logH, k);
        double h = Partition.knot(lane, bins, bins, minHeight, logH, k + 1) - bottom;
        double d0 = slope(lane, k);
        double d1 = slope(lane, k + 1);
        double s = h / w;
        double t = (p - left) / w;
        double u = 1 - t;
        double n = RationalQuadratic.numerator(t, s, d0, d1);
        double d = RationalQuadratic.denominator(t, s, d0, d1);
        double v = RationalQuadratic.share(t, s, d0, d1);

        double g = 2 * bound * gY + notFinite; // y in units of the box
        double gT = g * w * RationalQuadratic.slope(t, s, d0, d1)
                + gLogDet * 2 * ((d1 * t + s * (u - t) - d0 * u) / n - (d0 + d1 - 2 * s) * (u - t) / d);
        double gS = g * h * t * u * (d1 * t * t - d0 * u * u) / (d * d)
                + gLogDet * 2 * (1 / s + t * u / n - (t * t + u * u) / d);
        double gD0 = g * h * t * u * (1 - v) / d + gLogDet * (u * u / n - 2 * t * u / d);
        double gD1 = -g * h * t * u * v / d + gLogDet * (t * t / n - 2 * t * u / d);

        Partition.pullback(lane, 0, bins, minWidth, logW, k, -gT / w, -(t * gT + s * gS) / w);
        Partition.pullback(lane, bins, bins, minHeight, logH, k, g, g * v + gS / w);
        slopePullback(lane, k, gD0, gD1);
        return gT / (2 * bound * w);
    }

    // ---- slopes ----------------------------------------------------------------------------------------------------

    private int slopes() {
        return switch (tails) {
            case LINEAR, AFFINE -> bins - 1;
            case CIRCULAR -> bins;
            case NONE -> bins + 1;
        };
    }

    /// Which of the raw slopes knot k has, or −1 where the slope is fixed at 1.
    private int rawSlope(int k) {
        return switch (tails) {
            case LINEAR, AFFINE -> k == bins ? -1 : k - 1;
            case CIRCULAR -> k == bins ? 0 : k;
            case NONE -> k;
        };
    }

    private double slope(Lane lane, int k) {
        int raw = rawSlope(k);
        return raw < 0 ? 1 : minSlope + Logistic.softplus(lane.phi(2 * bins + raw) + slopeOffset());
    }

    /// From those of the slopes at knots k and k + 1.
    private void slopePullback(Lane lane, int k, double gLeft, double gRight) {
        int left = rawSlope(k);
        int right = rawSlope(k + 1);
        for (int raw = 0; raw < slopes(); raw++) {
            double g = (raw == left ? gLeft : 0) + (raw == right ? gRight : 0); // both on a circle of one bin
            int at = 2 * bins + raw;
            lane.gradient(at, g * Logistic.sigmoid(lane.phi(at) + slopeOffset()));
        }
    }

    /// NaN where a number in φ is not finite, else 0.
    private double notFinite(Lane lane) {
        double sum = 0;
        for (int k = 0; k < parameterCount(); k++) {
            sum += 0 * lane.phi(k);
        }
        return sum;
    }
}
