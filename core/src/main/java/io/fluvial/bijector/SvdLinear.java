package io.fluvial.bijector;

import static io.fluvial.bijector.SquareMatrix.NO_BIAS;

import io.fluvial.Bijector;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.internal.Rows;

/// A full linear map y = U·diag(exp(d))·V·x + b with U and V products of Householder reflections (see
/// [Householder]): ℓ = Σ d, a singular value decomposition with positive singular values, so that the condition
/// number can be read off its parameters (Zhang, Lei & Dhillon 2018, arXiv:1803.09327, section 3; nflows'
/// `SVDLinear`, whose singular values are 10⁻³ + softplus).
///
/// With an even number of reflections it starts as the identity. There all singular values are equal, and the first
/// step can only rotate and rescale axes; shears follow as soon as they differ. [QrLinear] and [LuLinear] have no
/// such start.
///
/// θ: free components of the reflections of U, then of V, then d, then b. Cost: 2 · dim² multiply-adds per sample in
/// either direction; per call 4 · dim² per reflection in double, in a pullback four times that once more.
///
/// @param reflections of U, and as many of V; 0 leaves the diagonal alone
public record SvdLinear(int dim, int reflections) implements Bijector {

    private static final int U = 0; // U·diag(s), dim × dim, then the bias
    private static final int BACK = 1; // U·diag(1/s), dim × dim
    private static final int V = 2; // V, dim × dim
    private static final int MIDDLE = 3; // V·x, dim rows

    public SvdLinear {
        LayerSizes.checkDim(dim);
        LayerSizes.checkReflections(reflections);
    }

    /// 2 · (dim − 1) reflections on either side: the fewest with which every plane can turn at the first step of
    /// training.
    public static SvdLinear of(int dim) {
        LayerSizes.checkDim(dim);
        return new SvdLinear(dim, Reflections.toTurnEveryPlane(dim));
    }

    @Override
    public int contextDim() {
        return 0;
    }

    private int v() {
        return reflections * (dim - 1);
    }

    private int diagonal() {
        return 2 * v();
    }

    private int bias() {
        return diagonal() + dim;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.builder()
                .add("u", reflections, dim - 1)
                .add("v", reflections, dim - 1)
                .add("logDiagonal", dim)
                .add("bias", dim)
                .build();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        w.scratch(Reflections.scratch(dim));
        int square = dim * dim;
        return w.pass(x, y, theta, new int[] {w.floats(square + dim), w.floats(square), w.floats(square), w.rows(dim)});
    }

    /// Writes the matrices and b and adds ℓ.
    private void unpack(Pass p) {
        float[] theta = p.parameters();
        float[] d = p.data();
        double[] scratch = p.block().scratch();
        Reflections.product(scratch, theta, p.theta() + v(), dim, reflections);
        Reflections.round(scratch, dim, d, p.buffer(V));
        Reflections.product(scratch, theta, p.theta(), dim, reflections);
        double logDet = 0;
        for (int c = 0; c < dim; c++) {
            float logValue = theta[p.theta() + diagonal() + c];
            double value = Math.exp(logValue);
            logDet += logValue;
            for (int k = c; k < dim * dim; k += dim) {
                d[p.buffer(U) + k] = (float) (scratch[k] * value);
                d[p.buffer(BACK) + k] = (float) (scratch[k] / value); // an exp(·) > 0
            }
        }
        System.arraycopy(theta, p.theta() + bias(), d, p.buffer(U) + dim * dim, dim);
        SharedLogDet.add(p, logDet);
    }

    @Override
    public void forward(Pass p) {
        unpack(p);
        int u = p.buffer(U);
        SquareMatrix.apply(p, p.buffer(V), NO_BIAS, dim, p.data(), p.x(), p.buffer(MIDDLE));
        SquareMatrix.apply(p, u, u + dim * dim, dim, p.data(), p.buffer(MIDDLE), p.y());
    }

    @Override
    public void inverse(Pass p) {
        unpack(p);
        float[] d = p.data();
        int middle = p.buffer(MIDDLE);
        Rows.subtract(d, p.y(), d, p.buffer(U) + dim * dim, p.x(), dim, p.lanes(), p.active());
        SquareMatrix.applyTransposed(p, p.buffer(BACK), dim, d, p.x(), middle);
        SquareMatrix.applyTransposed(p, p.buffer(V), dim, d, middle, p.x());
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        SquareMatrix.applyTransposed(p, p.buffer(U), dim, g.data(), p.y(), p.buffer(MIDDLE));
        SquareMatrix.applyTransposed(p, p.buffer(V), dim, g.data(), p.buffer(MIDDLE), p.x());
        addParameters(p, g, 1);
    }

    /// gY = U·diag(1/s)·V·gX, then the parameter gradient of the forward pullback at −gY.
    @Override
    public void inverseVjp(Pass p, Pullback g) {
        SquareMatrix.apply(p, p.buffer(V), NO_BIAS, dim, g.data(), p.x(), p.buffer(MIDDLE));
        SquareMatrix.apply(p, p.buffer(BACK), NO_BIAS, dim, g.data(), p.buffer(MIDDLE), p.y());
        addParameters(p, g, -1);
    }

    /// From gY at y and gM = diag(s)·Uᵀ·gY at the middle, both times `sign`: gU·s = gY·mᵀ, gV = gM·xᵀ.
    private void addParameters(Pass p, Pullback g, int sign) {
        float[] gTheta = g.theta();
        if (gTheta == null) {
            return;
        }
        float[] gd = g.data();
        int u = p.buffer(U);
        SquareMatrix.gradient(p, g, u, dim, p.buffer(MIDDLE), p.y());
        SquareMatrix.gradient(p, g, p.buffer(V), dim, p.x(), p.buffer(MIDDLE));
        SquareMatrix.addBiasGradient(p, g, u + dim * dim, dim, p.y(), sign, p.theta() + bias());
        float[] theta = p.parameters();
        double[] scratch = p.block().scratch();
        int cotangent = Reflections.cotangent(dim);
        Reflections.product(scratch, theta, p.theta() + v(), dim, reflections);
        for (int k = 0; k < dim * dim; k++) {
            scratch[cotangent + k] = sign * gd[p.buffer(V) + k];
        }
        Reflections.pullBack(scratch, theta, p.theta() + v(), dim, reflections, gTheta);
        Reflections.product(scratch, theta, p.theta(), dim, reflections);
        double gLogDet = SharedLogDet.gradient(p, g);
        for (int c = 0; c < dim; c++) {
            double value = sign * Math.exp(theta[p.theta() + diagonal() + c]);
            double gLogValue = gLogDet;
            for (int k = c; k < dim * dim; k += dim) {
                scratch[cotangent + k] = gd[u + k] * value;
                gLogValue += scratch[cotangent + k] * scratch[k];
            }
            gTheta[p.theta() + diagonal() + c] += (float) gLogValue;
        }
        Reflections.pullBack(scratch, theta, p.theta(), dim, reflections, gTheta);
    }
}
