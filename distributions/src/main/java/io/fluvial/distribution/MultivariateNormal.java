package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The normal distribution of vectors with covariance Σ = LLᵀ, L lower triangular with a positive diagonal,
///
///     log p(x) = −½ |z|² − log det L − (n/2) log 2π,   z = L⁻¹ (x − μ) .
///
/// A density or a draw costs O(n²), the factories O(n³). θ = (μ, L packed row by row). For a diagonal covariance
/// `Independent` of [Normal] is cheaper, for a diagonal and few factors [LowRankMultivariateNormal].
///
/// Golden values: mpmath, 40 digits; the density is as accurate as L⁻¹(x − μ), that is to a few ulp times the
/// condition number of L.
public final class MultivariateNormal implements MultivariateDistribution, Parameterized<MultivariateNormal> {

    private static final String NAME = "MultivariateNormal";

    private final int n;
    private final double[] mean;
    private final LowerTriangle factor;
    private final double logNorm;

    private MultivariateNormal(double[] mean, LowerTriangle factor) {
        this.n = mean.length;
        for (int i = 0; i < n; i++) {
            Parameter.finite(NAME, "mean[" + i + "]", mean[i]);
        }
        this.mean = mean;
        this.factor = factor;
        this.logNorm = -n * Normal.HALF_LOG_TWO_PI - factor.logDet();
    }

    /// @param mean μ `[n]`
    /// @param covariance Σ `[n × n]` row by row, symmetric and positive definite
    public static MultivariateNormal ofCovariance(double[] mean, double[] covariance) {
        return new MultivariateNormal(mean.clone(), LowerTriangle.cholesky(NAME, "covariance", covariance, dim(mean)));
    }

    /// @param mean μ `[n]`
    /// @param precision Σ⁻¹ `[n × n]` row by row, symmetric and positive definite
    public static MultivariateNormal ofPrecision(double[] mean, double[] precision) {
        return new MultivariateNormal(
                mean.clone(), LowerTriangle.choleskyOfInverse(NAME, "precision", precision, dim(mean)));
    }

    /// @param mean μ `[n]`
    /// @param cholesky L `[n × n]` row by row, zero above the diagonal, positive on it
    public static MultivariateNormal ofCholesky(double[] mean, double[] cholesky) {
        return new MultivariateNormal(mean.clone(), LowerTriangle.ofMatrix(NAME, "cholesky", cholesky, dim(mean)));
    }

    private static int dim(double[] mean) {
        Parameter.atLeast(NAME, "numbers in the mean", mean.length, 1);
        return mean.length;
    }

    @Override
    public Constraint support() {
        return Each.real(n);
    }

    /// Σ `[n × n]`, in a new array.
    public double[] covariance() {
        return factor.product();
    }

    /// L, packed row by row, in a new array.
    public double[] cholesky() {
        double[] l = new double[LowerTriangle.size(n)];
        factor.copyInto(l, 0);
        return l;
    }

    /// z = L⁻¹ (x − μ).
    private double[] whitened(double[] x) {
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = x[i] - mean[i];
        }
        factor.solve(z);
        return z;
    }

    @Override
    public double logProb(double[] x) {
        double outside = Outside.logProb(NAME, support(), x);
        if (outside != 0) {
            return outside;
        }
        double square = 0;
        for (double z : whitened(x)) {
            square += z * z;
        }
        return logNorm - 0.5 * square;
    }

    @Override
    public void gradient(double[] x, double[] gX) {
        if (!Outside.fillsGradient(NAME, support(), x, gX)) {
            double[] w = whitened(x);
            factor.solveTransposed(w);
            for (int i = 0; i < n; i++) {
                gX[i] = -w[i];
            }
        }
    }

    @Override
    public void sample(RandomGenerator random, double[] x) {
        Parameter.length(NAME, "an event", x, n);
        for (int i = 0; i < n; i++) {
            x[i] = random.nextGaussian();
        }
        factor.multiply(x);
        for (int i = 0; i < n; i++) {
            x[i] = Interval.REAL.nearest(mean[i] + x[i]);
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
            out[i] = factor.product(i, i);
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

    /// The distribution of the numbers with the given indices, in their order.
    ///
    /// @param indices in 0 … n − 1, none twice
    public MultivariateNormal marginal(int... indices) {
        return new MultivariateNormal(Axes.select(mean, indices, NAME), chosen(indices));
    }

    private LowerTriangle chosen(int[] order) {
        int m = order.length;
        double[] covariance = new double[m * m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                covariance[i * m + j] = factor.product(order[i], order[j]);
            }
        }
        return LowerTriangle.cholesky(NAME, "covariance", covariance, m);
    }

    /// The distribution of the other numbers, in their order, where those with the given indices have the given
    /// values.
    ///
    /// With the given numbers first the joint factor is ((A, 0), (B, C)): the mean is μ₂ + B A⁻¹ (values − μ₁), the
    /// factor C.
    ///
    /// @param indices in 0 … n − 1, none twice, not all
    /// @param values as many, finite
    public MultivariateNormal conditional(int[] indices, double[] values) {
        int given = indices.length;
        Parameter.length(NAME, "values", values, given);
        int[] rest = Axes.others(n, indices, NAME);
        int[] order = Arrays.copyOf(indices, n);
        System.arraycopy(rest, 0, order, given, rest.length);
        LowerTriangle joint = chosen(order);
        double[] z = new double[given];
        for (int i = 0; i < given; i++) {
            Parameter.finite(NAME, "values[" + i + "]", values[i]);
            double sum = values[i] - mean[indices[i]];
            for (int j = 0; j < i; j++) {
                sum -= joint.get(i, j) * z[j];
            }
            z[i] = sum / joint.get(i, i);
        }
        double[] shifted = Axes.select(mean, rest, NAME);
        double[] packed = new double[LowerTriangle.size(rest.length)];
        for (int i = 0; i < rest.length; i++) {
            for (int j = 0; j < given; j++) {
                shifted[i] += joint.get(given + i, j) * z[j];
            }
            for (int j = 0; j <= i; j++) {
                packed[LowerTriangle.at(i, j)] = joint.get(given + i, given + j);
            }
        }
        return new MultivariateNormal(shifted, LowerTriangle.ofPacked(NAME, "cholesky", packed, rest.length));
    }

    @Override
    public double[] parameters() {
        double[] theta = Arrays.copyOf(mean, n + LowerTriangle.size(n));
        factor.copyInto(theta, n);
        return theta;
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Each.real(n), LowerTriangle.space(n));
    }

    @Override
    public MultivariateNormal withParameters(double[] theta) {
        Parameter.length(NAME, "parameters", theta, n + LowerTriangle.size(n));
        double[] packed = Arrays.copyOfRange(theta, n, theta.length);
        return new MultivariateNormal(Arrays.copyOf(theta, n), LowerTriangle.ofPacked(NAME, "cholesky", packed, n));
    }

    /// ∂/∂μ = w = L⁻ᵀz and ∂/∂L_ij = w_i z_j − δ_ij/L_ii.
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills(NAME, support(), x, gTheta)) {
            return;
        }
        double[] z = whitened(x);
        double[] w = z.clone();
        factor.solveTransposed(w);
        System.arraycopy(w, 0, gTheta, 0, n);
        for (int i = 0, k = n; i < n; i++) {
            for (int j = 0; j <= i; j++, k++) {
                gTheta[k] = w[i] * z[j] - (i == j ? 1 / factor.get(i, i) : 0);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MultivariateNormal d && Arrays.equals(mean, d.mean) && factor.equals(d.factor);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + factor.hashCode();
    }

    @Override
    public String toString() {
        return NAME + "[mean=" + Arrays.toString(mean) + ", cholesky=" + factor + "]";
    }
}
