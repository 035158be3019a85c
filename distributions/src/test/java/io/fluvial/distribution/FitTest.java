package io.fluvial.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FitTest {

    private static double[] draws(Distribution d, int n, long seed) {
        double[] x = new double[d.shape().size() * n];
        d.sample(new SplittableRandom(seed), x, n);
        return x;
    }

    /// Mean and root mean square deviation are the maximum; σ/√n and σ/√(2n) their standard errors.
    @Test
    void normalIsTheMomentsOfTheSample() {
        double[] x = draws(Normal.of(3, 2), 1_000, 1);
        double mean = 0;
        for (double v : x) {
            mean += v / x.length;
        }
        double square = 0;
        for (double v : x) {
            square += (v - mean) * (v - mean) / x.length;
        }
        Fit<Normal> fit = Fit.maximumLikelihood(Normal.standard(), x);
        assertTrue(fit.converged(), fit::toString);
        // the gradient vanishes to 1e-7 or better: parameters to about that
        assertEquals(mean, fit.distribution().mean(), 1e-6);
        assertEquals(Math.sqrt(square), fit.distribution().scale(), 1e-6);
        assertEquals(Math.sqrt(square / x.length), fit.standardErrors()[0], 1e-6);
        assertEquals(Math.sqrt(square / 2 / x.length), fit.standardErrors()[1], 1e-6);
        double expected = -0.5 * x.length * (Math.log(2 * Math.PI * square) + 1);
        assertEquals(expected, fit.logLikelihood(), 1e-6);
    }

    /// The exponential's rate is 1 over the mean, its standard error rate/√n.
    @Test
    void exponentialIsTheReciprocalMean() {
        Fit<Exponential> fit = Fit.maximumLikelihood(Exponential.of(50), 0.5, 1.5, 2, 4);
        assertEquals(0.5, fit.distribution().parameters()[0], 1e-8);
        assertEquals(0.25, fit.standardErrors()[0], 1e-7);
    }

    /// Each estimate within five standard errors of the truth: 4 and 3 and 6 parameters, false alarm below 1e-5 in
    /// all for estimates that are normal, as those of 4,000 events are.
    @Tag("statistical")
    @Test
    void estimatesLieNearTheTruth() {
        assertNear(Gamma.ofShapeRate(2.5, 0.7), Gamma.ofShapeRate(1, 1));
        assertNear(StudentT.of(4, -1, 2), StudentT.of(10, 0, 1));
        assertNear(Beta.of(0.7, 3), Beta.of(1, 1));
        assertNear(NegativeBinomial.of(3, 0.4), NegativeBinomial.of(1, 0.5));
        assertNear(
                MultivariateNormal.ofCholesky(new double[] {1, -2}, new double[] {2, 0, -1, 0.5}),
                MultivariateNormal.ofCholesky(new double[] {0, 0}, new double[] {1, 0, 0, 1}));
    }

    private static <D extends Parameterized<D>> void assertNear(D truth, D start) {
        int n = 4_000;
        Fit<D> fit = Fit.maximumLikelihood(start, draws(truth, n, 7), n);
        assertTrue(fit.converged(), fit::toString);
        double[] estimate = ((Parameterized<?>) fit.distribution()).parameters();
        double[] expected = truth.parameters();
        for (int k = 0; k < expected.length; k++) {
            assertEquals(expected[k], estimate[k], 5 * fit.standardErrors()[k], "parameter " + k + " of " + fit);
        }
    }

    @Test
    void eventsWithoutDensityAreNamed() {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> Fit.maximumLikelihood(Exponential.of(1), 1, 2, -3))
                        .getMessage());
        assertTrue(
                message.startsWith("event 2, [-3.0], has log-density -Infinity under the start Exponential["), message);
        assertEquals(
                "a fit needs at least one event",
                assertThrows(IllegalArgumentException.class, () -> Fit.maximumLikelihood(Exponential.of(1)))
                        .getMessage());
    }

    /// Far from the numbers the mean log-density is so flat that no step leads down.
    @Test
    void aSearchThatDoesNotArriveSaysSo() {
        assertFalse(Fit.maximumLikelihood(Normal.of(-1e12, 1), 1, 2, 3, 4, 5, 2.5, 0.7)
                .converged());
    }

    /// All events alike: the scale shrinks without end.
    @Test
    void likelihoodWithoutMaximumDoesNotConverge() {
        assertFalse(Fit.maximumLikelihood(Normal.standard(), 2, 2, 2).converged());
    }

    /// A gate of 0 is −∞ as a free number.
    @Test
    void aStartOnTheBorderIsNamed() {
        ZeroInflated start = ZeroInflated.of(Poisson.of(3), 0);
        assertEquals(
                "the start " + start + " lies on the border of its parameters, [0.0, 3.0]: no search leads away from"
                        + " there, start inside",
                assertThrows(IllegalArgumentException.class, () -> Fit.maximumLikelihood(start, 0, 0, 1, 2, 5))
                        .getMessage());
    }
}
