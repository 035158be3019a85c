package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.PositiveDefinite;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The inverse Wishart distribution of symmetric positive-definite matrices with ν > n − 1 degrees of freedom and
/// scale matrix Ψ = LLᵀ: X⁻¹ has the [Wishart] distribution with scale matrix Ψ⁻¹,
///
///     log p(X) = ½ ν log det Ψ − ½ (ν + n + 1) log det X − ½ tr(Ψ X⁻¹) − ½ νn log 2 − log Γ_n(ν/2) ,
///
/// a density of the lower triangle of X. Mean Ψ/(ν − n − 1) for ν > n + 1. θ = (ν, L packed row by row).
///
/// An event is `[n × n]` row by row. For ν close to n − 1 draws may be singular to rounding, and then are not in the
/// support. O(n³) for a density or a draw.
public final class InverseWishart implements MultivariateDistribution, Parameterized<InverseWishart> {

    private static final String NAME = "InverseWishart";

    private final int n;
    private final double degreesOfFreedom;
    private final LowerTriangle factor;
    private final double logNorm;

    private InverseWishart(double degreesOfFreedom, LowerTriangle factor) {
        this.n = factor.n();
        MultivariateGamma.checkDegrees(NAME, degreesOfFreedom, n);
        this.degreesOfFreedom = degreesOfFreedom;
        this.factor = factor;
        this.logNorm = MultivariateGamma.logNorm(degreesOfFreedom, n);
    }

    /// @param degreesOfFreedom ν > n − 1
    /// @param n rows and columns
    /// @param scale Ψ `[n × n]` row by row, symmetric and positive definite
    public static InverseWishart ofScale(double degreesOfFreedom, int n, double[] scale) {
        Parameter.atLeast(NAME, "number of rows", n, 1);
        return new InverseWishart(degreesOfFreedom, LowerTriangle.cholesky(NAME, "scale", scale, n));
    }

    /// @param degreesOfFreedom ν > n − 1
    /// @param n rows and columns
    /// @param cholesky L `[n × n]` row by row, zero above the diagonal, positive on it
    public static InverseWishart ofCholesky(double degreesOfFreedom, int n, double[] cholesky) {
        Parameter.atLeast(NAME, "number of rows", n, 1);
        return new InverseWishart(degreesOfFreedom, LowerTriangle.ofMatrix(NAME, "cholesky", cholesky, n));
    }

    public double degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /// Ψ `[n × n]`, in a new array.
    public double[] scale() {
        return factor.product();
    }

    @Override
    public PositiveDefinite support() {
        return new PositiveDefinite(n);
    }

    /// B = K⁻¹L where X = KKᵀ: its squares sum to tr(Ψ X⁻¹).
    private LowerTriangle whitened(LowerTriangle root) {
        return root.inverse().times(factor);
    }

    @Override
    public double logProb(double[] x) {
        double outside = Outside.logProb(NAME, support(), x);
        if (outside != 0) {
            return outside;
        }
        LowerTriangle root = LowerTriangle.cholesky(NAME, "an event", x, n);
        return logNorm + MultivariateGamma.exponent(degreesOfFreedom, whitened(root)) - (n + 1) * root.logDet();
    }

    /// ½ X⁻¹ Ψ X⁻¹ − ½ (ν + n + 1) X⁻¹, where X⁻¹ Ψ X⁻¹ = GGᵀ with G = K⁻ᵀB.
    @Override
    public void gradient(double[] x, double[] gX) {
        if (Outside.fillsGradient(NAME, support(), x, gX)) {
            return;
        }
        LowerTriangle root = LowerTriangle.cholesky(NAME, "an event", x, n);
        double[] inverse = root.inverseProduct();
        double[][] columns = columns(root, whitened(root));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (double[] column : columns) {
                    sum += column[i] * column[j];
                }
                gX[i * n + j] = 0.5 * sum - 0.5 * (degreesOfFreedom + n + 1) * inverse[i * n + j];
            }
        }
    }

    /// Columns of K⁻ᵀB = X⁻¹L.
    private double[][] columns(LowerTriangle root, LowerTriangle b) {
        double[][] columns = new double[n][n];
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                columns[j][i] = b.get(i, j);
            }
            root.solveTransposed(columns[j]);
        }
        return columns;
    }

    /// X = GGᵀ with G = L A⁻ᵀ, where AAᵀ is of the Wishart distribution with scale matrix 1.
    @Override
    public void sample(RandomGenerator random, double[] x) {
        Parameter.length(NAME, "an event", x, n * n);
        LowerTriangle a = Wishart.bartlett(random, degreesOfFreedom, n);
        double[] row = new double[n];
        double[] rows = new double[n * n];
        for (int i = 0; i < n; i++) { // row i of L A⁻ᵀ solves A g = L_i
            Arrays.fill(row, 0);
            for (int j = 0; j <= i; j++) {
                row[j] = factor.get(i, j);
            }
            a.solve(row);
            System.arraycopy(row, 0, rows, i * n, n);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += rows[i * n + k] * rows[j * n + k];
                }
                x[i * n + j] = x[j * n + i] = sum;
            }
        }
    }

    /// Ψ/(ν − n − 1); infinite on the diagonal and NaN beside it for ν ≤ n + 1.
    @Override
    public void mean(double[] out) {
        Events.one(out, shape());
        factor.productInto(out);
        double divisor = degreesOfFreedom - n - 1;
        for (int k = 0; k < n * n; k++) {
            out[k] = divisor > 0 ? out[k] / divisor : k % (n + 1) == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
    }

    /// ((ν − n + 1) Ψ_ij² + (ν − n − 1) Ψ_ii Ψ_jj)/((ν − n) (ν − n − 1)² (ν − n − 3)); infinite for ν ≤ n + 3, NaN
    /// where there is no mean.
    @Override
    public void variance(double[] out) {
        Events.one(out, shape());
        double[] scale = factor.product();
        double c = degreesOfFreedom - n;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double ij = scale[i * n + j];
                double finite = ((c + 1) * ij * ij + (c - 1) * scale[i * n + i] * scale[j * n + j])
                        / (c * (c - 1) * (c - 1) * (c - 3));
                out[i * n + j] = c > 3 ? finite : c > 1 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
        }
    }

    /// Ψ/(ν + n + 1).
    @Override
    public void mode(double[] out) {
        Events.one(out, shape());
        factor.productInto(out);
        for (int k = 0; k < n * n; k++) {
            out[k] /= degreesOfFreedom + n + 1;
        }
    }

    @Override
    public double entropy() {
        double excess = MultivariateGamma.meanLogDet(degreesOfFreedom, n);
        double meanLogDet = 2 * factor.logDet() - excess - n * Math.log(degreesOfFreedom);
        return 0.5 * (n + 1) * meanLogDet - logNorm - 0.5 * degreesOfFreedom * excess;
    }

    @Override
    public double[] parameters() {
        double[] theta = new double[1 + LowerTriangle.size(n)];
        theta[0] = degreesOfFreedom;
        factor.copyInto(theta, 1);
        return theta;
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.greaterThan(n - 1), LowerTriangle.space(n));
    }

    @Override
    public InverseWishart withParameters(double[] theta) {
        Parameter.length(NAME, "parameters", theta, 1 + LowerTriangle.size(n));
        double[] packed = Arrays.copyOfRange(theta, 1, theta.length);
        return new InverseWishart(theta[0], LowerTriangle.ofPacked(NAME, "cholesky", packed, n));
    }

    /// ∂/∂ν = ½ (log det X⁻¹ − E(log det X⁻¹)), ∂/∂L = ν diag(1/L_ii) − X⁻¹L, its lower triangle.
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills(NAME, support(), x, gTheta)) {
            return;
        }
        LowerTriangle root = LowerTriangle.cholesky(NAME, "an event", x, n);
        LowerTriangle b = whitened(root);
        gTheta[0] = b.logDet()
                - 0.5 * n * Math.log(degreesOfFreedom)
                - 0.5 * MultivariateGamma.meanLogDet(degreesOfFreedom, n);
        double[][] columns = columns(root, b);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                gTheta[1 + LowerTriangle.at(i, j)] = (i == j ? degreesOfFreedom / factor.get(i, i) : 0) - columns[j][i];
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InverseWishart d && degreesOfFreedom == d.degreesOfFreedom && factor.equals(d.factor);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(degreesOfFreedom) + factor.hashCode();
    }

    @Override
    public String toString() {
        return NAME + "[degreesOfFreedom=" + degreesOfFreedom + ", cholesky=" + factor + "]";
    }
}
