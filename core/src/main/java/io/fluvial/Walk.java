package io.fluvial;

import io.fluvial.kernel.Kernels;

/// Takes samples through one bijector, block by block, on the calling thread: for data-dependent starts and for
/// looking into a flow. [FlowModel] is the way to take samples through a whole flow.
public final class Walk {

    private static final int LANES = 256;

    private Walk() {}

    /// y = f(x; θ, c) for every sample.
    public static Samples forward(Bijector bijector, Samples x, Samples context, float[] theta, int at) {
        Workspace w = Workspace.transientFor(LANES, context.dim());
        int from = w.rows(bijector.dim());
        int to = w.rows(bijector.dim());
        Pass pass = bijector.place(w, from, to, at);
        Block block = w.allocate(Kernels.best());
        block.bind(theta);
        float[][] y = new float[bijector.dim()][x.count()];
        for (int i = 0; i < x.count(); i += LANES) {
            int n = Math.min(LANES, x.count() - i);
            block.begin(n);
            x.copyTo(i, n, block.data(), from, LANES);
            block.pad(from, x.dim());
            context.copyTo(i, n, block.data(), block.context(), LANES);
            block.pad(block.context(), context.dim());
            bijector.forward(pass);
            for (int j = 0; j < y.length; j++) {
                System.arraycopy(block.data(), to + j * LANES, y[j], i, n);
            }
        }
        return Samples.wrap(y);
    }
}
