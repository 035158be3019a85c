package io.fluvial;

import io.fluvial.kernel.Kernels;

/// Scores samples one at a time, as they arrive: no allocation, no locks, no waiting for others. From
/// [FlowModel#scorer()]; holds its own buffers and, with vector kernels, its own copy of the weights, in an order
/// that suits one sample. Belongs to one thread; as many scorers as threads may score under one model.
///
/// Densities are those of [FlowModel#logProb(Samples)] to the bit.
public final class Scorer {

    private static final float[] NO_CONTEXT = {};

    private final FlowPass pass;
    private final int dim;
    private final int contextDim;

    Scorer(Flow flow, Parameters parameters, Kernels kernels) {
        float[] theta = parameters.shared();
        this.pass = FlowPass.transientFor(flow, Block.GRANULE, kernels.forOneSample(theta));
        this.dim = flow.dim();
        this.contextDim = flow.contextDim();
        pass.block().bind(theta);
    }

    /// log p(x), nats; −∞ outside the support, NaN where x has a NaN.
    ///
    /// @param x one number per feature. *Read*
    public double logProb(float[] x) {
        check("x", x.length, dim, " features");
        check("the context", 0, contextDim, "; use logProb(x, context)");
        return score(x, NO_CONTEXT);
    }

    /// log p(x | c), nats.
    ///
    /// @param x one number per feature. *Read*
    /// @param context one number per conditioning input. *Read*
    public double logProb(float[] x, float[] context) {
        check("x", x.length, dim, " features");
        check("the context", context.length, contextDim, "");
        return score(x, context);
    }

    private double score(float[] x, float[] context) {
        pass.load(x, context);
        pass.logProb();
        return pass.block().logDet()[0];
    }

    private static void check(String what, int length, int expected, String more) {
        if (length != expected) {
            throw new IllegalArgumentException(what + " has " + length + " numbers, this flow has " + expected + more);
        }
    }
}
