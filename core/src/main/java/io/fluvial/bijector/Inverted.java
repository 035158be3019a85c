package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.FeatureTrace;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Samples;
import io.fluvial.Workspace;
import java.util.random.RandomGenerator;

/// A bijector run the other way: its forward is the inner inverse. The one place where ends swap and ℓ changes sign.
public record Inverted(Bijector inner) implements Bijector {

    @Override
    public int dim() {
        return inner.dim();
    }

    @Override
    public int contextDim() {
        return inner.contextDim();
    }

    @Override
    public ParameterLayout parameters() {
        return inner.parameters();
    }

    @Override
    public Pass place(Workspace w, int x, int y, int theta) {
        return w.pass(x, y, theta, new int[0], inner.place(w, y, x, theta));
    }

    @Override
    public void forward(Pass p) {
        p.block().negateLogDet(); // −(−ℓ₀ + ℓ) = ℓ₀ − ℓ, without a second array
        inner.inverse(p.child(0));
        p.block().negateLogDet();
    }

    @Override
    public void inverse(Pass p) {
        p.block().negateLogDet();
        inner.forward(p.child(0));
        p.block().negateLogDet();
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        g.negateLogDet();
        inner.inverseVjp(p.child(0), g);
        g.negateLogDet();
    }

    @Override
    public void inverseVjp(Pass p, Pullback g) {
        g.negateLogDet();
        inner.forwardVjp(p.child(0), g);
        g.negateLogDet();
    }

    @Override
    public void initialize(float[] theta, int at, RandomGenerator random) {
        inner.initialize(theta, at, random);
    }

    /// Samples arrive at the inner map's latent end.
    @Override
    public void initializeFrom(Samples x, Samples context, float[] theta, int at) {
        inner.initializeFromLatent(x, context, theta, at);
    }

    @Override
    public void initializeFromLatent(Samples y, Samples context, float[] theta, int at) {
        inner.initializeFrom(y, context, theta, at);
    }

    @Override
    public void trace(FeatureTrace trace) {
        switch (inner) {
            case Permutation permutation -> permutation.inverted().trace(trace);
            case Chain chain -> chain.parts().reversed().forEach(part -> new Inverted(part).trace(trace));
            case Inverted twice -> twice.inner().trace(trace);
            default -> inner.trace(trace);
        }
    }
}
