package io.fluvial.bijector;

import io.fluvial.Pass;
import io.fluvial.Workspace;
import io.fluvial.internal.Rows;
import io.fluvial.kernel.ActivationKernel;
import io.fluvial.nn.Activation;
import java.util.Arrays;

/// The network of a [BlockAutoregressive] layer on a pass: its buffers, its values and, along with them, the
/// derivative of every unit with respect to its own feature.
///
/// Buffers of layer l, from number `PER_LAYER · l` on: all weights (own ones as exponentials) and biases; own weights
/// once more, block by block; then `[dim · width × lanes]` each the units after the activation, their derivatives
/// before it, their derivatives after it.
final class BlockNetwork {

    private static final int PER_LAYER = 5;
    private static final int WEIGHTS = 0;
    private static final int OWN_WEIGHTS = 1;
    private static final int VALUE = 2;
    private static final int RATE = 3;
    private static final int SLOPE = 4;

    private BlockNetwork() {}

    /// After the layers' buffers: the context and x, a row of ones, and spare rows.
    static int[] place(BlockAutoregressive b, Workspace w) {
        int layers = b.layers() + 1;
        int[] buffers = new int[PER_LAYER * layers + 3];
        for (int l = 0; l < layers; l++) {
            int at = PER_LAYER * l;
            int rows = b.dim() * b.width(l + 1);
            buffers[at + WEIGHTS] = w.floats(b.size(l));
            buffers[at + OWN_WEIGHTS] = w.floats(b.dim() * b.ownWeights(l));
            buffers[at + VALUE] = w.rows(rows);
            buffers[at + RATE] = w.rows(rows);
            buffers[at + SLOPE] = l == b.layers() ? buffers[at + RATE] : w.rows(rows);
        }
        buffers[PER_LAYER * layers] = w.rows(b.contextDim() + b.dim());
        buffers[PER_LAYER * layers + 1] = w.rows(1);
        buffers[PER_LAYER * layers + 2] = w.rows(b.layers() * b.hiddenPerFeature() + BlockInverse.ROWS);
        return buffers;
    }

    // ---- where things stand

    static int inputs(BlockAutoregressive b, Pass p) {
        return p.buffer(PER_LAYER * (b.layers() + 1));
    }

    private static int ones(BlockAutoregressive b, Pass p) {
        return p.buffer(PER_LAYER * (b.layers() + 1) + 1);
    }

    /// A row for every unit of one feature, then [BlockInverse#ROWS] more.
    static int spare(BlockAutoregressive b, Pass p) {
        return p.buffer(PER_LAYER * (b.layers() + 1) + 2);
    }

    static int weights(BlockAutoregressive b, Pass p, int l, int j) {
        return p.buffer(PER_LAYER * l + WEIGHTS) + b.weights(l, j);
    }

    static int ownWeights(BlockAutoregressive b, Pass p, int l, int j) {
        return p.buffer(PER_LAYER * l + OWN_WEIGHTS) + j * b.ownWeights(l);
    }

    /// Units that layer l makes for feature j.
    static int value(BlockAutoregressive b, Pass p, int l, int j) {
        return p.buffer(PER_LAYER * l + VALUE) + j * b.width(l + 1) * p.lanes();
    }

    /// Their derivatives by x_j before the activation.
    static int rate(BlockAutoregressive b, Pass p, int l, int j) {
        return p.buffer(PER_LAYER * l + RATE) + j * b.width(l + 1) * p.lanes();
    }

    /// And after it.
    static int slope(BlockAutoregressive b, Pass p, int l, int j) {
        return p.buffer(PER_LAYER * l + SLOPE) + j * b.width(l + 1) * p.lanes();
    }

    /// What layer l reads.
    static int in(BlockAutoregressive b, Pass p, int l) {
        return l == 0 ? inputs(b, p) : value(b, p, l - 1, 0);
    }

    /// What of it belongs to feature j.
    static int own(BlockAutoregressive b, Pass p, int l, int j) {
        return in(b, p, l) + (b.lead(l) + j * b.width(l)) * p.lanes();
    }

    /// The derivatives by x_j of what belongs to feature j.
    static int ownSlope(BlockAutoregressive b, Pass p, int l, int j) {
        return l == 0 ? ones(b, p) : slope(b, p, l - 1, j);
    }

    /// 1 − α_j.
    static double keep(BlockAutoregressive b, Pass p, int j) {
        return 1 / (1 + Math.exp(p.parameters()[p.theta() + b.theta(b.layers() + 1) + j]));
    }

    /// α_j.
    static double open(BlockAutoregressive b, Pass p, int j) {
        return 1 / (1 + Math.exp(-p.parameters()[p.theta() + b.theta(b.layers() + 1) + j]));
    }

    // ---- the network

    /// Unpacks the parameters and reads the context and the features from `end`.
    static void begin(BlockAutoregressive b, Pass p, int end) {
        float[] d = p.data();
        for (int l = 0; l <= b.layers(); l++) {
            System.arraycopy(p.parameters(), p.theta() + b.theta(l), d, weights(b, p, l, 0), b.size(l));
            for (int j = 0; j < b.dim(); j++) {
                int next = ownWeights(b, p, l, j);
                for (int r = 1; r <= b.width(l + 1); r++) {
                    int stop = weights(b, p, l, j) + r * b.depth(l, j);
                    for (int k = stop - b.width(l); k < stop; k++) {
                        d[k] = (float) Math.exp(d[k]);
                        d[next++] = d[k];
                    }
                }
            }
        }
        Arrays.fill(d, ones(b, p), ones(b, p) + p.active(), 1f);
        Rows.copy(d, p.block().context(), inputs(b, p), b.contextDim(), p.lanes(), p.active());
        Rows.copy(d, end, own(b, p, 0, 0), b.dim(), p.lanes(), p.active());
    }

    /// All units of feature j, whose inputs and those of the features before it are there.
    static void evaluate(BlockAutoregressive b, Pass p, int j) {
        for (int l = 0; l <= b.layers(); l++) {
            linear(b, p, l, j, value(b, p, l, j));
            activate(b, p, l, j);
        }
    }

    /// What the other features and the context give to the units of feature j: to the spare rows, layer by layer.
    static void evaluateOthers(BlockAutoregressive b, Pass p, int j) {
        for (int l = 0; l <= b.layers(); l++) {
            int own = own(b, p, l, j);
            for (int k = 0; k < b.width(l); k++) {
                Arrays.fill(p.data(), own + k * p.lanes(), own + k * p.lanes() + p.active(), 0f);
            }
            linear(b, p, l, j, others(b, p, l));
        }
    }

    private static int others(BlockAutoregressive b, Pass p, int l) {
        return spare(b, p) + l * b.hiddenPerFeature() * p.lanes();
    }

    /// All units of feature j from its input and what [#evaluateOthers] left.
    static void evaluateOwn(BlockAutoregressive b, Pass p, int j) {
        float[] d = p.data();
        for (int l = 0; l <= b.layers(); l++) {
            int rows = b.width(l + 1);
            int out = value(b, p, l, j);
            p.block()
                    .kernels()
                    .linear(
                            d,
                            ownWeights(b, p, l, j),
                            SquareMatrix.NO_BIAS,
                            rows,
                            b.width(l),
                            d,
                            own(b, p, l, j),
                            out,
                            p.lanes(),
                            p.active());
            Rows.add(d, others(b, p, l), out, rows, p.lanes(), p.active());
            activate(b, p, l, j);
        }
    }

    private static void linear(BlockAutoregressive b, Pass p, int l, int j, int out) {
        int rows = b.width(l + 1);
        int bias = weights(b, p, l, b.dim()) + j * rows;
        int w = weights(b, p, l, j);
        float[] d = p.data();
        p.block().kernels().linear(d, w, bias, rows, b.depth(l, j), d, in(b, p, l), out, p.lanes(), p.active());
    }

    /// The activation, and the derivatives through own weights: rate = W·slope, slope = (1 − h²) · rate.
    private static void activate(BlockAutoregressive b, Pass p, int l, int j) {
        float[] d = p.data();
        int rows = b.width(l + 1);
        int lanes = p.lanes();
        int h = value(b, p, l, j);
        int rate = rate(b, p, l, j);
        int from = ownSlope(b, p, l, j);
        var kernels = p.block().kernels();
        int w = ownWeights(b, p, l, j);
        kernels.linear(d, w, SquareMatrix.NO_BIAS, rows, b.width(l), d, from, rate, lanes, p.active());
        if (l == b.layers()) {
            return;
        }
        ActivationKernel found = kernels.activation(Activation.TANH);
        ActivationKernel tanh = found != null ? found : Activation.TANH;
        tanh.apply(d, h, h, rows, lanes, p.active());
        int slope = slope(b, p, l, j);
        for (int r = 0; r < rows; r++) {
            for (int i = r * lanes; i < r * lanes + p.active(); i++) {
                d[slope + i] = (1 - d[h + i] * d[h + i]) * d[rate + i];
            }
        }
    }

    /// Adds log((1 − α_j) + α_j · ∂f_j/∂x_j), whose argument is positive: a share of 1 and of a product of positives.
    static void addLogDet(BlockAutoregressive b, Pass p, int j) {
        double keep = keep(b, p, j);
        double open = open(b, p, j);
        int rate = rate(b, p, b.layers(), j);
        for (int i = 0; i < p.active(); i++) {
            p.logDet()[i] += Math.log(keep + open * p.data()[rate + i]);
        }
    }
}
