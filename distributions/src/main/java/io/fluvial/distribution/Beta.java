package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import java.util.random.RandomGenerator;

/// The beta distribution,
///
///     p(x) = x^(α−1) (1 − x)^(β−1) / B(α, β),   0 ≤ x ≤ 1 .
///
/// At an end the density is 0, finite or infinite as its shape is above, at or below 1. Densities keep their digits
/// from shapes of 0.01 to 1e300 ([BetaKernel]). Near 1 doubles are 1e-16 apart: for β below 1/20 many draws round to 1.
///
/// Accuracy: golden values by mpmath (50 digits, far tails included) to within 7e-14 of themselves; with shapes from
/// 1e10 to 4e15 to within 2e-13.
///
/// @param alpha α > 0, the exponent of x plus 1
/// @param beta β > 0, the exponent of 1 − x plus 1
public record Beta(double alpha, double beta) implements ScalarDistribution, Parameterized<Beta> {

    public Beta {
        Parameter.positive("Beta", "alpha", alpha);
        Parameter.positive("Beta", "beta", beta);
    }

    public static Beta of(double alpha, double beta) {
        return new Beta(alpha, beta);
    }

    @Override
    public ScalarConstraint support() {
        return Interval.UNIT;
    }

    @Override
    public double logProb(double x) {
        if (x < 0 || x > 1) {
            return Double.NEGATIVE_INFINITY;
        }
        if (x == 0) {
            return atEnd(alpha, beta);
        }
        if (x == 1) {
            return atEnd(beta, alpha);
        }
        return BetaKernel.log(alpha, beta, x, 1 - x, off(x)) - Math.log(x) - Math.log1p(-x);
    }

    /// x (α + β) − α, up to the last digit of x: where shapes are large a standard deviation has few.
    private double off(double x) {
        double a = x * alpha;
        double b = x * beta;
        double sum = a + b;
        double larger = Math.max(a, b);
        double lost = Math.min(a, b) - (sum - larger) + Math.fma(x, alpha, -a) + Math.fma(x, beta, -b);
        return sum - alpha + lost;
    }

    private static double atEnd(double shape, double other) {
        if (shape == 1) {
            return Math.log(other);
        }
        return shape < 1 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    @Override
    public double gradient(double x) {
        if (!(x >= 0 && x <= 1)) {
            return Double.NaN;
        }
        double left = alpha == 1 ? 0 : (alpha - 1) / x; // 0 / 0 at the ends
        double right = beta == 1 ? 0 : (beta - 1) / (1 - x);
        return left - right;
    }

    @Override
    public double cdf(double x) {
        return x <= 0 ? 0 : x >= 1 ? 1 : BetaKernel.cdf(alpha, beta, x, 1 - x, off(x));
    }

    @Override
    public double survival(double x) {
        return x <= 0 ? 1 : x >= 1 ? 0 : BetaKernel.cdf(beta, alpha, 1 - x, x, -off(x));
    }

    @Override
    public double sample(RandomGenerator random) {
        return Logistic.sigmoid(GammaKernel.logRatioDraw(random, alpha, beta));
    }

    @Override
    public double mean() {
        return alpha / (alpha + beta);
    }

    @Override
    public double variance() {
        double n = alpha + beta;
        return alpha / n * (beta / n) / (n + 1);
    }

    @Override
    public double mode() {
        if (alpha > 1 && beta > 1) {
            return (alpha - 1) / (alpha + beta - 2);
        }
        if (alpha == beta) {
            return alpha == 1 ? 0.5 : 0; // flat, or infinite at both ends
        }
        return alpha < beta ? 0 : 1;
    }

    /// log B − (α − 1) ψ(α) − (β − 1) ψ(β) + (α + β − 2) ψ(α + β), with Stirling's terms taken out.
    @Override
    public double entropy() {
        double n = alpha + beta;
        return 0.5 * (Math.log(alpha / n) + Math.log(beta / n) - Math.log(n))
                + Normal.HALF_LOG_TWO_PI
                + BetaKernel.excess(alpha, beta)
                + (alpha - 1) * StirlingRemainder.logMinusDigamma(alpha)
                + (beta - 1) * StirlingRemainder.logMinusDigamma(beta)
                - (n - 2) * StirlingRemainder.logMinusDigamma(n);
    }

    @Override
    public double[] parameters() {
        return new double[] {alpha, beta};
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.POSITIVE, Interval.POSITIVE);
    }

    @Override
    public Beta withParameters(double[] theta) {
        Parameter.length("Beta", "parameters", theta, 2);
        return new Beta(theta[0], theta[1]);
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Beta", support(), x, gTheta)) {
            return;
        }
        double y = x[0];
        gTheta[0] = BetaKernel.slope(alpha, beta, y, off(y));
        gTheta[1] = BetaKernel.slope(beta, alpha, 1 - y, -off(y));
    }
}
