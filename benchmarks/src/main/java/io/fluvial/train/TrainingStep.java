package io.fluvial.train;

import io.fluvial.Activations;
import io.fluvial.Flow;
import io.fluvial.Samples;
import io.fluvial.benchmarks.FlowSize;
import io.fluvial.kernel.Kernels;

/// One whole training step – forward, pullback, sum, clip norm, Adam – as often as wanted, going through made-up data
/// again and again.
public final class TrainingStep implements AutoCloseable {

    /// Samples in the made-up data.
    public static final int ROWS = 8192;

    private final TrainingData data;
    private final int[] order = order();
    private final Team team;
    private final BatchGradient gradient;
    private final Weights weights;
    private final int batch;
    private int from;

    public TrainingStep(FlowSize size, FlowSize.Family family, int threads, Kernels kernels) {
        this(
                size.flow(family),
                size.samples(ROWS),
                size.randomParameters(family),
                size.batch(),
                threads,
                Activations.KEPT,
                kernels);
    }

    /// @param samples [#ROWS] of them
    /// @param theta where training starts. *Read*
    public TrainingStep(
            Flow flow,
            Samples samples,
            float[] theta,
            int batch,
            int threads,
            Activations activations,
            Kernels kernels) {
        this.batch = batch;
        data = TrainingData.of(samples);
        TrainableRanges ranges = new TrainableRanges(flow.parameters(), false);
        team = new Team(threads);
        gradient = new BatchGradient(flow, ranges, batch, team, activations, kernels);
        weights = new Weights(theta, ranges, AdamW.adam(1e-5), 0, team);
    }

    /// In which order the samples are gone through.
    public static int[] order() {
        return TrainingData.shuffled(ROWS, 1);
    }

    /// The sum of the batch's log-densities before the step.
    public double run() {
        double sum = gradient.run(data, order, from, batch, weights.theta(), 1);
        double norm = gradient.norm();
        weights.update(gradient.gradient(), Math.min(1, 5 / norm), 1e-5);
        from = (from + batch) % ROWS;
        return sum;
    }

    /// Ends the threads.
    @Override
    public void close() {
        team.close();
    }
}
