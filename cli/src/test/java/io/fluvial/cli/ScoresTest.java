package io.fluvial.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
