package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Integers;
import io.fluvial.constraint.ScalarConstraint;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.sampling.distribution.AliasMethodDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/// One of the K numbers 0 … K − 1, each with its own probability. θ are the probabilities; as everywhere here, weights
/// are divided by their sum.
///
/// Draws by the alias method (Vose 1991), in constant time.
public final class Categorical implements ScalarDistribution, Parameterized<Categorical> {

    private final double[] probabilities;
    private final double[] logProbabilities;
    /// P(X ≤ k) and P(X > k), each summed from its own end.
    private final double[] below;
    private final double[] above;
    private final SharedStateDiscreteSampler alias;

    private Categorical(double[] probabilities, double[] logProbabilities) {
        this.probabilities = probabilities;
        this.logProbabilities = logProbabilities;
        int n = probabilities.length;
        below = new double[n];
        above = new double[n];
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += probabilities[k];
            below[k] = Math.min(sum, 1);
        }
        below[n - 1] = 1;
        for (int k = n - 2; k >= 0; k--) {
            above[k] = Math.min(above[k + 1] + probabilities[k + 1], 1);
        }
        alias = AliasMethodDiscreteSampler.of(() -> 0, probabilities);
    }

    /// @param weights at least one, none negative, with a positive sum, which they are divided by; *Read*
    public static Categorical of(double... weights) {
        double sum = Weights.sum("Categorical", weights);
        double[] p = new double[weights.length];
        double[] log = new double[weights.length];
        for (int k = 0; k < p.length; k++) {
            p[k] = weights[k] / sum;
            log[k] = Math.log(p[k]);
        }
        for (int k = 0; k < p.length; k++) {
            if (p[k] > 0.5) { // the digits of log p near 0 are in the others
                double others = 0;
                for (int j = 0; j < p.length; j++) {
                    others += j == k ? 0 : p[j];
                }
                log[k] = Math.log1p(-others);
            }
        }
        return new Categorical(p, log);
    }

    /// From logits, of which only the differences matter: pₖ = exp(lₖ) / Σ exp(l). −∞ for a probability of 0.
    ///
    /// @param logits *Read*
    public static Categorical ofLogits(double... logits) {
        double normalizer = LogSum.of("Categorical", logits);
        double[] log = new double[logits.length];
        double[] p = new double[logits.length];
        for (int k = 0; k < p.length; k++) {
            log[k] = logits[k] - normalizer;
            p[k] = Math.exp(log[k]);
        }
        return new Categorical(p, log);
    }

    /// K.
    public int categories() {
        return probabilities.length;
    }

    public double[] probabilities() {
        return probabilities.clone();
    }

    public double[] logProbabilities() {
        return logProbabilities.clone();
    }

    public double probability(int k) {
        return probabilities[k];
    }

    double logProbability(int k) {
        return logProbabilities[k];
    }

    @Override
    public ScalarConstraint support() {
        return Integers.between(0, probabilities.length - 1);
    }

    @Override
    public double logProb(double x) {
        return support().contains(x) ? logProbabilities[(int) x] : WholeNumbers.outside(x);
    }

    @Override
    public double gradient(double x) {
        throw WholeNumbers.noGradient(this);
    }

    @Override
    public double cdf(double x) {
        if (!(x >= 0)) {
            return Double.isNaN(x) ? x : 0;
        }
        return x >= probabilities.length ? 1 : below[(int) x];
    }

    @Override
    public double survival(double x) {
        if (!(x >= 0)) {
            return Double.isNaN(x) ? x : 1;
        }
        return x >= probabilities.length ? 0 : above[(int) x];
    }

    @Override
    public double sample(RandomGenerator random) {
        return alias.withUniformRandomProvider(random::nextLong).sample();
    }

    @Override
    public double mean() {
        double sum = 0;
        for (int k = 1; k < probabilities.length; k++) {
            sum += k * probabilities[k];
        }
        return sum;
    }

    @Override
    public double variance() {
        double mean = mean();
        double sum = 0;
        for (int k = 0; k < probabilities.length; k++) {
            sum += (k - mean) * (k - mean) * probabilities[k];
        }
        return sum;
    }

    /// The first of the most likely numbers.
    @Override
    public double mode() {
        int mode = 0;
        for (int k = 1; k < probabilities.length; k++) {
            if (logProbabilities[k] > logProbabilities[mode]) {
                mode = k;
            }
        }
        return mode;
    }

    @Override
    public double entropy() {
        double sum = 0;
        for (int k = 0; k < probabilities.length; k++) {
            sum -= Chance.times(probabilities[k], logProbabilities[k]);
        }
        return sum;
    }

    @Override
    public double[] parameters() {
        return probabilities();
    }

    @Override
    public Constraint parameterSpace() {
        return Weights.space(probabilities.length);
    }

    @Override
    public Categorical withParameters(double[] theta) {
        Parameter.length("Categorical", "parameters", theta, probabilities.length);
        return Arrays.equals(theta, probabilities) ? this : of(theta); // the logarithms may have come from logits
    }

    /// ∂ log(θₖ/Σθ)/∂θ at Σθ = 1.
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills("Categorical", support(), x, gTheta)) {
            return;
        }
        Arrays.fill(gTheta, -1);
        gTheta[(int) x[0]] += 1 / probabilities[(int) x[0]];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Categorical that && Arrays.equals(logProbabilities, that.logProbabilities);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(logProbabilities);
    }

    @Override
    public String toString() {
        return "Categorical" + Arrays.toString(probabilities);
    }
}
