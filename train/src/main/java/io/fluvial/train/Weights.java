package io.fluvial.train;

import io.fluvial.internal.Blocks;
import java.util.Arrays;
import java.util.List;

/// What the optimiser changes: parameters with their two moments, twice – now and before the last step – so that a
/// step can be undone by swapping, and the averaged weights.
final class Weights {

    /// Parameters and moments at one step.
    private static final class Point {
        final float[] theta;
        final float[] first;
        final float[] second;

        Point(float[] theta) {
            this.theta = theta;
            this.first = new float[theta.length];
            this.second = new float[theta.length];
        }
    }

    private final TrainableRanges ranges;
    private final AdamW options;
    private final double ema;
    private final Team team;
    private final float[] average;
    private final float[] averageBefore;
    private Point now;
    private Point before;
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
        this.now = new Point(start.clone());
        this.before = new Point(start.clone());
        this.average = start.clone();
        this.averageBefore = start.clone();
    }

    float[] theta() {
        return now.theta;
    }

    /// The weights to validate and return.
    float[] averaged() {
        return ema > 0 ? average : now.theta;
    }

    boolean undoable() {
        return undoable;
    }

    /// Goes back to before the last update, once.
    void undo() {
        swap();
        System.arraycopy(averageBefore, 0, average, 0, average.length);
        updates--;
        undoable = false;
    }

    /// Starts again from these weights, with nothing remembered of the steps before.
    void restart(float[] theta) {
        for (float[] array : List.of(now.theta, before.theta, average, averageBefore)) {
            System.arraycopy(theta, 0, array, 0, theta.length);
        }
        for (float[] array : List.of(now.first, now.second, before.first, before.second)) {
            Arrays.fill(array, 0f);
        }
        updates = 0;
        undoable = false;
    }

    private void swap() {
        Point kept = now;
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
        adam(before, now, gradient, ranges.from(r), ranges.to(r), scale, step, root2, decay);
        if (ema > 0) {
            average(average, averageBefore, now.theta, keep, ranges.from(r), ranges.to(r));
        }
    }

    /// In two loops: the compiler makes vector code of each, but not of both in one.
    private void adam(
            Point old,
            Point next,
            float[] gradient,
            int from,
            int to,
            float scale,
            float step,
            float root2,
            float decay) {
        moments(old, next, gradient, from, to, scale, (float) options.beta1(), (float) options.beta2());
        move(old.theta, next, from, to, step, root2, 1 - decay, (float) options.epsilon());
    }

    private static void moments(
            Point old, Point next, float[] gradient, int from, int to, float scale, float beta1, float beta2) {
        float[] oldFirst = old.first;
        float[] oldSecond = old.second;
        float[] first = next.first;
        float[] second = next.second;
        float rest1 = 1 - beta1;
        float rest2 = 1 - beta2;
        for (int i = from; i < to; i++) {
            float g = gradient[i] * scale;
            first[i] = beta1 * oldFirst[i] + rest1 * g;
            second[i] = beta2 * oldSecond[i] + rest2 * g * g;
        }
    }

    private static void move(
            float[] oldTheta, Point next, int from, int to, float step, float root2, float keep, float epsilon) {
        float[] theta = next.theta;
        float[] first = next.first;
        float[] second = next.second;
        for (int i = from; i < to; i++) {
            // epsilon is positive
            theta[i] = keep * oldTheta[i] - step * first[i] / ((float) Math.sqrt(second[i]) * root2 + epsilon);
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
        return List.of(
                now.theta, now.first, now.second, before.theta, before.first, before.second, average, averageBefore);
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
