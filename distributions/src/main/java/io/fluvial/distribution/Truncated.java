package io.fluvial.distribution;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Interval.End;
import io.fluvial.constraint.ScalarConstraint;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/// A continuous distribution given that it lies between two numbers,
///
///     p(x) = p_X(x)/P(lower ≤ X ≤ upper)   for lower ≤ x ≤ upper .
///
/// The probability comes from the distribution function in the lower tail and from the survival function in the
/// upper one; where their difference would cancel or underflow (a narrow interval in a tail, or one so far out
/// that its probability is no double) from an integral of the density: density, distribution function and moments
/// of a normal in \[30, 31] or \[100, ∞) are good to 1e-12. Quantiles are the base's, corrected by a step of Newton; in
/// the narrow and far cases they are searched, 64 integrals each.
///
/// Moments and entropy by quadrature over its quantiles, about 1e-12 of the spread of the mass
/// wherever the ends are. The variance is infinite where the mean is.
///
/// For a normal base [TruncatedNormal] is faster and has parameters.
public final class Truncated implements ScalarDistribution {

    /// Draws of the base are tried again rather than quantiles computed from here on.
    private static final double LIKELY = 0.3;

    private final ScalarDistribution base;
    private final Interval support;
    private final double lower;
    private final double upper;
    private final double logMass;
    private final double mass;
    private final boolean plain;

    private Truncated(ScalarDistribution base, double lower, double upper) {
        this.base = base;
        this.support = within(base, lower, upper);
        this.lower = support.lower();
        this.upper = support.upper();
        this.logMass = Mass.log(base, this.lower, this.upper);
        this.mass = Math.exp(logMass);
        this.plain = Mass.isPlain(base, this.lower, this.upper);
        if (!(logMass > Double.NEGATIVE_INFINITY)) { // also for NaN
            throw new IllegalArgumentException("Truncated: " + base + " has no probability between " + lower + " and "
                    + upper + " that could be computed");
        }
    }

    /// @param base continuous, on an interval
    /// @param lower −∞ for none
    /// @param upper +∞ for none, above `lower`
    public static Truncated of(ScalarDistribution base, double lower, double upper) {
        return new Truncated(base, lower, upper);
    }

    private static Interval within(ScalarDistribution base, double lower, double upper) {
        if (!(base.support() instanceof Interval all)) {
            throw new IllegalArgumentException(
                    "Truncated: expected a continuous distribution on an interval, got " + base);
        }
        double low = Math.max(lower, all.lower());
        double high = Math.min(upper, all.upper());
        if (!(low < high)) {
            throw new IllegalArgumentException("Truncated: expected lower < upper with something of "
                    + all.description() + " between, got " + lower + " and " + upper);
        }
        return new Interval(
                low,
                high,
                lower > all.lower() ? End.CLOSED : all.lowerEnd(),
                upper < all.upper() ? End.CLOSED : all.upperEnd());
    }

    public ScalarDistribution base() {
        return base;
    }

    /// log P(lower ≤ X ≤ upper) of the base.
    public double logMass() {
        return logMass;
    }

    @Override
    public ScalarConstraint support() {
        return support;
    }

    @Override
    public double logProb(double x) {
        if (!support.contains(x)) {
            return Double.isNaN(x) ? x : Double.NEGATIVE_INFINITY;
        }
        return base.logProb(x) - logMass;
    }

    @Override
    public double gradient(double x) {
        return support.contains(x) ? base.gradient(x) : Double.NaN;
    }

    @Override
    public double cdf(double x) {
        return x <= lower ? 0 : x >= upper ? 1 : share(lower, x);
    }

    @Override
    public double survival(double x) {
        return x <= lower ? 1 : x >= upper ? 0 : share(x, upper);
    }

    private double share(double a, double b) {
        double share = plain ? Mass.between(base, a, b) / mass : Math.exp(Mass.log(base, a, b) - logMass);
        return share > 1 ? 1 : share; // keeps NaN
    }

    @Override
    public double quantile(double p) {
        return plain && p > 0 && p < 1 ? inside(p, 1 - p) : QuantileSearch.lower(this, p);
    }

    @Override
    public double survivalQuantile(double q) {
        return plain && q > 0 && q < 1 ? inside(1 - q, q) : QuantileSearch.upper(this, q);
    }

    /// The x with `below` of the probability under it and `above` over it.
    private double inside(double below, double above) {
        // not 0, whose quantile is an infinite end
        double p = Math.max(base.cdf(lower) + below * mass, Double.MIN_VALUE);
        double q = Math.max(base.survival(upper) + above * mass, Double.MIN_VALUE);
        double x = clamped(p <= q ? base.quantile(p) : base.survivalQuantile(q));
        // a share that is small against the base's probability beyond was lost in the sum
        double error = below <= above ? cdf(x) - below : above - survival(x);
        double better = x - error * Math.exp(-logProb(x));
        return Double.isFinite(better) ? clamped(better) : x;
    }

    private double clamped(double x) {
        return Math.min(Math.max(x, lower), upper);
    }

    @Override
    public double sample(RandomGenerator random) {
        if (mass < LIKELY) {
            return quantile(random.nextDouble());
        }
        double x = base.sample(random);
        while (!(x >= lower && x <= upper)) {
            x = base.sample(random);
        }
        return x;
    }

    private double expectation(DoubleUnaryOperator g) {
        return plain ? Expectation.of(this, g) : Mass.integral(base, lower, upper, logMass, g);
    }

    @Override
    public double mean() {
        // a number the mass lies around: a far end would leave its own rounding
        double from = plain ? quantile(0.5) : base.logProb(lower) > base.logProb(upper) ? lower : upper;
        return from + expectation(x -> x - from);
    }

    @Override
    public double variance() {
        double mean = mean();
        if (!Double.isFinite(mean)) {
            return Double.isNaN(mean) ? mean : Double.POSITIVE_INFINITY;
        }
        return expectation(x -> (x - mean) * (x - mean));
    }

    /// The base's where it lies inside; else the better of the ends and, short of the far tails, of what a search over
    /// quantiles finds.
    @Override
    public double mode() {
        double mode = base.mode();
        if (mode >= lower && mode <= upper) {
            return mode;
        }
        double end = mode < lower ? lower : upper;
        double found = plain ? ModeSearch.of(this) : end;
        return base.logProb(found) > base.logProb(end) ? found : end;
    }

    @Override
    public double entropy() {
        return plain
                ? LogExpectation.of(this, x -> -logProb(x))
                : Mass.integral(base, lower, upper, logMass, x -> -logProb(x));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Truncated that && base.equals(that.base) && support.equals(that.support);
    }

    @Override
    public int hashCode() {
        return Objects.hash(base, support);
    }

    @Override
    public String toString() {
        return "Truncated[base=" + base + ", lower=" + lower + ", upper=" + upper + "]";
    }
}
