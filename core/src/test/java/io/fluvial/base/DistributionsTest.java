package io.fluvial.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.BaseDistribution;
import io.fluvial.Conditioner;
import io.fluvial.nn.Activation;
import io.fluvial.nn.Mlp;
import io.fluvial.nn.ResidualMlp;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every base distribution: its density integrates to one, its gradients are those of its density, its draws
/// follow its density.
class DistributionsTest {

    private static final Conditioner.Factory MLP = Mlp.factory(List.of(5, 4), Activation.TANH, 0);
    private static final Conditioner.Factory RESIDUAL = ResidualMlp.factory(4, 1, Activation.TANH, 0);

    /// @param smooth whether the density has no jump
    record Case(BaseDistribution distribution, boolean smooth) {
        OnBlock randomized(long seed) {
            return new OnBlock(distribution).randomize(0.4, new SplittableRandom(seed));
        }

        @Override
        public String toString() {
            return distribution.toString();
        }
    }

    static Stream<Case> oneFeature() {
        return Stream.of(
                new Case(StandardNormal.of(1), true),
                new Case(DiagonalNormal.of(1), true),
                new Case(DiagonalNormal.conditional(1, 2, MLP), true),
                new Case(StudentT.of(1), true),
                new Case(StudentT.conditional(1, 3, MLP), true),
                new Case(Parametric.of(new StudentT(1, DiagonalNormal.DEFAULT_SCALE, 5)), true),
                new Case(NormalMixture.of(1, 1), true),
                new Case(NormalMixture.of(1, 4), true),
                new Case(NormalMixture.conditional(1, 3, 2, RESIDUAL), true),
                new Case(UniformBox.of(List.of(-0.7), List.of(2.3)), false),
                new Case(UniformBox.conditional(1, 2, MLP), false),
                new Case(Parametric.of(new AdaptiveBox(1, DiagonalNormal.DEFAULT_SCALE)), false));
    }

    static Stream<Case> twoFeatures() {
        return Stream.of(
                new Case(StandardNormal.of(2), true),
                new Case(DiagonalNormal.of(2), true),
                new Case(StudentT.of(2), true),
                new Case(StudentT.conditional(2, 1, MLP), true),
                new Case(NormalMixture.of(2, 3), true),
                new Case(NormalMixture.conditional(2, 2, 2, MLP), true),
                new Case(UniformBox.unit(2), false),
                new Case(UniformBox.conditional(2, 1, RESIDUAL), false));
    }

    static Stream<Case> all() {
        return Stream.concat(oneFeature(), twoFeatures());
    }

    /// A few contexts, multiples of 1/64.
    private static float[][] contexts(Case c, int n) {
        SplittableRandom random = new SplittableRandom(7);
        float[][] contexts = new float[n][c.distribution().contextDim()];
        for (float[] context : contexts) {
            for (int k = 0; k < context.length; k++) {
                context[k] = (float) (Math.rint(64 * random.nextGaussian()) / 64);
            }
        }
        return contexts;
    }

    /// Points spread as sinh t, t evenly in ±reach: dense in the middle, far in the tails.
    private static float[] points(int n, double reach) {
        float[] points = new float[n];
        for (int i = 0; i < n; i++) {
            points[i] = (float) Math.sinh(reach * (2.0 * i / (n - 1) - 1));
        }
        return points;
    }

    /// ∫ by the trapezoidal rule between the points, over densities at them.
    private static double[] cumulative(float[] points, double[] density) {
        double[] sums = new double[points.length];
        for (int i = 1; i < points.length; i++) {
            sums[i] = sums[i - 1] + 0.5 * (density[i] + density[i - 1]) * ((double) points[i] - points[i - 1]);
        }
        return sums;
    }

    private static double[] density(OnBlock on, float[] context, float[] points) {
        double[] density = new double[points.length];
        for (int from = 0; from < points.length; from += 64) {
            int n = Math.min(64, points.length - from);
            float[][] samples = new float[n][1];
            for (int i = 0; i < n; i++) {
                samples[i][0] = points[from + i];
            }
            double[] log = on.logProb(samples, new float[][] {context});
            for (int i = 0; i < n; i++) {
                density[from + i] = Math.exp(log[i]);
            }
        }
        return density;
    }

    /// Step in t is 2·11/20000 ≈ 1e-3: the rule's error is near step² · ∫|p″|/12 ≈ 1e-6 for a smooth
    /// density, and half a step at each jump of a box, ≤ 2 · 1e-3 · cosh t with |x| < 5. Mass beyond
    /// sinh 11 = 3e4: 1e-9 at ν = 2.
    @ParameterizedTest
    @MethodSource("oneFeature")
    void densityIntegratesToOne(Case c) {
        OnBlock on = c.randomized(1);
        float[] points = points(20_001, 11);
        for (float[] context : contexts(c, 3)) {
            double[] density = density(on, context, points);
            double largest = Arrays.stream(density).max().orElseThrow();
            double tolerance = c.smooth() ? 1e-5 * Math.max(1, largest) : 5e-3 * largest;
            assertEquals(1, cumulative(points, density)[points.length - 1], tolerance);
        }
    }

    /// Step in t is 2·7/700 = 0.02: the rule's error is near step²/12 · ∫|p″| ≈ 1e-4 per axis; mass of a t beyond
    /// sinh 7 = 548 is below 1e-5 for ν > 2.
    @ParameterizedTest
    @MethodSource("twoFeatures")
    void densityOfTwoFeaturesIntegratesToOne(Case c) {
        OnBlock on = c.randomized(2);
        float[] points = points(701, 7);
        double[] rows = new double[points.length];
        float[] context = contexts(c, 1)[0];
        double largest = 0;
        for (int r = 0; r < points.length; r++) {
            double[] density = new double[points.length];
            for (int from = 0; from < points.length; from += 64) {
                int n = Math.min(64, points.length - from);
                float[][] samples = new float[n][];
                for (int i = 0; i < n; i++) {
                    samples[i] = new float[] {points[r], points[from + i]};
                }
                double[] log = on.logProb(samples, new float[][] {context});
                for (int i = 0; i < n; i++) {
                    density[from + i] = Math.exp(log[i]);
                    largest = Math.max(largest, density[from + i]);
                }
            }
            rows[r] = cumulative(points, density)[points.length - 1];
        }
        double tolerance = c.smooth() ? 1e-3 : 0.1 * Math.max(1, largest);
        assertEquals(1, cumulative(points, rows)[points.length - 1], tolerance);
    }

    /// The slope of f at 0 by five points. The conditional mixture bends most: there the differences with h = 1/64,
    /// 1/128, 1/256 and 1/512 are off by 1.3e-3, 1.1e-4, 3e-5 and 2e-5 of 4.85, first truncation, then rounding.
    private static double slope(DoubleUnaryOperator f) {
        double h = 1 / 256.0;
        return (8 * (f.applyAsDouble(h) - f.applyAsDouble(-h)) - (f.applyAsDouble(2 * h) - f.applyAsDouble(-2 * h)))
                / (12 * h);
    }

    /// Where φ comes from a network, its float output is off by up to 2⁻²⁴ of itself; times the slope of log p, over h,
    /// that is 1e-5 to 1e-4. Sums over lanes in float add 18 · 2⁻²⁴ of the terms.
    private static double tolerance(double expected) {
        return 2e-4 * (1 + Math.abs(expected));
    }

    @ParameterizedTest
    @MethodSource("all")
    void gradientsAreThoseOfTheDensity(Case c) {
        int n = 18; // not a multiple of the granule
        SplittableRandom random = new SplittableRandom(3);
        float[][] contexts = contexts(c, n);
        float[][] samples = new float[n][c.distribution().dim()];
        float[] weights = new float[n];
        for (int i = 0; i < n; i++) {
            weights[i] = (float) random.nextGaussian();
            for (int j = 0; j < samples[i].length; j++) {
                // in the middle of the boxes, where a step does not leave them
                samples[i][j] = c.smooth() ? (float) (Math.rint(256 * random.nextGaussian()) / 256) : 0.5f;
            }
        }
        double around = c.smooth() ? 0.25 : 0.05;
        OnBlock used = new OnBlock(c.distribution()).randomize(around, new SplittableRandom(3));
        DoubleUnaryOperator total = ignored -> {
            double[] logProb = used.logProb(samples, contexts);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += weights[i] * logProb[i];
            }
            return sum;
        };
        assertTrue(Double.isFinite(total.applyAsDouble(0)));
        used.pullBack(samples, contexts, weights);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < samples[i].length; j++) {
                double expected = slopeAt(samples[i], j, total);
                assertEquals(expected, used.gX(i, j), tolerance(expected), "x");
            }
            for (int k = 0; k < contexts[i].length; k++) {
                double expected = slopeAt(contexts[i], k, total);
                assertEquals(expected, used.gContext(i, k), tolerance(expected), "context");
            }
        }
        for (int k = 0; k < used.parameterCount(); k++) {
            float kept = used.get(k);
            int number = k;
            double expected = slope(h -> {
                used.set(number, kept + h);
                return total.applyAsDouble(h);
            });
            used.set(k, kept);
            assertEquals(expected, used.gParameter(k), tolerance(expected), "parameter " + k);
        }
    }

    private static double slopeAt(float[] values, int k, DoubleUnaryOperator total) {
        float kept = values[k];
        double slope = slope(h -> {
            values[k] = (float) (kept + h);
            return total.applyAsDouble(h);
        });
        values[k] = kept;
        return slope;
    }

    /// Kolmogorov–Smirnov, n = 20 000 draws, two contexts where there are any: D > √(ln(2/α) / 2n) = 0.0191 has
    /// probability α = 1e-6 at most; 1e-3 is added for the cdf, which is summed from the density (error below
    /// 1e-5 for smooth ones, half a step for a box). At most 24 tests: false alarm 2.4e-5 together.
    @ParameterizedTest
    @MethodSource("oneFeature")
    @Tag("statistical")
    void drawsFollowTheDensity(Case c) {
        int n = 20_000;
        OnBlock on = c.randomized(4);
        float[] points = points(20_001, 11);
        for (float[] context : contexts(c, c.distribution().contextDim() == 0 ? 1 : 2)) {
            double[] density = density(on, context, points);
            double[] cdf = cumulative(points, density);
            double jump = c.smooth() ? 0 : 5e-3 * Arrays.stream(density).max().orElseThrow();
            double[] draws = new double[n];
            float[][] samples = on.sample(n, new float[][] {context}, new SplittableRandom(21));
            for (int i = 0; i < n; i++) {
                draws[i] = samples[i][0];
            }
            double limit = Statistics.limit(n, 1e-6) + 1e-3 + jump;
            double distance = Statistics.kolmogorovSmirnov(draws, x -> Statistics.interpolate(points, cdf, x));
            assertTrue(distance < limit, () -> c + ": distance " + distance);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void drawsHavePositiveDensity(Case c) {
        int n = 640;
        OnBlock on = c.randomized(5);
        float[][] contexts = contexts(c, n);
        float[][] samples = on.sample(n, contexts, new SplittableRandom(6));
        for (int i = 0; i < n; i++) {
            assertTrue(Double.isFinite(on.logProb(contexts[i], samples[i])));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void sameSeedGivesSameDraws(Case c) {
        float[][] contexts = contexts(c, 100);
        OnBlock on = c.randomized(5);
        float[][] first = on.sample(100, contexts, new SplittableRandom(6));
        float[][] second = on.sample(100, contexts, new SplittableRandom(6));
        assertTrue(Arrays.deepEquals(first, second));
    }

    @ParameterizedTest
    @MethodSource("all")
    void notANumberStaysInItsLane(Case c) {
        OnBlock on = c.randomized(8);
        float[][] contexts = contexts(c, 20);
        float[][] samples = new float[20][c.distribution().dim()];
        double[] clean = on.logProb(samples, contexts);
        samples[7][samples[7].length - 1] = Float.NaN;
        double[] logProb = on.logProb(samples, contexts);
        for (int i = 0; i < 20; i++) {
            assertEquals(i == 7 ? Double.NaN : clean[i], logProb[i]);
        }
        if (c.distribution().contextDim() > 0) {
            contexts[7][0] = Float.NaN;
            samples[7][samples[7].length - 1] = 0;
            assertEquals(Double.NaN, on.logProb(samples, contexts)[7], "context");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void infinityHasNoDensity(Case c) {
        OnBlock on = c.randomized(9);
        float[][] context = contexts(c, 1);
        float[] point = new float[c.distribution().dim()];
        for (float x : new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            point[0] = x;
            assertEquals(Double.NEGATIVE_INFINITY, on.logProb(context[0], point));
        }
    }
}
