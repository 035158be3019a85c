package io.fluvial.bijector;

import static io.fluvial.bijector.SquareMatrix.NO_BIAS;

import io.fluvial.Bijector;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Samples;
import io.fluvial.Workspace;
import io.fluvial.base.GaussianFit;
import io.fluvial.internal.Rows;
import io.fluvial.kernel.Kernels;
import io.fluvial.kernel.Staircase;
import java.util.Arrays;

/// A full linear map y = L·U·x + b with L unit lower and U upper triangular, its diagonal exp(d): ℓ = Σ d,
/// invertible for every parameter (Kingma & Dhariwal 2018, arXiv:1807.03039, section 3.2, with positive diagonal
/// and without the permutation, which is a layer of its own here). It starts as the identity or, with
/// [Start#WHITENING], as the map that gives the samples that arrive there mean 0 and covariance 1.
///
/// θ: the entries of L below the diagonal row by row, those of U above it column by column, d, b. Both are masked
/// matrices of one shape, L and Uᵀ, and are multiplied where they stand ([Staircase]). Cost per sample: dim²
/// multiply-adds
/// in either direction.
public record LuLinear(int dim, Start start) implements Bijector {

    /// Where the parameters start.
    public enum Start {
        IDENTITY,
        /// y = C⁻¹(x − m) with the mean m and the Cholesky factor C of the covariance of the samples: a flow that
        /// starts with this layer starts at the density of the full-covariance Gaussian.
        WHITENING
    }

    private static final int MIDDLE = 0; // U·x, dim rows
    private static final int SPARE = 1; // dim rows

    public LuLinear {
        LayerSizes.checkDim(dim);
    }

    public static LuLinear of(int dim) {
        return new LuLinear(dim, Start.IDENTITY);
    }

    public static LuLinear whitening(int dim) {
        return new LuLinear(dim, Start.WHITENING);
    }

    @Override
    public int contextDim() {
        return 0;
    }

    private int diagonal() {
        return 2 * UpperTriangle.entries(dim);
    }

    private int bias() {
        return 2 * UpperTriangle.entries(dim) + dim;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.builder()
                .add("lower", UpperTriangle.entries(dim))
                .add("upperTransposed", UpperTriangle.entries(dim))
                .add("logDiagonal", dim)
                .add("bias", dim)
                .build();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        int[] length = new int[dim];
        Arrays.setAll(length, r -> r);
        return w.pass(x, y, theta, new int[] {w.rows(dim), w.rows(dim)}).withPlan(Staircase.of(dim, length));
    }

    private static int lower(Pass p) {
        return p.theta();
    }

    private int upper(Pass p) {
        return p.theta() + UpperTriangle.entries(dim);
    }

    /// exp(d) of row r, positive.
    private float scale(Pass p, int r) {
        return (float) Math.exp(p.parameters()[p.theta() + diagonal() + r]);
    }

    private void addLogDet(Pass p) {
        double logDet = 0;
        for (int r = 0; r < dim; r++) {
            logDet += p.parameters()[p.theta() + diagonal() + r];
        }
        SharedLogDet.add(p, logDet);
    }

    /// m = U·x, y = L·m + b.
    @Override
    public void forward(Pass p) {
        addLogDet(p);
        float[] d = p.data();
        float[] theta = p.parameters();
        Staircase shape = p.plan(Staircase.class);
        int stride = p.lanes();
        int n = p.active();
        int middle = p.buffer(MIDDLE);
        for (int r = 0; r < dim; r++) {
            Rows.multiply(d, p.x() + r * stride, middle + r * stride, scale(p, r), n);
        }
        Kernels kernels = p.block().kernels();
        kernels.linearTranspose(shape, 0, dim, theta, upper(p), d, p.x(), middle, stride, n);
        kernels.linear(shape, 0, dim, theta, lower(p), p.theta() + bias(), d, middle, p.y(), stride, n);
        Rows.add(d, middle, p.y(), dim, stride, n);
    }

    /// L·m = y − b row after row, then U·x = m column after column from the last.
    @Override
    public void inverse(Pass p) {
        addLogDet(p);
        float[] d = p.data();
        float[] theta = p.parameters();
        Staircase shape = p.plan(Staircase.class);
        Kernels kernels = p.block().kernels();
        int stride = p.lanes();
        int n = p.active();
        int middle = p.buffer(MIDDLE);
        int spare = p.buffer(SPARE);
        for (int r = 0; r < dim; r++) {
            int row = r * stride;
            kernels.linear(shape, r, r + 1, theta, lower(p), p.theta() + bias(), d, middle, spare, stride, n);
            Rows.subtract(d, p.y() + row, spare + row, middle + row, n);
        }
        Rows.copy(d, middle, p.x(), dim, stride, n);
        for (int k = dim - 1; k >= 0; k--) {
            int row = k * stride;
            Rows.divide(d, p.x() + row, p.x() + row, scale(p, k), n);
            Rows.multiply(d, p.x() + row, spare + row, -1, n);
            kernels.linearTranspose(shape, k, k + 1, theta, upper(p), d, spare, p.x(), stride, n);
        }
    }

    /// gM = Lᵀ·gY, gX = Uᵀ·gM.
    @Override
    public void forwardVjp(Pass p, Pullback g) {
        float[] gd = g.data();
        float[] theta = p.parameters();
        Staircase shape = p.plan(Staircase.class);
        Kernels kernels = p.block().kernels();
        int stride = p.lanes();
        int n = p.active();
        int middle = p.buffer(MIDDLE);
        Rows.copy(gd, p.y(), middle, dim, stride, n);
        kernels.linearTranspose(shape, 0, dim, theta, lower(p), gd, p.y(), middle, stride, n);
        kernels.linear(shape, 0, dim, theta, upper(p), NO_BIAS, gd, middle, p.x(), stride, n);
        for (int r = 0; r < dim; r++) {
            Rows.addScaled(gd, middle + r * stride, p.x() + r * stride, scale(p, r), n);
        }
        addParameters(p, g);
    }

    /// Uᵀ·gM = gX row after row, Lᵀ·gY = gM column after column from the last; then the parameter gradient of the
    /// forward pullback at −gY.
    @Override
    public void inverseVjp(Pass p, Pullback g) {
        float[] gd = g.data();
        float[] theta = p.parameters();
        Staircase shape = p.plan(Staircase.class);
        Kernels kernels = p.block().kernels();
        int stride = p.lanes();
        int n = p.active();
        int middle = p.buffer(MIDDLE);
        int spare = p.buffer(SPARE);
        for (int k = 0; k < dim; k++) {
            int row = k * stride;
            kernels.linear(shape, k, k + 1, theta, upper(p), NO_BIAS, gd, middle, spare, stride, n);
            Rows.subtract(gd, p.x() + row, spare + row, middle + row, n);
            Rows.divide(gd, middle + row, middle + row, scale(p, k), n);
        }
        Rows.copy(gd, middle, p.y(), dim, stride, n);
        for (int r = dim - 1; r >= 0; r--) {
            int row = r * stride;
            Rows.multiply(gd, p.y() + row, spare + row, -1, n);
            kernels.linearTranspose(shape, r, r + 1, theta, lower(p), gd, spare, p.y(), stride, n);
        }
        if (g.theta() != null) {
            Rows.negate(gd, p.y(), dim, stride, n);
            Rows.negate(gd, middle, dim, stride, n);
            addParameters(p, g);
            Rows.negate(gd, p.y(), dim, stride, n);
        }
    }

    /// From gY at y and gM at the middle m = U·x: gL = gY·mᵀ below the diagonal, gU = gM·xᵀ on and above it.
    private void addParameters(Pass p, Pullback g) {
        float[] gTheta = g.theta();
        if (gTheta == null) {
            return;
        }
        float[] d = p.data();
        float[] gd = g.data();
        Staircase shape = p.plan(Staircase.class);
        Kernels kernels = p.block().kernels();
        int stride = p.lanes();
        int n = p.active();
        int middle = p.buffer(MIDDLE);
        int spare = p.buffer(SPARE);
        kernels.linearGradient(shape, d, middle, gd, p.y(), gTheta, lower(p), stride, n);
        kernels.linearGradient(shape, gd, middle, d, p.x(), gTheta, upper(p), stride, n);
        kernels.rowSums(gd, p.y(), dim, gTheta, p.theta() + bias(), stride, n);
        double gLogDet = SharedLogDet.gradient(p, g);
        for (int r = 0; r < dim; r++) {
            gd[spare] = 0;
            kernels.linearGradient(d, p.x() + r * stride, gd, middle + r * stride, 1, 1, gd, spare, stride, n);
            gTheta[p.theta() + diagonal() + r] += (float) (gd[spare] * scale(p, r) + gLogDet);
        }
    }

    @Override
    public void initializeFrom(Samples x, Samples context, float[] theta, int at) {
        if (start != Start.WHITENING) {
            return;
        }
        GaussianFit gaussian = GaussianFit.of(x);
        double[] inverse = gaussian.inverseFactor();
        int next = at;
        for (int r = 0; r < dim; r++) {
            double shift = 0;
            for (int k = 0; k <= r; k++) {
                shift -= inverse[r * dim + k] * gaussian.mean(k);
            }
            for (int k = 0; k < r; k++) {
                theta[next++] = (float) (inverse[r * dim + k] / inverse[k * dim + k]);
            }
            theta[at + diagonal() + r] = (float) Math.log(inverse[r * dim + r]); // positive: a Cholesky diagonal
            theta[at + bias() + r] = (float) shift;
        }
    }

    /// L·U = C and b = m, so that the inverse is x = C⁻¹(y − m).
    @Override
    public void initializeFromLatent(Samples y, Samples context, float[] theta, int at) {
        if (start != Start.WHITENING) {
            return;
        }
        GaussianFit gaussian = GaussianFit.of(y);
        double[] factor = gaussian.factor();
        int next = at;
        for (int r = 0; r < dim; r++) {
            for (int k = 0; k < r; k++) {
                theta[next++] = (float) (factor[r * dim + k] / factor[k * dim + k]); // a Cholesky diagonal is positive
            }
            theta[at + diagonal() + r] = (float) Math.log(factor[r * dim + r]);
            theta[at + bias() + r] = (float) gaussian.mean(r);
        }
    }
}
