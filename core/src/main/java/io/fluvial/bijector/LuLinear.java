package io.fluvial.bijector;

import static io.fluvial.bijector.SquareMatrix.NO_BIAS;

import io.fluvial.Bijector;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Samples;
import io.fluvial.Workspace;
import io.fluvial.distribution.GaussianFit;
import io.fluvial.internal.Rows;
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
                .add("upper", UpperTriangle.entries(dim))
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
        Arrays.fill(d, lower, lower + dim * dim, 0f);
        int next = p.theta();
        for (int r = 0; r < dim; r++) {
            System.arraycopy(theta, next, d, lower + r * dim, r);
            d[lower + r * dim + r] = 1;
            next += r;
        }
        System.arraycopy(theta, p.theta() + bias(), d, lower + dim * dim, dim);
        SharedLogDet.add(p, UpperTriangle.unpack(theta, next, p.theta() + diagonal(), dim, d, p.buffer(UPPER)));
    }

    @Override
    public void forward(Pass p) {
        unpack(p);
        int lower = p.buffer(LOWER);
        SquareMatrix.apply(p, p.buffer(UPPER), NO_BIAS, dim, p.data(), p.x(), p.buffer(MIDDLE));
        SquareMatrix.apply(p, lower, lower + dim * dim, dim, p.data(), p.buffer(MIDDLE), p.y());
    }

    @Override
    public void inverse(Pass p) {
        unpack(p);
        float[] d = p.data();
        int lower = p.buffer(LOWER);
        int middle = p.buffer(MIDDLE);
        Rows.subtract(d, p.y(), d, lower + dim * dim, middle, dim, p.lanes(), p.active());
        Triangular.solveLower(d, lower, dim, d, middle, p.lanes(), p.active());
        Rows.copy(d, middle, p.x(), dim, p.lanes(), p.active());
        Triangular.solveUpper(d, p.buffer(UPPER), dim, d, p.x(), p.lanes(), p.active());
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        SquareMatrix.applyTransposed(p, p.buffer(LOWER), dim, g.data(), p.y(), p.buffer(MIDDLE));
        SquareMatrix.applyTransposed(p, p.buffer(UPPER), dim, g.data(), p.buffer(MIDDLE), p.x());
        addParameters(p, g, 1);
    }

    /// gY = W⁻ᵀ gX, then the parameter gradient of the forward pullback at −gY.
    @Override
    public void inverseVjp(Pass p, Pullback g) {
        float[] gd = g.data();
        int middle = p.buffer(MIDDLE);
        Rows.copy(gd, p.x(), middle, dim, p.lanes(), p.active());
        Triangular.solveUpperTransposed(p.data(), p.buffer(UPPER), dim, gd, middle, p.lanes(), p.active());
        Rows.copy(gd, middle, p.y(), dim, p.lanes(), p.active());
        Triangular.solveLowerTransposed(p.data(), p.buffer(LOWER), dim, gd, p.y(), p.lanes(), p.active());
        addParameters(p, g, -1);
    }

    /// From gY at y and gM = Lᵀ·gY at the middle m = U·x, both times `sign`: gL = gY·mᵀ below the diagonal,
    /// gU = gM·xᵀ on and above it.
    private void addParameters(Pass p, Pullback g, int sign) {
        float[] gTheta = g.theta();
        if (gTheta == null) {
            return;
        }
        float[] gd = g.data();
        int lower = p.buffer(LOWER);
        SquareMatrix.gradient(p, g, lower, dim, p.buffer(MIDDLE), p.y());
        SquareMatrix.gradient(p, g, p.buffer(UPPER), dim, p.x(), p.buffer(MIDDLE));
        SquareMatrix.addBiasGradient(p, g, lower + dim * dim, dim, p.y(), sign, p.theta() + bias());
        int next = p.theta();
        for (int r = 0; r < dim; r++) {
            for (int k = 0; k < r; k++) {
                gTheta[next++] += sign * gd[lower + r * dim + k];
            }
        }
        UpperTriangle.addGradient(
                p.data(),
                gd,
                p.buffer(UPPER),
                dim,
                sign,
                SharedLogDet.gradient(p, g),
                gTheta,
                next,
                p.theta() + diagonal());
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
