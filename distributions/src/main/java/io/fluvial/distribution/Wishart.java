package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.PositiveDefinite;
import io.fluvial.internal.GammaFunction;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// The Wishart distribution of symmetric positive-definite matrices with ν > n − 1 degrees of freedom and scale
/// matrix V = LLᵀ: for whole ν the sum of ν squares x xᵀ of normal vectors with covariance V,
///
///     log p(X) = ½ (ν − n − 1) log det X − ½ tr(V⁻¹ X) − ½ νn log 2 − ½ ν log det V − log Γ_n(ν/2) ,
///
/// a density of the lower triangle of X. Mean ν V. θ = (ν, L packed row by row).
///
/// An event is `[n × n]` row by row. For ν close to n − 1 draws may be singular to rounding, and then are not in the
/// support. Draws: Bartlett's decomposition (Smith & Hocking 1972, Appl. Statist. 21(3),
/// 341–345). O(n³) for a density or a draw.
public final class Wishart implements MultivariateDistribution, Parameterized<Wishart> {

    private static final String NAME = "Wishart";

    private final int n;
    private final double degreesOfFreedom;
    private final LowerTriangle factor;
    private final double logNorm;

    private Wishart(double degreesOfFreedom, LowerTriangle factor) {
        this.n = factor.n();
        MultivariateGamma.checkDegrees(NAME, degreesOfFreedom, n);
        this.degreesOfFreedom = degreesOfFreedom;
        this.factor = factor;
        this.logNorm = MultivariateGamma.logNorm(degreesOfFreedom, n);
    }

    /// @param degreesOfFreedom ν > n − 1
    /// @param n rows and columns
    /// @param scale V `[n × n]` row by row, symmetric and positive definite
    public static Wishart ofScale(double degreesOfFreedom, int n, double[] scale) {
        Parameter.atLeast(NAME, "number of rows", n, 1);
        return new Wishart(degreesOfFreedom, LowerTriangle.cholesky(NAME, "scale", scale, n));
    }

    /// @param degreesOfFreedom ν > n − 1
    /// @param n rows and columns
    /// @param precision V⁻¹ `[n × n]` row by row, symmetric and positive definite
    public static Wishart ofPrecision(double degreesOfFreedom, int n, double[] precision) {
        Parameter.atLeast(NAME, "number of rows", n, 1);
        return new Wishart(degreesOfFreedom, LowerTriangle.choleskyOfInverse(NAME, "precision", precision, n));
    }

    /// @param degreesOfFreedom ν > n − 1
    /// @param n rows and columns
    /// @param cholesky L `[n × n]` row by row, zero above the diagonal, positive on it
    public static Wishart ofCholesky(double degreesOfFreedom, int n, double[] cholesky) {
        Parameter.atLeast(NAME, "number of rows", n, 1);
        return new Wishart(degreesOfFreedom, LowerTriangle.ofMatrix(NAME, "cholesky", cholesky, n));
    }

    public double degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /// V `[n × n]`, in a new array.
    public double[] scale() {
        return factor.product();
    }

    @Override
    public PositiveDefinite support() {
        return new PositiveDefinite(n);
    }

    /// B = L⁻¹K where X = KKᵀ: its squares sum to tr(V⁻¹ X), without the cancellation of a product with V⁻¹.
    private LowerTriangle whitened(LowerTriangle root) {
        return factor.inverse().times(root);
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

    /// ½ (ν − n − 1) X⁻¹ − ½ V⁻¹.
    @Override
    public void gradient(double[] x, double[] gX) {
        if (Outside.fillsGradient(NAME, support(), x, gX)) {
            return;
        }
        double[] inverse = LowerTriangle.cholesky(NAME, "an event", x, n).inverseProduct();
        double[] precision = factor.inverseProduct();
        for (int k = 0; k < n * n; k++) {
            gX[k] = 0.5 * (degreesOfFreedom - n - 1) * inverse[k] - 0.5 * precision[k];
        }
    }

    @Override
    public void sample(RandomGenerator random, double[] x) {
        Parameter.length(NAME, "an event", x, n * n);
        factor.times(bartlett(random, degreesOfFreedom, n)).productInto(x);
    }

    /// A with AAᵀ of the Wishart distribution with scale matrix 1: normals below the diagonal, on it the roots of
    /// χ² variates with ν, ν − 1, … degrees of freedom.
    static LowerTriangle bartlett(RandomGenerator random, double degreesOfFreedom, int n) {
        double[] a = new double[LowerTriangle.size(n)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[LowerTriangle.at(i, j)] = random.nextGaussian();
            }
            double square = 2 * GammaFunction.variate(0.5 * (degreesOfFreedom - i), random);
            a[LowerTriangle.at(i, i)] = Math.sqrt(square);
        }
        return LowerTriangle.trusted(a, n);
    }

    @Override
    public void mean(double[] out) {
        Events.one(out, shape());
        factor.productInto(out);
        for (int k = 0; k < n * n; k++) {
            out[k] *= degreesOfFreedom;
        }
    }

    /// ν (V_ij² + V_ii V_jj).
    @Override
    public void variance(double[] out) {
        Events.one(out, shape());
        double[] v = factor.product();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double ij = v[i * n + j];
                out[i * n + j] = degreesOfFreedom * (ij * ij + v[i * n + i] * v[j * n + j]);
            }
        }
    }

    /// (ν − n − 1) V; for ν ≤ n + 1 the limit 0, where the density is unbounded or flat.
    @Override
    public void mode(double[] out) {
        Events.one(out, shape());
        factor.productInto(out);
        for (int k = 0; k < n * n; k++) {
            out[k] *= Math.max(0, degreesOfFreedom - n - 1);
        }
    }

    @Override
    public double entropy() {
        double excess = MultivariateGamma.meanLogDet(degreesOfFreedom, n);
        double meanLogDet = excess + n * Math.log(degreesOfFreedom) + 2 * factor.logDet();
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
    public Wishart withParameters(double[] theta) {
        Parameter.length(NAME, "parameters", theta, 1 + LowerTriangle.size(n));
        double[] packed = Arrays.copyOfRange(theta, 1, theta.length);
        return new Wishart(theta[0], LowerTriangle.ofPacked(NAME, "cholesky", packed, n));
    }

    /// ∂/∂ν = ½ (log det X − E(log det X)); with B = L⁻¹K, X = KKᵀ: ∂/∂L = L⁻ᵀ B Bᵀ − ν diag(1/L_ii), its lower
    /// triangle.
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
        double[] columns = b.product(); // symmetric: its rows are its columns
        double[] column = new double[n];
        for (int j = 0; j < n; j++) {
            System.arraycopy(columns, j * n, column, 0, n);
            factor.solveTransposed(column);
            for (int i = j; i < n; i++) {
                gTheta[1 + LowerTriangle.at(i, j)] = column[i] - (i == j ? degreesOfFreedom / factor.get(i, i) : 0);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Wishart d && degreesOfFreedom == d.degreesOfFreedom && factor.equals(d.factor);
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
