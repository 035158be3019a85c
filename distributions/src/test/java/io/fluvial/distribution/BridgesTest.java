package io.fluvial.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Bijector;
import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Coupling;
import io.fluvial.bijector.LuLinear;
import io.fluvial.bijector.Mask;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Mlp;
import io.fluvial.scalar.Affine;
import io.fluvial.transform.AffineTransform;
import io.fluvial.transform.BijectorTransform;
import io.fluvial.transform.Elementwise;
import io.fluvial.transform.Exp;
import io.fluvial.transform.TransformLayer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Flows as distributions, distributions as bases, transforms as layers and layers as transforms: one density by every
/// way.
class BridgesTest {

    /// Floats of a chain of layers.
    private static final double FLOAT = 2e-5;

    private static final Bijector LAYERS = Chain.of(
            Coupling.of(Mask.of(2, 0), 0, Affine.bounded(), Mlp.factory(List.of(8), Activation.TANH, 0)),
            LuLinear.of(2),
            Coupling.of(Mask.of(2, 1), 0, Affine.bounded(), Mlp.factory(List.of(8), Activation.TANH, 0)));

    private static final FlowModel MODEL = model(new Flow(LAYERS, StandardNormal.of(2)));

    private static FlowModel model(Flow flow) {
        float[] theta = flow.initialize(1).toArray();
        SplittableRandom random = new SplittableRandom(2);
        for (int k = 0; k < theta.length; k++) {
            theta[k] += (float) (0.3 * random.nextGaussian());
        }
        return FlowModel.of(flow, Parameters.of(flow.parameters(), theta)).withThreads(1);
    }

    private static Distribution plane() {
        return TransformedDistribution.of(
                FlowDistribution.of(model(new Flow(LuLinear.of(2), StandardNormal.of(2)))),
                Elementwise.of(AffineTransform.of(1, -2), 2));
    }

    private static double[] draw(SplittableRandom random) {
        return new double[] {(float) random.nextGaussian(), (float) random.nextGaussian()};
    }

    private static double logProb(FlowModel model, double[] x) {
        return model.logProb(new float[] {(float) x[0], (float) x[1]});
    }

    @Test
    void layersAsTransformGiveTheFlowsDensityAndGradient() {
        BijectorTransform f = BijectorTransform.of(
                LAYERS, Parameters.of(LAYERS.parameters(), MODEL.parameters().toArray()));
        FlowDistribution flow = FlowDistribution.of(MODEL);
        FlowModel normal = model0();
        TransformedDistribution through = TransformedDistribution.of(FlowDistribution.of(normal), f.inverted());
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 50; i++) {
            double[] x = draw(random);
            assertEquals(logProb(MODEL, x), flow.logProb(x));
            assertEquals(flow.logProb(x), through.logProb(x), FLOAT * (1 + Math.abs(flow.logProb(x))));
            double[] expected = flow.gradient(x);
            double[] got = through.gradient(x);
            for (int j = 0; j < 2; j++) {
                assertEquals(expected[j], got[j], 10 * FLOAT * (1 + Math.hypot(expected[0], expected[1])));
            }
        }
    }

    /// A flow that is the standard normal itself.
    private static FlowModel model0() {
        Flow flow = new Flow(TransformLayer.of(Elementwise.of(AffineTransform.of(0, 1), 2)), StandardNormal.of(2));
        return FlowModel.of(flow, flow.initialize(1));
    }

    @Test
    void aDistributionAsBaseGivesTheTransformedDistribution() {
        Distribution base = plane();
        Flow flow = new Flow(TransformLayer.of(Elementwise.of(new Exp(), 2).inverted()), FixedBase.of(base));
        FlowModel model = FlowModel.of(flow, flow.initialize(1));
        TransformedDistribution same = TransformedDistribution.of(base, Elementwise.of(new Exp(), 2));
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 50; i++) {
            double[] z = draw(random);
            double[] y = {(float) Math.exp(z[0]), (float) Math.exp(z[1])};
            assertEquals(same.logProb(y), logProb(model, y), FLOAT * (1 + Math.abs(same.logProb(y))));
            float[] score = model.score(Samples.ofRows(new float[][] {{(float) y[0], (float) y[1]}}), Samples.none(1))
                    .row(0);
            double[] gradient = same.gradient(y);
            for (int j = 0; j < 2; j++) {
                assertEquals(gradient[j], score[j], 10 * FLOAT * (1 + Math.abs(gradient[j]) / Math.min(1, y[j])));
            }
        }
    }

    @Test
    void drawsOfAFlowDependOnTheRandomSource() {
        FlowDistribution flow = FlowDistribution.of(MODEL);
        double[] one = new double[40];
        double[] two = new double[40];
        flow.sample(new SplittableRandom(1), one, 20);
        flow.sample(new SplittableRandom(1), two, 20);
        assertTrue(java.util.Arrays.equals(one, two));
        assertTrue(Double.isFinite(flow.logProb(flow.sample(new SplittableRandom(3)))));
    }

    @Test
    void whatAFlowCannotTellSaysWhatToDo() {
        UnsupportedOperationException e = assertThrows(
                UnsupportedOperationException.class,
                () -> FlowDistribution.of(MODEL).entropy());
        assertTrue(e.toString().contains("sampleAndLogProb"), e.toString());
        assertThrows(IllegalArgumentException.class, () -> FlowDistribution.given(MODEL, new float[1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> TransformLayer.of(Elementwise.of(new io.fluvial.transform.Abs(), 2)));
    }

    /// 1e39 is a number, but no float.
    @Test
    void whatRoundsToInfinityIsOutside() {
        FlowDistribution flow = FlowDistribution.of(MODEL);
        double half = 0x1p128 - 0x1p103; // between the largest float and the next that would be
        assertTrue(Double.isFinite(flow.logProb(new double[] {0, Math.nextDown(half) * 1e-30})));
        for (double far : new double[] {half, -half, 1e39, -1e300, Double.POSITIVE_INFINITY}) {
            double[] x = {0.5, far};
            assertEquals(Double.NEGATIVE_INFINITY, flow.logProb(x), "at " + far);
            double[] two = new double[2];
            flow.logProb(new double[] {0.5, 0.5, far, 0.5}, 2, two);
            assertEquals(Double.NEGATIVE_INFINITY, two[0], "in a batch, at " + far);
            assertEquals(flow.logProb(new double[] {0.5, 0.5}), two[1]);
            assertTrue(Double.isNaN(flow.gradient(x)[0]) && Double.isNaN(flow.gradient(x)[1]), "gradient at " + far);
        }
        assertTrue(Double.isNaN(flow.logProb(new double[] {Double.NaN, 1e39})));
    }

    @Test
    void infinityIsOutsideAndNanStaysNan() {
        FlowDistribution flow = FlowDistribution.of(MODEL);
        assertEquals(Double.NEGATIVE_INFINITY, flow.logProb(new double[] {Double.POSITIVE_INFINITY, 0}));
        assertTrue(Double.isNaN(flow.logProb(new double[] {Double.NaN, 0})));
    }
}
