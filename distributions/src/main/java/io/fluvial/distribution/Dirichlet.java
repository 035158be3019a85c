package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Simplex;
import io.fluvial.internal.GammaFunction;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The Dirichlet distribution of shares x₁ + … + x_n = 1 with concentrations α_i > 0,
///
///     p(x) = Γ(A) / Π Γ(α_i) · Π x_i^(α_i − 1),   A = Σ α_i ,
///
/// a density of the first n − 1 shares. θ = α.
///
/// At the edges, x_i = 0: nothing for α_i = 1, +∞ for α_i < 1, −∞ for α_i > 1, also where both kinds meet.
///
/// Large concentrations do not cancel: with q_i = A x_i/α_i the density is
/// Σ α_i (log q_i − (q_i − 1)) − log x_i and terms of order log α.
public final class Dirichlet implements MultivariateDistribution, Parameterized<Dirichlet> {

    private static final String NAME = "Dirichlet";

    private static final double NEARLY_NOTHING = 1e-290;

    private final int n;
    private final double[] concentration;
    /// A.
    private final double total;
    /// What of log p does not depend on x, in the form above.
    private final double logNorm;

    private Dirichlet(double[] concentration) {
        this.n = concentration.length;
        Parameter.atLeast(NAME, "numbers of the concentration", n, 2);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            Parameter.positive(NAME, "concentration[" + i + "]", concentration[i]);
            sum += concentration[i];
        }
        Parameter.positive(NAME, "sum of the concentration", sum);
        this.concentration = concentration;
        this.total = sum;
        double norm = -(n - 1) * Normal.HALF_LOG_TWO_PI - 0.5 * Math.log(sum) + StirlingRemainder.error(sum);
        for (double a : concentration) {
            norm += 0.5 * Math.log(a) - StirlingRemainder.error(a);
        }
        this.logNorm = norm;
    }

    /// @param concentration α `[n]`, n ≥ 2
    public static Dirichlet of(double... concentration) {
        return new Dirichlet(concentration.clone());
    }

    /// n equal concentrations.
    public static Dirichlet symmetric(int n, double concentration) {
        Parameter.atLeast(NAME, "number of shares", n, 2);
        double[] equal = new double[n];
        Arrays.fill(equal, concentration);
        return new Dirichlet(equal);
    }

    @Override
    public Simplex support() {
        return new Simplex(n);
    }

    @Override
    public double logProb(double[] x) {
        double outside = Outside.logProb(NAME, support(), x);
        if (outside != 0) {
            return outside;
        }
        double sum = logNorm;
        boolean infinite = false;
        for (int i = 0; i < n; i++) {
            double a = concentration[i];
            if (x[i] == 0) {
                if (a > 1) {
                    return Double.NEGATIVE_INFINITY;
                }
                infinite |= a < 1;
                // a log(x A/a) − (x A − a) − log x without the logarithms of x, which cancel for a = 1
                sum += a * (Math.log(total) - Math.log(a) + 1);
            } else {
                double ratio = total / a * x[i];
                sum += Math.abs(ratio - 1) < 0.25
                        ? -a * LogRemainder.linear(ratio - 1) - Math.log(x[i])
                        : (a - 1) * Math.log(x[i]) + a * (Math.log(total) - Math.log(a)) - (total * x[i] - a);
            }
        }
        return infinite ? Double.POSITIVE_INFINITY : sum;
    }

    /// (α_i − 1)/x_i.
    @Override
    public void gradient(double[] x, double[] gX) {
        if (Outside.fillsGradient(NAME, support(), x, gX)) {
            return;
        }
        for (int i = 0; i < n; i++) {
            gX[i] = concentration[i] == 1 ? 0 : (concentration[i] - 1) / x[i];
        }
    }

    /// Gamma variates over their sum, as logarithms where a concentration is below one: small shares keep their
    /// digits down to 1e-308. Where the concentrations themselves are that small one share is all but 1.
    @Override
    public void sample(RandomGenerator random, double[] x) {
        Parameter.length(NAME, "an event", x, n);
        if (total < NEARLY_NOTHING) {
            corner(random, x);
            return;
        }
        for (int i = 0; i < n; i++) {
            double a = concentration[i];
            x[i] = a >= 1
                    ? Math.log(GammaFunction.variate(a, random))
                    : Math.log(GammaFunction.variate(a + 1, random)) + Math.log(1 - random.nextDouble()) / a;
        }
        Shares.softmax(x);
    }

    private void corner(RandomGenerator random, double[] x) {
        double u = random.nextDouble() * total;
        int i = 0;
        while (i < n - 1 && u >= concentration[i]) {
            u -= concentration[i];
            i++;
        }
        Arrays.fill(x, 0);
        x[i] = 1;
    }

    @Override
    public void mean(double[] out) {
        Events.one(out, shape());
        for (int i = 0; i < n; i++) {
            out[i] = concentration[i] / total;
        }
    }

    @Override
    public void variance(double[] out) {
        Events.one(out, shape());
        for (int i = 0; i < n; i++) {
            double share = concentration[i] / total;
            double others = 0; // 1 − share without its rounding
            for (int j = 0; j < n; j++) {
                others += j == i ? 0 : concentration[j];
            }
            out[i] = share * (others / total) / (total + 1);
        }
    }

    /// (α_i − 1)/(A − n) where all α_i ≥ 1. Else the density is infinite on edges: shares with α_i < 1 are 0, and the
    /// one of largest α is 1 where all are below one.
    @Override
    public void mode(double[] out) {
        Events.one(out, shape());
        double above = 0;
        double largest = 0;
        for (double a : concentration) {
            above += Math.max(a - 1, 0);
            largest = Math.max(largest, a);
        }
        int equals = 0;
        for (int i = 0; i < n; i++) {
            if (above > 0) {
                out[i] = Math.max(concentration[i] - 1, 0) / above;
            } else { // all at most one: among the largest, all of them where they are one, else the first
                out[i] = concentration[i] == largest && (largest == 1 || equals == 0) ? 1 : 0;
                equals += out[i] == 1 ? 1 : 0;
            }
        }
        for (int i = 0; i < n && equals > 1; i++) {
            out[i] /= equals;
        }
    }

    /// With log a − ψ(a) every term is of the size of the result.
    @Override
    public double entropy() {
        double ofTotal = StirlingRemainder.logMinusDigamma(total);
        double sum = -logNorm - n * Math.log(total);
        for (double a : concentration) {
            sum += Math.log(a) + (a - 1) * (StirlingRemainder.logMinusDigamma(a) - ofTotal);
        }
        return sum;
    }

    @Override
    public double[] parameters() {
        return concentration.clone();
    }

    @Override
    public Constraint parameterSpace() {
        return Each.of(Interval.POSITIVE, n);
    }

    @Override
    public Dirichlet withParameters(double[] theta) {
        Parameter.length(NAME, "parameters", theta, n);
        return new Dirichlet(theta.clone());
    }

    /// ψ(A) − ψ(α_i) + log x_i.
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills(NAME, support(), x, gTheta)) {
            return;
        }
        double ofTotal = StirlingRemainder.logMinusDigamma(total);
        for (int i = 0; i < n; i++) {
            double a = concentration[i];
            double d = (total * x[i] - a) / a;
            double logRatio = Math.abs(d) < 0.25 ? Math.log1p(d) : Math.log(x[i]) + Math.log(total) - Math.log(a);
            gTheta[i] = logRatio - ofTotal + StirlingRemainder.logMinusDigamma(a);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dirichlet d && Arrays.equals(concentration, d.concentration);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(concentration);
    }

    @Override
    public String toString() {
        return NAME + "[concentration=" + Arrays.toString(concentration) + "]";
    }
}
