package io.fluvial.nn;

import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.kernel.Staircase;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One masked affine layer inside an autoregressive conditioner: θ is the weights that the mask leaves, row after row,
/// then the bias.
///
/// Under an [Order] the mask is the [Staircase] itself and the kernels read θ directly. Under an [Adjacency] a row may
/// miss columns inside its prefix; the weights are then written out into a buffer of the block with zeros there, once
/// per pass over the network.
final class MaskedLinear {

    private final Staircase shape;

    /// Where each stored weight stands in the staircase; null where that is its own place.
    private final int @Nullable [] places;

    private MaskedLinear(Staircase shape, int @Nullable [] places) {
        this.shape = shape;
        this.places = places;
    }

    static MaskedLinear of(Staircase shape) {
        return new MaskedLinear(shape, null);
    }

    /// Rows that see the columns of a set each; every row's last column must not come before its predecessor's.
    static MaskedLinear of(int depth, List<BitSet> rows) {
        int[] length = new int[rows.size()];
        int most = 0;
        for (int r = 0; r < length.length; r++) {
            most = Math.max(most, rows.get(r).length());
            length[r] = most;
        }
        Staircase shape = Staircase.of(depth, length);
        int[] places = new int[rows.stream().mapToInt(BitSet::cardinality).sum()];
        int next = 0;
        for (int r = 0; r < length.length; r++) {
            for (int k = rows.get(r).nextSetBit(0); k >= 0; k = rows.get(r).nextSetBit(k + 1)) {
                places[next++] = shape.start(r) + k;
            }
        }
        return new MaskedLinear(shape, next == shape.size() ? null : places);
    }

    int rows() {
        return shape.rows();
    }

    int weights() {
        return places == null ? shape.size() : places.length;
    }

    int size() {
        return weights() + rows();
    }

    /// Reserves room for weights with zeros where they are needed.
    int place(Workspace w) {
        return places == null ? -1 : w.floats(shape.size() + rows());
    }

    /// Writes the zeros and what is between them. Once per pass over the network, before any row is asked for.
    void unpack(Pass p, int theta, int room) {
        if (places == null) {
            return;
        }
        float[] d = p.data();
        Arrays.fill(d, room, room + shape.size(), 0f);
        for (int i = 0; i < places.length; i++) {
            d[room + places[i]] = p.parameters()[theta + i];
        }
        System.arraycopy(p.parameters(), theta + places.length, d, room + shape.size(), rows());
    }

    /// Rows `from … to − 1` at `out` from the rows at `in`.
    void forward(Pass p, int theta, int room, int from, int to, int in, int out) {
        float[] w = places == null ? p.parameters() : p.data();
        int at = places == null ? theta : room;
        p.block().kernels().linear(shape, from, to, w, at, at + shape.size(), p.data(), in, out, p.lanes(), p.active());
    }

    /// Adds to the cotangents at `in` from those of the rows `from … to − 1` at `out`.
    void inputs(Pass p, Pullback g, int theta, int room, int from, int to, int out, int in) {
        float[] w = places == null ? p.parameters() : p.data();
        int at = places == null ? theta : room;
        p.block().kernels().linearTranspose(shape, from, to, w, at, g.data(), out, in, p.lanes(), p.active());
    }

    /// Adds gW and gb from the cotangents at `out`.
    void gradients(Pass p, Pullback g, int theta, int room, int in, int out) {
        float[] gTheta = g.theta();
        if (gTheta == null) {
            return;
        }
        var kernels = p.block().kernels();
        if (places == null) {
            kernels.linearGradient(shape, p.data(), in, g.data(), out, gTheta, theta, p.lanes(), p.active());
        } else {
            Arrays.fill(g.data(), room, room + shape.size(), 0f);
            kernels.linearGradient(shape, p.data(), in, g.data(), out, g.data(), room, p.lanes(), p.active());
            for (int i = 0; i < places.length; i++) {
                gTheta[theta + i] += g.data()[room + places[i]];
            }
        }
        kernels.rowSums(g.data(), out, rows(), gTheta, theta + weights(), p.lanes(), p.active());
    }

    /// Random weights as [Dense#initialize], the number of columns a row sees in place of all columns; zero bias.
    void initialize(float[] theta, int at, Activation activation, double factor, RandomGenerator random) {
        int next = 0;
        for (int r = 0; r < rows(); r++) {
            int end = next;
            while (end < weights() && (places == null ? end : places[end]) < shape.start(r + 1)) {
                end++;
            }
            double scale = factor * Dense.scale(end - next, rows(), activation);
            for (; next < end; next++) {
                theta[at + next] = (float) (scale * random.nextGaussian());
            }
        }
    }
}
