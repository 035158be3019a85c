package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Samples;
import io.fluvial.Workspace;
import io.fluvial.distribution.GaussianFit;
import io.fluvial.internal.Triangular;
import java.util.Arrays;

/// A full linear map y = L·U·x + b with L unit lower and U upper triangular, its diagonal exp(d): ℓ = Σ d,
/// invertible for every parameter (Kingma & Dhariwal 2018, arXiv:1807.03039, section 3.2, with positive diagonal
/// and without the permutation, which is a layer of its own here). It starts as the identity or, with
/// [Start#WHITENING], as the map that gives the samples that arrive there mean 0 and covariance 1.
///
/// θ: lower entries and upper entries row by row, d, b. Cost per sample: dim² multiply-adds in either direction.
public record LuLinear(int dim, Start start) implements Bijector {

    /// Where the parameters start.
    public enum Start {
        IDENTITY,
        /// y = C⁻¹(x − m) with the mean m and the Cholesky factor C of the covariance of the samples: a flow that
        /// starts with this layer starts at the density of the full-covariance Gaussian.
        WHITENING
    }

    private static final int LOWER = 0; // L, dim × dim, then the bias
    private static final int UPPER = 1; // U, dim × dim
    private static final int MIDDLE = 2; // U·x, dim rows

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

    private int triangle() {
        return dim * (dim - 1) / 2;
    }

    private int diagonal() {
        return 2 * triangle();
    }

    private int bias() {
        return 2 * triangle() + dim;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.builder()
                .add("lower", triangle())
                .add("upper", triangle())
                .add("logDiagonal", dim)
                .add("bias", dim)
                .build();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        return w.pass(x, y, theta, new int[] {w.floats(dim * dim + dim), w.floats(dim * dim), w.rows(dim)});
    }

    /// Writes L, b and U as full matrices and adds ℓ.
    private void unpack(Pass p) {
        float[] theta = p.parameters();
        float[] d = p.data();
        int lower = p.buffer(LOWER);
        int upper = p.buffer(UPPER);
        Arrays.fill(d, lower, lower + dim * dim, 0f);
        Arrays.fill(d, upper, upper + dim * dim, 0f);
        int nextLower = p.theta();
        int nextUpper = p.theta() + triangle();
        double logDet = 0;
        for (int r = 0; r < dim; r++) {
            System.arraycopy(theta, nextLower, d, lower + r * dim, r);
            d[lower + r * dim + r] = 1;
            nextLower += r;
            float logDiagonal = theta[p.theta() + diagonal() + r];
            d[upper + r * dim + r] = (float) Math.exp(logDiagonal);
            logDet += logDiagonal;
            System.arraycopy(theta, nextUpper, d, upper + r * dim + r + 1, dim - 1 - r);
            nextUpper += dim - 1 - r;
        }
        System.arraycopy(theta, p.theta() + bias(), d, lower + dim * dim, dim);
        for (int i = 0; i < p.active(); i++) {
            p.logDet()[i] += logDet;
        }
    }

    @Override
    public void forward(Pass p) {
        unpack(p);
        float[] d = p.data();
        int lower = p.buffer(LOWER);
        var kernels = p.block().kernels();
        kernels.linear(d, p.buffer(UPPER), -1, dim, dim, d, p.x(), p.buffer(MIDDLE), p.lanes(), p.active());
        kernels.linear(d, lower, lower + dim * dim, dim, dim, d, p.buffer(MIDDLE), p.y(), p.lanes(), p.active());
    }

    @Override
    public void inverse(Pass p) {
        unpack(p);
        float[] d = p.data();
        int lower = p.buffer(LOWER);
        int middle = p.buffer(MIDDLE);
        for (int r = 0; r < dim; r++) {
            float bias = d[lower + dim * dim + r];
            for (int i = r * p.lanes(); i < r * p.lanes() + p.active(); i++) {
                d[middle + i] = d[p.y() + i] - bias;
            }
        }
        Triangular.solveLower(d, lower, dim, d, middle, p.lanes(), p.active());
        for (int r = 0; r < dim; r++) {
            System.arraycopy(d, middle + r * p.lanes(), d, p.x() + r * p.lanes(), p.active());
        }
        Triangular.solveUpper(d, p.buffer(UPPER), dim, d, p.x(), p.lanes(), p.active());
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        var kernels = p.block().kernels();
        float[] gd = g.data();
        int middle = p.buffer(MIDDLE);
        kernels.linearTranspose(p.data(), p.buffer(LOWER), dim, dim, gd, p.y(), middle, false, p.lanes(), p.active());
        kernels.linearTranspose(p.data(), p.buffer(UPPER), dim, dim, gd, middle, p.x(), false, p.lanes(), p.active());
        addParameters(p, g);
    }

    /// gY = W⁻ᵀ gX, then the parameter gradient of the forward pullback at −gY.
    @Override
    public void inverseVjp(Pass p, Pullback g) {
        float[] gd = g.data();
        int middle = p.buffer(MIDDLE);
        copyRows(p, gd, p.x(), middle);
        Triangular.solveUpperTransposed(p.data(), p.buffer(UPPER), dim, gd, middle, p.lanes(), p.active());
        copyRows(p, gd, middle, p.y());
        Triangular.solveLowerTransposed(p.data(), p.buffer(LOWER), dim, gd, p.y(), p.lanes(), p.active());
        if (g.theta() != null) {
            negate(p, gd, p.y());
            negate(p, gd, middle);
            addParameters(p, g);
            negate(p, gd, p.y());
        }
    }

    private void copyRows(Pass p, float[] d, int from, int to) {
        for (int r = 0; r < dim; r++) {
            System.arraycopy(d, from + r * p.lanes(), d, to + r * p.lanes(), p.active());
        }
    }

    private void negate(Pass p, float[] d, int at) {
        for (int r = 0; r < dim; r++) {
            for (int i = r * p.lanes(); i < r * p.lanes() + p.active(); i++) {
                d[at + i] = -d[at + i];
            }
        }
    }

    /// From gY at y and gU = Lᵀ·gY at the middle: gL = gY·uᵀ below the diagonal, gU = (Lᵀ gY)·xᵀ on and above it.
    private void addParameters(Pass p, Pullback g) {
        float[] gTheta = g.theta();
        if (gTheta == null) {
            return;
        }
        var kernels = p.block().kernels();
        float[] gd = g.data();
        int lower = p.buffer(LOWER);
        int upper = p.buffer(UPPER);
        int middle = p.buffer(MIDDLE);
        Arrays.fill(gd, lower, lower + dim * dim, 0f);
        Arrays.fill(gd, upper, upper + dim * dim, 0f);
        kernels.linearGradient(p.data(), middle, gd, p.y(), dim, dim, gd, lower, p.lanes(), p.active());
        kernels.linearGradient(p.data(), p.x(), gd, middle, dim, dim, gd, upper, p.lanes(), p.active());
        kernels.rowSums(gd, p.y(), dim, gTheta, p.theta() + bias(), p.lanes(), p.active());
        float gLogDet = 0;
        for (int i = 0; i < p.active(); i++) {
            gLogDet += g.gLogDet()[i];
        }
        int nextLower = p.theta();
        int nextUpper = p.theta() + triangle();
        for (int r = 0; r < dim; r++) {
            for (int k = 0; k < r; k++) {
                gTheta[nextLower++] += gd[lower + r * dim + k];
            }
            gTheta[p.theta() + diagonal() + r] += gd[upper + r * dim + r] * p.data()[upper + r * dim + r] + gLogDet;
            for (int k = r + 1; k < dim; k++) {
                gTheta[nextUpper++] += gd[upper + r * dim + k];
            }
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
}
