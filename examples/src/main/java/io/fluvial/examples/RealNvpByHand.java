package io.fluvial.examples;

import io.fluvial.Bijector;
import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.LogLikelihood;
import io.fluvial.Samples;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Coupling;
import io.fluvial.bijector.Mask;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Mlp;
import io.fluvial.scalar.Affine;
import io.fluvial.train.AdamW;
import io.fluvial.train.MaximumLikelihood;
import io.fluvial.train.Schedule;
import io.fluvial.train.TrainingData;
import io.fluvial.train.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// RealNVP from its parts, as tutorials build it: coupling layers with a network for s and t, alternating masks, a
/// standard normal in ten dimensions, five layers of width 64, Adam at 1e-4, batches of 64. `Flows.realNvp(10)` is the
/// ready-made one.
///
/// The comments name three slips of the sketch that goes around, none of which stops a program: it trains, its loss
/// falls, and the model is not the one that was meant.
public final class RealNvpByHand {

    private static final int DIM = 10;
    private static final int LAYERS = 5;
    private static final int WIDTH = 64;

    private RealNvpByHand() {}

    // @start region="layers"
    /// y_a = x_a, y_b = x_b · exp(s(x_a)) + t(x_a): the features in the mask are b, one network gives both s and t.
    static Bijector coupling(Mask mask) {
        // Slip 1: the mask is registered as a buffer of an object that is no module, or kept as a plain attribute, so
        // that it neither follows the model to another device nor into the saved file. Here a layer is a record:
        // the mask is one of its components, and equality, printing and files hold all of them.
        return Coupling.of(mask, 0, Affine.bounded(), Mlp.factory(List.of(WIDTH, WIDTH), Activation.RELU, 0));
    }

    static Flow flow() {
        List<Bijector> layers = new ArrayList<>();
        for (int k = 0; k < LAYERS; k++) {
            // Slip 2: the mask is alternated twice – once in the loop, once more inside the layer – so that every
            // layer moves the same half, and the other half stays as it came. A flow that leaves a feature to
            // the base alone is refused when it is built, with the features by number.
            layers.add(coupling(Mask.alternating(DIM, k % 2)));
        }
        // Slip 3: the layers are kept in a plain list, whose parameters the optimiser never sees: it trains nothing,
        // or only what happened to be registered. Here layers hold no numbers. The flow lays all of them out in one
        // array, and that array is what is initialised, trained, saved and handed to the model.
        return new Flow(new Chain(layers), StandardNormal.of(DIM));
    }
    // @end

    // @start region="training"
    static FlowModel fit(TrainingData data, int epochs) {
        TrainingData.Split split = data.split(0.1, 1);
        TrainingOptions options = TrainingOptions.defaults()
                .withOptimiser(AdamW.adam(1e-4))
                .withSchedule(new Schedule.Constant())
                .withBatchSize(64)
                .withEpochs(epochs);
        return MaximumLikelihood.of(flow(), options)
                .fit(split.first(), split.second())
                .model();
    }
    // @end

    /// Five curved pairs: x₀ ~ N(0, 1), x₁ = x₀²/2 + N(0, 0.3²), and so on.
    static Samples curvedPairs(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] x = new float[DIM][count];
        for (int j = 0; j < DIM; j += 2) {
            for (int i = 0; i < count; i++) {
                x[j][i] = (float) random.nextGaussian();
                x[j + 1][i] = (float) (0.5 * x[j][i] * x[j][i] + 0.3 * random.nextGaussian());
            }
        }
        return Samples.wrap(x);
    }

    public static void main(String[] arguments) {
        FlowModel model = fit(TrainingData.of(curvedPairs(20_000, 1)), 30);
        Samples drawn = model.sample(64, 42);
        System.out.printf(
                Locale.ROOT,
                "%d parameters; mean log p of new data %.2f nats (the truth is %.2f), of 64 draws %.2f%n",
                model.parameters().size(),
                LogLikelihood.of(model.logProb(curvedPairs(5_000, 2))).mean(),
                truth(),
                LogLikelihood.of(model.logProb(drawn)).mean());
    }

    /// −5 (1 + log 2π + log 0.3), minus the entropy of five pairs.
    static double truth() {
        return -5 * (1 + Math.log(2 * Math.PI) + Math.log(0.3));
    }
}
