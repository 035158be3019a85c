package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluvial.Bijector;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.bijector.Chain;
import io.fluvial.bijector.Inverted;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Everything a [Bijector] promises. A test of your own map is one line:
///
/// ```java
/// class MyMapTest extends BijectorContract {
///     protected Bijector subject() { return new MyMap(3); }
/// }
/// ```
public abstract non-sealed class BijectorContract extends GradientContract {

    /// Up to this many features the Jacobian is taken numerically, column by column.
    private static final int MOST_FEATURES = 8;

    /// The map under test; every call makes an equal one.
    protected abstract Bijector subject();

    /// Whether the starting parameters give y = x, ℓ = 0.
    protected boolean startsAsIdentity() {
        return true;
    }

    /// How many times more than a few roundings a result may be off: for maps that solve an equation, or long chains.
    protected double slack() {
        return 1;
    }

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

    private double rounding() {
        return ROUNDINGS * EPS * slack();
    }

    // ---- there and back --------------------------------------------------------------------------------------------

    @Test
    public final void inverseOfForwardIsIdentity() {
        Probe probe = probe();
        Trials.of(seed()).withCount(Probe.LANES).check(trial -> {
            Point at = draw(trial);
            Probe.Image there = probe.forward(at);
            Jacobian[] jacobians = jacobians(probe, at.count());
            Probe.Image back = probe.inverse(at, there.values);
            for (int i = 0; i < at.count(); i++) {
                // y carries EPS · (|y| + |J| |x|) of rounding, which the inverse multiplies by |J⁻¹|
                double inverseNorm = jacobians[i].inverse().norm();
                double size = 1
                        + largest(at.x, i)
                        + inverseNorm * (1 + largest(there.values, i) + jacobians[i].norm() * largest(at.x, i));
                for (int j = 0; j < at.x.length; j++) {
                    assertEquals(at.x[j][i], back.values[j][i], rounding() * size, "x[" + j + "] of sample " + i);
                }
                double logDetSize = 1 + Math.abs(there.logDet[i]) + size * curvature(jacobians[i]);
                assertEquals(there.logDet[i], back.logDet[i], rounding() * logDetSize, "log-det of sample " + i);
            }
        });
    }

    @Test
    public final void forwardOfInverseIsIdentity() {
        Probe probe = probe();
        Trials.of(seed() + 1).withCount(Probe.LANES).check(trial -> {
            Point at = draw(trial);
            float[][] latent = probe.forward(at).values;
            Point found = new Point(at.count(), probe.inverse(at, latent).values, at.context, at.theta);
            Probe.Image again = probe.forward(found);
            Jacobian[] jacobians = jacobians(probe, at.count());
            for (int i = 0; i < at.count(); i++) {
                double size = 1 + largest(latent, i) + jacobians[i].norm() * (1 + largest(found.x, i));
                size *= 1 + Math.log(jacobians[i].condition());
                for (int j = 0; j < latent.length; j++) {
                    assertEquals(latent[j][i], again.values[j][i], rounding() * size, "y[" + j + "] of sample " + i);
                }
            }
        });
    }

    /// ℓ moves with x by its own derivative, for which |J| |J⁻¹| stands in.
    private static double curvature(Jacobian jacobian) {
        return 1 + jacobian.condition();
    }

    private Point draw(Trials.Trial trial) {
        RandomGenerator random = trial.random();
        float[] theta = parameters(random);
        return Point.draw(stage(), domain(), theta, trial.count(), trial.magnitude(), random);
    }

    static double largest(float[][] rows, int i) {
        double largest = 0;
        for (float[] row : rows) {
            largest = Math.max(largest, Math.abs(row[i]));
        }
        return largest;
    }

    // ---- the Jacobian ----------------------------------------------------------------------------------------------

    /// After a walk: ∂y/∂x of every sample by `dim` pullbacks.
    private Jacobian[] jacobians(Probe probe, int count) {
        int dim = stage().inputs();
        double[][][] entries = new double[count][dim][dim];
        for (int output = 0; output < dim; output++) {
            float[][] unit = new float[dim][count];
            Arrays.fill(unit[output], 1f);
            float[][] row = probe.forwardVjp(unit, new float[count]).values;
            for (int i = 0; i < count; i++) {
                for (int input = 0; input < dim; input++) {
                    entries[i][output][input] = row[input][i];
                }
            }
        }
        return Arrays.stream(entries).map(Jacobian::new).toArray(Jacobian[]::new);
    }

    /// ℓ = log |det| of the Jacobian that the pullback knows: sharp, and without differences.
    @Test
    public final void logDetIsThatOfThePulledBackJacobian() {
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(SAMPLES, random);
        Probe.Image image = probe.forward(at);
        Jacobian[] jacobians = jacobians(probe, SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            // log |det J| has derivative J⁻ᵀ: entries off by EPS |J| move it by EPS · condition · dim
            double size = 1 + Math.abs(image.logDet[i]) + at.x.length * jacobians[i].condition();
            assertEquals(jacobians[i].logDet(), image.logDet[i], rounding() * size, "log-det of sample " + i);
        }
    }

    /// ℓ = log |det| of the Jacobian that differences give: nothing but `forward` is trusted.
    @Test
    public final void logDetIsThatOfTheNumericalJacobian() {
        int dim = stage().inputs();
        assumeTrue(dim <= MOST_FEATURES, "too many features for a numerical Jacobian");
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(SAMPLES, random);
        double[][][] entries = new double[SAMPLES][dim][dim];
        double[][][] errors = new double[SAMPLES][dim][dim];
        for (int input = 0; input < dim; input++) {
            Point direction = at.alongFeature(input, domain());
            Derivative column = Derivative.of(t -> flat(probe.forward(at.moved(direction, t)).values));
            for (int output = 0; output < dim; output++) {
                for (int i = 0; i < SAMPLES; i++) {
                    double step = direction.x[input][i];
                    entries[i][output][input] = column.value[output * SAMPLES + i] / step;
                    errors[i][output][input] = column.error[output * SAMPLES + i] / step;
                }
            }
        }
        Probe.Image image = probe.forward(at);
        int vague = 0;
        for (int i = 0; i < SAMPLES; i++) {
            Jacobian jacobian = new Jacobian(entries[i]);
            Jacobian inverse = jacobian.inverse();
            double tolerance = 0;
            for (int output = 0; output < dim; output++) {
                double rounding = 4 * EPS * (1 + Math.abs(image.values[output][i])) / Derivative.SMALLEST_STEP;
                for (int input = 0; input < dim; input++) {
                    double room = direction(at, input, i);
                    tolerance +=
                            Math.abs(inverse.get(input, output)) * (10 * errors[i][output][input] + rounding / room);
                }
            }
            double off = Math.abs(jacobian.logDet() - image.logDet[i]);
            if (smooth() || Double.isNaN(off)) {
                assertEquals(jacobian.logDet(), image.logDet[i], tolerance, "log-det of sample " + i);
            }
            vague += tolerance > 0.05 || off > tolerance ? 1 : 0; // a kink nearby may fool the error estimate
        }
        assertTrue(
                vague <= INCONCLUSIVE * SAMPLES,
                vague + " of " + SAMPLES + " numerical log-dets are too rough to prove anything");
    }

    private double direction(Point at, int input, int i) {
        return at.alongFeature(input, domain()).x[input][i];
    }

    private static double[] flat(float[][] rows) {
        int count = rows[0].length;
        double[] flat = new double[rows.length * count];
        for (int j = 0; j < rows.length; j++) {
            for (int i = 0; i < count; i++) {
                flat[j * count + i] = rows[j][i];
            }
        }
        return flat;
    }

    /// ℓ is added to what other layers left there.
    @Test
    public final void logDetIsAdded() {
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(20, random);
        Probe.Image image = probe.forward(at);
        double[] before = image.logDet;
        Arrays.fill(probe.block().logDet(), 0, 32, 10.0);
        subject().forward(probe.pass());
        for (int i = 0; i < 20; i++) {
            // double sums: 10 + ℓ loses a few bits of 10
            assertEquals(10 + before[i], probe.block().logDet()[i], 1e-13 * (10 + Math.abs(before[i])));
        }
    }

    // ---- the pullback through the inverse --------------------------------------------------------------------------

    /// `forwardVjp(−gY, gℓ)` gives back −gX and the same gradients of parameters and context.
    @Test
    public final void pullbacksOfBothDirectionsAreDual() {
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(SAMPLES, random);
        int dim = at.x.length;
        probe.forward(at);
        double condition = worstCondition(probe);
        float[][] gX = gaussians(dim, SAMPLES, random);
        float[] gLogDet = gaussians(1, SAMPLES, random)[0];
        Probe.Gradient inverse = probe.inverseVjp(gX, gLogDet);
        float[][] minusGy = Point.zero(inverse.values);
        for (int j = 0; j < dim; j++) {
            for (int i = 0; i < SAMPLES; i++) {
                minusGy[j][i] = -inverse.values[j][i];
            }
        }
        Probe.Gradient forward = probe.forwardVjp(minusGy, gLogDet);
        for (int i = 0; i < SAMPLES; i++) {
            double size = condition * (1 + largest(gX, i) + largest(inverse.values, i));
            for (int j = 0; j < dim; j++) {
                assertEquals(-gX[j][i], forward.values[j][i], rounding() * size, "gX[" + j + "] of sample " + i);
            }
        }
        assertNear(inverse.context, forward.context, condition, "context gradients");
        assertNear(new float[][] {inverse.theta}, new float[][] {forward.theta}, condition, "parameter gradients");
    }

    /// An `inverseVjp` of one's own equals the generic one, which solves dim equations.
    @Test
    public final void pullbackThroughTheInverseEqualsTheGenericOne() {
        RandomGenerator random = random();
        Point at = draw(SAMPLES, random);
        float[][] gX = gaussians(at.x.length, SAMPLES, random);
        float[] gLogDet = gaussians(1, SAMPLES, random)[0];
        Probe own = probe();
        own.forward(at);
        double condition = worstCondition(own);
        Probe generic = Probe.keeping(Stage.of(new WithoutInverseVjp(subject())), kernels());
        generic.forward(at);
        Probe.Gradient expected = generic.inverseVjp(gX, gLogDet);
        Probe.Gradient actual = own.inverseVjp(gX, gLogDet);
        assertNear(expected.values, actual.values, condition, "input gradients");
        assertNear(expected.context, actual.context, condition, "context gradients");
        assertNear(new float[][] {expected.theta}, new float[][] {actual.theta}, condition, "parameter gradients");
    }

    /// A pullback after `inverse` finds what one after `forward` finds.
    @Test
    public final void eitherPullbackMayFollowEitherDirection() {
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(SAMPLES, random);
        float[][] latent = probe.forward(at).values;
        double condition = worstCondition(probe);
        Functional functional = new Functional(stage(), SAMPLES, random);
        Point found = new Point(at.count(), probe.inverse(at, latent).values, at.context, at.theta);
        Probe.Gradient forwardAfterInverse = probe.forwardVjp(functional.w, functional.v);
        probe.inverse(at, latent);
        Probe.Gradient inverseAfterInverse = probe.inverseVjp(functional.w, functional.v);
        probe.forward(found);
        Probe.Gradient forwardAfterForward = probe.forwardVjp(functional.w, functional.v);
        probe.forward(found);
        Probe.Gradient inverseAfterForward = probe.inverseVjp(functional.w, functional.v);
        assertNear(forwardAfterForward.values, forwardAfterInverse.values, condition, "gX");
        assertNear(inverseAfterForward.values, inverseAfterInverse.values, condition, "gY");
        assertNear(forwardAfterForward.context, forwardAfterInverse.context, condition, "context gradients");
        assertNear(
                new float[][] {inverseAfterForward.theta},
                new float[][] {inverseAfterInverse.theta},
                condition,
                "parameter gradients");
    }

    @Test
    public final void parameterGradientsThroughTheInverseAreAddedOrAbsent() {
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(20, random);
        float[][] gX = gaussians(at.x.length, 20, random);
        float[] gLogDet = gaussians(1, 20, random)[0];
        float[] start = gaussians(1, at.theta.length, random)[0];
        probe.forward(at);
        double condition = worstCondition(probe);
        Probe.Gradient alone = probe.inverseVjp(gX, gLogDet);
        Probe.Gradient added = probe.inverseVjp(gX, gLogDet, start, true);
        Probe.Gradient absent = probe.inverseVjp(gX, gLogDet, start, false);
        float[] sum = start.clone();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += alone.theta[k];
        }
        assertNear(new float[][] {sum}, new float[][] {added.theta}, condition, "parameter gradients");
        assertBits(alone.values, absent.values, "input gradients");
    }

    private double worstCondition(Probe probe) {
        return Arrays.stream(jacobians(probe, probe.block().count()))
                .mapToDouble(Jacobian::condition)
                .max()
                .orElse(1);
    }

    /// Relative to the largest entry, which is what a sum over lanes or features rounds to.
    private void assertNear(float[][] expected, float[][] actual, double condition, String what) {
        double size = 1;
        for (float[] row : expected) {
            for (float value : row) {
                size = Math.max(size, Math.abs(value));
            }
        }
        for (int j = 0; j < expected.length; j++) {
            for (int i = 0; i < expected[j].length; i++) {
                assertEquals(
                        expected[j][i], actual[j][i], rounding() * size * condition, what + " [" + j + "][" + i + "]");
            }
        }
    }

    // ---- the rest --------------------------------------------------------------------------------------------------

    @Test
    public final void startIsTheIdentityWhereClaimed() {
        assumeTrue(startsAsIdentity(), "not claimed");
        RandomGenerator random = random();
        float[] theta = new float[stage().parameters().size()];
        initialize(theta, 0, random);
        Point at = Point.draw(stage(), domain(), theta, 33, 1, random);
        Probe.Image image = probe().forward(at);
        for (int i = 0; i < 33; i++) {
            assertEquals(0, image.logDet[i], rounding(), "log-det of sample " + i);
            for (int j = 0; j < at.x.length; j++) {
                assertEquals(at.x[j][i], image.values[j][i], rounding() * (1 + Math.abs(at.x[j][i])), "y of " + j);
            }
        }
    }

    @Test
    public final void inverseAllocatesNothingOnceWarm() {
        Probe probe = probe();
        probe.forward(draw(32, random()));
        Bijector subject = subject();
        assertEquals(0, Allocation.bytesPerRun(() -> subject.inverse(probe.pass())), "bytes per inverse walk");
    }

    @Test
    public final void inverseInTransientWorkspaceGivesTheSameBits() {
        RandomGenerator random = random();
        Point at = draw(50, random);
        Probe keeping = probe();
        float[][] latent = keeping.forward(at).values;
        Probe.Image kept = keeping.inverse(at, latent);
        Probe.Image shared = Probe.transientOn(stage(), kernels()).inverse(at, latent);
        assertBits(kept.values, shared.values, "x");
    }

    // ---- recomputation ---------------------------------------------------------------------------------------------

    /// The map there and back, twice, so that all of it stays in its domain.
    private Chain chain() {
        Bijector part = subject();
        return Chain.of(part, new Inverted(Chain.of(part)), Chain.of(part, new Inverted(part)));
    }

    /// A chain whose parts share buffers and are computed again gives the bits of one that keeps
    /// everything: after a walk in either direction, for either pullback, a second time too.
    @Test
    public final void recomputedActivationsGiveTheSameBits() {
        RandomGenerator random = random();
        int count = 50;
        Stage chain = Stage.of(chain());
        int size = subject().parameters().size();
        float[] theta = new float[4 * size];
        for (int k = 0; k < 4; k++) {
            System.arraycopy(parameters(random), 0, theta, k * size, size);
        }
        Point at = Point.draw(chain, domain(), theta, count, 1, random);
        Probe kept = Probe.keeping(chain, kernels());
        Probe recomputed = Probe.recomputing(chain, kernels());
        assertSame(kept.forward(at), recomputed.forward(at), "forward");
        samePullbacks(kept, recomputed, count, random);
        float[][] latent = kept.forward(at).values;
        assertSame(kept.inverse(at, latent), recomputed.inverse(at, latent), "inverse");
        samePullbacks(kept, recomputed, count, random);
    }

    private void samePullbacks(Probe kept, Probe recomputed, int count, RandomGenerator random) {
        float[][] cotangents = gaussians(subject().dim(), count, random);
        float[] gLogDet = gaussians(1, count, random)[0];
        for (int time = 0; time < 2; time++) {
            assertSame(kept.forwardVjp(cotangents, gLogDet), recomputed.forwardVjp(cotangents, gLogDet), "forward");
            assertSame(kept.inverseVjp(cotangents, gLogDet), recomputed.inverseVjp(cotangents, gLogDet), "inverse");
        }
        assertArrayEquals(
                Arrays.copyOf(kept.block().logDet(), count),
                Arrays.copyOf(recomputed.block().logDet(), count),
                "log-det after the pullbacks");
    }

    private static void assertSame(Probe.Image expected, Probe.Image actual, String what) {
        assertBits(expected.values, actual.values, what + ": results");
        assertArrayEquals(expected.logDet, actual.logDet, what + ": log-det");
    }

    private static void assertSame(Probe.Gradient expected, Probe.Gradient actual, String what) {
        assertBits(expected.values, actual.values, what + " pullback: gradients of an end");
        assertBits(expected.context, actual.context, what + " pullback: context gradients");
        assertArrayEquals(expected.theta, actual.theta, what + " pullback: parameter gradients");
    }

    /// The bijector without its `inverseVjp`, so that the default stands in.
    private record WithoutInverseVjp(Bijector inner) implements Bijector {
        @Override
        public int dim() {
            return inner.dim();
        }

        @Override
        public int contextDim() {
            return inner.contextDim();
        }

        @Override
        public ParameterLayout parameters() {
            return inner.parameters();
        }

        @Override
        public Pass place(Workspace w, int x, int y, int theta) {
            return inner.place(w, x, y, theta);
        }

        @Override
        public void forward(Pass p) {
            inner.forward(p);
        }

        @Override
        public void inverse(Pass p) {
            inner.inverse(p);
        }

        @Override
        public void forwardVjp(Pass p, Pullback g) {
            inner.forwardVjp(p, g);
        }
    }
}
