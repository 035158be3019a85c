package io.fluvial.distribution;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.CorrelationCholesky;
import io.fluvial.constraint.Interval;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Cholesky factors L of random correlation matrices R = LLᵀ with density ∝ det(R)^(η − 1) (Lewandowski, Kurowicka &
/// Joe 2009, J. Multivariate Anal. 100, 1989–2001). η = 1: R is uniform; larger η: nearer to the identity.
///
///     log p(L) = Σ_i (n − i + 2η − 2) log L_ii + log C,   i = 1 … n ,
///
/// a density of the numbers below the diagonal. Row i is independent of the others: a point w of the ball of
/// i − 1 dimensions with density ∝ (1 − |w|²)^(b − 1), b = η + (n − i)/2, so that |w|² is Beta((i − 1)/2, b), its
/// direction uniform (the onion construction, section 3.2 there), and C is a product of gamma functions. θ = η.
///
/// An event is `[n × n]` row by row, zero above the diagonal.
public final class LkjCholesky implements MultivariateDistribution, Parameterized<LkjCholesky> {

    private static final String NAME = "LkjCholesky";
    private static final double LOG_PI = Math.log(Math.PI);

    private final int n;
    private final double concentration;
    private final double logNorm;

    private LkjCholesky(int n, double concentration) {
        Parameter.atLeast(NAME, "number of rows", n, 2);
        Parameter.positive(NAME, "concentration", concentration);
        this.n = n;
        this.concentration = concentration;
        double norm = 0;
        for (int d = 1; d < n; d++) { // ∫ (1 − |w|²)^(b − 1) dw = π^(d/2) Γ(b)/Γ(b + d/2)
            norm -= 0.5 * d * LOG_PI - logRising(shape(d), d);
        }
        this.logNorm = norm;
    }

    private static double logRising(double b, int d) {
        return GammaStep.log(b, 0.5 * d) + 0.5 * d * Math.log(b);
    }

    /// @param n rows and columns, at least 2
    /// @param concentration η > 0
    public static LkjCholesky of(int n, double concentration) {
        return new LkjCholesky(n, concentration);
    }

    public double concentration() {
        return concentration;
    }

    /// b of the row with d numbers before its diagonal.
    private double shape(int d) {
        return concentration + 0.5 * (n - 1 - d);
    }

    @Override
    public CorrelationCholesky support() {
        return new CorrelationCholesky(n);
    }

    /// log L_dd, from the numbers before it where they are small: L_dd² = 1 − |w|².
    private double logDiagonal(double[] x, int d) {
        double square = 0;
        for (int j = 0; j < d; j++) {
            square += x[d * n + j] * x[d * n + j];
        }
        return square < 0.5 ? 0.5 * Math.log1p(-square) : Math.log(x[d * n + d]);
    }

    @Override
    public double logProb(double[] x) {
        double outside = Outside.logProb(NAME, support(), x);
        if (outside != 0) {
            return outside;
        }
        double sum = logNorm;
        for (int d = 1; d < n; d++) {
            sum += 2 * (shape(d) - 1) * logDiagonal(x, d);
        }
        return sum;
    }

    /// (n − i + 2η − 2)/L_ii on the diagonal, 0 elsewhere: the diagonal, which follows from the rest, carries it all.
    @Override
    public void gradient(double[] x, double[] gX) {
        if (Outside.fillsGradient(NAME, support(), x, gX)) {
            return;
        }
        Arrays.fill(gX, 0);
        for (int d = 1; d < n; d++) {
            gX[d * n + d] = 2 * (shape(d) - 1) / x[d * n + d];
        }
    }

    @Override
    public void sample(RandomGenerator random, double[] x) {
        Parameter.length(NAME, "an event", x, n * n);
        Arrays.fill(x, 0);
        x[0] = 1;
        for (int d = 1; d < n; d++) {
            double square = 0;
            for (int j = 0; j < d; j++) {
                x[d * n + j] = random.nextGaussian();
                square += x[d * n + j] * x[d * n + j];
            }
            // |w|² : 1 − |w|² = ½ χ²_d : Gamma(b); the same normals give direction and χ²_d, which are independent
            double logRest = GammaKernel.logDraw(random, shape(d)); // below the logarithm of every double for small b
            double total = 0.5 * square + Math.exp(logRest);
            double scale = Math.sqrt(0.5 / total);
            for (int j = 0; j < d; j++) {
                x[d * n + j] *= scale;
            }
            x[d * n + d] = Interval.POSITIVE.nearest(Math.exp(0.5 * (logRest - Math.log(total))));
        }
    }

    /// 0 below the diagonal, E(L_ii) = Γ(b + ½) Γ(b + d/2)/(Γ(b) Γ(b + d/2 + ½)), d = i − 1, on it.
    @Override
    public void mean(double[] out) {
        Events.one(out, shape());
        Arrays.fill(out, 0);
        for (int d = 0; d < n; d++) {
            out[d * n + d] = meanDiagonal(d);
        }
    }

    private double meanDiagonal(int d) {
        double b = shape(d);
        double above = b + 0.5 * d;
        double ratio = GammaStep.log(b, 0.5) - GammaStep.log(above, 0.5) - 0.5 * Math.log1p(0.5 * d / b);
        return d == 0 ? 1 : Math.exp(ratio);
    }

    /// 1/(2η + n − 1) below the diagonal, b/(b + d/2) − E(L_ii)² on it.
    @Override
    public void variance(double[] out) {
        Events.one(out, shape());
        Arrays.fill(out, 0);
        for (int d = 1; d < n; d++) {
            Arrays.fill(out, d * n, d * n + d, 1 / (2 * concentration + n - 1));
            double mean = meanDiagonal(d);
            double b = shape(d);
            out[d * n + d] = b / (b + 0.5 * d) - mean * mean;
        }
    }

    /// The identity; for η < 1 the density is infinite where L_nn tends to 0, and the mode has a last row (1, 0, …, 0).
    @Override
    public void mode(double[] out) {
        Events.one(out, shape());
        Arrays.fill(out, 0);
        for (int d = 0; d < n; d++) {
            out[d * n + (d > 0 && shape(d) < 1 ? 0 : d)] = 1;
        }
    }

    @Override
    public double entropy() {
        double sum = -logNorm;
        for (int d = 1; d < n; d++) { // E log L_ii = ½ (ψ(b) − ψ(b + d/2))
            sum += (shape(d) - 1) * GammaStep.digamma(shape(d), 0.5 * d);
        }
        return sum;
    }

    @Override
    public double[] parameters() {
        return new double[] {concentration};
    }

    @Override
    public Constraint parameterSpace() {
        return Interval.POSITIVE;
    }

    @Override
    public LkjCholesky withParameters(double[] theta) {
        Parameter.length(NAME, "parameters", theta, 1);
        return new LkjCholesky(n, theta[0]);
    }

    /// Σ (2 log L_ii + ψ(b + d/2) − ψ(b)).
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills(NAME, support(), x, gTheta)) {
            return;
        }
        double sum = 0;
        for (int d = 1; d < n; d++) {
            sum += 2 * logDiagonal(x, d) + GammaStep.digamma(shape(d), 0.5 * d);
        }
        gTheta[0] = sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LkjCholesky d && n == d.n && concentration == d.concentration;
    }

    @Override
    public int hashCode() {
        return 31 * n + Double.hashCode(concentration);
    }

    @Override
    public String toString() {
        return NAME + "[n=" + n + ", concentration=" + concentration + "]";
    }
}
