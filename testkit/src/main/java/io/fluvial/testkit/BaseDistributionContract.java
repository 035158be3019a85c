package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluvial.BaseDistribution;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Everything a [BaseDistribution] promises: the gradients and lane rules of [GradientContract], a density that
/// integrates to 1, draws that follow it, −∞ outside of the support. [#domain()] is the support.
public abstract non-sealed class BaseDistributionContract extends GradientContract {

    /// Rounding of x to float moves a density by 10⁻⁷ of itself; the rest is the rule's own error at kinks.
    private static final double QUADRATURE = 2e-4;

    private static final int DRAWS = 160 * Probe.LANES;

    /// Standard errors: |Z| > 6 has probability 2e-9 under the normal approximation of a mean of 20 480 draws.
    private static final double Z = 6;

    /// Kolmogorov's √n · D: above 3.5 with probability 2 exp(−2 · 3.5²) = 5e-11.
    private static final double KOLMOGOROV = 3.5;

    /// The distribution under test; every call makes an equal one.
    protected abstract BaseDistribution subject();

    @Override
    final Stage stage() {
        return Stage.of(subject());
    }

    @Override
    final void initialize(float[] theta, int at, RandomGenerator random) {
        subject().initialize(theta, at, random);
    }

    @Override
    final Object description() {
        return subject();
    }

    @Test
    public final void densityIntegratesToOne() {
        assumeTrue(subject().dim() <= 2, "quadrature is for 1 or 2 features");
        Quadrature quadrature = Quadrature.of(domain(), subject().dim());
        assertEquals(1, quadrature.mass(density(quadrature, anyone())), QUADRATURE);
    }

    /// One context and set of parameters for everything.
    private Point anyone() {
        return draw(1, random());
    }

    /// log p at all nodes, block by block.
    private double[] density(Quadrature quadrature, Point one) {
        float[][] nodes = quadrature.points();
        double[] logProb = new double[quadrature.count()];
        Probe probe = probe();
        for (int from = 0; from < logProb.length; from += Probe.LANES) {
            int n = Math.min(Probe.LANES, logProb.length - from);
            float[][] x = new float[nodes.length][];
            int start = from;
            Arrays.setAll(x, j -> Arrays.copyOfRange(nodes[j], start, start + n));
            System.arraycopy(probe.forward(spread(one, x, n)).logDet, 0, logProb, from, n);
        }
        return logProb;
    }

    private static Point spread(Point one, float[][] x, int n) {
        return new Point(n, x, Point.select(one.context, new int[n]), one.theta);
    }

    /// n = 20 480, mean of −log p of draws against the entropy by quadrature, |z| < 6, false alarm 2e-9.
    @Test
    @Tag("statistical")
    public final void drawsHaveTheEntropyOfTheDensity() {
        assumeTrue(subject().dim() <= 2, "quadrature is for 1 or 2 features");
        Point one = anyone();
        Quadrature quadrature = Quadrature.of(domain(), subject().dim());
        double entropy = quadrature.entropy(density(quadrature, one));
        double[] surprise = new double[DRAWS];
        draws(one, 11, surprise);
        double mean = sum(surprise) / DRAWS;
        double variance = 0;
        for (double s : surprise) {
            variance += (s - mean) * (s - mean) / DRAWS;
        }
        double error = Math.sqrt(variance / DRAWS);
        assertEquals(entropy, mean, Z * error + QUADRATURE * (1 + Math.abs(entropy)));
    }

    /// n = 20 480, Kolmogorov–Smirnov, √n D < 3.5, false alarm 5e-11.
    @Test
    @Tag("statistical")
    public final void drawsFollowTheDistributionFunction() {
        assumeTrue(subject().dim() == 1, "for a single feature");
        Point one = anyone();
        Quadrature quadrature = Quadrature.of(domain(), 1);
        double[] cumulative = quadrature.cumulative(density(quadrature, one));
        float[] nodes = quadrature.points()[0];
        float[] draws = draws(one, 12, new double[DRAWS])[0];
        Arrays.sort(draws);
        double worst = 0;
        for (int k = 0, below = 0; k < nodes.length; k++) {
            while (below < draws.length && draws[below] <= nodes[k]) {
                below++;
            }
            worst = Math.max(worst, Math.abs(below / (double) DRAWS - cumulative[k]));
        }
        assertTrue(Math.sqrt(DRAWS) * worst < KOLMOGOROV, "largest distance of distribution functions " + worst);
    }

    /// Draws block by block; fills −log p of each.
    private float[][] draws(Point one, long seed, double[] surprise) {
        RandomGenerator random = new SplittableRandom(seed);
        Probe probe = probe();
        float[][] drawn = new float[subject().dim()][DRAWS];
        for (int from = 0; from < DRAWS; from += Probe.LANES) {
            float[][] x = sample(probe, one, Probe.LANES, random);
            double[] logProb = probe.forward(spread(one, x, Probe.LANES)).logDet;
            for (int i = 0; i < Probe.LANES; i++) {
                surprise[from + i] = -logProb[i];
            }
            for (int j = 0; j < x.length; j++) {
                System.arraycopy(x[j], 0, drawn[j], from, Probe.LANES);
            }
        }
        return drawn;
    }

    private float[][] sample(Probe probe, Point one, int n, RandomGenerator random) {
        BaseDistribution subject = subject();
        probe.forward(spread(one, new float[subject.dim()][n], n));
        subject.sample(probe.pass(), random);
        return probe.inputs();
    }

    @Test
    public final void drawsAreInTheSupportAndDependOnTheSeedAlone() {
        Point one = anyone();
        Probe probe = probe();
        float[][] first = sample(probe, one, 100, new SplittableRandom(3));
        float[][] second = sample(probe, one, 100, new SplittableRandom(3));
        assertBits(first, second, "draws");
        for (double logProb : probe.forward(spread(one, first, 100)).logDet) {
            assertTrue(Double.isFinite(logProb), "log-density of a draw is " + logProb);
        }
        float[][] fewer = sample(probe, one, 17, new SplittableRandom(3));
        for (int j = 0; j < first.length; j++) {
            assertArrayEquals(Arrays.copyOf(first[j], 17), fewer[j], "draws go lane after lane: the first ones stay");
        }
    }

    @Test
    public final void densityOutsideOfTheSupportIsZero() {
        Domain support = domain();
        assumeTrue(support.low() > Double.NEGATIVE_INFINITY || support.high() < Double.POSITIVE_INFINITY, "no bounds");
        Point at = draw(20, random());
        boolean above = support.high() < Double.POSITIVE_INFINITY;
        at.x[0][4] = (float) (above ? support.high() + 0.5 : support.low() - 0.5);
        Probe probe = probe();
        double[] logProb = probe.forward(at).logDet;
        for (int i = 0; i < 20; i++) {
            assertEquals(i == 4, logProb[i] == Double.NEGATIVE_INFINITY, "sample " + i + " has " + logProb[i]);
        }
        float[] ones = new float[20];
        Arrays.fill(ones, 1f);
        for (float[] row : probe.forwardVjp(new float[0][], ones).values) {
            for (float value : row) {
                assertTrue(Float.isFinite(value), "gradient outside of the support");
            }
        }
    }

    /// A density is added to what the bijector left there.
    @Test
    public final void logDensityIsAdded() {
        Point at = draw(20, random());
        Probe probe = probe();
        double[] alone = probe.forward(at).logDet;
        Arrays.fill(probe.block().logDet(), 0, 32, 10.0);
        subject().logProb(probe.pass());
        for (int i = 0; i < 20; i++) {
            assertEquals(10 + alone[i], probe.block().logDet()[i], 1e-13 * (10 + Math.abs(alone[i])));
        }
    }
}
