package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluvial.constraint.Constraint;
import io.fluvial.distribution.Distribution;
import io.fluvial.distribution.Parameterized;
import io.fluvial.transform.Constraints;
import io.fluvial.transform.Transform;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/// Everything a [Distribution] of vectors or matrices promises: a density that integrates to 1, gradients, draws that
/// follow it, moments, entropy, the support. Extend it and give the [#subject()].
///
/// Supports and parameter spaces may be surfaces (a simplex, a sphere, symmetric matrices): derivatives and integrals
/// are taken in the free coordinates of [#coordinates(Constraint)].
///
/// Statistical tests draw with fixed seeds. False alarms under the normal approximation: |z| < 5 has 6e-7, |z| < 6
/// (where every number of a vector is tested) 2e-9 each.
public abstract class MultivariateDistributionContract {

    private static final int DRAWS = 20_000;
    private static final double Z = 5;
    private static final double Z_OF_MANY = 6;

    /// Rounding of log p, of size 30, over the smallest step of [Derivative], and what its extrapolation adds.
    private static final double SLOPE = 1e-8;

    /// Sums in another order.
    private static final double ROUNDING = 1e-12;

    /// The distribution under test; every call makes an equal one.
    protected abstract Distribution subject();

    /// A bijection from free numbers into a set: the support or a parameter space.
    protected Transform coordinates(Constraint set) {
        return Constraints.bijectTo(set);
    }

    /// All events of a discrete distribution, or as many as hold all probability but 1e-9; none to leave its sum
    /// untested.
    protected Iterable<double[]> events() {
        return Arrays.asList();
    }

    // density

    @Test
    public final void gradientIsTheSlopeOfTheDensity() {
        Distribution d = continuous();
        Transform f = coordinates(d.support());
        WideProposal scale = WideProposal.around(freeDraws(d, f, 2000, 21));
        int size = d.shape().size();
        for (double[] x : draws(d, 5, 22)) {
            double[] u = f.invert(x);
            double[] gX = new double[size];
            d.gradient(x, gX);
            double[] gU = new double[u.length];
            f.pullback(u, f.apply(u), gX, 0, gU);
            for (int k = 0; k < u.length; k++) {
                int axis = k;
                double expected = 0;
                for (int j = 0; j < u.length; j++) {
                    expected += gU[j] * scale.move(j, k);
                }
                assertSlope(
                        Derivative.of(h -> {
                            double[] moved = u.clone();
                            for (int j = 0; j < moved.length; j++) {
                                moved[j] += h * scale.move(j, axis);
                            }
                            return new double[] {d.logProb(f.apply(moved))};
                        }),
                        expected,
                        "free coordinate " + k + " at " + Arrays.toString(x));
            }
        }
    }

    private static void assertSlope(Derivative slope, double expected, String where) {
        double size = 1 + Math.abs(slope.value[0]);
        assertTrue(slope.error[0] <= 1e-4 * size, "no finite difference to compare with, " + where);
        assertEquals(slope.value[0], expected, SLOPE * size + 10 * slope.error[0], where);
    }

    /// n = 20 000 draws of a [WideProposal] as wide as 2000 draws, mean weight against 1, |z| < 5, false alarm 6e-7.
    @Test
    @Tag("statistical")
    public final void densityIntegratesToOne() {
        Distribution d = continuous();
        Transform f = coordinates(d.support());
        WideProposal proposal = WideProposal.around(freeDraws(d, f, 2000, 31));
        RandomGenerator random = new SplittableRandom(32);
        double[] u = new double[proposal.dim()];
        double[] x = new double[d.shape().size()];
        Average weight = new Average();
        for (int i = 0; i < DRAWS; i++) {
            double logQ = proposal.sample(random, u);
            f.forward(u, x);
            double logDet = f.logDet(u, x);
            // far out x rounds to the edge or over it: what is lost there is below e⁻⁷⁰⁰
            boolean inside = Double.isFinite(logDet) && d.support().contains(x);
            double logProb = inside ? d.logProb(x) : Double.NEGATIVE_INFINITY;
            weight.add(logProb == Double.POSITIVE_INFINITY ? 0 : Math.exp(logProb + logDet - logQ));
        }
        assertTrue(weight.error() < 0.05, "weights too uneven for a verdict: standard error " + weight.error());
        assertEquals(1, weight.mean(), Z * weight.error() + 1e-9, "integral of the density");
    }

    @Test
    public final void probabilitiesSumToOne() {
        Distribution d = subject();
        assumeTrue(d.support().isDiscrete(), "continuous");
        double sum = 0;
        boolean any = false;
        for (double[] x : events()) {
            any = true;
            assertTrue(d.support().contains(x), Arrays.toString(x) + " is no event");
            sum += Math.exp(d.logProb(x));
        }
        assumeTrue(any, "events are not listed");
        assertEquals(1, sum, 1e-9, "sum of probabilities");
    }

    @Test
    public final void densityOutsideOfTheSupportIsZero() {
        Distribution d = subject();
        int tried = 0;
        for (double[] x : draws(d, 4, 41)) {
            for (int k = 0; k < x.length; k++) {
                for (double value : new double[] {
                    Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, 1, 2, -x[k], x[k] + 0.25, 1.5 * x[k]
                }) {
                    double[] moved = x.clone();
                    moved[k] = value;
                    if (!d.support().contains(moved)) {
                        tried++;
                        assertOutside(d, moved);
                    }
                }
            }
        }
        assertTrue(tried > 0, "no event outside of the support found");
    }

    private static void assertOutside(Distribution d, double[] x) {
        String where = "outside of the support, at " + Arrays.toString(x);
        assertEquals(Double.NEGATIVE_INFINITY, d.logProb(x), where);
        if (!d.support().isDiscrete()) {
            double[] gX = new double[x.length];
            d.gradient(x, gX);
            assertAllNaN(gX, "gradient " + where);
        }
        if (d instanceof Parameterized<?> p) {
            double[] gTheta = new double[p.parameters().length];
            p.parameterGradient(x, gTheta);
            assertAllNaN(gTheta, "parameter gradient " + where);
        }
    }

    private static void assertAllNaN(double[] values, String what) {
        for (double value : values) {
            assertTrue(Double.isNaN(value), what + " is " + Arrays.toString(values));
        }
    }

    @Test
    public final void notANumberStaysNotANumber() {
        Distribution d = subject();
        double[] x = draws(d, 1, 42)[0];
        for (int k = 0; k < x.length; k++) {
            double[] spoilt = x.clone();
            spoilt[k] = Double.NaN;
            assertTrue(Double.isNaN(d.logProb(spoilt)), "log p with NaN in number " + k + ": " + d.logProb(spoilt));
        }
    }

    @Test
    public final void discreteDistributionsHaveNoGradient() {
        Distribution d = subject();
        assumeTrue(d.support().isDiscrete(), "continuous");
        double[] x = draws(d, 1, 43)[0];
        assertThrows(UnsupportedOperationException.class, () -> d.gradient(x, new double[x.length]));
    }

    // parameters

    @Test
    public final void parametersComeBack() {
        Parameterized<?> d = parameterized();
        double[] theta = d.parameters();
        assertEquals(theta.length, d.parameterSpace().shape().size(), "length of θ");
        assertTrue(
                d.parameterSpace().contains(theta),
                () -> "" + d.parameterSpace().violation(theta));
        assertEquals(d, d.withParameters(theta), "withParameters(parameters())");
        assertEquals(d.hashCode(), d.withParameters(theta).hashCode(), "hash of an equal distribution");
        assertNotSame(theta, d.parameters(), "θ is handed out");
        double[] kept = theta.clone();
        Distribution other = d.withParameters(kept);
        Arrays.fill(kept, Double.NaN);
        assertEquals(d, other, "θ is kept");
        assertThrows(IllegalArgumentException.class, () -> d.withParameters(kept), "NaN as parameters");
        double[] more = Arrays.copyOf(theta, theta.length + 1);
        assertThrows(IllegalArgumentException.class, () -> d.withParameters(more), "too many parameters");
    }

    @Test
    public final void parameterGradientIsTheSlopeOfTheDensity() {
        Parameterized<?> d = parameterized();
        Transform g = coordinates(d.parameterSpace());
        double[] v = g.invert(d.parameters());
        double[] steps = stepsOfParameters(d, g, v);
        for (double[] x : draws(d, 5, 52)) {
            double[] gV = score(d, g, v, x);
            for (int k = 0; k < v.length; k++) {
                int axis = k;
                assertSlope(
                        Derivative.of(h -> {
                            double[] moved = v.clone();
                            moved[axis] += h * steps[axis];
                            return new double[] {
                                d.withParameters(g.apply(moved)).logProb(x)
                            };
                        }),
                        gV[k] * steps[k],
                        "free parameter " + k + " at " + Arrays.toString(x));
            }
        }
    }

    /// One over the standard deviation of the score: in such steps the density changes at a rate of about 1.
    private static double[] stepsOfParameters(Parameterized<?> d, Transform g, double[] v) {
        Average[] scores = averages(v.length);
        for (double[] x : draws(d, 200, 51)) {
            add(scores, score(d, g, v, x));
        }
        double[] steps = new double[v.length];
        Arrays.setAll(steps, k -> 1 / Math.max(1, scores[k].deviation()));
        return steps;
    }

    /// ∂log p(x)/∂v, with θ = g(v).
    private static double[] score(Parameterized<?> d, Transform g, double[] v, double[] x) {
        double[] theta = g.apply(v);
        double[] gTheta = new double[theta.length];
        d.parameterGradient(x, gTheta);
        double[] gV = new double[v.length];
        g.pullback(v, theta, gTheta, 0, gV);
        return gV;
    }

    // draws

    @Test
    public final void drawsAreInTheSupportAndDependOnTheSeedAlone() {
        Distribution d = subject();
        double[][] first = draws(d, 200, 61);
        double[][] second = draws(subject(), 200, 61);
        for (int i = 0; i < first.length; i++) {
            assertArrayEquals(first[i], second[i], "draws with one seed");
            double[] x = first[i];
            assertTrue(
                    d.support().contains(x),
                    () -> "draw " + Arrays.toString(x) + ": " + d.support().violation(x));
            assertTrue(d.logProb(x) > Double.NEGATIVE_INFINITY, "log p of a draw is " + d.logProb(x));
        }
    }

    @Test
    public final void batchesAreTheSameEventByEvent() {
        Distribution d = subject();
        int lanes = 37;
        int size = d.shape().size();
        double[][] one = draws(d, lanes, 62);
        double[] x = new double[size * lanes];
        d.sample(new SplittableRandom(62), x, lanes);
        double[] logProb = new double[lanes];
        d.logProb(x, lanes, logProb);
        for (int i = 0; i < lanes; i++) {
            double[] event = new double[size];
            for (int k = 0; k < size; k++) {
                event[k] = x[k * lanes + i];
            }
            assertArrayEquals(one[i], event, "draw " + i + " of a batch");
            double alone = d.logProb(event);
            assertEquals(alone, logProb[i], ROUNDING * (1 + Math.abs(alone)), "log p of event " + i);
        }
    }

    @Test
    public final void otherSizesAreRefused() {
        Distribution d = subject();
        double[] x = draws(d, 1, 63)[0];
        double[] more = Arrays.copyOf(x, x.length + 1);
        double[] fewer = Arrays.copyOf(x, x.length - 1);
        int many = 1 << 30; // times 4 it is 2³², which no int holds
        refused(() -> d.logProb(many(x), many, new double[0]), "no events for many");
        for (double[] other : new double[][] {more, fewer}) {
            String size = other.length + " for " + x.length;
            refused(() -> d.logProb(other), "log p, " + size);
            refused(() -> d.logProb(other, 1, new double[1]), "log p of a batch, " + size);
            refused(() -> d.sample(new SplittableRandom(1), other), "draw, " + size);
            refused(() -> d.sample(new SplittableRandom(1), other, 1), "draws, " + size);
            refusedOrUnknown(d::mean, other, "mean, " + size);
            refusedOrUnknown(d::variance, other, "variance, " + size);
            refusedOrUnknown(d::mode, other, "mode, " + size);
            if (!d.support().isDiscrete()) {
                refused(() -> d.gradient(other, new double[x.length]), "gradient of an event, " + size);
                refused(() -> d.gradient(x, other), "gradient, " + size);
            }
            if (d instanceof Parameterized<?> p) {
                int n = p.parameters().length;
                refused(() -> p.parameterGradient(other, new double[n]), "parameter gradient, " + size);
            }
        }
        refused(() -> d.logProb(x, 1, new double[2]), "log p of a batch, room for two");
    }

    private static double[] many(double[] x) {
        return x.length % 4 == 0 ? new double[0] : x;
    }

    private static void refused(Executable call, String what) {
        String message =
                assertThrows(IllegalArgumentException.class, call, what).getMessage();
        assertTrue(message != null && message.contains("expected"), what + ": " + message);
    }

    private static void refusedOrUnknown(Fill moment, double[] out, String what) {
        try {
            moment.into(out.clone());
        } catch (UnsupportedOperationException unknown) {
            return;
        } catch (IllegalArgumentException refused) {
            return;
        }
        throw new AssertionError(what + " is not refused");
    }

    /// n = 20 000, each number's mean against E(X), |z| < 6, false alarm 2e-9 each. Only where the variance is finite.
    @Test
    @Tag("statistical")
    public final void drawsHaveTheMean() {
        Distribution d = subject();
        double[] mean = known(d::mean, d);
        double[] variance = known(d::variance, d);
        Average[] averages = averages(mean.length);
        for (double[] x : draws(d, DRAWS, 71)) {
            add(averages, x);
        }
        for (int k = 0; k < mean.length; k++) {
            if (Double.isFinite(variance[k])) {
                double error = Math.sqrt(variance[k] / DRAWS);
                double rounding = ROUNDING * (1 + Math.abs(mean[k]));
                assertEquals(mean[k], averages[k].mean(), Z_OF_MANY * error + rounding, "mean of number " + k);
            }
        }
    }

    /// n = 20 000, each number's mean square distance from E(X) against Var(X), |z| < 6 with the standard error of the
    /// draws, false alarm 2e-9 each. Only where the variance is finite.
    @Test
    @Tag("statistical")
    public final void drawsHaveTheVariance() {
        Distribution d = subject();
        double[] mean = known(d::mean, d);
        double[] variance = known(d::variance, d);
        Average[] squares = averages(mean.length);
        for (double[] x : draws(d, DRAWS, 72)) {
            for (int k = 0; k < x.length; k++) {
                squares[k].add((x[k] - mean[k]) * (x[k] - mean[k]));
            }
        }
        for (int k = 0; k < mean.length; k++) {
            if (Double.isFinite(variance[k])) {
                double rounding = ROUNDING * (variance[k] + mean[k] * mean[k]);
                assertEquals(
                        variance[k],
                        squares[k].mean(),
                        Z_OF_MANY * squares[k].error() + rounding,
                        "variance of number " + k);
            }
        }
    }

    /// E(∂log p/∂θ) = 0: a strong test of the draws against the density, as long as the density has mass 1.
    /// n = 20 000, each free parameter, |z| < 6 with the standard error of the draws, false alarm 2e-9 each.
    @Test
    @Tag("statistical")
    public final void scoresOfDrawsHaveMeanZero() {
        Parameterized<?> d = parameterized();
        Transform g = coordinates(d.parameterSpace());
        double[] v = g.invert(d.parameters());
        Average[] scores = averages(v.length);
        for (double[] x : draws(d, DRAWS, 73)) {
            add(scores, score(d, g, v, x));
        }
        for (int k = 0; k < v.length; k++) {
            assertEquals(
                    0,
                    scores[k].mean(),
                    Z_OF_MANY * scores[k].error() + ROUNDING * scores[k].deviation(),
                    "mean score of free parameter " + k);
        }
    }

    /// n = 20 000, mean of −log p of draws against the entropy, |z| < 5 with the standard error of the draws, false
    /// alarm 6e-7.
    @Test
    @Tag("statistical")
    public final void entropyIsTheMeanSurpriseOfDraws() {
        Distribution d = subject();
        double entropy = known(d::entropy);
        assumeTrue(Double.isFinite(entropy), "entropy is " + entropy);
        Average surprise = new Average();
        for (double[] x : draws(d, DRAWS, 74)) {
            surprise.add(-d.logProb(x));
        }
        assertEquals(entropy, surprise.mean(), Z * surprise.error() + 1e-9 * (1 + Math.abs(entropy)), "entropy");
    }

    @Test
    public final void noDrawBeatsTheMode() {
        Distribution d = subject();
        double[] mode = known(d::mode, d);
        assumeFalse(Double.isNaN(mode[0]), "no mode");
        double highest = d.logProb(mode);
        assumeTrue(d.support().contains(mode), "the mode is a limit");
        for (double[] x : draws(d, 2000, 75)) {
            assertTrue(
                    d.logProb(x) <= highest + 1e-9 * (1 + Math.abs(highest)),
                    "log p of " + Arrays.toString(x) + " is " + d.logProb(x) + ", of the mode " + highest);
        }
    }

    // what tests share

    private Distribution continuous() {
        Distribution d = subject();
        assumeFalse(d.support().isDiscrete(), "discrete");
        return d;
    }

    private Parameterized<?> parameterized() {
        Distribution d = subject();
        assumeTrue(d instanceof Parameterized<?>, "no parameters");
        return (Parameterized<?>) d;
    }

    private static double[][] draws(Distribution d, int n, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double[][] draws = new double[n][d.shape().size()];
        for (double[] x : draws) {
            d.sample(random, x);
        }
        return draws;
    }

    private static double[][] freeDraws(Distribution d, Transform f, int n, long seed) {
        double[][] draws = draws(d, n, seed);
        Arrays.setAll(draws, i -> f.invert(draws[i]));
        return draws;
    }

    private interface Fill {
        void into(double[] out);
    }

    private interface Number {
        double value();
    }

    private static double[] known(Fill moment, Distribution d) {
        double[] out = new double[d.shape().size()];
        known(() -> {
            moment.into(out);
            return 0;
        });
        return out;
    }

    /// A value, where it has a closed form; where it has none the message says what to do.
    private static double known(Number quantity) {
        try {
            return quantity.value();
        } catch (UnsupportedOperationException e) {
            assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), "no word on what to do");
            throw new TestAbortedException(e.getMessage(), e);
        }
    }

    private static Average[] averages(int n) {
        Average[] averages = new Average[n];
        Arrays.setAll(averages, k -> new Average());
        return averages;
    }

    private static void add(Average[] averages, double[] values) {
        for (int k = 0; k < values.length; k++) {
            averages[k].add(values[k]);
        }
    }
}
