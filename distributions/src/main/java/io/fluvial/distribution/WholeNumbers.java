package io.fluvial.distribution;

import io.fluvial.constraint.Integers;
import io.fluvial.constraint.ScalarConstraint;
import java.util.function.DoubleUnaryOperator;

/// What distributions on whole numbers share: answers outside the support, and sums over it.
final class WholeNumbers {

    /// Probability that a sum may leave out at each end.
    static final double OMITTED = 1e-30;

    /// More terms are not summed: about two seconds.
    static final double MOST_TERMS = 2e7;

    private WholeNumbers() {}

    /// The log-probability of an x outside the support: NaN for NaN, else −∞.
    static double outside(double x) {
        return Double.isNaN(x) ? x : Double.NEGATIVE_INFINITY;
    }

    /// The log-probability of an event outside the support: NaN where it has a NaN, else −∞.
    static double outside(double[] x) {
        double any = 0;
        for (double number : x) {
            any = Double.isNaN(number) ? number : any;
        }
        return outside(any);
    }

    static UnsupportedOperationException noGradient(Object distribution) {
        return new UnsupportedOperationException(distribution
                + " is discrete: its probabilities have no gradient in x. Parameterized.parameterGradient is the one"
                + " in its parameters");
    }

    /// H = −Σ p(k) log p(k). The terms left out carry a probability of at most 2e-30, which adds less than 1e-27.
    ///
    /// From a variance of 1e9 up, with a squared skewness below 1e-8: ½ log(2πe σ²) − skewness²/12, the Edgeworth
    /// expansion of the entropy, with an error of the order of skewness⁴.
    static double entropy(ScalarDistribution p, double variance, double squaredSkewness) {
        if (variance > 1e9 && squaredSkewness < 1e-8) {
            return 0.5 + Normal.HALF_LOG_TWO_PI + 0.5 * Math.log(variance) - squaredSkewness / 12;
        }
        return sum(p, k -> {
            double log = p.logProb(k);
            return log == Double.NEGATIVE_INFINITY ? 0 : -log * Math.exp(log);
        });
    }

    /// Σ f(k) over the whole numbers k that carry all but 2e-30 of p, with compensation (Neumaier 1974).
    ///
    /// @throws UnsupportedOperationException where these are more than 2e7
    static double sum(ScalarDistribution p, DoubleUnaryOperator f) {
        double low = p.quantile(OMITTED);
        double high = p.survivalQuantile(OMITTED);
        if (!(high - low < MOST_TERMS)) {
            throw new UnsupportedOperationException(
                    p + " spreads over " + (high - low) + " numbers, more than are summed: estimate by draws");
        }
        double sum = 0;
        double lost = 0;
        for (double k = low; k <= high; k++) {
            double term = f.applyAsDouble(k);
            double next = sum + term;
            lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }
        return Double.isFinite(sum) ? sum + lost : sum;
    }

    /// Whether the support is made of whole numbers.
    static boolean on(ScalarConstraint support) {
        return support instanceof Integers;
    }
}
