package io.fluvial.train;

import io.fluvial.internal.Blocks;
import java.util.Arrays;
import java.util.List;

/// What the optimiser changes: parameters, now and before the last step, so that a step can be undone by swapping, with
/// their moments and the averaged weights.
///
/// For a large flow an update is bound by memory, so everything is read and written once: what an update needs of
/// moments and parameters stays in the first-level cache between its loops.
final class Weights {

    /// Parameters updated at a time: seven arrays of so many are 28 KiB.
    private static final int PIECE = 1_024;

    private final TrainableRanges ranges;
    private final AdamW options;
    private final double ema;
    private final Team team;
    private final float[] average;
    private final float[] averageBefore;
    private final float[] first; // moment
    private final float[] second;
    private float[] now;
    private float[] before;
    private long updates;
    private boolean undoable;

    // Made once, and the arguments of an update in fields, so that a step allocates nothing.
    private final Blocks.Body updateRange = this::updateRange;
    private float[] gradient = {};
    private float scale;
    private double rate;
    private float step;
    private float root2;
    private float keep;

    Weights(float[] start, TrainableRanges ranges, AdamW options, double ema, Team team) {
        this.ranges = ranges;
        this.options = options;
        this.ema = ema;
        this.team = team;
        this.now = start.clone();
        this.before = start.clone();
        this.first = new float[start.length];
        this.second = new float[start.length];
        this.average = start.clone();
        this.averageBefore = start.clone();
    }

    float[] theta() {
        return now;
    }

    /// The weights to validate and return.
    float[] averaged() {
        return ema > 0 ? average : now;
    }

    boolean undoable() {
        return undoable;
    }

    /// Goes back to the parameters before the last update, once. Moments remember the gradient, which was finite.
    void undo() {
        swap();
        System.arraycopy(averageBefore, 0, average, 0, average.length);
        undoable = false;
    }

    /// Starts again from these weights, with nothing remembered of the steps before.
    void restart(float[] theta) {
        for (float[] array : List.of(now, before, average, averageBefore)) {
            System.arraycopy(theta, 0, array, 0, theta.length);
        }
        Arrays.fill(first, 0f);
        Arrays.fill(second, 0f);
        updates = 0;
        undoable = false;
    }

    private void swap() {
        float[] kept = now;
        now = before;
        before = kept;
    }

    /// One step of AdamW with the gradient times `scale`.
    void update(float[] gradient, double scale, double rate) {
        updates++;
        double correction1 = 1 - Math.pow(options.beta1(), updates);
        double correction2 = 1 - Math.pow(options.beta2(), updates);
        float step = (float) (rate / correction1);
        float root2 = (float) (1 / Math.sqrt(correction2)); // positive: beta2 < 1
        // Averages start fast and slow down, so that the start is forgotten: min(ema, (1 + t) / (10 + t)).
        float keep = (float) Math.min(ema, (1.0 + updates) / (10.0 + updates));
        this.gradient = gradient;
        this.scale = (float) scale;
        this.rate = rate;
        this.step = step;
        this.root2 = root2;
        this.keep = keep;
        swap();
        team.run(ranges.count(), updateRange);
        undoable = true;
    }

    private void updateRange(int r) {
        float decay = ranges.decays(r) ? (float) (rate * options.weightDecay()) : 0f;
        int end = ranges.to(r);
        for (int from = ranges.from(r); from < end; from += PIECE) {
            int to = Math.min(from + PIECE, end);
            moments(first, second, gradient, from, to, scale, (float) options.beta1(), (float) options.beta2());
            move(before, now, first, second, from, to, step, root2, 1 - decay, (float) options.epsilon());
            if (ema > 0) {
                average(average, averageBefore, now, keep, from, to);
            }
        }
    }

    // In two loops: the compiler makes vector code of each, but not of both in one.

    private static void moments(
            float[] first, float[] second, float[] gradient, int from, int to, float scale, float beta1, float beta2) {
        float rest1 = 1 - beta1;
        float rest2 = 1 - beta2;
        for (int i = from; i < to; i++) {
            float g = gradient[i] * scale;
            first[i] = beta1 * first[i] + rest1 * g;
            second[i] = beta2 * second[i] + rest2 * g * g;
        }
    }

    private static void move(
            float[] old,
            float[] theta,
            float[] first,
            float[] second,
            int from,
            int to,
            float step,
            float root2,
            float keep,
            float epsilon) {
        for (int i = from; i < to; i++) {
            // epsilon is positive
            theta[i] = keep * old[i] - step * first[i] / ((float) Math.sqrt(second[i]) * root2 + epsilon);
        }
    }

    private static void average(float[] average, float[] kept, float[] theta, float keep, int from, int to) {
        for (int i = from; i < to; i++) {
            kept[i] = average[i];
            average[i] = keep * average[i] + (1 - keep) * theta[i];
        }
    }

    /// Every array that a checkpoint must hold, always in this order.
    List<float[]> arrays() {
        return List.of(now, before, first, second, average, averageBefore);
    }

    long updates() {
        return updates;
    }

    /// Restores the counters beside the arrays.
    void restore(long updates, boolean undoable) {
        this.updates = updates;
        this.undoable = undoable;
    }
}
