package io.fluvial.train;

import io.fluvial.Activations;
import java.time.Duration;

/// How to train.
///
/// @param optimiser step rule
/// @param schedule how the rate changes
/// @param batchSize samples per step
/// @param epochs most passes over the data
/// @param time most wall-clock time, or [#NO_LIMIT]; with a limit the result depends on the machine's speed
/// @param clipNorm gradients longer than this are shortened to it; infinity for never
/// @param patience epochs without improvement on validation after which training stops; 0 for never
/// @param ema decay of the averaged weights that are validated and returned, 0 for the last weights as they are
/// @param seed of shuffling and dropout
/// @param threads threads to work on; does not change the result
/// @param activations whether hidden values are kept for the pullback or computed again: memory
///     against time; does not change the result
public record TrainingOptions(
        AdamW optimiser,
        Schedule schedule,
        int batchSize,
        int epochs,
        Duration time,
        double clipNorm,
        int patience,
        double ema,
        long seed,
        int threads,
        Activations activations) {

    /// No limit on time.
    public static final Duration NO_LIMIT = Duration.ofDays(365 * 100);

    public TrainingOptions {
        if (optimiser == null || schedule == null || time == null || activations == null) {
            throw new IllegalArgumentException("optimiser, schedule, time and activations must not be null, got "
                    + optimiser + ", " + schedule + ", " + time + ", " + activations + ": begin with defaults()");
        }
        if (batchSize < 1 || epochs < 1 || patience < 0 || threads < 1) {
            throw new IllegalArgumentException(
                    "batch size, epochs and threads must be at least 1 and patience at least 0, got " + batchSize + ", "
                            + epochs + ", " + threads + ", " + patience);
        }
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("the time limit must be positive, got " + time);
        }
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("the gradient norm limit must be positive, got " + clipNorm);
        }
        if (!(ema >= 0 && ema < 1)) {
            throw new IllegalArgumentException("the decay of averaged weights must be in [0, 1), got " + ema);
        }
    }

    /// Adam at 1e-3 with a cosine schedule, batches of 512, at most 100 epochs, stop after 10 without improvement,
    /// gradients clipped at norm 5 per sample mean, averaged weights, all processors.
    public static TrainingOptions defaults() {
        return new TrainingOptions(
                AdamW.adam(1e-3),
                new Schedule.WarmUp(100, new Schedule.Cosine(0.01)),
                512,
                100,
                NO_LIMIT,
                5,
                10,
                0.995,
                0,
                Runtime.getRuntime().availableProcessors(),
                Activations.KEPT);
    }

    public TrainingOptions withOptimiser(AdamW optimiser) {
        return new TrainingOptions(
                optimiser, schedule, batchSize, epochs, time, clipNorm, patience, ema, seed, threads, activations);
    }

    public TrainingOptions withSchedule(Schedule schedule) {
        return new TrainingOptions(
                optimiser, schedule, batchSize, epochs, time, clipNorm, patience, ema, seed, threads, activations);
    }

    public TrainingOptions withBatchSize(int batchSize) {
        return new TrainingOptions(
                optimiser, schedule, batchSize, epochs, time, clipNorm, patience, ema, seed, threads, activations);
    }

    public TrainingOptions withEpochs(int epochs) {
        return new TrainingOptions(
                optimiser, schedule, batchSize, epochs, time, clipNorm, patience, ema, seed, threads, activations);
    }

    public TrainingOptions withTime(Duration time) {
        return new TrainingOptions(
                optimiser, schedule, batchSize, epochs, time, clipNorm, patience, ema, seed, threads, activations);
    }

    public TrainingOptions withClipNorm(double clipNorm) {
        return new TrainingOptions(
                optimiser, schedule, batchSize, epochs, time, clipNorm, patience, ema, seed, threads, activations);
    }

    public TrainingOptions withPatience(int patience) {
        return new TrainingOptions(
                optimiser, schedule, batchSize, epochs, time, clipNorm, patience, ema, seed, threads, activations);
    }

    public TrainingOptions withEma(double ema) {
        return new TrainingOptions(
                optimiser, schedule, batchSize, epochs, time, clipNorm, patience, ema, seed, threads, activations);
    }

    public TrainingOptions withSeed(long seed) {
        return new TrainingOptions(
                optimiser, schedule, batchSize, epochs, time, clipNorm, patience, ema, seed, threads, activations);
    }

    public TrainingOptions withThreads(int threads) {
        return new TrainingOptions(
                optimiser, schedule, batchSize, epochs, time, clipNorm, patience, ema, seed, threads, activations);
    }

    public TrainingOptions withActivations(Activations activations) {
        return new TrainingOptions(
                optimiser, schedule, batchSize, epochs, time, clipNorm, patience, ema, seed, threads, activations);
    }
}
