package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluvial.Block;
import io.fluvial.Lane;
import io.fluvial.ScalarBijector;
import io.fluvial.Workspace;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.kernel.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Everything a [ScalarBijector] promises. A test of your own map is one line:
///
/// ```java
/// class MyMapTest extends ScalarBijectorContract {
///     protected ScalarBijector subject() { return new MyMap(); }
/// }
/// ```
public abstract class ScalarBijectorContract {

    private static final double EPS = GradientContract.EPS;
    private static final int POINTS = 200;

    /// The map under test; every call makes an equal one.
    protected abstract ScalarBijector subject();

    /// Where x may be; outside of it the log-derivative is −∞.
    protected Domain domain() {
        return Domain.real();
    }

    /// Whether φ = 0 gives y = x.
    protected boolean startsAsIdentity() {
        return true;
    }

    /// Whether f and log f′ have two continuous derivatives in x and φ. Where they do not,
    /// differences across a kink say nothing, so a third of them may disagree.
    protected boolean smooth() {
        return true;
    }

    /// Size of the φ to test at: they are drawn around 0 with this deviation.
    protected double parameterScale() {
        return 0.7;
    }

    /// How many times more than a few roundings a result may be off, for maps that solve an equation.
    protected double slack() {
        return 1;
    }

    private double rounding() {
        return GradientContract.ROUNDINGS * EPS * slack();
    }

    /// The map at one place, with φ and its gradient.
    private final class One {
        final ScalarBijector map = subject();
        final float[] phi = new float[map.parameterCount()];
        final float[] gPhi = new float[phi.length];
        final Lane lane = new Lane(phi, gPhi, 1).at(0);

        float forward(float x) {
            return map.forward(x, lane);
        }

        float inverse(float y) {
            return map.inverse(y, lane);
        }

        double logDerivative() {
            return lane.logDerivative();
        }

        double logDerivativeAfterInverse(float y) {
            inverse(y);
            return logDerivative();
        }
    }

    /// Draws φ and x and looks at each.
    private void everywhere(long seed, Look look) {
        RandomGenerator random = new SplittableRandom(seed);
        One one = new One();
        for (int k = 0; k < POINTS; k++) {
            for (int p = 0; p < one.phi.length; p++) {
                one.phi[p] = Domain.onGrid(parameterScale() * random.nextGaussian());
            }
            look.at(one, domain().draw(random, 1), random);
        }
    }

    @FunctionalInterface
    private interface Look {
        void at(One one, float x, RandomGenerator random);
    }

    @Test
    public final void isIncreasing() {
        everywhere(1, (one, x, random) -> {
            float y = one.forward(x);
            double slope = Math.exp(one.logDerivative());
            double step = 0.05 * domain().room(x);
            float above = one.forward((float) (x + step));
            float below = one.forward((float) (x - step));
            double seen = rounding() * (1 + Math.abs(y));
            assertTrue(above >= y && y >= below, "f falls near " + x + ": " + below + ", " + y + ", " + above);
            assertTrue(above > below || slope * step < seen, "f is flat near " + x);
        });
    }

    @Test
    public final void inverseOfForwardIsIdentity() {
        everywhere(2, (one, x, random) -> {
            float y = one.forward(x);
            double logDerivative = one.logDerivative();
            float back = one.inverse(y);
            // y is off by EPS · (1 + |y|), which the inverse divides by f′
            double size = 1 + Math.abs(x) + (1 + Math.abs(y)) / Math.exp(logDerivative);
            assertEquals(x, back, rounding() * size, "x");
            double steepness = Math.abs(slopeOfLogDerivative(one, x));
            assertEquals(
                    logDerivative,
                    one.logDerivativeAfterInverse(y),
                    rounding() * (1 + Math.abs(logDerivative) + steepness * size),
                    "log f′ at " + x + " from both ends");
        });
    }

    private static double slopeOfLogDerivative(One one, float x) {
        return one.map.forwardVjp(x, 0f, 1f, one.lane);
    }

    @Test
    public final void logDerivativeIsThatOfDifferences() {
        Agreement agreement = new Agreement();
        everywhere(3, (one, x, random) -> {
            float y = one.forward(x);
            double logDerivative = one.logDerivative();
            double room = power(domain().room(x));
            Derivative slope = Derivative.of(t -> new double[] {one.forward((float) (x + t * room))});
            double tolerance = 10 * slope.error[0] + 4 * EPS * (1 + Math.abs(y)) / Derivative.SMALLEST_STEP;
            agreement.check(slope.value[0], Math.exp(logDerivative) * room, tolerance, "f′ at " + x);
        });
        agreement.checkShare();
    }

    private static double power(double room) {
        return Math.scalb(1, Math.getExponent(room));
    }

    @Test
    public final void gradientInXIsThatOfDifferences() {
        Agreement agreement = new Agreement();
        everywhere(4, (one, x, random) -> {
            float gY = (float) random.nextGaussian();
            float gLogDet = (float) random.nextGaussian();
            double room = power(domain().room(x));
            Derivative slope = Derivative.of(t -> loss(one, (float) (x + t * room), gY, gLogDet));
            double gX = one.map.forwardVjp(x, gY, gLogDet, one.lane);
            agreement.check(slope.value[0], gX * room, tolerance(slope, one, x), "gX at " + x);
        });
        agreement.checkShare();
    }

    private static double[] loss(One one, float x, float gY, float gLogDet) {
        double y = one.forward(x);
        return new double[] {gY * y + gLogDet * one.logDerivative()};
    }

    private static double tolerance(Derivative slope, One one, float x) {
        double size = 1 + Math.abs(one.forward(x)) + Math.abs(one.logDerivative());
        return 10 * slope.error[0] + 8 * EPS * size / Derivative.SMALLEST_STEP;
    }

    @Test
    public final void gradientInParametersIsThatOfDifferences() {
        assumeTrue(subject().parameterCount() > 0, "no parameters");
        Agreement agreement = new Agreement();
        everywhere(5, (one, x, random) -> {
            float gY = (float) random.nextGaussian();
            float gLogDet = (float) random.nextGaussian();
            for (int p = 0; p < one.phi.length; p++) {
                int k = p;
                float start = one.phi[k];
                Derivative slope = Derivative.of(t -> {
                    one.phi[k] = (float) (start + t);
                    return loss(one, x, gY, gLogDet);
                });
                one.phi[k] = start;
                Arrays.fill(one.gPhi, Float.NaN); // overwritten, not added to
                one.map.forwardVjp(x, gY, gLogDet, one.lane);
                agreement.check(
                        slope.value[0], one.gPhi[k], tolerance(slope, one, x), "gradient of φ" + k + " at " + x);
            }
        });
        agreement.checkShare();
    }

    /// Where the map is smooth, every comparison must hold; elsewhere two of three.
    private final class Agreement {
        private int asked;
        private int failed;

        void check(double differences, double pullback, double tolerance, String what) {
            asked++;
            if (smooth() || Double.isNaN(pullback)) {
                assertEquals(differences, pullback, tolerance, what);
            } else if (Math.abs(differences - pullback) > tolerance) {
                failed++;
            }
        }

        void checkShare() {
            assertTrue(3 * failed <= asked, failed + " of " + asked + " gradients disagree with differences");
        }
    }

    @Test
    public final void pullbackIsLinearInTheCotangents() {
        everywhere(6, (one, x, random) -> {
            float gY = (float) random.nextGaussian();
            float gLogDet = (float) random.nextGaussian();
            double first = one.map.forwardVjp(x, gY, 0f, one.lane);
            double second = one.map.forwardVjp(x, 0f, gLogDet, one.lane);
            double both = one.map.forwardVjp(x, gY, gLogDet, one.lane);
            assertEquals(first + second, both, rounding() * (Math.abs(first) + Math.abs(second) + 1e-3));
            one.forward(x);
            double slope = Math.exp(one.logDerivative());
            assertEquals(gY * slope, first, rounding() * slope * Math.abs(gY), "gY · f′");
        });
    }

    @Test
    public final void zeroParametersAreTheIdentityWhereClaimed() {
        assumeTrue(startsAsIdentity(), "not claimed");
        RandomGenerator random = new SplittableRandom(7);
        One one = new One();
        for (int k = 0; k < POINTS; k++) {
            float x = domain().draw(random, 1);
            assertEquals(x, one.forward(x), 4 * EPS * (1 + Math.abs(x)));
            assertEquals(0, one.logDerivative(), 4 * EPS);
        }
    }

    @Test
    public final void nanStaysNan() {
        everywhere(8, (one, x, random) -> {
            assertTrue(Float.isNaN(one.forward(Float.NaN)), "y of NaN");
            assertTrue(Float.isNaN(one.inverse(Float.NaN)), "x of NaN");
            for (int p = 0; p < one.phi.length; p++) {
                float kept = one.phi[p];
                one.phi[p] = Float.NaN;
                float y = one.forward(x);
                assertTrue(Float.isNaN(y) || Double.isNaN(one.logDerivative()), "a NaN in φ" + p + " vanished");
                one.phi[p] = kept;
            }
        });
    }

    @Test
    public final void outsideOfTheSupportTheLogDerivativeIsMinusInfinity() {
        Domain support = domain();
        assumeTrue(support.low() > Double.NEGATIVE_INFINITY || support.high() < Double.POSITIVE_INFINITY, "no bounds");
        everywhere(9, (one, x, random) -> {
            double distance = random.nextInt(3); // 0: the end itself
            if (support.low() > Double.NEGATIVE_INFINITY) {
                checkOutside(one, (float) (support.low() - distance));
            }
            if (support.high() < Double.POSITIVE_INFINITY) {
                checkOutside(one, (float) (support.high() + distance));
            }
        });
    }

    private static void checkOutside(One one, float x) {
        float y = one.forward(x);
        assertEquals(Double.NEGATIVE_INFINITY, one.logDerivative(), "log f′ at " + x);
        assertTrue(Float.isFinite(y), "y at " + x + " is " + y);
        assertTrue(Float.isFinite(one.map.forwardVjp(x, 1f, 1f, one.lane)), "gX at " + x);
    }

    @Test
    public final void columnsEqualTheScalarForm() {
        compareColumns(Kernels.scalar(), 0);
    }

    /// Vector kernels may round an exp or a log differently, nothing else.
    @Test
    public final void bestColumnsEqualTheScalarForm() {
        compareColumns(Kernels.best(), rounding());
    }

    private void compareColumns(Kernels kernels, double tolerance) {
        RandomGenerator random = new SplittableRandom(10);
        int lanes = 128;
        int n = 112;
        One one = new One();
        Workspace w = Workspace.keepingFor(lanes, 0);
        int x = w.rows(1);
        int y = w.rows(1);
        int back = w.rows(1);
        int phi = w.rows(one.phi.length);
        Block block = w.allocate(kernels);
        ColumnKernel column = block.column(one.map);
        float[] d = block.data();
        float[] g = new float[d.length];
        float[] gLogDet = new float[lanes];
        for (int i = 0; i < lanes; i++) {
            d[x + i] = domain().draw(random, 1);
            g[y + i] = (float) random.nextGaussian();
            gLogDet[i] = (float) random.nextGaussian();
            for (int p = 0; p < one.phi.length; p++) {
                d[phi + p * lanes + i] = (float) (parameterScale() * random.nextGaussian());
            }
        }
        double[] forward = new double[lanes];
        double[] inverse = new double[lanes];
        column.forward(d, x, y, phi, lanes, forward, n);
        column.inverse(d, y, back, phi, lanes, inverse, n);
        column.forwardVjp(d, g, gLogDet, x, y, phi, lanes, n);
        for (int i = 0; i < n; i++) {
            for (int p = 0; p < one.phi.length; p++) {
                one.phi[p] = d[phi + p * lanes + i];
            }
            String lane = " of lane " + i;
            float expected = one.forward(d[x + i]);
            double logDerivative = one.logDerivative();
            double slope = Math.exp(logDerivative);
            double logSize = 1 + Math.abs(logDerivative);
            assertEquals(expected, d[y + i], tolerance * (1 + Math.abs(expected)), "y" + lane);
            assertEquals(logDerivative, forward[i], tolerance * logSize, "log f′" + lane);
            float found = one.inverse(d[y + i]);
            double size = 1 + Math.abs(found) + (1 + Math.abs(d[y + i])) / slope;
            assertEquals(found, d[back + i], tolerance * size, "x" + lane);
            double steepness = Math.abs(slopeOfLogDerivative(one, d[x + i]));
            one.inverse(d[y + i]);
            assertEquals(
                    one.logDerivative(), inverse[i], tolerance * (logSize + steepness * size), "log f′ back" + lane);
            float gX = one.map.forwardVjp(d[x + i], g[y + i], gLogDet[i], one.lane);
            double gSize = 1 + slope * Math.abs(g[y + i]) + Math.abs(gX) + steepness;
            assertEquals(gX, g[x + i], tolerance * gSize, "gX" + lane);
            for (int p = 0; p < one.phi.length; p++) {
                double pSize = 1 + Math.abs(one.gPhi[p]) + slope * Math.abs(d[x + i] * g[y + i]);
                assertEquals(one.gPhi[p], g[phi + p * lanes + i], tolerance * pSize, "gradient of φ" + p + lane);
            }
        }
        assertEquals(0.0, forward[n], 0.0, "lanes past n are left alone");
        assertEquals(0f, d[y + n], 0f, "lanes past n are left alone");
    }

    @Test
    public final void equalDescriptionsAreEqual() {
        assertEquals(subject(), subject());
        assertEquals(subject().hashCode(), subject().hashCode());
        assertEquals(subject().toString(), subject().toString());
        assertTrue(!subject().toString().contains("@"), "toString shows an identity: " + subject());
    }
}
