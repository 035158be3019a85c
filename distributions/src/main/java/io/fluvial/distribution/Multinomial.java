package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Counts;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How often each of K categories came in n independent trials,
///
///     P(x) = n! Π pₖ^xₖ / xₖ!,   x₁ + … + x_K = n .
///
/// θ are the probabilities; n is fixed. Log-probabilities in saddle-point form (see Loader 2000), to 1e-13 for every n.
public final class Multinomial implements MultivariateDistribution, Parameterized<Multinomial> {

    private final int trials;
    private final Categorical categories;
    /// Σ of the probabilities from k on, and one more of 0.
    private final double[] rest;

    private Multinomial(int trials, Categorical categories) {
        Parameter.atLeast("Multinomial", "trials", trials, 0);
        this.trials = trials;
        this.categories = categories;
        int n = categories.categories();
        rest = new double[n + 1];
        for (int k = n - 1; k >= 0; k--) {
            rest[k] = rest[k + 1] + categories.probability(k);
        }
    }

    /// @param weights at least one, none negative, with a positive sum, which they are divided by; *Read*
    public static Multinomial of(int trials, double... weights) {
        return new Multinomial(trials, Categorical.of(weights));
    }

    /// From logits, of which only the differences matter.
    public static Multinomial ofLogits(int trials, double... logits) {
        return new Multinomial(trials, Categorical.ofLogits(logits));
    }

    public int trials() {
        return trials;
    }

    public double[] probabilities() {
        return categories.probabilities();
    }

    /// The distribution of one trial.
    public Categorical categories() {
        return categories;
    }

    @Override
    public Constraint support() {
        return new Counts(categories.categories(), trials);
    }

    @Override
    public double logProb(double[] x) {
        Events.one(x, shape());
        if (!support().contains(x)) {
            return WholeNumbers.outside(x);
        }
        double sum = trials == 0 ? 0 : factorial(trials);
        for (int k = 0; k < x.length; k++) {
            sum -= SaddlePoint.deviance(x[k], trials * categories.probability(k));
            if (x[k] > 0) {
                sum -= factorial(x[k]);
            }
        }
        return sum;
    }

    /// log x! − x log x + x, for x > 0.
    private static double factorial(double x) {
        return SaddlePoint.stirlingError(x) + SaddlePoint.HALF_LOG_TWO_PI + 0.5 * Math.log(x);
    }

    @Override
    public void gradient(double[] x, double[] gX) {
        throw WholeNumbers.noGradient(this);
    }

    /// Category after category, each a binomial of the trials that are left.
    @Override
    public void sample(RandomGenerator random, double[] x) {
        Events.one(x, shape());
        double left = trials;
        for (int k = 0; k < x.length; k++) {
            boolean last = rest[k + 1] == 0;
            x[k] = last && rest[k] > 0
                    ? left
                    : left == 0
                            ? 0
                            : Binomial.draw(random, left, categories.probability(k) / rest[k], rest[k + 1] / rest[k]);
            left -= x[k];
        }
    }

    @Override
    public void mean(double[] out) {
        Events.one(out, shape());
        for (int k = 0; k < out.length; k++) {
            out[k] = trials * categories.probability(k);
        }
    }

    @Override
    public void variance(double[] out) {
        Events.one(out, shape());
        for (int k = 0; k < out.length; k++) {
            out[k] = trials * categories.probability(k) * -Math.expm1(categories.logProbability(k));
        }
    }

    /// Starts near n pₖ and moves single trials to where the probability grows most (Finucan, Biometrika 51, 1964).
    @Override
    public void mode(double[] out) {
        Events.one(out, shape());
        double left = trials;
        for (int k = 0; k < out.length; k++) {
            out[k] = Math.floor((trials + 0.5 * out.length) * categories.probability(k));
            left -= out[k];
        }
        while (left != 0) {
            int best = 0;
            for (int k = 1; k < out.length; k++) {
                double one = categories.probability(k);
                double other = categories.probability(best);
                boolean better =
                        left > 0 ? one / (out[k] + 1) > other / (out[best] + 1) : one / out[k] < other / out[best];
                best = better ? k : best;
            }
            out[best] += Math.signum(left);
            left -= Math.signum(left);
        }
    }

    /// Exact sums over each xₖ, which is binomial; none of their terms cancels.
    @Override
    public double entropy() {
        if (trials == 0) {
            return 0;
        }
        double sum = -factorial(trials);
        for (int k = 0; k < categories.categories(); k++) {
            double p = categories.probability(k);
            Binomial marginal = new Binomial(trials, p, -Math.expm1(categories.logProbability(k)));
            sum += WholeNumbers.sum(
                    marginal,
                    x -> Math.exp(marginal.logProb(x))
                            * (SaddlePoint.deviance(x, trials * p) + (x > 0 ? factorial(x) : 0)));
        }
        return sum;
    }

    @Override
    public double[] parameters() {
        return probabilities();
    }

    @Override
    public Constraint parameterSpace() {
        return categories.parameterSpace();
    }

    @Override
    public Multinomial withParameters(double[] theta) {
        return new Multinomial(trials, categories.withParameters(theta));
    }

    /// ∂ Σ xₖ log(θₖ/Σθ)/∂θ at Σθ = 1.
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Multinomial", support(), x, gTheta)) {
            return;
        }
        for (int k = 0; k < gTheta.length; k++) {
            gTheta[k] = (x[k] == 0 ? 0 : x[k] / categories.probability(k)) - trials;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Multinomial that && trials == that.trials && categories.equals(that.categories);
    }

    @Override
    public int hashCode() {
        return 31 * trials + categories.hashCode();
    }

    @Override
    public String toString() {
        return "Multinomial[trials=" + trials + ", probabilities=" + Arrays.toString(probabilities()) + "]";
    }
}
