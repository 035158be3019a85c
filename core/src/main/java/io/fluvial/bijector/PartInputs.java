package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.Block;
import io.fluvial.Noise;
import io.fluvial.Pass;
import java.util.List;

/// What a chain keeps of its parts while they share buffers: of each the end that the walk came from,
/// `[dim × lanes]`, and where the stream of dropout masks was. Beside the block, as these numbers need
/// no room for cotangents.
///
/// Inputs are kept rather than found by the inverse: they give the same bits, cost a row per feature
/// and part, and serve maps whose inverse is slow or a search.
final class PartInputs {

    private final float[][] inputs; // empty where a part is computed only once
    private final long[] noise;
    private final double[] logDet;
    private boolean forward;

    private PartInputs(int parts, int lanes) {
        this.inputs = new float[parts][0];
        this.noise = new long[lanes == 0 ? 0 : parts];
        this.logDet = new double[lanes];
    }

    /// Every part has buffers of its own.
    static PartInputs none(int parts) {
        return new PartInputs(parts, 0);
    }

    static PartInputs of(List<Bijector> parts, int lanes) {
        PartInputs made = new PartInputs(parts.size(), lanes);
        for (int k = 0; k < parts.size(); k++) {
            if (!isChain(parts.get(k))) {
                made.inputs[k] = new float[parts.get(k).dim() * lanes];
            }
        }
        return made;
    }

    /// A part that keeps the inputs of its own parts.
    private static boolean isChain(Bijector part) {
        return part instanceof Chain || (part instanceof Inverted inverted && isChain(inverted.inner()));
    }

    /// Before a walk through part k.
    void keep(int k, Pass part, boolean forward) {
        float[] input = inputs[k];
        if (input.length == 0) {
            return;
        }
        this.forward = forward;
        int lanes = part.lanes();
        int from = forward ? part.x() : part.y();
        for (int row = 0; row < input.length; row += lanes) {
            System.arraycopy(part.data(), from + row, input, row, part.active());
        }
        Noise dropout = part.block().noise();
        if (dropout != null) {
            noise[k] = dropout.state();
        }
        part.block().holdsNow(part);
    }

    /// Before a pullback through part k: computes it again unless its buffers are as it left them. What it adds to the
    /// log-determinants was added before and is taken back.
    void recompute(int k, Bijector bijector, Pass part) {
        float[] input = inputs[k];
        Block block = part.block();
        if (input.length == 0 || block.holds(part)) {
            return;
        }
        assert !block.splitsLogDet() : "log-densities are split for scoring alone";
        int lanes = part.lanes();
        int to = forward ? part.x() : part.y();
        for (int row = 0; row < input.length; row += lanes) {
            System.arraycopy(input, row, part.data(), to + row, part.active());
        }
        System.arraycopy(part.logDet(), 0, logDet, 0, part.active());
        Noise dropout = block.noise();
        long state = dropout == null ? 0 : dropout.state();
        if (dropout != null) {
            dropout.start(noise[k]);
        }
        if (forward) {
            bijector.forward(part);
        } else {
            bijector.inverse(part);
        }
        if (dropout != null) {
            dropout.start(state);
        }
        System.arraycopy(logDet, 0, part.logDet(), 0, part.active());
        block.holdsNow(part);
    }
}
