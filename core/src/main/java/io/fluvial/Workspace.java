package io.fluvial;

import io.fluvial.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

/// Reserves the buffers of a [Pass] tree before any of them exists; [#allocate] then makes the [Block].
///
/// A workspace that *keeps* gives every layer its own buffers, so that a pullback finds what the forward walk left.
/// One that does not lets the parts of a chain share theirs: a density or a sample needs only the layer at work.
/// Between the two stands a workspace whose chains share buffers and compute again what a pullback
/// needs ([Activations]).
public final class Workspace {

    /// Floats before the first buffer: with the 16 bytes before an array's numbers they make a cache line of 64.
    /// Where arrays begin at a line (`-XX:ObjectAlignmentInBytes=64`) so does every row, and no vector
    /// straddles two lines.
    private static final int HEAD = 12;

    private final int lanes;
    private final boolean keeps;
    private final boolean shares;
    private final int context;
    private final List<Pass> passes = new ArrayList<>();
    private int next = HEAD;
    private int most = HEAD;
    private int scratch;

    private Workspace(int lanes, int contextDim, boolean keeps, boolean shares) {
        if (lanes < 1 || lanes % Block.GRANULE != 0) {
            throw new IllegalArgumentException(
                    "lanes must be a positive multiple of " + Block.GRANULE + ", not " + lanes);
        }
        this.lanes = lanes;
        this.keeps = keeps;
        this.shares = shares;
        this.context = rows(contextDim);
    }

    /// For a density or a sample: neighbours share buffers; no pullback may follow.
    public static Workspace transientFor(int lanes, int contextDim) {
        return new Workspace(lanes, contextDim, false, true);
    }

    /// For a pullback: every layer keeps what it computed.
    public static Workspace keepingFor(int lanes, int contextDim) {
        return keepingFor(lanes, contextDim, Activations.KEPT);
    }

    /// For a pullback, under this policy.
    public static Workspace keepingFor(int lanes, int contextDim, Activations activations) {
        return new Workspace(lanes, contextDim, true, activations == Activations.RECOMPUTED);
    }

    public int lanes() {
        return lanes;
    }

    /// Reserves `count` rows of `lanes` floats; returns where they start.
    public int rows(int count) {
        return floats(Math.multiplyExact(count, lanes));
    }

    /// Reserves `count` floats that do not depend on the lanes (rounded up to whole granules); returns where they
    /// start.
    public int floats(int count) {
        int at = next;
        next = Math.addExact(next, (count + Block.GRANULE - 1) & -Block.GRANULE);
        most = Math.max(most, next);
        return at;
    }

    /// Asks for at least `doubles` numbers of [Block#scratch()].
    public void scratch(int doubles) {
        scratch = Math.max(scratch, doubles);
    }

    /// The present end of the reserved buffers, for [#release].
    public int mark() {
        return next;
    }

    /// Gives back what was reserved since `mark`, where layers share their buffers.
    public void release(int mark) {
        if (shares) {
            next = mark;
        }
    }

    /// Takes what was given back up to `mark`, so that nobody who is placed later gets it.
    public void retain(int mark) {
        next = Math.max(next, mark);
    }

    /// Whether a pullback may follow a walk.
    public boolean keeps() {
        return keeps;
    }

    /// Whether the parts of a chain share their buffers.
    public boolean shares() {
        return shares;
    }

    /// Whether a pullback follows that finds only the last layer's buffers as the walk left them.
    public boolean recomputes() {
        return keeps && shares;
    }

    /// A pass between buffers already reserved.
    ///
    /// @param x where the end toward the data stands
    /// @param y where the end toward the latent stands
    /// @param theta where the layer's parameters start in the flow's
    /// @param buffers further buffers, by number
    /// @param children passes of the layer's parts
    public Pass pass(int x, int y, int theta, int[] buffers, Pass... children) {
        Pass pass = new Pass(x, y, theta, buffers.clone(), children.clone());
        passes.add(pass);
        return pass;
    }

    /// A pass without buffers of its own.
    public Pass pass(int x, int y, int theta) {
        return pass(x, y, theta, new int[0]);
    }

    /// Makes the block and ties every pass made here to it.
    public Block allocate(Kernels kernels) {
        Block block = new Block(lanes, context, most, scratch, kernels);
        for (Pass pass : passes) {
            pass.tie(block);
        }
        return block;
    }
}
