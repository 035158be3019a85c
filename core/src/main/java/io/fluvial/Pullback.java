package io.fluvial;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cotangents of one block: ∂loss/∂· for everything a [Pass] tree holds.
///
/// The cotangent of `block.data()[o]` is `data()[o]`, so a layer's gX, gY and gradients of its own
/// buffers stand at the offsets of its pass. Ends and buffers are *overwritten* by a pullback; the
/// context's and the parameters' cotangents are *added to*. Parameter cotangents may be absent: a
/// score ∇ₓ log p needs none.
///
/// `gLogDet` is one array for all layers, since log-dets add up: ∂loss/∂ℓ per lane. Lanes that hold no sample have 0.
public final class Pullback {

    private final float[] data;
    private final float[] gLogDet;
    private final float[] zeros;
    private final float[] spare;
    private final int context;
    private final int contextFloats;
    private float @Nullable [] theta;

    private Pullback(Block block, int contextDim) {
        this.data = new float[block.data().length];
        this.gLogDet = new float[block.lanes()];
        this.zeros = new float[block.lanes()];
        this.spare = new float[2 * block.lanes()];
        this.context = block.context();
        this.contextFloats = contextDim * block.lanes();
    }

    /// Cotangents for a block whose workspace keeps.
    public static Pullback of(Block block, int contextDim) {
        return new Pullback(block, contextDim);
    }

    /// Cotangents by offset.
    public float[] data() {
        return data;
    }

    /// ∂loss/∂ℓ per lane.
    public float[] gLogDet() {
        return gLogDet;
    }

    /// A zero per lane. *Read* only.
    public float[] zeros() {
        return zeros;
    }

    /// Two rows of lanes for whoever is at work; nothing in them survives a call.
    public float[] spare() {
        return spare;
    }

    /// Changes the sign of gℓ, for a map whose log-det enters negatively.
    public void negateLogDet() {
        for (int i = 0; i < gLogDet.length; i++) {
            gLogDet[i] = -gLogDet[i];
        }
    }

    /// ∂loss/∂θ, *added to*; null where nobody asks for it.
    public float @Nullable [] theta() {
        return theta;
    }

    /// Says where parameter cotangents are added, or null for none.
    public void bind(float @Nullable [] theta) {
        this.theta = theta;
    }

    /// Starts a pullback: the context's cotangents are set to zero.
    public void begin() {
        Arrays.fill(data, context, context + contextFloats, 0f);
    }
}
