package io.fluvial.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.ParameterLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OptimiserTest {

    private static final ParameterLayout LAYOUT = ParameterLayout.builder()
            .add("a.weight", 30_000)
            .addFixed("fixed", 3)
            .add("a.bias", 5)
            .build();

    /// Algorithm 2 of arXiv:1711.05101 in double, written out once more; the third step is undone.
    @Test
    void updateFollowsThePaper() {
        AdamW options = new AdamW(0.01, 0.9, 0.99, 1e-6, 0.1);
        int n = LAYOUT.size();
        Random random = new Random(1);
        float[] start = floats(random, n);
        Weights weights = new Weights(start, new TrainableRanges(LAYOUT, true), options, 0, new Team(2));
        double[] theta = new double[n];
        double[] m = new double[n];
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            theta[i] = start[i];
        }
        for (int t = 1; t <= 5; t++) {
            float[] gradient = floats(random, n);
            weights.update(gradient, 0.5, options.rate());
            if (t == 3) {
                weights.undo();
            }
            for (int i = 0; i < n; i++) {
                if (i >= 30_000 && i < 30_003) {
                    continue; // fixed
                }
                double g = 0.5 * gradient[i];
                m[i] = 0.9 * m[i] + 0.1 * g;
                v[i] = 0.99 * v[i] + 0.01 * g * g;
                double decay = i < 30_000 ? 0.01 * 0.1 * theta[i] : 0;
                if (t == 3) {
                    continue; // moments remember it
                }
                theta[i] -= decay
                        + 0.01 * (m[i] / (1 - Math.pow(0.9, t))) / (Math.sqrt(v[i] / (1 - Math.pow(0.99, t))) + 1e-6);
            }
        }
        for (int i = 0; i < n; i++) {
            // Five float updates of numbers of order 1: a few ulps each.
            assertEquals(
                    theta[i], weights.theta()[i], 40 * Math.ulp(Math.max(1f, Math.abs(start[i]))), "parameter " + i);
        }
    }

    private static float[] floats(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void undoRestoresParametersAndAverages() {
        Random random = new Random(2);
        Weights weights = new Weights(
                floats(random, LAYOUT.size()), new TrainableRanges(LAYOUT, true), AdamW.adam(0.1), 0.9, new Team(1));
        weights.update(floats(random, LAYOUT.size()), 1, 0.1);
        float[] theta = weights.theta().clone();
        float[] averaged = weights.averaged().clone();
        weights.update(floats(random, LAYOUT.size()), 1, 0.1);
        weights.undo();
        assertArrayEquals(theta, weights.theta());
        assertArrayEquals(averaged, weights.averaged());
    }

    @Test
    void rangesCoverExactlyTheTrainableParameters() {
        TrainableRanges ranges = new TrainableRanges(LAYOUT, true);
        int[] hits = new int[LAYOUT.size()];
        for (int r = 0; r < ranges.count(); r++) {
            for (int i = ranges.from(r); i < ranges.to(r); i++) {
                hits[i]++;
                assertEquals(i < 30_000, ranges.decays(r));
            }
        }
        for (int i = 0; i < hits.length; i++) {
            assertEquals(i >= 30_000 && i < 30_003 ? 0 : 1, hits[i], "parameter " + i);
        }
    }

    @Test
    void withoutDecayRangesEndOnlyWhereSomethingIsFixed() {
        TrainableRanges ranges = new TrainableRanges(LAYOUT, false);
        int covered = 0;
        for (int r = 0; r < ranges.count(); r++) {
            assertFalse(ranges.decays(r));
            covered += ranges.to(r) - ranges.from(r);
        }
        assertEquals(LAYOUT.size() - 3, covered);
        assertTrue(ranges.count() <= new TrainableRanges(LAYOUT, true).count());
    }

    @Test
    void cosineFallsFromOneToItsFloor() {
        Schedule cosine = new Schedule.Cosine(0.1);
        assertEquals(1, cosine.factor(0, 0, 0), 1e-15);
        assertEquals(0.55, cosine.factor(0, 0.5, 0), 1e-15);
        assertEquals(0.1, cosine.factor(0, 1, 0), 1e-15);
        assertEquals(0.1, cosine.factor(0, 1.5, 0), 1e-15);
    }

    @Test
    void warmUpRisesAndThenFollows() {
        Schedule schedule = new Schedule.WarmUp(4, new Schedule.Plateau(0.5, 3));
        assertEquals(0.25, schedule.factor(0, 0, 0), 1e-15);
        assertEquals(1, schedule.factor(3, 0, 0), 1e-15);
        assertEquals(0.25, schedule.factor(100, 0, 2), 1e-15);
        assertEquals(3, schedule.plateauPatience());
    }

    @Test
    void badOptionsAreRefusedWithTheirValue() {
        assertEquals(
                "the learning rate must be positive, got -1.0",
                assertThrows(IllegalArgumentException.class, () -> AdamW.adam(-1))
                        .getMessage());
        assertEquals(
                "the decay of averaged weights must be in [0, 1), got 1.0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TrainingOptions.defaults().withEma(1))
                        .getMessage());
        assertEquals(
                "all weights are zero",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TrainingData.of(io.fluvial.Samples.ofRows(new float[][] {{1}, {2}}))
                                        .withWeights(new float[2]))
                        .getMessage());
    }
}
