package io.fluvial.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoresTest {

    @Test
    void weightsOfOneGiveThePlainMeanAndError() {
        Scores scores = Scores.of(new double[] {1, 2, 3, 6});

        assertEquals(3, scores.mean());
        assertEquals(Math.sqrt((4 + 1 + 0 + 9) / 3.0 / 4), scores.standardError(), 1e-15);
        assertEquals("3.0000 ± 2.1602", scores.toString());
    }

    @Test
    void rowsWithoutWeightDoNotCount() {
        Scores scores = Scores.of(new double[] {1, Double.NEGATIVE_INFINITY, 3}, new double[] {1, 0, 1});

        assertEquals(2, scores.mean());
    }

    @Test
    void whatIsNotFiniteIsCountedAndSpoilsTheMean() {
        Scores scores = Scores.of(new double[] {1, Double.NEGATIVE_INFINITY, Double.NaN});

        assertEquals(Double.NaN, scores.mean());
        assertEquals(
                "2 of 3 log-densities are not finite (1 NaN, 1 infinite), the first in row 2; the mean counts them",
                scores.warning());
    }

    @Test
    void rowsMayBeMoreThanAnArrayHolds() {
        assertEquals(
                "1 of 5,000,000,000 log-densities are not finite (0 NaN, 1 infinite), the first in row 4,000,000,000;"
                        + " the mean counts them",
                new Scores(5_000_000_000L, 0, 0, 0, 1, 4_000_000_000L).warning());
    }

    @Test
    void rowsThatAreNotKeptGiveTheSame() {
        SplittableRandom random = new SplittableRandom(1);
        double[] logProb = new double[10_000];
        Arrays.setAll(logProb, i -> 1e4 + random.nextGaussian()); // a mean far from zero
        RunningScores running = new RunningScores();
        running.add(Arrays.copyOf(logProb, 3000));
        running.add(new double[0]);
        running.add(Arrays.copyOfRange(logProb, 3000, 10_000));
        Scores all = Scores.of(logProb);
        assertEquals(all.mean(), running.result().mean()); // the same sum in the same order
        assertEquals(all.standardError(), running.result().standardError(), 1e-10 * all.standardError());
        assertEquals(10_000, running.result().rows());
    }

    @Test
    void whatIsNotFiniteIsCountedAsItComes() {
        RunningScores running = new RunningScores();
        running.add(new double[] {1, Double.NEGATIVE_INFINITY});
        assertEquals(Double.NEGATIVE_INFINITY, running.result().mean());
        running.add(new double[] {Double.NaN});

        assertEquals(Double.NaN, running.result().mean());
        assertEquals(
                Scores.of(new double[] {1, Double.NEGATIVE_INFINITY, Double.NaN})
                        .warning(),
                running.result().warning());
    }
}
