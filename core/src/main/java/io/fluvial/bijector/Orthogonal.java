package io.fluvial.bijector;

import static io.fluvial.bijector.SquareMatrix.NO_BIAS;

import io.fluvial.Bijector;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;

/// A rotation y = Q·x with Q = exp(A), A skew-symmetric: ℓ = 0, the inverse is Qᵀ. Every rotation is such an
/// exponential, and at A = 0, where it starts, Q is the identity and every plane turns at the first step (Lezcano-
/// Casado & Martínez-Rubio 2019, arXiv:1901.08428, section 3). The Cayley map of A would be cheaper but has no
/// half-turns. For few reflections instead of dim·(dim − 1)/2 angles see [Householder].
///
/// The exponential is computed in double, for a pullback with its exact derivative: the adjoint of E ↦ L(A, E), the
/// derivative of exp at A in the direction E, is G ↦ L(Aᵀ, G) = L(−A, G).
///
/// θ: the entries of A below the diagonal, row by row. Cost: dim² multiply-adds per sample in either direction; per
/// call 5 + k products of dim³ multiply-adds in double, k = ⌊log₂ ‖A‖₁⌋ + 2 or 0, in a pullback three times that.
/// With a few dozen features that outweighs the samples of a block by far: prefer [LuLinear] or few reflections there.
public record Orthogonal(int dim) implements Bijector {

    private static final int Q = 0;

    public Orthogonal {
        LayerSizes.checkDim(dim);
    }

    @Override
    public int contextDim() {
        return 0;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.builder().add("skew", UpperTriangle.entries(dim)).build();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        w.scratch(MatrixExponential.scratch(dim));
        return w.pass(x, y, theta, new int[] {w.floats(dim * dim)});
    }

    /// Writes `sign`·A to the start of the scratch.
    private void skew(Pass p, int sign) {
        double[] scratch = p.block().scratch();
        int next = p.theta();
        for (int r = 0; r < dim; r++) {
            scratch[r * dim + r] = 0;
            for (int k = 0; k < r; k++) {
                double entry = sign * p.parameters()[next++];
                scratch[r * dim + k] = entry;
                scratch[k * dim + r] = -entry;
            }
        }
    }

    private void unpack(Pass p) {
        double[] scratch = p.block().scratch();
        skew(p, 1);
        int exponential = MatrixExponential.of(scratch, dim);
        for (int k = 0; k < dim * dim; k++) {
            p.data()[p.buffer(Q) + k] = (float) scratch[exponential + k];
        }
    }

    @Override
    public void forward(Pass p) {
        unpack(p);
        SquareMatrix.apply(p, p.buffer(Q), NO_BIAS, dim, p.data(), p.x(), p.y());
    }

    @Override
    public void inverse(Pass p) {
        unpack(p);
        SquareMatrix.applyTransposed(p, p.buffer(Q), dim, p.data(), p.y(), p.x());
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        SquareMatrix.applyTransposed(p, p.buffer(Q), dim, g.data(), p.y(), p.x());
        addParameters(p, g, 1);
    }

    @Override
    public void inverseVjp(Pass p, Pullback g) {
        SquareMatrix.apply(p, p.buffer(Q), NO_BIAS, dim, g.data(), p.x(), p.y());
        addParameters(p, g, -1);
    }

    /// With gY times `sign`: gQ = gY·xᵀ, gA = L(−A, gQ); an entry and its mirror image have opposite signs.
    private void addParameters(Pass p, Pullback g, int sign) {
        float[] gTheta = g.theta();
        if (gTheta == null) {
            return;
        }
        SquareMatrix.gradient(p, g, p.buffer(Q), dim, p.x(), p.y());
        double[] scratch = p.block().scratch();
        skew(p, -1);
        for (int k = 0; k < dim * dim; k++) {
            scratch[MatrixExponential.direction(dim) + k] = sign * g.data()[p.buffer(Q) + k];
        }
        int gA = MatrixExponential.derivative(scratch, dim);
        int next = p.theta();
        for (int r = 0; r < dim; r++) {
            for (int k = 0; k < r; k++) {
                gTheta[next++] += (float) (scratch[gA + r * dim + k] - scratch[gA + k * dim + r]);
            }
        }
    }
}
