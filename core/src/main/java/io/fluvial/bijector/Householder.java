package io.fluvial.bijector;

import static io.fluvial.bijector.SquareMatrix.NO_BIAS;

import io.fluvial.Bijector;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;

/// A product of Householder reflections y = H_R ⋯ H_1·x, H = I − 2·v·vᵀ / ‖v‖² (Tomczak & Welling 2016,
/// arXiv:1611.09630, eq. 10): an orthogonal mixing of the features, ℓ = 0, whose inverse is its transpose.
///
/// One component of every v is fixed at 1, so that v is never zero for any parameter. An even number of reflections
/// starts as the identity, each pair of mirrors being one and the same; an odd number cannot (its determinant is −1)
/// and starts with the sign of one feature changed.
///
/// θ: the free components of v, `[reflections × (dim − 1)]`. Cost: dim² multiply-adds per sample in either direction;
/// per call 2 · dim² per reflection in double to multiply the reflections, in a pullback four times that once more.
///
/// @param reflections at least 1; `dim` of them (2 · ⌊dim / 2⌋ for a rotation) come as near as you like to every
///     orthogonal matrix of their determinant, fewer give a subset
public record Householder(int dim, int reflections) implements Bijector {

    private static final int Q = 0;

    public Householder {
        LayerSizes.checkDim(dim);
        if (reflections < 1) {
            throw new IllegalArgumentException("a Householder layer needs at least 1 reflection, got " + reflections);
        }
    }

    @Override
    public int contextDim() {
        return 0;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.builder().add("v", reflections, dim - 1).build();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        w.scratch(Reflections.scratch(dim));
        return w.pass(x, y, theta, new int[] {w.floats(dim * dim)});
    }

    private void unpack(Pass p) {
        double[] scratch = p.block().scratch();
        Reflections.product(scratch, p.parameters(), p.theta(), dim, reflections);
        Reflections.round(scratch, dim, p.data(), p.buffer(Q));
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

    /// With gY times `sign`: gQ = gY·xᵀ.
    private void addParameters(Pass p, Pullback g, int sign) {
        float[] gTheta = g.theta();
        if (gTheta == null) {
            return;
        }
        SquareMatrix.gradient(p, g, p.buffer(Q), dim, p.x(), p.y());
        double[] scratch = p.block().scratch();
        Reflections.product(scratch, p.parameters(), p.theta(), dim, reflections);
        for (int k = 0; k < dim * dim; k++) {
            scratch[Reflections.cotangent(dim) + k] = sign * g.data()[p.buffer(Q) + k];
        }
        Reflections.pullBack(scratch, p.parameters(), p.theta(), dim, reflections, gTheta);
    }
}
