package io.fluvial.cli;

import io.fluvial.Activations;
import io.fluvial.train.AdamW;
import io.fluvial.train.Schedule;
import io.fluvial.train.TrainingOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How to train, as options.
final class TrainingFlags {

    /// Names of the schedules.
    enum ScheduleName {
        COSINE,
        CONSTANT,
        PLATEAU
    }

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Most passes over the data (default: 100, with --flow auto by the number of rows).")
    private @Nullable Integer epochs;

    @Option(
            names = "--time",
            paramLabel = "SPAN",
            converter = SpanOfTime.class,
            description =
                    "Most time to train, as in 10m or 1h30m (default: no limit, with --flow auto 1 to 10 minutes by"
                            + " the size of the table).")
    private @Nullable Duration time;

    @Option(
            names = "--batch",
            paramLabel = "ROWS",
            description = "Rows per step (default: 512, with --flow auto by the number of rows).")
    private @Nullable Integer batch;

    @Option(names = "--rate", paramLabel = "R", description = "Learning rate of Adam (default: ${DEFAULT-VALUE}).")
    private double rate = 1e-3;

    @Option(
            names = "--weight-decay",
            paramLabel = "R",
            description = "Decoupled weight decay (default: ${DEFAULT-VALUE}).")
    private double weightDecay;

    @Option(
            names = "--clip",
            paramLabel = "NORM",
            description = "Longer gradients are shortened to this (default: ${DEFAULT-VALUE}).")
    private double clip = 5;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Epochs without improvement on validation after which training stops,"
                    + " 0 for never (default: 10, with --flow auto by the number of rows).")
    private @Nullable Integer patience;

    @Option(
            names = "--ema",
            paramLabel = "DECAY",
            description = "Decay of the averaged weights, 0 for no averaging (default: ${DEFAULT-VALUE}).")
    private double ema = 0.995;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "How the rate changes: cosine, constant or plateau (default: cosine).")
    private ScheduleName schedule = ScheduleName.COSINE;

    @Option(
            names = "--warmup",
            paramLabel = "STEPS",
            description = "Steps in which the rate rises at the start (default: ${DEFAULT-VALUE}).")
    private int warmup = 100;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all that is random: splits, start, order (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; they do not change the result (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--recompute",
            description =
                    "Keep only what enters each layer and compute hidden values again for the gradient: memory that"
                            + " hardly grows with --layers, the same model, up to a fifth more time.")
    private boolean recompute;

    long seed() {
        return seed;
    }

    int threads() {
        return threads;
    }

    /// The limit that was asked for, or null.
    @Nullable
    Duration time() {
        return time;
    }

    /// As asked for, with the library's defaults.
    TrainingOptions options() {
        return options(100, 512, 10);
    }

    /// As asked for; what was not asked for fits a table of this many rows: some forty to eighty
    /// steps per epoch, with batches of 64 to 512; epochs for ten thousand steps, but 100 to 400 of
    /// them; a tenth of them as patience.
    TrainingOptions optionsFor(int rows) {
        int ofBatch = Math.clamp(Integer.highestOneBit(Math.max(1, rows / 40)), 64, 512);
        long steps = Math.max(1, rows / (batch == null ? ofBatch : Math.max(1, batch)));
        int ofEpochs = Math.clamp(10_000 / steps, 100, 400);
        return options(ofEpochs, ofBatch, (epochs == null ? ofEpochs : epochs) / 10);
    }

    private TrainingOptions options(int defaultEpochs, int defaultBatch, int defaultPatience) {
        int epochs = this.epochs == null ? defaultEpochs : this.epochs;
        int batch = this.batch == null ? defaultBatch : this.batch;
        int patience = this.patience == null ? Math.max(10, defaultPatience) : this.patience;
        atLeast("--epochs", 1, epochs);
        atLeast("--batch", 1, batch);
        atLeast("--threads", 1, threads);
        atLeast("--patience", 0, patience);
        atLeast("--warmup", 0, warmup);
        try {
            Schedule base = switch (schedule) {
                case COSINE -> new Schedule.Cosine(0.01);
                case CONSTANT -> new Schedule.Constant();
                case PLATEAU -> new Schedule.Plateau(0.5, Math.max(1, patience / 2));
            };
            return new TrainingOptions(
                    AdamW.adam(rate).withWeightDecay(weightDecay),
                    warmup == 0 ? base : new Schedule.WarmUp(warmup, base),
                    batch,
                    epochs,
                    time == null ? TrainingOptions.NO_LIMIT : time,
                    clip,
                    patience,
                    ema,
                    seed,
                    threads,
                    recompute ? Activations.RECOMPUTED : Activations.KEPT);
        } catch (IllegalArgumentException e) {
            throw new BadUsage(e);
        }
    }

    private static void atLeast(String option, int least, int value) {
        if (value < least) {
            throw new BadUsage(option + " must be at least " + least + ", got " + value);
        }
    }
}
