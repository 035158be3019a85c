package io.fluvial.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MultivariateNormalTest {

    private static final double[] MEAN = {0.5, -1, 2};
    private static final double[] COVARIANCE = {2, 0.6, -0.3, 0.6, 1, 0.2, -0.3, 0.2, 0.5};

    /// Sums of a few products of numbers of order 1.
    private static final double ROUNDING = 1e-14;

    @Test
    void marginalTimesConditionalIsTheJointDensity() {
        MultivariateNormal joint = MultivariateNormal.ofCovariance(MEAN, COVARIANCE);
        double[] x = {0.3, -2, 1.5};
        for (int[] given : new int[][] {{0}, {1}, {2}, {2, 0}, {1, 2}}) {
            double[] values = new double[given.length];
            for (int k = 0; k < given.length; k++) {
                values[k] = x[given[k]];
            }
            double[] rest = new double[3 - given.length];
            for (int i = 0, k = 0; i < 3; i++) {
                boolean taken = false;
                for (int g : given) {
                    taken |= g == i;
                }
                if (!taken) {
                    rest[k++] = x[i];
                }
            }
            double sum = joint.marginal(given).logProb(values)
                    + joint.conditional(given, values).logProb(rest);
            assertEquals(joint.logProb(x), sum, ROUNDING * 10);
        }
    }

    @Test
    void marginalHasTheirMeanAndCovarianceInTheirOrder() {
        MultivariateNormal marginal =
                MultivariateNormal.ofCovariance(MEAN, COVARIANCE).marginal(2, 0);
        assertArrayEquals(new double[] {2, 0.5}, marginal.mean());
        assertArrayEquals(new double[] {0.5, -0.3, -0.3, 2}, marginal.covariance(), ROUNDING);
    }

    /// μ₁ + Σ₁₂/σ₂₂ (x₂ − μ₂) and σ₁₁ − σ₁₂²/σ₂₂ by hand.
    @Test
    void conditionalOfTwoNumbersIsTheRegression() {
        MultivariateNormal conditional = MultivariateNormal.ofCovariance(
                        new double[] {1, 10}, new double[] {4, 3, 3, 9})
                .conditional(new int[] {1}, new double[] {16});
        assertArrayEquals(new double[] {3}, conditional.mean(), ROUNDING);
        assertArrayEquals(new double[] {3}, conditional.covariance(), ROUNDING);
    }

    @Test
    void precisionIsTheInverseOfTheCovariance() {
        double[] covariance = MultivariateNormal.ofPrecision(new double[] {0, 0}, new double[] {2, 1, 1, 3})
                .covariance();
        assertArrayEquals(new double[] {0.6, -0.2, -0.2, 0.4}, covariance, ROUNDING);
    }

    @Test
    void refusalsSayWhatIsWrongAndWhere() {
        double[] zero = {0, 0};
        refuses(
                "MultivariateNormal: covariance is not positive definite, pivot 1 is -3.0",
                () -> MultivariateNormal.ofCovariance(zero, new double[] {1, 2, 2, 1}));
        refuses(
                "MultivariateNormal: covariance must be symmetric, got 0.5 in row 1, column 0 and 0.25 across the"
                        + " diagonal",
                () -> MultivariateNormal.ofCovariance(zero, new double[] {1, 0.25, 0.5, 1}));
        refuses(
                "MultivariateNormal: covariance[1, 1] must be finite, got NaN",
                () -> MultivariateNormal.ofCovariance(zero, new double[] {1, 0, 0, Double.NaN}));
        refuses(
                "MultivariateNormal: cholesky must be zero above the diagonal, got 2.0 in row 0, column 1",
                () -> MultivariateNormal.ofCholesky(zero, new double[] {1, 2, 0, 1}));
        refuses(
                "MultivariateNormal: cholesky[0, 0] must be positive and finite, got 0.0",
                () -> MultivariateNormal.ofCholesky(zero, new double[] {0, 0, 0, 1}));
        refuses(
                "MultivariateNormal: covariance has 3 numbers, expected 4",
                () -> MultivariateNormal.ofCovariance(zero, new double[] {1, 0, 1}));
        refuses(
                "MultivariateNormal: indices must be different and in 0 … 2, got [0, 0]",
                () -> MultivariateNormal.ofCovariance(MEAN, COVARIANCE).marginal(0, 0));
        refuses(
                "MultivariateNormal: all 3 numbers are given, none is left",
                () -> MultivariateNormal.ofCovariance(MEAN, COVARIANCE).conditional(new int[] {0, 2, 1}, MEAN));
        refuses(
                "MultivariateNormal: an event has 2 numbers, expected 3",
                () -> MultivariateNormal.ofCovariance(MEAN, COVARIANCE).logProb(zero));
        refuses(
                "Wishart: degreesOfFreedom must be finite and above 1 for matrices of 2 rows, got 1.0",
                () -> Wishart.ofScale(1, 2, new double[] {1, 0, 0, 1}));
        refuses(
                "VonMisesFisher: meanDirection: expected the length 1, got 2.0",
                () -> VonMisesFisher.of(new double[] {0, 2}, 1));
    }

    private static void refuses(String message, Supplier<?> call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::get).getMessage());
    }
}
