package io.fluvial;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One layer's place in a [Block]: where its two ends stand, where its parameters start, and its own buffers.
///
/// `x` is the end toward the data and `y` the end toward the latent, whichever of them was filled first. `forward`
/// fills y from x, `inverse` fills x from y, and both leave the pass in the same state, so that either pullback may
/// follow either. In all cases ℓ = log |det ∂y/∂x| is added to [#logDet()].
///
/// Offsets only; the numbers are in the block. The cotangent of what stands at `data()[o]` stands at the same `o` in
/// [Pullback#data()].
public final class Pass {

    private final int x;
    private final int y;
    private final int theta;
    private final int[] buffers;
    private final Pass[] children;
    private @Nullable Object plan;
    private @Nullable Block block;

    Pass(int x, int y, int theta, int[] buffers, Pass[] children) {
        this.x = x;
        this.y = y;
        this.theta = theta;
        this.buffers = buffers;
        this.children = children;
    }

    /// Keeps what the layer worked out from its description when it was placed, such as the shape of its masks.
    public Pass withPlan(Object plan) {
        this.plan = plan;
        return this;
    }

    /// What [#withPlan] kept.
    public <T> T plan(Class<T> type) {
        return type.cast(Objects.requireNonNull(plan, "this pass was placed without a plan"));
    }

    void tie(Block block) {
        this.block = block;
    }

    public Block block() {
        return Objects.requireNonNull(block, "the workspace of this pass was not allocated yet");
    }

    /// Where `[dim × lanes]` toward the data starts.
    public int x() {
        return x;
    }

    /// Where `[dim × lanes]` toward the latent starts.
    public int y() {
        return y;
    }

    /// Where this layer's parameters start in [#parameters()].
    public int theta() {
        return theta;
    }

    /// Where buffer number k starts.
    public int buffer(int k) {
        return buffers[k];
    }

    /// The pass of part number k.
    public Pass child(int k) {
        return children[k];
    }

    /// All numbers of the block, see [Block#data()].
    public float[] data() {
        return block().data();
    }

    /// The flow's parameters, see [Block#theta()].
    public float[] parameters() {
        return block().theta();
    }

    /// One sum per lane, nats; layers add to it.
    public double[] logDet() {
        return block().logDet();
    }

    /// Where the share of one feature goes, see [Block#logDet(int)].
    public double[] logDet(int feature) {
        return block().logDet(feature);
    }

    /// Distance between rows.
    public int lanes() {
        return block().lanes();
    }

    /// Lanes to work on.
    public int active() {
        return block().active();
    }
}
