package io.fluvial.cli;

import io.fluvial.FlowModel;
import io.fluvial.Samples;
import io.fluvial.base.GaussianFit;
import io.fluvial.train.TrainingData;
import java.util.stream.IntStream;

/// A flow beside the full-covariance Gaussian that was fitted to the same rows, both on rows that neither has seen.
///
/// @param flow mean log-density of the flow
/// @param gaussian of the Gaussian; given a context, of the Gaussian of the features given the context
/// @param gain of the differences, row by row
record Comparison(Scores flow, Scores gaussian, Scores gain) {

    /// @param train what the flow has learned from
    /// @param test what it has not
    static Comparison of(FlowModel model, TrainingData train, TrainingData test) {
        double[] flow = model.logProb(test.samples(), test.context());
        double[] gaussian = gaussian(train, test);
        double[] weights = weights(test);
        return new Comparison(
                Scores.of(flow, weights), Scores.of(gaussian, weights), Scores.ofDifference(flow, gaussian, weights));
    }

    /// log N(x, c) − log N(c), which is log N(x | c).
    private static double[] gaussian(TrainingData train, TrainingData test) {
        double[] joint = GaussianFit.of(joined(train), weights(train)).logProb(joined(test));
        if (train.context().dim() > 0) {
            double[] context = GaussianFit.of(train.context(), weights(train)).logProb(test.context());
            for (int i = 0; i < joint.length; i++) {
                joint[i] -= context[i];
            }
        }
        return joint;
    }

    private static Samples joined(TrainingData data) {
        int features = data.samples().dim();
        float[][] columns = IntStream.range(0, features + data.context().dim())
                .mapToObj(j ->
                        j < features ? data.samples().column(j) : data.context().column(j - features))
                .toArray(float[][]::new);
        return Samples.wrap(columns);
    }

    private static double[] weights(TrainingData data) {
        return IntStream.range(0, data.count()).mapToDouble(data::weight).toArray();
    }
}
