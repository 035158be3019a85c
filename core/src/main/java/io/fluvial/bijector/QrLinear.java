package io.fluvial.bijector;

import static io.fluvial.bijector.SquareMatrix.NO_BIAS;

import io.fluvial.Bijector;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.internal.Rows;
import io.fluvial.internal.Triangular;

/// A full linear map y = Q·R·x + b with Q a product of Householder reflections (see [Householder]) and R upper
/// triangular with the diagonal exp(d): ℓ = Σ d, invertible for every parameter (Hoogeboom et al. 2019,
/// arXiv:1901.11137, section 3.2; nflows' `QRLinear`, which leaves v free where one component is fixed here).
///
/// With an even number of reflections it starts as the identity and reaches every matrix of positive determinant, up
/// to limits; an odd number gives negative ones.
///
/// θ: free components of v, upper entries row by row, d, b. Cost: 2 · dim² multiply-adds per sample in either
/// direction; per call 2 · dim² per reflection in double, in a pullback four times that once more.
///
/// @param reflections 0 leaves R alone
public record QrLinear(int dim, int reflections) implements Bijector {

    private static final int Q = 0; // Q, dim × dim, then the bias
    private static final int R = 1; // R, dim × dim
    private static final int MIDDLE = 2; // R·x, dim rows

    public QrLinear {
        LayerSizes.checkDim(dim);
        LayerSizes.checkReflections(reflections);
    }

    /// 2 · (dim − 1) reflections: the fewest with which every plane can turn at the first step of training.
    public static QrLinear of(int dim) {
        LayerSizes.checkDim(dim);
        return new QrLinear(dim, Reflections.toTurnEveryPlane(dim));
    }

    @Override
    public int contextDim() {
        return 0;
    }

    private int upper() {
        return reflections * (dim - 1);
    }

    private int diagonal() {
        return upper() + UpperTriangle.entries(dim);
    }

    private int bias() {
        return diagonal() + dim;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.builder()
                .add("v", reflections, dim - 1)
                .add("upper", UpperTriangle.entries(dim))
                .add("logDiagonal", dim)
                .add("bias", dim)
                .build();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        w.scratch(Reflections.scratch(dim));
        return w.pass(x, y, theta, new int[] {w.floats(dim * dim + dim), w.floats(dim * dim), w.rows(dim)});
    }

    /// Writes Q, b and R as full matrices and adds ℓ.
    private void unpack(Pass p) {
        float[] theta = p.parameters();
        float[] d = p.data();
        double[] scratch = p.block().scratch();
        Reflections.product(scratch, theta, p.theta(), dim, reflections);
        Reflections.round(scratch, dim, d, p.buffer(Q));
        System.arraycopy(theta, p.theta() + bias(), d, p.buffer(Q) + dim * dim, dim);
        int upper = p.theta() + upper();
        SharedLogDet.add(p, UpperTriangle.unpack(theta, upper, p.theta() + diagonal(), dim, d, p.buffer(R)));
    }

    @Override
    public void forward(Pass p) {
        unpack(p);
        int q = p.buffer(Q);
        SquareMatrix.apply(p, p.buffer(R), NO_BIAS, dim, p.data(), p.x(), p.buffer(MIDDLE));
        SquareMatrix.apply(p, q, q + dim * dim, dim, p.data(), p.buffer(MIDDLE), p.y());
    }

    @Override
    public void inverse(Pass p) {
        unpack(p);
        float[] d = p.data();
        int q = p.buffer(Q);
        int middle = p.buffer(MIDDLE);
        Rows.subtract(d, p.y(), d, q + dim * dim, p.x(), dim, p.lanes(), p.active());
        SquareMatrix.applyTransposed(p, q, dim, d, p.x(), middle);
        Rows.copy(d, middle, p.x(), dim, p.lanes(), p.active());
        Triangular.solveUpper(d, p.buffer(R), dim, d, p.x(), p.lanes(), p.active());
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        SquareMatrix.applyTransposed(p, p.buffer(Q), dim, g.data(), p.y(), p.buffer(MIDDLE));
        SquareMatrix.applyTransposed(p, p.buffer(R), dim, g.data(), p.buffer(MIDDLE), p.x());
        addParameters(p, g, 1);
    }

    /// gY = Q·R⁻ᵀ·gX, then the parameter gradient of the forward pullback at −gY.
    @Override
    public void inverseVjp(Pass p, Pullback g) {
        float[] gd = g.data();
        int middle = p.buffer(MIDDLE);
        Rows.copy(gd, p.x(), middle, dim, p.lanes(), p.active());
        Triangular.solveUpperTransposed(p.data(), p.buffer(R), dim, gd, middle, p.lanes(), p.active());
        SquareMatrix.apply(p, p.buffer(Q), NO_BIAS, dim, gd, middle, p.y());
        addParameters(p, g, -1);
    }

    /// From gY at y and gM = Qᵀ·gY at the middle, both times `sign`: gQ = gY·mᵀ, gR = gM·xᵀ on and above the
    /// diagonal.
    private void addParameters(Pass p, Pullback g, int sign) {
        float[] gTheta = g.theta();
        if (gTheta == null) {
            return;
        }
        float[] gd = g.data();
        int q = p.buffer(Q);
        int r = p.buffer(R);
        SquareMatrix.gradient(p, g, q, dim, p.buffer(MIDDLE), p.y());
        SquareMatrix.gradient(p, g, r, dim, p.x(), p.buffer(MIDDLE));
        SquareMatrix.addBiasGradient(p, g, q + dim * dim, dim, p.y(), sign, p.theta() + bias());
        UpperTriangle.addGradient(
                p.data(),
                gd,
                r,
                dim,
                sign,
                SharedLogDet.gradient(p, g),
                gTheta,
                p.theta() + upper(),
                p.theta() + diagonal());
        double[] scratch = p.block().scratch();
        Reflections.product(scratch, p.parameters(), p.theta(), dim, reflections);
        for (int k = 0; k < dim * dim; k++) {
            scratch[Reflections.cotangent(dim) + k] = sign * gd[q + k];
        }
        Reflections.pullBack(scratch, p.parameters(), p.theta(), dim, reflections, gTheta);
    }
}
