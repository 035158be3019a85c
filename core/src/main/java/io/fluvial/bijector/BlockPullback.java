package io.fluvial.bijector;

import static io.fluvial.bijector.BlockNetwork.in;
import static io.fluvial.bijector.BlockNetwork.inputs;
import static io.fluvial.bijector.BlockNetwork.own;
import static io.fluvial.bijector.BlockNetwork.ownSlope;
import static io.fluvial.bijector.BlockNetwork.ownWeights;
import static io.fluvial.bijector.BlockNetwork.rate;
import static io.fluvial.bijector.BlockNetwork.slope;
import static io.fluvial.bijector.BlockNetwork.spare;
import static io.fluvial.bijector.BlockNetwork.value;
import static io.fluvial.bijector.BlockNetwork.weights;

import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.internal.Rows;
import java.util.Arrays;

/// The pullback of a [BlockAutoregressive] layer: first through the derivatives, which leave cotangents of all hidden
/// units behind, then through the values, the last feature first.
final class BlockPullback {

    private BlockPullback() {}

    /// From gℓ through the derivatives of all features to the hidden units, whose cotangents are
    /// *overwritten*. Those of the inputs become zero.
    static void slopes(BlockAutoregressive b, Pass p, Pullback g) {
        float[] d = p.data();
        float[] gd = g.data();
        int lanes = p.lanes();
        for (int j = 0; j < b.dim(); j++) {
            double keep = BlockNetwork.keep(b, p, j);
            double open = BlockNetwork.open(b, p, j);
            int rate = rate(b, p, b.layers(), j);
            for (int i = 0; i < p.active(); i++) {
                gd[rate + i] = (float) (g.gLogDet()[i] * open / (keep + open * d[rate + i])); // a slope > 0
            }
            for (int l = b.layers(); l > 0; l--) {
                int rows = b.width(l);
                int gSlope = slope(b, p, l - 1, j);
                ownTransposed(b, p, l, j, gd, rate(b, p, l, j), gSlope, false);
                int h = value(b, p, l - 1, j);
                int gRate = rate(b, p, l - 1, j);
                for (int r = 0; r < rows; r++) {
                    for (int i = r * lanes; i < r * lanes + p.active(); i++) {
                        gd[h + i] = -2 * d[h + i] * d[gRate + i] * gd[gSlope + i];
                        gd[gRate + i] = (1 - d[h + i] * d[h + i]) * gd[gSlope + i];
                    }
                }
            }
        }
        for (int k = 0; k < b.contextDim() + b.dim(); k++) {
            Arrays.fill(gd, inputs(b, p) + k * lanes, inputs(b, p) + k * lanes + p.active(), 0f);
        }
    }

    /// From gY_j and the cotangents of feature j's units to all that these were computed from.
    static void values(BlockAutoregressive b, Pass p, Pullback g, int j) {
        float[] gd = g.data();
        double open = BlockNetwork.open(b, p, j);
        int f = value(b, p, b.layers(), j);
        int y = p.y() + j * p.lanes();
        for (int i = 0; i < p.active(); i++) {
            gd[f + i] = (float) (open * gd[y + i]);
        }
        var kernels = p.block().kernels();
        for (int l = b.layers(); l >= 0; l--) {
            int rows = b.width(l + 1);
            int out = value(b, p, l, j);
            if (l < b.layers()) {
                deactivate(p, gd, out, out, rows);
            }
            int w = weights(b, p, l, j);
            kernels.linearTranspose(
                    p.data(), w, rows, b.depth(l, j), gd, out, in(b, p, l), true, p.lanes(), p.active());
        }
    }

    /// gX_j = (1 − α_j) · gY_j + what came back through the network.
    static void input(BlockAutoregressive b, Pass p, Pullback g, int j) {
        float[] gd = g.data();
        double keep = BlockNetwork.keep(b, p, j);
        int x = p.x() + j * p.lanes();
        int y = p.y() + j * p.lanes();
        int in = own(b, p, 0, j);
        for (int i = 0; i < p.active(); i++) {
            gd[x + i] = (float) (keep * gd[y + i] + gd[in + i]);
        }
    }

    /// Finds u_j, written to gY_j, such that −gX_j comes back to x_j: what is with feature j's units already comes back
    /// to it through own weights alone.
    static void solve(BlockAutoregressive b, Pass p, Pullback g, int j) {
        float[] d = p.data();
        float[] gd = g.data();
        int lanes = p.lanes();
        int units = spare(b, p);
        int below = units + b.hiddenPerFeature() * lanes;
        int back = units + b.layers() * b.hiddenPerFeature() * lanes;
        Rows.copy(gd, value(b, p, b.layers() - 1, j), units, b.hiddenPerFeature(), lanes, p.active());
        for (int l = b.layers() - 1; l > 0; l--) {
            deactivate(p, gd, value(b, p, l, j), units, b.width(l + 1));
            Rows.copy(gd, value(b, p, l - 1, j), below, b.width(l), lanes, p.active());
            ownTransposed(b, p, l, j, gd, units, below, true);
            Rows.copy(gd, below, units, b.width(l), lanes, p.active());
        }
        deactivate(p, gd, value(b, p, 0, j), units, b.width(1));
        System.arraycopy(gd, own(b, p, 0, j), gd, back, p.active());
        ownTransposed(b, p, 0, j, gd, units, back, true);
        double keep = BlockNetwork.keep(b, p, j);
        double open = BlockNetwork.open(b, p, j);
        int rate = rate(b, p, b.layers(), j);
        int x = p.x() + j * lanes;
        int y = p.y() + j * lanes;
        for (int i = 0; i < p.active(); i++) {
            gd[y + i] = (float) ((-gd[x + i] - gd[back + i]) / (keep + open * d[rate + i])); // a slope > 0
        }
    }

    private static void ownTransposed(
            BlockAutoregressive b, Pass p, int l, int j, float[] gd, int out, int in, boolean add) {
        int w = ownWeights(b, p, l, j);
        p.block()
                .kernels()
                .linearTranspose(p.data(), w, b.width(l + 1), b.width(l), gd, out, in, add, p.lanes(), p.active());
    }

    /// `g[at] *= 1 − h²`.
    private static void deactivate(Pass p, float[] gd, int h, int at, int rows) {
        float[] d = p.data();
        for (int r = 0; r < rows; r++) {
            for (int i = r * p.lanes(); i < r * p.lanes() + p.active(); i++) {
                gd[at + i] *= 1 - d[h + i] * d[h + i];
            }
        }
    }

    /// Adds to the context's cotangents and the parameters'.
    static void rest(BlockAutoregressive b, Pass p, Pullback g) {
        float[] gTheta = g.theta();
        Rows.add(g.data(), inputs(b, p), p.block().context(), b.contextDim(), p.lanes(), p.active());
        if (gTheta == null) {
            return;
        }
        for (int l = 0; l <= b.layers(); l++) {
            addLayer(b, p, g, l, gTheta);
        }
        for (int j = 0; j < b.dim(); j++) {
            gTheta[p.theta() + b.theta(b.layers() + 1) + j] += (float) gate(b, p, g, j);
        }
    }

    /// Weights see the values and, own ones, the derivatives; those are exponentials: g log w = w · gw.
    private static void addLayer(BlockAutoregressive b, Pass p, Pullback g, int l, float[] gTheta) {
        float[] d = p.data();
        float[] gd = g.data();
        int lanes = p.lanes();
        var kernels = p.block().kernels();
        int rows = b.width(l + 1);
        int theta = p.theta() + b.theta(l);
        int all = weights(b, p, l, 0);
        Arrays.fill(gd, all, all + b.weights(l, b.dim()), 0f);
        Arrays.fill(gd, ownWeights(b, p, l, 0), ownWeights(b, p, l, b.dim()), 0f);
        for (int j = 0; j < b.dim(); j++) {
            int depth = b.depth(l, j);
            int w = weights(b, p, l, j);
            int own = ownWeights(b, p, l, j);
            kernels.linearGradient(d, in(b, p, l), gd, value(b, p, l, j), rows, depth, gd, w, lanes, p.active());
            int from = ownSlope(b, p, l, j);
            kernels.linearGradient(d, from, gd, rate(b, p, l, j), rows, b.width(l), gd, own, lanes, p.active());
            for (int r = 0; r < rows; r++) {
                int next = w + r * depth;
                for (int k = 0; k < depth - b.width(l); k++, next++) {
                    gTheta[theta + next - all] += gd[next];
                }
                for (int k = 0; k < b.width(l); k++, next++) {
                    gTheta[theta + next - all] += (gd[next] + gd[own++]) * d[next];
                }
            }
        }
        kernels.rowSums(
                gd, value(b, p, l, 0), b.dim() * rows, gTheta, theta + b.weights(l, b.dim()), lanes, p.active());
    }

    /// gγ = α(1 − α) · Σ (gY · (f − x) + gℓ · (f′ − 1) / slope).
    private static double gate(BlockAutoregressive b, Pass p, Pullback g, int j) {
        float[] d = p.data();
        double keep = BlockNetwork.keep(b, p, j);
        double open = BlockNetwork.open(b, p, j);
        int f = value(b, p, b.layers(), j);
        int rate = rate(b, p, b.layers(), j);
        int x = p.x() + j * p.lanes();
        int y = p.y() + j * p.lanes();
        double sum = 0;
        for (int i = 0; i < p.active(); i++) {
            sum += (double) g.data()[y + i] * (d[f + i] - d[x + i]);
            sum += g.gLogDet()[i] * (d[rate + i] - 1) / (keep + open * d[rate + i]); // a slope > 0
        }
        return keep * open * sum;
    }
}
