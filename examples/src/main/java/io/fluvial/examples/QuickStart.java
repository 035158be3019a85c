package io.fluvial.examples;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.LogLikelihood;
import io.fluvial.Samples;
import io.fluvial.flows.Flows;
import io.fluvial.train.MaximumLikelihood;
import io.fluvial.train.TrainingData;
import io.fluvial.train.TrainingOptions;
import java.util.SplittableRandom;

/// Fit, score, sample: the whole library in one screen.
public final class QuickStart {

    private QuickStart() {}

    public static void main(String[] arguments) {
        System.out.println(run(20));
    }

    /// Fits a curved cloud of points and tells how likely two of them are.
    static String run(int epochs) {
        // @start region="quickstart"
        TrainingData data = TrainingData.of(curvedCloud(10_000));
        TrainingData.Split split = data.split(0.1, 1);

        Flow flow = Flows.realNvp(2);
        FlowModel model = MaximumLikelihood.of(flow, TrainingOptions.defaults().withEpochs(epochs))
                .fit(split.first(), split.second())
                .model();

        double likely = model.logProb(new float[] {0f, 0f}); // nats, in the units of the data
        double unlikely = model.logProb(new float[] {0f, 3f});
        Samples drawn = model.sample(1_000, 42);
        // @end
        LogLikelihood own = LogLikelihood.of(model.logProb(drawn));
        return String.format(
                java.util.Locale.ROOT,
                "log p(0, 0) = %.2f, log p(0, 3) = %.2f, mean over %d draws %.2f",
                likely,
                unlikely,
                own.count(),
                own.mean());
    }

    /// x₀ ~ N(0, 1), x₁ = x₀² / 2 + N(0, 0.3²).
    private static Samples curvedCloud(int count) {
        SplittableRandom random = new SplittableRandom(1);
        float[][] x = new float[2][count];
        for (int i = 0; i < count; i++) {
            x[0][i] = (float) random.nextGaussian();
            x[1][i] = (float) (0.5 * x[0][i] * x[0][i] + 0.3 * random.nextGaussian());
        }
        return Samples.wrap(x);
    }
}
