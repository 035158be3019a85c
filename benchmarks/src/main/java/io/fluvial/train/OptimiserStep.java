package io.fluvial.train;

import io.fluvial.benchmarks.FlowSize;

/// The optimiser's part of a training step, on one thread, with a made-up gradient.
public final class OptimiserStep {

    private final Weights weights;
    private final float[] gradient;

    public OptimiserStep(FlowSize size, FlowSize.Family family) {
        TrainableRanges ranges = new TrainableRanges(size.flow(family).parameters(), false);
        gradient = size.randomParameters(family);
        weights = new Weights(size.randomParameters(family), ranges, AdamW.adam(1e-5), 0, new Team(1));
    }

    public void run() {
        weights.update(gradient, 1, 1e-5);
    }
}
