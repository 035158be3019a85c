package io.fluvial.bijector;

import io.fluvial.Pass;

/// Solves (1 − α)·x + α·f(x) = y for one feature of a [BlockAutoregressive] layer, all lanes side by side, each for
/// itself: a lane that has arrived stays where it is while others go on.
///
/// f is a sum of tanh with positive weights and a known rest: f − rest is within ± the sum of these weights, which
/// brackets x. Steps are Newton's, or halve the bracket where Newton's leaves it or is more than half the step before
/// (Press et al., Numerical Recipes, `rtsafe`).
final class BlockInverse {

    /// Spare rows needed: the rest of f, then both ends of the bracket and the last step.
    static final int ROWS = 4;

    /// Far more than the 30 or so halvings that a bracket of floats takes after Newton's method gave up.
    private static final int MOST_STEPS = 200;

    /// Unit roundoff of float, 2⁻²⁴.
    private static final double ROUND = 0x1p-24;

    private BlockInverse() {}

    /// Writes x to the place of feature j among the network's inputs.
    static void solve(BlockAutoregressive b, Pass p, int j) {
        BlockNetwork.evaluateOthers(b, p, j);
        double keep = BlockNetwork.keep(b, p, j);
        double open = BlockNetwork.open(b, p, j);
        double reach = reach(b, p, j);
        bracket(b, p, j, keep, open, reach);
        for (int k = 0; k < MOST_STEPS; k++) {
            BlockNetwork.evaluateOwn(b, p, j);
            if (!step(b, p, j, keep, open, reach)) {
                return;
            }
        }
    }

    private static double reach(BlockAutoregressive b, Pass p, int j) {
        int own = BlockNetwork.ownWeights(b, p, b.layers(), j);
        double sum = 0;
        for (int k = own; k < own + b.ownWeights(b.layers()); k++) {
            sum += p.data()[k];
        }
        return sum;
    }

    private static int row(BlockAutoregressive b, Pass p, int k) {
        return BlockNetwork.spare(b, p) + (b.layers() * b.hiddenPerFeature() + k) * p.lanes();
    }

    /// Both ends, a little wider than need be because they are rounded; the start, y or the nearer end.
    private static void bracket(BlockAutoregressive b, Pass p, int j, double keep, double open, double reach) {
        float[] d = p.data();
        int rest = row(b, p, 0);
        int low = row(b, p, 1);
        int high = row(b, p, 2);
        int last = row(b, p, 3);
        int x = BlockNetwork.own(b, p, 0, j);
        int y = p.y() + j * p.lanes();
        double half = open * reach / keep;
        for (int i = 0; i < p.active(); i++) {
            double middle = (d[y + i] - open * d[rest + i]) / keep; // keep = σ(−γ) > 0
            double room = half + 8 * ROUND * (half + Math.abs(middle));
            d[low + i] = (float) (middle - room);
            d[high + i] = (float) (middle + room);
            d[last + i] = Float.POSITIVE_INFINITY;
            float start = d[y + i];
            start = start < d[low + i] ? d[low + i] : start; // NaN stays NaN
            d[x + i] = start > d[high + i] ? d[high + i] : start;
        }
    }

    /// Moves every lane that has not arrived; false if none had to.
    private static boolean step(BlockAutoregressive b, Pass p, int j, double keep, double open, double reach) {
        float[] d = p.data();
        int rest = row(b, p, 0);
        int low = row(b, p, 1);
        int high = row(b, p, 2);
        int last = row(b, p, 3);
        int x = BlockNetwork.own(b, p, 0, j);
        int y = p.y() + j * p.lanes();
        int f = BlockNetwork.value(b, p, b.layers(), j);
        int rate = BlockNetwork.rate(b, p, b.layers(), j);
        boolean moved = false;
        for (int i = 0; i < p.active(); i++) {
            if (d[last + i] == 0) {
                continue;
            }
            double residual = keep * d[x + i] + open * d[f + i] - d[y + i];
            // x is rounded, f a sum of about as much as is in `rest` and `reach`
            double noise = Math.abs(keep * d[x + i]) + Math.abs(d[y + i]) + open * (Math.abs(d[rest + i]) + reach);
            if (!(Math.abs(residual) > ROUND * noise)) { // NaN ends here, too
                if (Double.isNaN(residual) && !Float.isInfinite(d[x + i])) { // an infinite y has an infinite x
                    d[x + i] = Float.NaN;
                }
                d[last + i] = 0;
                continue;
            }
            d[(residual > 0 ? high : low) + i] = d[x + i];
            float next = (float) (d[x + i] - residual / (keep + open * d[rate + i])); // a slope > 0
            boolean good = next > d[low + i] && next < d[high + i] && Math.abs(next - d[x + i]) <= 0.5f * d[last + i];
            next = good ? next : 0.5f * d[low + i] + 0.5f * d[high + i];
            d[last + i] = Math.abs(next - d[x + i]);
            d[x + i] = next;
            moved = true;
        }
        return moved;
    }
}
