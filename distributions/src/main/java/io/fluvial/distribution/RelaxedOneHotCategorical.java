package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Simplex;
import io.fluvial.internal.GammaFunction;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The concrete distribution: a categorical draw made smooth, shares x = softmax((a + Gumbel noise)/τ) with logits a
/// and temperature τ (Maddison, Mnih & Teh 2017, arXiv:1611.00712, eq. (10); Jang, Gu & Poole 2017, arXiv:1611.01144),
///
///     log p(x) = log Γ(n) + (n − 1) log τ − n log Σ exp(a_i − τ log x_i) + Σ (a_i − (τ + 1) log x_i) ,
///
/// a density of the first n − 1 shares. θ = (τ, a); a constant added to all logits changes nothing.
///
/// At low temperature shares underflow: then work with log x, [#logProbOfLogs] and [#sampleLogs]. Moments, mode and
/// entropy have no closed form.
public final class RelaxedOneHotCategorical
        implements MultivariateDistribution, Parameterized<RelaxedOneHotCategorical> {

    private static final String NAME = "RelaxedOneHotCategorical";

    private final int n;
    private final double temperature;
    private final double[] logits;
    private final double logNorm;

    private RelaxedOneHotCategorical(double temperature, double[] logits) {
        Parameter.positive(NAME, "temperature", temperature);
        this.n = logits.length;
        Parameter.atLeast(NAME, "number of logits", n, 2);
        for (int i = 0; i < n; i++) {
            Parameter.finite(NAME, "logits[" + i + "]", logits[i]);
        }
        this.temperature = temperature;
        this.logits = logits;
        this.logNorm = GammaFunction.log(n) + (n - 1) * Math.log(temperature);
    }

    /// @param temperature τ > 0
    /// @param logits a `[n]`, n ≥ 2, finite, up to a constant
    public static RelaxedOneHotCategorical ofLogits(double temperature, double[] logits) {
        return new RelaxedOneHotCategorical(temperature, logits.clone());
    }

    /// @param temperature τ > 0
    /// @param probabilities `[n]`, n ≥ 2, positive, up to a factor
    public static RelaxedOneHotCategorical ofProbabilities(double temperature, double[] probabilities) {
        double[] logits = new double[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            Parameter.positive(NAME, "probabilities[" + i + "]", probabilities[i]);
            logits[i] = Math.log(probabilities[i]);
        }
        return new RelaxedOneHotCategorical(temperature, logits);
    }

    public double temperature() {
        return temperature;
    }

    /// a, in a new array.
    public double[] logits() {
        return logits.clone();
    }

    @Override
    public Simplex support() {
        return new Simplex(n);
    }

    @Override
    public double logProb(double[] x) {
        double outside = Outside.logProb(NAME, support(), x);
        return outside != 0 ? outside : logProbOfLogs(logs(x));
    }

    private static double[] logs(double[] x) {
        double[] logs = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            logs[i] = Math.log(x[i]);
        }
        return logs;
    }

    /// log p(x) of shares given by their logarithms, as [#sampleLogs] draws them: exact where x itself underflows.
    ///
    /// @param logX `[n]` with Σ exp(log x) = 1, which is not checked, *Read*
    public double logProbOfLogs(double[] logX) {
        int zeros = 0;
        double[] scores = new double[n];
        double sum = logNorm;
        for (int i = 0; i < n; i++) {
            scores[i] = logits[i] - temperature * logX[i];
            sum += scores[i] - logX[i];
            zeros += logX[i] == Double.NEGATIVE_INFINITY ? 1 : 0;
        }
        return zeros > 0 ? atEdge(logX, zeros) : sum - n * Shares.logSum(scores);
    }

    /// The limit for m shares of 0 that vanish together: their logarithms stand in the density with the factor
    /// nτ − m (τ + 1).
    private double atEdge(double[] logX, int zeros) {
        double factor = n * temperature - zeros * (temperature + 1);
        if (factor != 0) {
            return factor > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double sum = logNorm;
        double[] vanishing = new double[n];
        for (int i = 0; i < n; i++) {
            boolean zero = logX[i] == Double.NEGATIVE_INFINITY;
            vanishing[i] = zero ? logits[i] : Double.NEGATIVE_INFINITY;
            sum += logits[i] - (zero ? 0 : (temperature + 1) * logX[i]);
        }
        return sum - n * Shares.logSum(vanishing);
    }

    /// s = softmax(a − τ log x).
    private double[] weights(double[] logX) {
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            weights[i] = logits[i] - temperature * logX[i];
        }
        Shares.softmax(weights);
        return weights;
    }

    /// (n τ s_i − τ − 1)/x_i with s = softmax(a − τ log x).
    @Override
    public void gradient(double[] x, double[] gX) {
        if (Outside.fillsGradient(NAME, support(), x, gX)) {
            return;
        }
        double[] weights = weights(logs(x));
        for (int i = 0; i < n; i++) {
            gX[i] = (n * temperature * weights[i] - temperature - 1) / x[i];
        }
    }

    @Override
    public void sample(RandomGenerator random, double[] x) {
        noise(random, x);
        Shares.softmax(x);
    }

    /// One draw as logarithms of shares.
    ///
    /// @param logX `[n]`, *Overwritten*
    public void sampleLogs(RandomGenerator random, double[] logX) {
        noise(random, logX);
        double norm = Shares.logSum(logX);
        for (int i = 0; i < n; i++) {
            logX[i] -= norm;
        }
    }

    /// (a + Gumbel noise)/τ less the largest of them, which for small τ is no double.
    private void noise(RandomGenerator random, double[] y) {
        Parameter.length(NAME, "an event", y, n);
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            y[i] = logits[i] - Math.log(random.nextExponential());
            largest = Math.max(largest, y[i]);
        }
        for (int i = 0; i < n; i++) {
            y[i] = Math.max((y[i] - largest) / temperature, -Double.MAX_VALUE);
        }
    }

    @Override
    public void mean(double[] out) {
        throw new UnsupportedOperationException(noClosedForm("mean"));
    }

    @Override
    public void variance(double[] out) {
        throw new UnsupportedOperationException(noClosedForm("variance"));
    }

    @Override
    public void mode(double[] out) {
        throw new UnsupportedOperationException(noClosedForm("mode"));
    }

    @Override
    public double entropy() {
        throw new UnsupportedOperationException(noClosedForm("entropy"));
    }

    private static String noClosedForm(String what) {
        return "the " + what + " of " + NAME + " has no closed form: estimate it from draws";
    }

    @Override
    public double[] parameters() {
        double[] theta = new double[1 + n];
        theta[0] = temperature;
        System.arraycopy(logits, 0, theta, 1, n);
        return theta;
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.POSITIVE, Each.real(n));
    }

    @Override
    public RelaxedOneHotCategorical withParameters(double[] theta) {
        Parameter.length(NAME, "parameters", theta, 1 + n);
        return new RelaxedOneHotCategorical(theta[0], Arrays.copyOfRange(theta, 1, theta.length));
    }

    /// ∂/∂τ = (n − 1)/τ + Σ (n s_i − 1) log x_i, ∂/∂a_i = 1 − n s_i.
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills(NAME, support(), x, gTheta)) {
            return;
        }
        double[] logX = logs(x);
        double[] weights = weights(logX);
        double sum = (n - 1) / temperature;
        for (int i = 0; i < n; i++) {
            sum += (n * weights[i] - 1) * logX[i];
            gTheta[1 + i] = 1 - n * weights[i];
        }
        gTheta[0] = sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RelaxedOneHotCategorical d
                && temperature == d.temperature
                && Arrays.equals(logits, d.logits);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(temperature) + Arrays.hashCode(logits);
    }

    @Override
    public String toString() {
        return NAME + "[temperature=" + temperature + ", logits=" + Arrays.toString(logits) + "]";
    }
}
