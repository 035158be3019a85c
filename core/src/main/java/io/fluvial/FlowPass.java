package io.fluvial;

import io.fluvial.kernel.Kernels;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/// A flow's buffers for one block, and the walks through it. One thread at a time; allocated once, used many times.
public final class FlowPass {

    private final Flow flow;
    private final int dim; // asked once: a chain looks at its parts for them
    private final int contextDim;
    private final Block block;
    private final Pass bijector;
    private final Pass base;

    private FlowPass(Flow flow, Workspace workspace, Kernels kernels) {
        this.flow = flow;
        this.dim = flow.dim();
        this.contextDim = flow.contextDim();
        int x = workspace.rows(dim);
        int y = workspace.rows(dim);
        this.bijector = flow.bijector().place(workspace, x, y, 0);
        this.base = flow.base().place(workspace, y, flow.bijector().parameters().size());
        this.block = workspace.allocate(kernels);
    }

    /// Buffers for densities and samples.
    public static FlowPass transientFor(Flow flow, int lanes, Kernels kernels) {
        return new FlowPass(flow, Workspace.transientFor(lanes, flow.contextDim()), kernels);
    }

    /// Buffers for densities split into one sum per feature.
    static FlowPass splittingFor(Flow flow, int lanes, Kernels kernels) {
        FlowPass pass = transientFor(flow, lanes, kernels);
        pass.block.splitLogDet(flow.dim());
        return pass;
    }

    /// Buffers for densities and samples with their pullbacks.
    public static FlowPass keepingFor(Flow flow, int lanes, Kernels kernels) {
        return keepingFor(flow, lanes, Activations.KEPT, kernels);
    }

    /// The same, under a policy of memory against time.
    public static FlowPass keepingFor(Flow flow, int lanes, Activations activations, Kernels kernels) {
        return new FlowPass(flow, Workspace.keepingFor(lanes, flow.contextDim(), activations), kernels);
    }

    public Block block() {
        return block;
    }

    /// Where the data `[dim × lanes]` stand in the block.
    public int x() {
        return bijector.x();
    }

    /// Where the latent `[dim × lanes]` stands in the block.
    public int y() {
        return bijector.y();
    }

    /// Reads `n` samples from number `from` on.
    public void load(Samples samples, Samples context, int from, int n) {
        block.begin(n);
        samples.copyTo(from, n, block.data(), x(), block.lanes());
        block.pad(x(), dim);
        loadContext(context, from, n);
    }

    /// Reads one sample into all lanes.
    void load(float[] x, float[] context) {
        block.begin(1);
        block.fill(x(), x, dim);
        block.fill(block.context(), context, contextDim);
    }

    /// Reads the samples `order[from .. from + n)`.
    public void load(Samples samples, Samples context, int[] order, int from, int n) {
        block.begin(n);
        samples.copyTo(order, from, n, block.data(), x(), block.lanes());
        block.pad(x(), dim);
        context.copyTo(order, from, n, block.data(), block.context(), block.lanes());
        block.pad(block.context(), contextDim);
    }

    /// Reads latents instead of data.
    public void loadLatent(Samples latent, Samples context, int from, int n) {
        block.begin(n);
        latent.copyTo(from, n, block.data(), y(), block.lanes());
        block.pad(y(), dim);
        loadContext(context, from, n);
    }

    private void loadContext(Samples context, int from, int n) {
        context.copyTo(from, n, block.data(), block.context(), block.lanes());
        block.pad(block.context(), contextDim);
    }

    /// From data: fills the latent; `block().logDet()` then holds log p(x | c).
    public void logProb() {
        flow.bijector().forward(bijector);
        flow.base().logProb(base);
    }

    /// From data: fills the latent; `block().logDet()` then holds ℓ alone.
    public void toLatent() {
        flow.bijector().forward(bijector);
    }

    /// From the latent: fills the data; `block().logDet()` then holds ℓ alone.
    public void toData() {
        flow.bijector().inverse(bijector);
    }

    /// Draws latents for `n` lanes, with the context loaded before by [#begin], and fills the data; adds the density
    /// of what was drawn to `block().logDet()`.
    public void sample(RandomGenerator random) {
        flow.base().sample(base, random);
        block.pad(y(), dim);
        flow.base().logProb(base);
        flow.bijector().inverse(bijector);
    }

    /// After [#toLatent]: draws the latents of the features that are not `given` anew and fills the data.
    void resample(BitSet given, RandomGenerator random) {
        float[] d = block.data();
        float[] kept = Arrays.copyOfRange(d, y(), y() + dim * block.lanes());
        flow.base().sample(base, random);
        for (int j = given.nextSetBit(0); j >= 0; j = given.nextSetBit(j + 1)) {
            System.arraycopy(kept, j * block.lanes(), d, y() + j * block.lanes(), block.lanes());
        }
        block.pad(y(), dim);
        flow.bijector().inverse(bijector);
    }

    /// Starts a block of `n` samples to be drawn.
    public void begin(Samples context, int from, int n) {
        block.begin(n);
        loadContext(context, from, n);
    }

    /// After [#logProb]: pulls ∂loss/∂log p per lane, which the caller has put into `g.gLogDet()`, back to data,
    /// context and parameters.
    public void logProbVjp(Pullback g) {
        g.begin();
        flow.base().logProbVjp(base, g);
        flow.bijector().forwardVjp(bijector, g);
    }

    /// After [#sample], for a loss L(x, log p(x)) of what was drawn: gX stands in `g.data()` at [#x()] and ∂L/∂log
    /// p in `g.gLogDet()`. Pulls back to the latent (the draw from the base, held fixed as a number), context and
    /// parameters.
    public void sampleVjp(Pullback g) {
        g.begin();
        int length = dim * block.lanes();
        flow.base().logProbVjp(base, g);
        float[] gBase = Arrays.copyOfRange(g.data(), y(), y() + length);
        flow.bijector().inverseVjp(bijector, g);
        for (int k = 0; k < length; k++) {
            g.data()[y() + k] += gBase[k];
        }
    }
}
