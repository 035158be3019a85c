package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The normal distribution of vectors with covariance Σ = W Wᵀ + diag(D): r factors and noise of its own for every
/// number. A density or a draw costs O(n r), the factory O(n r²); θ = (μ, W row by row, D).
///
/// With C = I + Wᵀ D⁻¹ W (Woodbury's identity) and y = C⁻¹ Wᵀ D⁻¹ (x − μ), the factors' most probable values,
///
///     (x − μ)ᵀ Σ⁻¹ (x − μ) = |D^(−½) (x − μ − W y)|² + |y|²,   det Σ = det C · det D :
///
/// a sum of squares, without the cancellation of the usual difference.
public final class LowRankMultivariateNormal
        implements MultivariateDistribution, Parameterized<LowRankMultivariateNormal> {

    private static final String NAME = "LowRankMultivariateNormal";

    private final int n;
    private final int r;
    private final double[] mean;
    /// W `[n × r]`.
    private final double[] loadings;
    private final double[] noise;
    /// The Cholesky factor of C.
    private final LowerTriangle capacitance;
    private final double logNorm;

    private LowRankMultivariateNormal(double[] mean, double[] loadings, double[] noise) {
        this.n = mean.length;
        Parameter.atLeast(NAME, "numbers in the mean", n, 1);
        Parameter.length(NAME, "noise", noise, n);
        this.r = loadings.length / n;
        Parameter.atLeast(NAME, "number of factors", r, 1);
        Parameter.length(NAME, "loadings", loadings, n * r);
        double logDet = 0;
        for (int i = 0; i < n; i++) {
            Parameter.finite(NAME, "mean[" + i + "]", mean[i]);
            Parameter.positive(NAME, "noise[" + i + "]", noise[i]);
            logDet += 0.5 * Math.log(noise[i]);
        }
        for (int k = 0; k < n * r; k++) {
            Parameter.finite(NAME, "loadings[" + k / r + ", " + k % r + "]", loadings[k]);
        }
        this.mean = mean;
        this.loadings = loadings;
        this.noise = noise;
        this.capacitance = capacitance(loadings, noise, n, r);
        this.logNorm = -n * Normal.HALF_LOG_TWO_PI - logDet - capacitance.logDet();
    }

    private static LowerTriangle capacitance(double[] loadings, double[] noise, int n, int r) {
        double[] c = new double[r * r];
        for (int j = 0; j < r; j++) {
            c[j * r + j] = 1;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < r; j++) {
                double scaled = loadings[i * r + j] / noise[i];
                for (int k = 0; k < r; k++) {
                    c[j * r + k] += scaled * loadings[i * r + k];
                }
            }
        }
        return LowerTriangle.cholesky(NAME, "I + Wᵀ D⁻¹ W", c, r);
    }

    /// @param mean μ `[n]`
    /// @param loadings W `[n × r]` row by row, r ≥ 1
    /// @param noise D `[n]`, variances > 0
    public static LowRankMultivariateNormal of(double[] mean, double[] loadings, double[] noise) {
        return new LowRankMultivariateNormal(mean.clone(), loadings.clone(), noise.clone());
    }

    /// The same distribution with its covariance as a full matrix.
    public MultivariateNormal full() {
        return MultivariateNormal.ofCovariance(mean, covariance());
    }

    /// Σ `[n × n]`, in a new array.
    public double[] covariance() {
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = i == j ? noise[i] : 0;
                for (int k = 0; k < r; k++) {
                    sum += loadings[i * r + k] * loadings[j * r + k];
                }
                covariance[i * n + j] = sum;
            }
        }
        return covariance;
    }

    @Override
    public Constraint support() {
        return Each.real(n);
    }

    /// y = C⁻¹ Wᵀ D⁻¹ (x − μ).
    private double[] factors(double[] x) {
        double[] y = new double[r];
        for (int i = 0; i < n; i++) {
            double scaled = (x[i] - mean[i]) / noise[i];
            for (int k = 0; k < r; k++) {
                y[k] += loadings[i * r + k] * scaled;
            }
        }
        capacitance.solve(y);
        capacitance.solveTransposed(y);
        return y;
    }

    /// x − μ − W y, number i.
    private double residual(double[] x, double[] y, int i) {
        double sum = x[i] - mean[i];
        for (int k = 0; k < r; k++) {
            sum -= loadings[i * r + k] * y[k];
        }
        return sum;
    }

    @Override
    public double logProb(double[] x) {
        double outside = Outside.logProb(NAME, support(), x);
        if (outside != 0) {
            return outside;
        }
        double[] y = factors(x);
        double square = 0;
        for (double value : y) {
            square += value * value;
        }
        for (int i = 0; i < n; i++) {
            double residual = residual(x, y, i);
            square += residual / noise[i] * residual;
        }
        return logNorm - 0.5 * square;
    }

    @Override
    public void gradient(double[] x, double[] gX) {
        if (!Outside.fillsGradient(NAME, support(), x, gX)) {
            double[] y = factors(x);
            for (int i = 0; i < n; i++) {
                gX[i] = -residual(x, y, i) / noise[i];
            }
        }
    }

    @Override
    public void sample(RandomGenerator random, double[] x) {
        Parameter.length(NAME, "an event", x, n);
        double[] y = new double[r];
        for (int k = 0; k < r; k++) {
            y[k] = random.nextGaussian();
        }
        for (int i = 0; i < n; i++) {
            double sum = mean[i] + Math.sqrt(noise[i]) * random.nextGaussian();
            for (int k = 0; k < r; k++) {
                sum += loadings[i * r + k] * y[k];
            }
            x[i] = sum;
        }
    }

    @Override
    public void mean(double[] out) {
        Events.one(out, shape());
        System.arraycopy(mean, 0, out, 0, n);
    }

    @Override
    public void variance(double[] out) {
        Events.one(out, shape());
        for (int i = 0; i < n; i++) {
            double sum = noise[i];
            for (int k = 0; k < r; k++) {
                sum += loadings[i * r + k] * loadings[i * r + k];
            }
            out[i] = sum;
        }
    }

    @Override
    public void mode(double[] out) {
        Events.one(out, shape());
        mean(out);
    }

    @Override
    public double entropy() {
        return 0.5 * n - logNorm;
    }

    @Override
    public double[] parameters() {
        double[] theta = Arrays.copyOf(mean, n + n * r + n);
        System.arraycopy(loadings, 0, theta, n, n * r);
        System.arraycopy(noise, 0, theta, n + n * r, n);
        return theta;
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Each.real(n + n * r), Each.of(Interval.POSITIVE, n));
    }

    @Override
    public LowRankMultivariateNormal withParameters(double[] theta) {
        Parameter.length(NAME, "parameters", theta, n + n * r + n);
        return new LowRankMultivariateNormal(
                Arrays.copyOf(theta, n),
                Arrays.copyOfRange(theta, n, n + n * r),
                Arrays.copyOfRange(theta, n + n * r, theta.length));
    }

    /// With w = Σ⁻¹(x − μ): ∂/∂μ = w, ∂/∂W = w yᵀ − Σ⁻¹W, where Σ⁻¹W = D⁻¹ W C⁻¹, and
    /// ∂/∂D_i = ½ (w_i² − (Σ⁻¹)_ii).
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills(NAME, support(), x, gTheta)) {
            return;
        }
        double[] y = factors(x);
        double[] row = new double[r];
        for (int i = 0; i < n; i++) {
            double w = residual(x, y, i) / noise[i];
            System.arraycopy(loadings, i * r, row, 0, r);
            capacitance.solve(row);
            double square = 0;
            for (double value : row) {
                square += value * value;
            }
            capacitance.solveTransposed(row);
            for (int k = 0; k < r; k++) {
                gTheta[n + i * r + k] = w * y[k] - row[k] / noise[i];
            }
            gTheta[i] = w;
            gTheta[n + n * r + i] = 0.5 * (w * w - (1 - square / noise[i]) / noise[i]);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LowRankMultivariateNormal d && Arrays.equals(parameters(), d.parameters()) && r == d.r;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parameters());
    }

    @Override
    public String toString() {
        return NAME + "[mean=" + Arrays.toString(mean) + ", loadings=" + Arrays.toString(loadings) + ", noise="
                + Arrays.toString(noise) + "]";
    }
}
