package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The F distribution of Fisher and Snedecor: the ratio of two χ² variables, each over its degrees of freedom.
/// With a = d₁/2, b = d₂/2 and y = d₁x/(d₁x + d₂), which has a beta distribution,
///
///     p(x) = yᵃ (1 − y)ᵇ / (B(a, b) x),   x ≥ 0 .
///
/// At 0 the density is 0 for d₁ > 2, 1 for d₁ = 2 and infinite for d₁ < 2. The mean is infinite for d₂ ≤ 2, the
/// variance for d₂ ≤ 4.
///
/// Accuracy: golden values by mpmath (50 digits, far tails included) to within 8e-14 of themselves; with degrees of
/// freedom from 1e11 to 4e15 to within 4e-13.
///
/// @param numeratorDegrees d₁ > 0
/// @param denominatorDegrees d₂ > 0
public record FisherSnedecor(double numeratorDegrees, double denominatorDegrees)
        implements ScalarDistribution, Parameterized<FisherSnedecor> {

    public FisherSnedecor {
        Parameter.positive("FisherSnedecor", "numeratorDegrees", numeratorDegrees);
        Parameter.positive("FisherSnedecor", "denominatorDegrees", denominatorDegrees);
    }

    public static FisherSnedecor of(double numeratorDegrees, double denominatorDegrees) {
        return new FisherSnedecor(numeratorDegrees, denominatorDegrees);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.NON_NEGATIVE;
    }

    private double a() {
        return 0.5 * numeratorDegrees;
    }

    private double b() {
        return 0.5 * denominatorDegrees;
    }

    /// x d₁/d₂ = y/(1 − y).
    private double odds(double x) {
        return x * (numeratorDegrees / denominatorDegrees);
    }

    private static double share(double odds) {
        return odds < 1 ? odds / (1 + odds) : 1 / (1 + 1 / odds);
    }

    /// y b − (1 − y) a = a (x − 1)/(1 + odds), of which y has lost the digits where shapes are large.
    private double off(double x, double odds) {
        if (x == Double.POSITIVE_INFINITY) {
            return b();
        }
        return odds < 1 ? a() * (x - 1) / (1 + odds) : b() * ((x - 1) / x) / (1 + 1 / odds);
    }

    @Override
    public double logProb(double x) {
        if (x < 0 || x == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        if (x == 0) {
            return numeratorDegrees == 2
                    ? 0
                    : numeratorDegrees < 2 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        double odds = odds(x);
        return BetaKernel.log(a(), b(), share(odds), share(1 / odds), off(x, odds)) - Math.log(x);
    }

    @Override
    public double gradient(double x) {
        if (!support().contains(x)) {
            return Double.NaN;
        }
        double odds = odds(x);
        return numeratorDegrees == 2
                ? -(1 + b()) * (numeratorDegrees / denominatorDegrees) / (1 + odds) // also at 0
                : -(1 + off(x, odds)) / x;
    }

    @Override
    public double cdf(double x) {
        if (x <= 0) {
            return 0;
        }
        double odds = odds(x);
        return BetaKernel.cdf(a(), b(), share(odds), share(1 / odds), off(x, odds));
    }

    @Override
    public double survival(double x) {
        if (x <= 0) {
            return 1;
        }
        double odds = odds(x);
        return BetaKernel.cdf(b(), a(), share(1 / odds), share(odds), -off(x, odds));
    }

    @Override
    public double sample(RandomGenerator random) {
        double logRatio = GammaKernel.logRatioDraw(random, a(), b());
        double logDegrees = Math.log(denominatorDegrees) - Math.log(numeratorDegrees); // their ratio may be no double
        return Interval.NON_NEGATIVE.nearest(Math.exp(logRatio + logDegrees));
    }

    @Override
    public double mean() {
        double d = denominatorDegrees;
        return d > 2 ? d / (d - 2) : Double.POSITIVE_INFINITY;
    }

    @Override
    public double variance() {
        double d = denominatorDegrees;
        if (d <= 4) {
            return Double.POSITIVE_INFINITY;
        }
        double mean = d / (d - 2);
        return 2 * mean * mean * ((numeratorDegrees + (d - 2)) / (numeratorDegrees * (d - 4)));
    }

    @Override
    public double mode() {
        double d = denominatorDegrees;
        return numeratorDegrees > 2 ? (1 - 2 / numeratorDegrees) * (d / (d + 2)) : 0;
    }

    /// log B + log(b/a) + (1 − a) ψ(a) − (1 + b) ψ(b) + (a + b) ψ(a + b), with Stirling's terms taken out.
    @Override
    public double entropy() {
        double a = a();
        double b = b();
        return 0.5 * (Math.log(1 / a + 1 / b))
                + Normal.HALF_LOG_TWO_PI
                + BetaKernel.excess(a, b)
                + (a - 1) * StirlingRemainder.logMinusDigamma(a)
                + (b + 1) * StirlingRemainder.logMinusDigamma(b)
                - (a + b) * StirlingRemainder.logMinusDigamma(a + b);
    }

    @Override
    public double[] parameters() {
        return new double[] {numeratorDegrees, denominatorDegrees};
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.POSITIVE, Interval.POSITIVE);
    }

    @Override
    public FisherSnedecor withParameters(double[] theta) {
        Parameter.length("FisherSnedecor", "parameters", theta, 2);
        return new FisherSnedecor(theta[0], theta[1]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("FisherSnedecor", support(), x, gTheta)) {
            return;
        }
        double odds = odds(x[0]);
        double y = share(odds);
        double rest = share(1 / odds);
        // y moves with both: ∂y/∂d₁ = y (1 − y)/d₁ = −∂y/∂d₂ · d₂/d₁, and ∂log p/∂y · y (1 − y) = a − (a + b) y
        double off = off(x[0], odds);
        gTheta[0] = 0.5 * BetaKernel.slope(a(), b(), y, off) - off / numeratorDegrees;
        gTheta[1] = 0.5 * BetaKernel.slope(b(), a(), rest, -off) + off / denominatorDegrees;
    }
}
