package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import io.fluvial.internal.GammaFunction;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Student's t distribution of vectors with ν degrees of freedom, location μ and scale matrix Σ = LLᵀ,
///
///     p(x) = Γ((ν + n)/2) / (Γ(ν/2) (νπ)^(n/2) det L) · (1 + |z|²/ν)^(−(ν + n)/2),   z = L⁻¹ (x − μ) .
///
/// Mean μ for ν > 1, covariance ν/(ν − 2) Σ for ν > 2. θ = (ν, μ, L packed row by row). A density or a draw costs
/// O(n²). Below ν of about 0.01 draws may be infinite: they are, as doubles.
public final class MultivariateStudentT implements MultivariateDistribution, Parameterized<MultivariateStudentT> {

    private static final String NAME = "MultivariateStudentT";

    private final int n;
    private final double degreesOfFreedom;
    private final double[] location;
    private final LowerTriangle factor;
    private final double logNorm;

    private MultivariateStudentT(double degreesOfFreedom, double[] location, LowerTriangle factor) {
        Parameter.positive(NAME, "degreesOfFreedom", degreesOfFreedom);
        this.n = location.length;
        for (int i = 0; i < n; i++) {
            Parameter.finite(NAME, "location[" + i + "]", location[i]);
        }
        this.degreesOfFreedom = degreesOfFreedom;
        this.location = location;
        this.factor = factor;
        // Γ((ν + n)/2) / (Γ(ν/2) (ν/2)^(n/2)) is near 1 for large ν
        this.logNorm = GammaStep.log(0.5 * degreesOfFreedom, 0.5 * n) - n * Normal.HALF_LOG_TWO_PI - factor.logDet();
    }

    /// @param degreesOfFreedom ν > 0
    /// @param location μ `[n]`
    /// @param scale Σ `[n × n]` row by row, symmetric and positive definite: no covariance, see above
    public static MultivariateStudentT ofScale(double degreesOfFreedom, double[] location, double[] scale) {
        return new MultivariateStudentT(
                degreesOfFreedom, location.clone(), LowerTriangle.cholesky(NAME, "scale", scale, dim(location)));
    }

    /// @param degreesOfFreedom ν > 0
    /// @param location μ `[n]`
    /// @param precision Σ⁻¹ `[n × n]` row by row, symmetric and positive definite
    public static MultivariateStudentT ofPrecision(double degreesOfFreedom, double[] location, double[] precision) {
        return new MultivariateStudentT(
                degreesOfFreedom,
                location.clone(),
                LowerTriangle.choleskyOfInverse(NAME, "precision", precision, dim(location)));
    }

    /// @param degreesOfFreedom ν > 0
    /// @param location μ `[n]`
    /// @param cholesky L `[n × n]` row by row, zero above the diagonal, positive on it
    public static MultivariateStudentT ofCholesky(double degreesOfFreedom, double[] location, double[] cholesky) {
        return new MultivariateStudentT(
                degreesOfFreedom, location.clone(), LowerTriangle.ofMatrix(NAME, "cholesky", cholesky, dim(location)));
    }

    private static int dim(double[] location) {
        Parameter.atLeast(NAME, "numbers in the location", location.length, 1);
        return location.length;
    }

    @Override
    public Constraint support() {
        return Each.real(n);
    }

    public double degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /// Σ `[n × n]`, in a new array.
    public double[] scale() {
        return factor.product();
    }

    private double[] whitened(double[] x) {
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = x[i] - location[i];
        }
        factor.solve(z);
        return z;
    }

    private static double square(double[] z) {
        double sum = 0;
        for (double value : z) {
            sum += value * value;
        }
        return sum;
    }

    /// log(1 + |z|²/ν), also where |z|² overflows.
    private double logStretch(double[] z) {
        double ratio = square(z) / degreesOfFreedom;
        if (ratio < Double.POSITIVE_INFINITY) {
            return Math.log1p(ratio);
        }
        double largest = 0;
        for (double value : z) {
            largest = Math.max(largest, Math.abs(value));
        }
        double sum = 0;
        for (double value : z) {
            sum += (value / largest) * (value / largest);
        }
        return 2 * Math.log(largest) + Math.log(sum) - Math.log(degreesOfFreedom);
    }

    @Override
    public double logProb(double[] x) {
        double outside = Outside.logProb(NAME, support(), x);
        return outside != 0 ? outside : logNorm - 0.5 * (degreesOfFreedom + n) * logStretch(whitened(x));
    }

    /// (ν + n)/(ν + |z|²): how much less than under a normal distribution x counts.
    private double weight(double[] z) {
        return (degreesOfFreedom + n) / (degreesOfFreedom + square(z));
    }

    @Override
    public void gradient(double[] x, double[] gX) {
        if (!Outside.fillsGradient(NAME, support(), x, gX)) {
            double[] z = whitened(x);
            double weight = weight(z);
            factor.solveTransposed(z);
            for (int i = 0; i < n; i++) {
                gX[i] = -weight * z[i];
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
        double half = 0.5 * degreesOfFreedom;
        double stretch = Math.sqrt(half / GammaFunction.variate(half, random)); // ν/χ²_ν
        for (int i = 0; i < n; i++) {
            x[i] = Interval.REAL.nearest(location[i] + stretch * x[i]);
        }
    }

    /// μ; NaN for ν ≤ 1.
    @Override
    public void mean(double[] out) {
        Events.one(out, shape());
        for (int i = 0; i < n; i++) {
            out[i] = degreesOfFreedom > 1 ? location[i] : Double.NaN;
        }
    }

    /// ν/(ν − 2) Σ_ii; infinite for ν ≤ 2, NaN for ν ≤ 1.
    @Override
    public void variance(double[] out) {
        Events.one(out, shape());
        double stretch = degreesOfFreedom > 2
                ? degreesOfFreedom / (degreesOfFreedom - 2)
                : degreesOfFreedom > 1 ? Double.POSITIVE_INFINITY : Double.NaN;
        for (int i = 0; i < n; i++) {
            out[i] = stretch * factor.product(i, i);
        }
    }

    @Override
    public void mode(double[] out) {
        Events.one(out, shape());
        System.arraycopy(location, 0, out, 0, n);
    }

    @Override
    public double entropy() {
        return 0.5 * (degreesOfFreedom + n) * GammaStep.digamma(0.5 * degreesOfFreedom, 0.5 * n) - logNorm;
    }

    @Override
    public double[] parameters() {
        double[] theta = new double[1 + n + LowerTriangle.size(n)];
        theta[0] = degreesOfFreedom;
        System.arraycopy(location, 0, theta, 1, n);
        factor.copyInto(theta, 1 + n);
        return theta;
    }

    @Override
    public Constraint parameterSpace() {
        return Cat.of(Interval.POSITIVE, Each.real(n), LowerTriangle.space(n));
    }

    @Override
    public MultivariateStudentT withParameters(double[] theta) {
        Parameter.length(NAME, "parameters", theta, 1 + n + LowerTriangle.size(n));
        double[] packed = Arrays.copyOfRange(theta, 1 + n, theta.length);
        return new MultivariateStudentT(
                theta[0], Arrays.copyOfRange(theta, 1, 1 + n), LowerTriangle.ofPacked(NAME, "cholesky", packed, n));
    }

    /// With c = (ν + n)/(ν + |z|²) and w = L⁻ᵀz: ∂/∂μ = c w, ∂/∂L_ij = c w_i z_j − δ_ij/L_ii,
    /// ∂/∂ν = ½ (ψ((ν + n)/2) − ψ(ν/2) − log(1 + |z|²/ν) + (|z|² − n)/(ν + |z|²)).
    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        if (Outside.fills(NAME, support(), x, gTheta)) {
            return;
        }
        double[] z = whitened(x);
        double[] w = z.clone();
        factor.solveTransposed(w);
        double weight = weight(z);
        double square = square(z);
        // the quotient tends to 1
        double excess = square < Double.POSITIVE_INFINITY ? (square - n) / (degreesOfFreedom + square) : 1;
        gTheta[0] = 0.5 * (GammaStep.digamma(0.5 * degreesOfFreedom, 0.5 * n) - logStretch(z) + excess);
        for (int i = 0, k = 1 + n; i < n; i++) {
            gTheta[1 + i] = weight * w[i];
            for (int j = 0; j <= i; j++, k++) {
                gTheta[k] = weight * w[i] * z[j] - (i == j ? 1 / factor.get(i, i) : 0);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MultivariateStudentT d
                && degreesOfFreedom == d.degreesOfFreedom
                && Arrays.equals(location, d.location)
                && factor.equals(d.factor);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Double.hashCode(degreesOfFreedom) + Arrays.hashCode(location)) + factor.hashCode();
    }

    @Override
    public String toString() {
        return NAME + "[degreesOfFreedom=" + degreesOfFreedom + ", location=" + Arrays.toString(location)
                + ", cholesky=" + factor + "]";
    }
}
