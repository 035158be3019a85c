package io.fluvial.train;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.kernel.Kernels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Fits a flow by maximum likelihood: minimises −Σ wᵢ log p(xᵢ | cᵢ) / Σ wᵢ over batches that are drawn anew every
/// epoch, keeps the weights that are best on validation data and returns those.
///
/// The same flow, data, options and kernels give the same bits, on any number of threads, unless a time limit is
/// set. What is left of an epoch that is smaller than half a batch waits for another epoch.
///
/// A step whose numbers are not finite is undone and training goes on from before it with half the rate; the rate
/// recovers slowly. When that keeps happening, training ends with [TrainingDivergedException].
public final class MaximumLikelihood {

    private static final int MOST_RETRIES = 10;
    private static final int STEPS_TO_FORGET =
            200; // good steps after which a retry no longer counts and the rate doubles
    private static final int START_SAMPLES = 65_536; // samples that layers with a data-dependent start see

    private final Flow flow;
    private final TrainingOptions options;
    private final TrainingListener listener;
    private final @Nullable Path checkpoint;
    private final Duration checkpointEvery;
    private final Kernels kernels;

    private MaximumLikelihood(
            Flow flow,
            TrainingOptions options,
            TrainingListener listener,
            @Nullable Path checkpoint,
            Duration checkpointEvery,
            Kernels kernels) {
        this.flow = flow;
        this.options = options;
        this.listener = listener;
        this.checkpoint = checkpoint;
        this.checkpointEvery = checkpointEvery;
        this.kernels = kernels;
    }

    public static MaximumLikelihood of(Flow flow, TrainingOptions options) {
        return new MaximumLikelihood(
                flow, options, TrainingListener.NONE, null, Duration.ofSeconds(30), Kernels.best());
    }

    public MaximumLikelihood withListener(TrainingListener listener) {
        return new MaximumLikelihood(flow, options, listener, checkpoint, checkpointEvery, kernels);
    }

    /// Saves the training to this file at the end of every epoch and whenever `every` has passed, and goes on from
    /// it where it exists: with the same flow, data and options the end is the same to the bit as if nothing had
    /// come between.
    public MaximumLikelihood withCheckpoint(Path file, Duration every) {
        return new MaximumLikelihood(flow, options, listener, file, every, kernels);
    }

    public MaximumLikelihood withKernels(Kernels kernels) {
        return new MaximumLikelihood(flow, options, listener, checkpoint, checkpointEvery, kernels);
    }

    /// Fits from a start made of the seed and of training samples that count (weight above zero), 65,536 at most.
    public TrainingResult fit(TrainingData train, TrainingData validation) {
        int[] counting = Arrays.stream(TrainingData.shuffled(train.count(), options.seed()))
                .filter(i -> train.weight(i) > 0)
                .limit(START_SAMPLES)
                .toArray();
        TrainingData first = train.select(counting);
        return fit(flow.initialize(first.samples(), first.context(), options.seed()), train, validation);
    }

    /// Fits from these parameters.
    ///
    /// @throws TrainingDivergedException when steps keep giving numbers that are not finite
    /// @throws UncheckedIOException when a checkpoint cannot be written or does not belong to this training
    public TrainingResult fit(Parameters start, TrainingData train, TrainingData validation) {
        flow.check(train.samples(), train.context());
        flow.check(validation.samples(), validation.context());
        try (Team team = new Team(options.threads())) {
            return new Run(start, train, validation, team).run();
        }
    }

    /// One training.
    private final class Run {
        private final TrainingData train;
        private final TrainingData validation;
        private final Weights weights;
        private final BatchGradient gradient;
        private final Progress progress = new Progress();
        private final float[] best;
        private final String fingerprint;
        private final int batchSize;
        private final long totalSteps;
        private long clock = System.nanoTime();
        private double sinceCheckpoint;

        Run(Parameters start, TrainingData train, TrainingData validation, Team team) {
            this.train = train;
            this.validation = validation;
            this.batchSize = Math.min(options.batchSize(), train.count());
            TrainableRanges ranges =
                    new TrainableRanges(flow.parameters(), options.optimiser().weightDecay() > 0);
            this.weights = new Weights(start.toArray(), ranges, options.optimiser(), options.ema(), team);
            this.gradient = new BatchGradient(flow, ranges, batchSize, team, options.activations(), kernels);
            this.best = start.toArray();
            this.totalSteps = (long) options.epochs() * stepsPerEpoch();
            this.fingerprint =
                    checkpoint == null ? "" : Fingerprint.of(flow, options, kernels.name(), start, train, validation);
        }

        private int stepsPerEpoch() {
            int whole = train.count() / batchSize;
            return train.count() % batchSize * 2 >= batchSize ? whole + 1 : whole;
        }

        TrainingResult run() {
            if (!resume()) {
                validate(0, Double.NaN);
                if (!Double.isFinite(progress.best)) {
                    throw diverged(train, "the starting weights give no finite log-density");
                }
            }
            TrainingResult.Stop stop = progress.finished ? stopReason() : epochs();
            progress.finished = true;
            save();
            FlowModel model =
                    FlowModel.of(flow, Parameters.of(flow.parameters(), best)).withThreads(options.threads());
            return new TrainingResult(
                    model,
                    java.util.List.copyOf(progress.reports),
                    progress.step,
                    progress.seconds,
                    progress.samplesUsed / Math.max(progress.stepSeconds, 1e-9),
                    stop);
        }

        private TrainingResult.Stop epochs() {
            while (progress.epoch <= options.epochs()) {
                boolean whole = steps();
                double mean = progress.logProbSum / progress.weightSum;
                validate(progress.epoch, mean);
                if (!whole) {
                    return TrainingResult.Stop.TIME;
                }
                progress.epoch++;
                progress.done = 0;
                progress.logProbSum = 0;
                progress.weightSum = 0;
                if (stopReason() == TrainingResult.Stop.NO_IMPROVEMENT) {
                    return TrainingResult.Stop.NO_IMPROVEMENT;
                }
                save();
            }
            return TrainingResult.Stop.EPOCHS;
        }

        private TrainingResult.Stop stopReason() {
            if (options.patience() > 0 && progress.withoutImprovement >= options.patience()) {
                return TrainingResult.Stop.NO_IMPROVEMENT;
            }
            return progress.epoch > options.epochs() ? TrainingResult.Stop.EPOCHS : TrainingResult.Stop.TIME;
        }

        /// The steps of the present epoch that are still to be made; false when time ran out.
        private boolean steps() {
            int[] order = TrainingData.shuffled(train.count(), options.seed() * 31 + progress.epoch);
            int end = Math.min(train.count(), stepsPerEpoch() * batchSize);
            while (progress.done < end) {
                if (timeIsUp()) {
                    return false;
                }
                long before = System.nanoTime();
                step(order, Math.min(batchSize, end - progress.done));
                progress.stepSeconds += (System.nanoTime() - before) * 1e-9;
                listener.step(
                        progress.epoch, progress.done, end, progress.logProbSum / Math.max(progress.weightSum, 1e-30));
                tick();
                if (sinceCheckpoint >= checkpointEvery.toNanos() * 1e-9) {
                    save();
                }
            }
            return true;
        }

        private void step(int[] order, int n) {
            int from = progress.done;
            double weight = BatchGradient.weight(train, order, from, n);
            if (weight == 0) {
                progress.done += n; // nothing to learn from samples that do not count
                return;
            }
            long noiseSeed = (options.seed() * 31 + progress.step) << 16;
            double sum = gradient.run(train, order, from, n, weights.theta(), noiseSeed);
            double norm = gradient.norm();
            if (!Double.isFinite(sum) || !Double.isFinite(norm)) {
                undo(order, from, n);
                return;
            }
            double scale = norm > options.clipNorm() ? options.clipNorm() / norm : 1;
            weights.update(gradient.gradient(), scale, rate());
            progress.done += n;
            progress.step++;
            progress.samplesUsed += n;
            progress.logProbSum += sum;
            progress.weightSum += weight;
            if (++progress.goodSteps >= STEPS_TO_FORGET) {
                progress.goodSteps = 0;
                progress.retries = 0;
                progress.rateFactor = Math.min(1, 2 * progress.rateFactor);
            }
        }

        private double rate() {
            double share = (double) progress.step / totalSteps;
            if (!options.time().equals(TrainingOptions.NO_LIMIT)) {
                share = Math.max(share, progress.seconds / (options.time().toNanos() * 1e-9));
            }
            return options.optimiser().rate()
                    * progress.rateFactor
                    * options.schedule().factor(progress.step, share, progress.drops);
        }

        /// Back to before the last step, or, where that does not help, to the best weights; with half the rate.
        private void undo(int[] order, int from, int n) {
            if (++progress.retries > MOST_RETRIES || progress.step == 0) {
                throw diverged(
                        train.select(Arrays.copyOfRange(order, from, from + n)),
                        progress.step == 0
                                ? "the first batch gives no finite gradient"
                                : progress.retries - 1 + " steps were undone and retried with smaller rates");
            }
            if (weights.undoable()) {
                weights.undo();
            } else {
                weights.restart(best);
            }
            progress.rateFactor *= 0.5;
            progress.goodSteps = 0;
            listener.undone(progress.step, progress.rateFactor);
        }

        private TrainingDivergedException diverged(TrainingData batch, String what) {
            String layer = DivergedLayer.find(flow, batch, weights.theta(), gradient.gradient());
            return new TrainingDivergedException(
                    progress.step,
                    layer,
                    "training diverged at step " + progress.step + ": " + what + "; first numbers that are not finite: "
                            + layer + "; try a smaller learning rate (now "
                            + options.optimiser().rate()
                            + "), a smaller gradient norm limit (now " + options.clipNorm()
                            + ") or look for extreme values in the data");
        }

        private void validate(int epoch, double trainMean) {
            FlowModel model = FlowModel.of(flow, Parameters.of(flow.parameters(), weights.averaged()))
                    .withThreads(options.threads())
                    .withKernels(kernels);
            double[] logProb = model.logProb(validation.samples(), validation.context());
            double sum = 0;
            double weight = 0;
            for (int i = 0; i < logProb.length; i++) {
                sum += validation.weight(i) == 0 ? 0 : validation.weight(i) * logProb[i];
                weight += validation.weight(i);
            }
            double mean = sum / weight;
            if (mean > progress.best) {
                progress.best = mean;
                progress.withoutImprovement = 0;
                progress.plateau = 0;
                System.arraycopy(weights.averaged(), 0, best, 0, best.length);
            } else {
                progress.withoutImprovement++;
                progress.plateau++;
                int patience = options.schedule().plateauPatience();
                if (patience > 0 && progress.plateau >= patience) {
                    progress.plateau = 0;
                    progress.drops++;
                }
            }
            tick();
            EpochReport report =
                    new EpochReport(epoch, progress.step, progress.seconds, trainMean, mean, progress.best, rate());
            progress.reports.add(report);
            listener.epoch(report);
        }

        private void tick() {
            long now = System.nanoTime();
            double passed = (now - clock) * 1e-9;
            progress.seconds += passed;
            sinceCheckpoint += passed;
            clock = now;
        }

        private boolean timeIsUp() {
            return !options.time().equals(TrainingOptions.NO_LIMIT)
                    && progress.seconds >= options.time().toNanos() * 1e-9;
        }

        private boolean resume() {
            if (checkpoint == null || !Files.exists(checkpoint)) {
                return false;
            }
            try {
                Checkpoint.read(checkpoint, fingerprint, progress, weights, best);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
            return true;
        }

        private void save() {
            if (checkpoint == null) {
                return;
            }
            try {
                Checkpoint.write(checkpoint, fingerprint, progress, weights, best);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write checkpoint " + checkpoint + ": " + e.getMessage(), e);
            }
            sinceCheckpoint = 0;
        }
    }
}
