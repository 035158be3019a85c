package io.fluvial.train;

import io.fluvial.Samples;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What a flow learns from: samples, their context, and perhaps a weight for each.
public final class TrainingData {

    private final Samples samples;
    private final Samples context;
    private final float @Nullable [] weights;

    private TrainingData(Samples samples, Samples context, float @Nullable [] weights) {
        this.samples = samples;
        this.context = context;
        this.weights = weights;
    }

    /// Samples without context.
    public static TrainingData of(Samples samples) {
        return of(samples, Samples.none(samples.count()));
    }

    /// Samples, each with its row of context.
    public static TrainingData of(Samples samples, Samples context) {
        if (samples.count() != context.count()) {
            throw new IllegalArgumentException(
                    "there are " + samples.count() + " samples but " + context.count() + " rows of context");
        }
        if (samples.count() == 0) {
            throw new IllegalArgumentException("there are no samples to learn from");
        }
        return new TrainingData(samples, context, null);
    }

    /// The same data, sample i counting `weights[i]` times. *Read*, copied.
    public TrainingData withWeights(float[] weights) {
        if (weights.length != samples.count()) {
            throw new IllegalArgumentException(
                    "there are " + samples.count() + " samples but " + weights.length + " weights");
        }
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "weight " + i + " is " + weights[i] + "; weights must be finite and not negative");
            }
            sum += weights[i];
        }
        if (sum == 0) {
            throw new IllegalArgumentException("all weights are zero");
        }
        return new TrainingData(samples, context, weights.clone());
    }

    public Samples samples() {
        return samples;
    }

    public Samples context() {
        return context;
    }

    public int count() {
        return samples.count();
    }

    /// The weight of sample i, 1 unless given.
    public float weight(int i) {
        return weights == null ? 1f : weights[i];
    }

    /// The data of these sample numbers.
    public TrainingData select(int[] numbers) {
        float[] chosen = null;
        if (weights != null) {
            chosen = new float[numbers.length];
            for (int k = 0; k < numbers.length; k++) {
                chosen[k] = weights[numbers[k]];
            }
        }
        return new TrainingData(samples.select(numbers), context.select(numbers), chosen);
    }

    /// Two parts drawn at random, the second with `share` of the samples (at least one in each).
    public Split split(double share, long seed) {
        if (!(share > 0 && share < 1) || count() < 2) {
            throw new IllegalArgumentException("cannot split " + count() + " samples with a share of " + share);
        }
        int[] order = shuffled(count(), seed);
        int second = Math.clamp(Math.round(share * count()), 1, count() - 1);
        return new Split(
                select(java.util.Arrays.copyOf(order, count() - second)),
                select(java.util.Arrays.copyOfRange(order, count() - second, count())));
    }

    /// Two parts of one set.
    public record Split(TrainingData first, TrainingData second) {}

    /// 0 … n − 1 in random order (Fisher–Yates), the same for one seed.
    static int[] shuffled(int n, long seed) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }
}
