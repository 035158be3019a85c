package io.fluvial.distribution;

import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.transform.ScalarTransform;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/// The distribution of Y = f(X) for a continuous X,
///
///     log p(y) = Σ (log p_X(x) − ℓ(x))   over the x with f(x) = y, as a log of a sum where there are several.
///
/// Distribution function and quantiles go through f, so that tails keep their digits and the median of Y is f of the
/// median of X. The support is the image of the base's.
///
/// Where f is folded, branches are summed until the base has no probability of 1e-300 left (1e-17 where that would be
/// more than 10 000 branches); the distribution function is a sum of the base's over intervals, quantiles are searched.
///
/// Moments are exact for affine f, otherwise by quadrature over quantiles to about 1e-12, as is the entropy
/// H(X) + E ℓ(X). The mode of anything but an affine f is searched where the base has a probability
/// of 1e-304, to 1e-8.
///
/// @param base continuous, its support inside the transform's domain
public record TransformedScalar(ScalarDistribution base, ScalarTransform transform) implements ScalarDistribution {

    private static final int PANELS = 8;

    public TransformedScalar {
        if (base.support().isDiscrete()) {
            throw new IllegalArgumentException(
                    base + " is discrete; only continuous distributions have a density that a transform can carry");
        }
        Interval in = TransformedDistribution.interval(base.support());
        if (in != null
                && transform.domain() instanceof Interval domain
                && !(in.lower() >= domain.lower() && in.upper() <= domain.upper())) {
            throw new IllegalArgumentException(transform + " takes " + domain.description() + ", but " + base
                    + " has its draws in " + in.description());
        }
    }

    @Override
    public ScalarConstraint support() {
        Interval in = TransformedDistribution.interval(base.support());
        return in == null ? transform.codomain() : transform.image(in);
    }

    private boolean increasing() {
        return transform.direction() == ScalarTransform.Direction.INCREASING;
    }

    @Override
    public double logProb(double y) {
        if (!support().contains(y)) {
            return Double.isNaN(y) ? y : Double.NEGATIVE_INFINITY;
        }
        if (transform.isBijective()) {
            return term(transform.inverse(y), y);
        }
        double[] terms = terms(preimages(y), y);
        double largest = Arrays.stream(terms).max().orElse(Double.NEGATIVE_INFINITY);
        if (Double.isInfinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double t : terms) {
            sum += Math.exp(t - largest);
        }
        return largest + Math.log(sum); // at least 1
    }

    private double term(double x, double y) {
        double logProb = base.logProb(x);
        // outside the base's support ℓ may be −∞
        return logProb == Double.NEGATIVE_INFINITY ? logProb : logProb - transform.logDerivative(x, y);
    }

    private double[] preimages(double y) {
        Branches where = Branches.of(base, transform);
        return transform.preimages(y, where.low(), where.high());
    }

    private double[] terms(double[] x, double y) {
        return Arrays.stream(x).map(at -> term(at, y)).toArray();
    }

    @Override
    public double gradient(double y) {
        if (!support().contains(y)) {
            return Double.NaN;
        }
        if (transform.isBijective()) {
            return slope(transform.inverse(y), y);
        }
        double[] x = preimages(y);
        double logProb = logProb(y);
        double sum = 0;
        for (double at : x) {
            double weight = Math.exp(term(at, y) - logProb);
            sum += weight == 0 ? 0 : weight * slope(at, y);
        }
        return sum;
    }

    private double slope(double x, double y) {
        return (base.gradient(x) - transform.logDerivativeSlope(x, y)) / transform.derivative(x, y);
    }

    @Override
    public double cdf(double y) {
        return probability(y, true);
    }

    @Override
    public double survival(double y) {
        return probability(y, false);
    }

    /// P(Y ≤ y), or P(Y > y).
    private double probability(double y, boolean below) {
        if (Double.isNaN(y)) {
            return y;
        }
        if (support() instanceof Interval in && (y < in.lower() || y >= in.upper())) {
            return y < in.lower() == below ? 0 : 1;
        }
        if (!transform.isBijective()) {
            return folded(y, below);
        }
        double x = transform.inverse(y);
        return increasing() == below ? base.cdf(x) : base.survival(x);
    }

    private double folded(double y, boolean below) {
        Branches where = Branches.of(base, transform);
        double[] ends = below
                ? transform.preimageIntervals(Double.NEGATIVE_INFINITY, y, where.low(), where.high())
                : transform.preimageIntervals(y, Double.POSITIVE_INFINITY, where.low(), where.high());
        double sum = 0;
        for (int i = 0; i < ends.length; i += 2) {
            sum += Mass.between(base, ends[i], ends[i + 1]);
        }
        return Math.min(sum, 1);
    }

    @Override
    public double quantile(double p) {
        if (!transform.isBijective()) {
            return QuantileSearch.lower(this, p);
        }
        return transform.forward(increasing() ? base.quantile(p) : base.survivalQuantile(p));
    }

    @Override
    public double survivalQuantile(double q) {
        if (!transform.isBijective()) {
            return QuantileSearch.upper(this, q);
        }
        return transform.forward(increasing() ? base.survivalQuantile(q) : base.quantile(q));
    }

    @Override
    public double sample(RandomGenerator random) {
        return nearest(support(), transform.forward(base.sample(random)));
    }

    @Override
    public void sample(RandomGenerator random, double[] x, int lanes) {
        base.sample(random, x, lanes);
        ScalarConstraint support = support();
        for (int i = 0; i < lanes; i++) {
            x[i] = nearest(support, transform.forward(x[i]));
        }
    }

    /// f of a number next to an open end may round to that end.
    static double nearest(ScalarConstraint support, double y) {
        return support instanceof Interval in ? in.nearest(y) : y;
    }

    /// b of a + b x.
    private double affineSlope() {
        return transform.derivative(base.mode(), transform.forward(base.mode()));
    }

    /// E g(Y). A folded map has jumps or kinks all over the base: then over y where that is bounded.
    private double expectation(DoubleUnaryOperator g) {
        if (!transform.isBijective()
                && support() instanceof Interval in
                && Double.isFinite(in.lower())
                && Double.isFinite(in.upper())) {
            DoubleUnaryOperator f = y -> g.applyAsDouble(y) * Math.exp(logProb(y));
            double sum = 0;
            double step = (in.upper() - in.lower()) / PANELS;
            for (int k = 0; k < PANELS; k++) {
                double from = in.lower() + k * step;
                sum += GaussLegendre.adaptive(f, from, from + step, Math.abs(sum), 0);
            }
            return sum;
        }
        return Expectation.of(base, x -> g.applyAsDouble(transform.forward(x)));
    }

    @Override
    public double mean() {
        return transform.isAffine() ? transform.forward(base.mean()) : expectation(y -> y);
    }

    @Override
    public double variance() {
        if (transform.isAffine()) {
            double b = affineSlope();
            return b * b * base.variance();
        }
        double mean = mean();
        if (!Double.isFinite(mean)) {
            return Double.isNaN(mean) ? mean : Double.POSITIVE_INFINITY;
        }
        return expectation(y -> (y - mean) * (y - mean));
    }

    @Override
    public double mode() {
        if (transform.isAffine()) {
            return transform.forward(base.mode());
        }
        return transform.isBijective() ? ModeSearch.of(this) : ModeSearch.folded(base, transform, this);
    }

    @Override
    public double entropy() {
        if (!transform.isBijective()) {
            return expectation(y -> -logProb(y));
        }
        double change = transform.isAffine()
                ? Math.log(Math.abs(affineSlope()))
                : LogExpectation.of(base, x -> transform.logDerivative(x, transform.forward(x)));
        return base.entropy() + change;
    }
}
