package io.fluvial.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Bijector;
import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.LogLikelihood;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Mask;
import io.fluvial.train.TrainingData;
import io.fluvial.transform.ScalarTransform;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    @Test
    void quickStartFindsTheOriginLikely() {
        String line = QuickStart.run(20);
        assertTrue(line.startsWith("log p(0, 0) = "), line);
        double likely = Double.parseDouble(line.substring(14, line.indexOf(',', 14)));
        // The true log-density there is −log(2π · 0.3) = −0.63.
        assertEquals(-0.63, likely, 0.3, line);
    }

    @Test
    void ownMapInvertsWhatItMaps() {
        Flow flow = OwnScalarMap.flow(3);
        float[] theta = flow.initialize(1).toArray();
        Random random = new Random(1);
        for (int i = 0; i < theta.length; i++) {
            theta[i] += (float) (0.05 * random.nextGaussian());
        }
        for (int i = 3; i < 6; i++) {
            theta[i] = 1; // the standardisation's deviations
        }
        FlowModel model = FlowModel.of(flow, Parameters.of(flow.parameters(), theta));
        Samples x = model.sample(200, 1);
        Samples back = model.toData(model.toLatent(x, Samples.none(200)), Samples.none(200));
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(x.get(i, j), back.get(i, j), 1e-4 * Math.max(1, Math.abs(x.get(i, j))));
            }
        }
    }

    @Test
    void ownTransformGivesOneDensityAsDistributionAndFlow() {
        ScalarTransform f = new OwnTransform.PlusLog();
        for (double x : new double[] {-0.999999, -0.5, 1e-9, 0.3, 40, 1e9}) {
            assertEquals(x, f.inverse(f.forward(x)), 1e-14 * Math.max(1, Math.abs(x)));
        }
        double sum = 0;
        for (double x = -0.9995; x < 8; x += 0.001) {
            sum += 0.001 * Math.exp(OwnTransform.distribution().logProb(x));
        }
        assertEquals(1, sum, 1e-4); // the midpoint rule, from an end where the density is 0
        assertEquals(0, OwnTransform.distribution().quantile(0.5), 1e-15);
        for (float x : new float[] {-0.75f, 0.5f, 2}) {
            double expected = OwnTransform.distribution().logProb(x);
            assertEquals(expected, OwnTransform.flow().logProb(new float[] {x}), 1e-6 * Math.max(1, -expected));
        }
    }

    /// The first epochs: from −17.2 nats at the start toward the truth, −8.2.
    @Test
    void realNvpByHandLearnsAndMovesEveryFeature() {
        FlowModel model = RealNvpByHand.fit(TrainingData.of(RealNvpByHand.curvedPairs(10_000, 1)), 6);
        Samples fresh = RealNvpByHand.curvedPairs(2_000, 2);
        Flow flow = RealNvpByHand.flow();
        double before = LogLikelihood.of(FlowModel.of(flow, flow.initialize(0)).logProb(fresh))
                .mean();
        double after = LogLikelihood.of(model.logProb(fresh)).mean();
        assertTrue(after > before + 2, before + " before, " + after + " after");
        assertTrue(after < RealNvpByHand.truth() + 0.5, "better than the truth: " + after);
        assertEquals(64, model.sample(64, 42).count());
    }

    @Test
    void masksThatLeaveHalfOfTheFeaturesAloneAreRefused() {
        Bijector twice = Chain.of(
                RealNvpByHand.coupling(Mask.alternating(10, 0)), RealNvpByHand.coupling(Mask.alternating(10, 0)));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new Flow(twice, StandardNormal.of(10)));
        assertTrue(e.toString().contains("no layer transforms feature 1, feature 3"), e.toString());
    }
}
