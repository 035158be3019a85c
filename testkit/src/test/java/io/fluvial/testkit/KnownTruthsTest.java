package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.ParameterLayout;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.base.GaussianFit;
import io.fluvial.base.StandardNormal;
import io.fluvial.bijector.ActNorm;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Coupling;
import io.fluvial.bijector.LuLinear;
import io.fluvial.bijector.Mask;
import io.fluvial.bijector.Standardization;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Mlp;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.LogScale;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Densities that can be had another way.
class KnownTruthsTest {

    private static final double EPS = GradientContract.EPS;

    /// Correlated samples of very different units.
    private static Samples samples(int count, int dim) {
        RandomGenerator random = new SplittableRandom(1);
        float[][] columns = new float[dim][count];
        for (int i = 0; i < count; i++) {
            double before = 0;
            for (int j = 0; j < dim; j++) {
                before = random.nextGaussian() + 0.6 * before;
                columns[j][i] = (float) (Math.pow(10, j - 1) * (before + 2 * j));
            }
        }
        return Samples.wrap(columns);
    }

    @Test
    void whiteningStartsAtTheFullGaussian() {
        Samples x = samples(1000, 4);
        Flow flow = new Flow(LuLinear.whitening(4), StandardNormal.of(4));
        double[] actual =
                FlowModel.of(flow, flow.initialize(x, Samples.none(1000), 1)).logProb(x);
        double[] expected = GaussianFit.of(x).logProb(x);
        for (int i = 0; i < actual.length; i++) {
            // each z is a float sum of terms up to |mean / deviation| ≈ 6, and enters as z²/2 with |z| < 5, four times
            assertEquals(expected[i], actual[i], 4 * 5 * 16 * EPS * 6, "sample " + i);
        }
    }

    @Test
    void standardizationGivesTheNormalDensityInTheUnitsOfTheData() {
        Samples x = samples(500, 3);
        for (var layer : List.of(new Standardization(3), new ActNorm(3))) {
            Flow flow = new Flow(layer, StandardNormal.of(3));
            FlowModel model = FlowModel.of(flow, flow.initialize(x, Samples.none(500), 1));
            double[] actual = model.logProb(x);
            for (int i = 0; i < actual.length; i++) {
                double expected = 0;
                for (int j = 0; j < 3; j++) {
                    double mean = 0;
                    for (int k = 0; k < 500; k++) {
                        mean += x.get(k, j) / 500.0;
                    }
                    double variance = 0;
                    for (int k = 0; k < 500; k++) {
                        variance += (x.get(k, j) - mean) * (x.get(k, j) - mean) / 500;
                    }
                    double distance = x.get(i, j) - mean;
                    expected -= 0.5 * (distance * distance / variance + Math.log(2 * Math.PI * variance));
                }
                // z is off by a few EPS · |mean / deviation| and enters as z²/2 with |z| < 5
                assertEquals(expected, actual[i], 3 * 5 * 8 * EPS * 6, "sample " + i);
            }
        }
    }

    @Test
    void affineCouplingEqualsTheFormula() {
        Coupling coupling = Coupling.of(
                Mask.of(2, 1), 1, new Affine(new LogScale.Tanh(2)), Mlp.factory(List.of(2), Activation.TANH, 0));
        Flow flow = new Flow(Chain.of(coupling, LuLinear.of(2)), StandardNormal.of(2));
        ParameterLayout layout = flow.parameters();
        float[] theta = new float[layout.size()];
        float[] hidden = {0.5f, -1, 0.25f, 2}; // [unit][x₀, c]
        float[] hiddenBias = {0.1f, -0.2f};
        float[] out = {1.5f, -0.5f, 0.75f, 1.25f}; // [shift, log-scale][unit]
        float[] outBias = {0.3f, -0.4f};
        set(theta, layout, "bijector.0.0.weight", hidden);
        set(theta, layout, "bijector.0.0.bias", hiddenBias);
        set(theta, layout, "bijector.0.1.weight", out);
        set(theta, layout, "bijector.0.1.bias", outBias);
        set(theta, layout, "bijector.1.logDiagonal", new float[] {0.5f, -0.25f});
        set(theta, layout, "bijector.1.bias", new float[] {0.125f, 1});
        FlowModel model = FlowModel.of(flow, Parameters.of(layout, theta));
        RandomGenerator random = new SplittableRandom(2);
        for (int k = 0; k < 100; k++) {
            float x0 = (float) random.nextGaussian();
            float x1 = (float) random.nextGaussian();
            float c = (float) random.nextGaussian();
            double h0 = Math.tanh(hidden[0] * x0 + hidden[1] * c + hiddenBias[0]);
            double h1 = Math.tanh(hidden[2] * x0 + hidden[3] * c + hiddenBias[1]);
            double shift = out[0] * h0 + out[1] * h1 + outBias[0];
            double s = 2 * Math.tanh((out[2] * h0 + out[3] * h1 + outBias[1]) / 2);
            double z0 = x0 * Math.exp(0.5) + 0.125;
            double z1 = (x1 * Math.exp(s) + shift) * Math.exp(-0.25) + 1;
            double expected = -0.5 * (z0 * z0 + z1 * z1) - Math.log(2 * Math.PI) + s + 0.5 - 0.25;
            double actual =
                    model.logProb(Samples.ofRows(new float[][] {{x0, x1}}), Samples.ofRows(new float[][] {{c}}))[0];
            // about 20 roundings of numbers below |z|, which enter as z²/2
            assertEquals(expected, actual, 20 * EPS * (2 + z0 * z0 + z1 * z1), x0 + ", " + x1 + ", " + c);
        }
    }

    private static void set(float[] theta, ParameterLayout layout, String name, float[] values) {
        ParameterLayout.Slice slice = layout.slice(name);
        assertEquals(slice.size(), values.length, name);
        System.arraycopy(values, 0, theta, slice.offset(), values.length);
    }

    /// The runner itself: finds the failure, and the smallest case of it.
    @Test
    void trialsShrinkToTheSmallestFailure() {
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> Trials.of(1).withCount(100).withDim(2, 9).check(trial -> {
                    if (trial.count() >= 7 && trial.dim() >= 4) {
                        throw new IllegalStateException("too large");
                    }
                }));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("count=7, dim=4, magnitude=0.0"), message);
        assertTrue(message.endsWith(": too large"), message);
    }
}
