package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluvial.constraint.Constraint;
import io.fluvial.distribution.Parameterized;
import io.fluvial.distribution.ScalarDistribution;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Everything a [ScalarDistribution] promises, continuous or on whole numbers. A test of your own is one line:
///
/// ```java
/// class MyDistributionTest extends ScalarDistributionContract {
///     protected ScalarDistribution subject() { return MyDistribution.of(3); }
/// }
/// ```
///
/// The density is integrated (or the probabilities summed) between quantiles of 1e-300 to 1 − 1e-300; so the
/// distribution function is trusted only where it agrees with the density.
public abstract class ScalarDistributionContract {

    /// What may be infinite or not exist.
    public enum Moment {
        MEAN,
        VARIANCE,
        ENTROPY
    }

    /// Of integrals against differences of the distribution function: log p of −700 has 1e-13 of rounding, a
    /// difference of two values loses up to two digits, and a few of the special functions one more.
    private static final double INTEGRAL = 1e-9;

    /// Of a probability relative to itself.
    private static final double PROBABILITY = 1e-12;

    private static final int DRAWS = 20_000;

    /// Kolmogorov's √n · D: above 2.7 with probability 2 exp(−2 · 2.7²) = 9e-7.
    private static final double KOLMOGOROV = 2.7;

    /// A standard normal is above this with probability 1e-6.
    private static final double MILLIONTH = 4.7534;

    /// The distribution under test; every call makes an equal one.
    protected abstract ScalarDistribution subject();

    /// Moments that are infinite, NaN, or refused: everything else is compared with an integral.
    protected Set<Moment> without() {
        return EnumSet.noneOf(Moment.class);
    }

    /// How many times more than a few roundings a probability may be off.
    protected double slack() {
        return 1;
    }

    /// Where random cases and draws start.
    protected long seed() {
        return 1;
    }

    private boolean discrete() {
        return subject().support().isDiscrete();
    }

    // ---- density and distribution function -------------------------------------------------------------------------

    @Test
    public final void distributionFunctionIsTheIntegralOfTheDensity() {
        ScalarDistribution d = subject();
        Landmarks landmarks = Landmarks.of(d);
        double[] points = landmarks.places(); // quantiles may lie where rounding of probabilities jumps
        double tested = 0;
        for (int k = 1; k < points.length; k++) {
            double mass = landmarks.mass(points[k - 1], points[k]);
            double density = Math.exp(Math.max(d.logProb(points[k - 1]), d.logProb(points[k])));
            boolean representable = mass > Double.MIN_NORMAL && density > Double.MIN_NORMAL / Math.ulp(1.0);
            if (representable && landmarks.resolved(points[k - 1], points[k])) {
                double integral = total(d, landmarks, points[k - 1], points[k], x -> 1);
                double allowed = INTEGRAL * slack() * mass + landmarks.rounding(points[k - 1], points[k]);
                assertEquals(mass, integral, allowed, "P(" + points[k - 1] + " < X ≤ " + points[k] + ")");
                tested++;
            }
        }
        assertTrue(tested > 0 || points.length <= 1, "no interval could be integrated");
    }

    @Test
    public final void densityIntegratesToOne() {
        assertEquals(1, expectation(x -> 1), INTEGRAL * slack());
    }

    @Test
    public final void cdfAndSurvivalAddToOne() {
        ScalarDistribution d = subject();
        for (double x : Landmarks.of(d).places()) {
            assertEquals(1, d.cdf(x) + d.survival(x), 1e-13 * slack(), "at " + x);
        }
    }

    @Test
    public final void cdfIsMonotoneAndEndsAtZeroAndOne() {
        ScalarDistribution d = subject();
        double cdf = 0;
        double survival = 1;
        for (double x : Landmarks.of(d).places()) {
            // special functions need not be monotone in their last bits
            assertTrue(d.cdf(x) >= cdf * (1 - PROBABILITY * slack()), "cdf falls before " + x);
            assertTrue(d.survival(x) <= survival * (1 + PROBABILITY * slack()), "survival rises before " + x);
            cdf = d.cdf(x);
            survival = d.survival(x);
        }
        assertEnd(d, Double.NEGATIVE_INFINITY, 0);
        assertEnd(d, Double.POSITIVE_INFINITY, 1);
        Landmarks landmarks = Landmarks.of(d);
        if (Double.isFinite(landmarks.lower)) {
            assertEnd(d, Math.nextDown(landmarks.lower), 0);
            assertEnd(d, landmarks.lower - 1.5, 0);
        }
        if (Double.isFinite(landmarks.upper)) {
            assertEnd(d, Math.nextUp(landmarks.upper), 1);
            assertEnd(d, landmarks.upper + 1.5, 1);
            assertEnd(d, landmarks.upper, 1);
        }
    }

    private static void assertEnd(ScalarDistribution d, double x, double cdf) {
        assertEquals(cdf, d.cdf(x) + 0.0, "cdf(" + x + ")");
        assertEquals(1 - cdf, d.survival(x) + 0.0, "survival(" + x + ")");
    }

    // ---- quantiles -------------------------------------------------------------------------------------------------

    @Test
    public final void quantileIsTheSmallestThatReachesItsProbability() {
        ScalarDistribution d = subject();
        double location = location(d);
        for (double p : new double[] {1e-200, 1e-20, 1e-5, 0.02, 0.25, 0.5, 0.75, 0.98, 1 - 0x1p-40}) {
            double x = d.quantile(p);
            if (Double.isFinite(x)) { // else it is larger than a double
                assertReaches(d.cdf(next(x, 1, location)), p, "quantile(" + p + ") = " + x);
                assertMisses(d.cdf(next(x, -1, location)), p, "quantile(" + p + ") = " + x);
            }
            x = d.survivalQuantile(p);
            if (Double.isFinite(x)) { // survival falls: smallest x with survival ≤ p
                assertMisses(d.survival(next(x, 1, location)), p, "survivalQuantile(" + p + ") = " + x);
                assertReaches(d.survival(next(x, -1, location)), p, "survivalQuantile(" + p + ") = " + x);
            }
        }
    }

    private void assertReaches(double probability, double p, String what) {
        assertTrue(probability >= p * (1 - PROBABILITY * slack()), what + " does not reach it: " + probability);
    }

    private void assertMisses(double probability, double p, String what) {
        assertTrue(probability <= p * (1 + PROBABILITY * slack()), what + " is too far: " + probability);
    }

    /// Whole numbers: x itself or the one before. Else x moved by the rounding of x, or of the location it is near.
    private double next(double x, int direction, double location) {
        if (discrete()) {
            return direction > 0 ? x : x - 1;
        }
        return x + direction * (4 * Math.ulp(Math.max(Math.abs(x), location)) + Double.MIN_VALUE);
    }

    /// What x is measured from, whose rounding it carries: nothing where the support starts at 0, else the median.
    private static double location(ScalarDistribution d) {
        boolean scales = d.quantile(0) == 0 || d.quantile(1) == 0;
        return scales ? 0 : Math.abs(d.quantile(0.5));
    }

    @Test
    public final void quantileOfCdfIsIdentity() {
        ScalarDistribution d = subject();
        double location = location(d);
        for (double x : Landmarks.of(d).places()) {
            double density = Math.exp(d.logProb(x));
            boolean low = d.cdf(x) <= 0.5;
            double p = low ? d.cdf(x) : d.survival(x);
            if (!(p > Double.MIN_NORMAL) || !(density > 0)) {
                continue; // probabilities have lost their digits, or x lies in a gap
            }
            double back = low ? d.quantile(p) : d.survivalQuantile(p);
            if (discrete()) {
                assertEquals(x, back, "quantile of " + p);
            } else {
                double allowed = PROBABILITY * slack() * p / density + 8 * Math.ulp(Math.max(Math.abs(x), location));
                assertEquals(x, back, allowed, (low ? "quantile of " : "survivalQuantile of ") + p);
            }
        }
    }

    @Test
    public final void quantilesAtTheEndsAndOutside() {
        ScalarDistribution d = subject();
        Landmarks landmarks = Landmarks.of(d);
        assertEquals(landmarks.lower, d.quantile(0));
        assertEquals(landmarks.upper, d.quantile(1));
        assertEquals(landmarks.lower, d.survivalQuantile(1));
        assertEquals(landmarks.upper, d.survivalQuantile(0));
        for (double p : new double[] {Double.NaN, -Double.MIN_VALUE, Math.nextUp(1.0), 2, -1}) {
            assertTrue(Double.isNaN(d.quantile(p)), "quantile(" + p + ")");
            assertTrue(Double.isNaN(d.survivalQuantile(p)), "survivalQuantile(" + p + ")");
        }
    }

    // ---- support ---------------------------------------------------------------------------------------------------

    @Test
    public final void densityOutsideOfTheSupportIsZero() {
        ScalarDistribution d = subject();
        Landmarks landmarks = Landmarks.of(d);
        double[] outside = {
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Math.nextDown(landmarks.lower),
            Math.nextUp(landmarks.upper),
            landmarks.lower - 1.5,
            landmarks.upper + 1.5,
            discrete() ? d.quantile(0.5) + 0.5 : Double.NEGATIVE_INFINITY
        };
        for (double x : outside) {
            assertFalse(d.support().contains(x), "the support holds " + x);
            assertEquals(Double.NEGATIVE_INFINITY, d.logProb(x), "logProb(" + x + ")");
            if (!discrete()) {
                assertTrue(Double.isNaN(d.gradient(x)), "gradient(" + x + ") is " + d.gradient(x));
            }
            if (d instanceof Parameterized<?> parameterized) {
                double[] gTheta = new double[parameterized.parameters().length];
                parameterized.parameterGradient(new double[] {x}, gTheta);
                for (double g : gTheta) {
                    assertTrue(Double.isNaN(g), "parameter gradient at " + x + " is " + Arrays.toString(gTheta));
                }
            }
        }
        for (double x : landmarks.places()) {
            assertTrue(d.support().contains(x), "the support lacks " + x);
        }
    }

    @Test
    public final void nanStaysNan() {
        ScalarDistribution d = subject();
        assertTrue(Double.isNaN(d.logProb(Double.NaN)), "logProb");
        assertTrue(Double.isNaN(d.cdf(Double.NaN)), "cdf");
        assertTrue(Double.isNaN(d.survival(Double.NaN)), "survival");
        if (!discrete()) {
            assertTrue(Double.isNaN(d.gradient(Double.NaN)), "gradient");
        }
        if (d instanceof Parameterized<?> parameterized) {
            double[] gTheta = new double[parameterized.parameters().length];
            parameterized.parameterGradient(new double[] {Double.NaN}, gTheta);
            for (double g : gTheta) {
                assertTrue(Double.isNaN(g), "parameter gradient");
            }
        }
    }

    // ---- moments ---------------------------------------------------------------------------------------------------

    @Test
    public final void meanIsTheIntegral() {
        double mean = moment(Moment.MEAN);
        double allowed = INTEGRAL * slack() * expectation(Math::abs) + unresolved(Math::abs);
        assertEquals(expectation(x -> x), mean, allowed);
    }

    @Test
    public final void varianceIsTheIntegral() {
        double variance = moment(Moment.VARIANCE);
        double mean = subject().mean();
        // what rounding of x and of the mean leaves of the square
        double size = variance + Math.ulp(mean) * Math.abs(mean);
        DoubleUnaryOperator square = x -> (x - mean) * (x - mean);
        double allowed = INTEGRAL * slack() * size + unresolved(square);
        assertEquals(expectation(square), variance, allowed);
        assertEquals(Math.sqrt(variance), subject().standardDeviation(), 2 * Math.ulp(Math.sqrt(variance)));
    }

    @Test
    public final void entropyIsTheIntegral() {
        double entropy = moment(Moment.ENTROPY);
        ScalarDistribution d = subject();
        assumeTrue(unresolved(x -> 1) < 1e-3, "much of the probability lies between doubles");
        DoubleUnaryOperator surprise = x -> Double.isInfinite(d.logProb(x)) ? 0 : -d.logProb(x);
        DoubleUnaryOperator size = x -> 1 + Math.abs(surprise.applyAsDouble(x));
        double allowed = INTEGRAL * slack() * expectation(size) + unresolved(size);
        // 1 more, and less again: the rounding of log p ≈ 0 cannot be integrated to 12 digits
        assertEquals(expectation(x -> 1 + surprise.applyAsDouble(x)) - 1, entropy, allowed);
    }

    private double moment(Moment which) {
        boolean absent = without().contains(which);
        if (!absent) {
            double value = value(which);
            assertTrue(Double.isFinite(value), which + " is " + value);
            return value;
        }
        try {
            assertFalse(Double.isFinite(value(which)), which + " is finite after all");
        } catch (UnsupportedOperationException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank(), "a refusal says what to do");
        }
        assumeFalse(absent, which + " is not finite, or refused, as it should");
        return Double.NaN;
    }

    private double value(Moment which) {
        return switch (which) {
            case MEAN -> subject().mean();
            case VARIANCE -> subject().variance();
            case ENTROPY -> subject().entropy();
        };
    }

    /// E(f(X)). What lies between doubles or in the last 1e-300 is taken as a point.
    private double expectation(DoubleUnaryOperator f) {
        ScalarDistribution d = subject();
        Landmarks landmarks = Landmarks.of(d);
        double[] points = landmarks.points();
        double sum = 0;
        for (int k = 1; k < points.length; k++) {
            if (landmarks.resolved(points[k - 1], points[k])) {
                sum += total(d, landmarks, points[k - 1], points[k], f);
            }
        }
        return sum + atPoints(f);
    }

    /// The part of E(f(X)) that sits between doubles, so that its integral says nothing: at most f at the ends.
    private double unresolved(DoubleUnaryOperator f) {
        Landmarks landmarks = Landmarks.of(subject());
        double[] points = landmarks.points();
        ScalarDistribution d = subject();
        double beyond = part(d.cdf(points[0]), f, landmarks.lower)
                + part(d.survival(points[points.length - 1]), f, landmarks.upper);
        return discrete() ? 0 : atPoints(f) + (Double.isFinite(beyond) ? beyond : 0);
    }

    private double atPoints(DoubleUnaryOperator f) {
        ScalarDistribution d = subject();
        Landmarks landmarks = Landmarks.of(d);
        double[] points = landmarks.points();
        double first = points[0];
        double last = points[points.length - 1];
        double sum = part(d.cdf(first), f, first) + part(d.survival(last), f, last);
        for (int k = 1; k < points.length; k++) {
            if (!landmarks.resolved(points[k - 1], points[k])) {
                sum += part(landmarks.mass(points[k - 1], points[k]), f, points[k]);
            }
        }
        return sum;
    }

    private static double part(double mass, DoubleUnaryOperator f, double x) {
        return mass == 0 ? 0 : mass * f.applyAsDouble(x);
    }

    /// ∫ f p over low < x ≤ high, or the sum.
    private static double total(
            ScalarDistribution d, Landmarks landmarks, double low, double high, DoubleUnaryOperator f) {
        DoubleUnaryOperator weighed = x -> {
            double density = Math.exp(d.logProb(x));
            return density == 0 ? 0 : density * f.applyAsDouble(x);
        };
        if (!d.support().isDiscrete()) {
            return GaussKronrod.integrate(weighed, low, high, landmarks.lower, landmarks.upper);
        }
        double sum = 0;
        for (double x = low + 1; x <= high; x++) {
            sum += weighed.applyAsDouble(x);
        }
        return sum;
    }

    @Test
    public final void densityIsHighestAtTheMode() {
        ScalarDistribution d = subject();
        double mode = d.mode();
        double step = discrete() ? 1 : 4 * Math.ulp(mode);
        double highest = Math.max(d.logProb(mode), Math.max(d.logProb(mode - step), d.logProb(mode + step)));
        assertFalse(Double.isNaN(highest), "mode " + mode + " has no density");
        for (double x : Landmarks.of(d).places()) {
            // where the density is flat, its logarithm is off by its own rounding
            double rounding = 1e-13 * slack() * (1 + Math.abs(highest));
            assertTrue(d.logProb(x) <= highest + rounding, x + " has a higher density than the mode " + mode);
        }
    }

    // ---- gradients -------------------------------------------------------------------------------------------------

    @Test
    public final void gradientIsTheDerivative() {
        assumeFalse(discrete(), "no gradient on whole numbers");
        ScalarDistribution d = subject();
        Landmarks landmarks = Landmarks.of(d);
        double[] points = landmarks.points();
        FiniteDifferences differences = new FiniteDifferences();
        double[] between = landmarks.between();
        for (int k = 0; k < between.length; k++) {
            double x = between[k];
            double step = 0.4 * (points[k + 1] - points[k]);
            if (landmarks.resolved(points[k], points[k + 1])) {
                double slope = d.gradient(x);
                double noise = Math.abs(slope) * Math.ulp(x);
                differences.check(h -> d.logProb(x + h), step, noise, slope, "gradient at " + x);
            }
        }
        differences.assertConclusive();
        double[] gX = new double[1];
        double x = d.quantile(0.3);
        d.gradient(new double[] {x}, gX);
        assertEquals(d.gradient(x), gX[0], 0);
    }

    @Test
    public final void parameterGradientIsTheDerivative() {
        Parameterized<?> d = parameterized();
        Constraint space = d.parameterSpace();
        double[] theta = d.parameters();
        double[] gTheta = new double[theta.length];
        Landmarks landmarks = Landmarks.of(subject());
        FiniteDifferences differences = new FiniteDifferences();
        for (double place : discrete() ? landmarks.points() : landmarks.between()) {
            double[] x = {place};
            if (Double.isInfinite(d.logProb(x))) {
                continue;
            }
            d.parameterGradient(x, gTheta);
            for (int k = 0; k < theta.length; k++) {
                double step = theta[k] == 0 ? 1 : Math.abs(theta[k]);
                double noise = Math.abs(gTheta[k]) * Math.ulp(theta[k])
                        + (discrete() ? 0 : Math.abs(subject().gradient(place)) * Math.ulp(place));
                Direction alone = new Direction(d, space, k, -1);
                Direction pair = new Direction(d, space, k, (k + 1) % theta.length);
                if (alone.fits(step)) {
                    differences.check(
                            h -> alone.at(h).logProb(x), alone.room(step, x), noise, gTheta[k], alone + " at " + place);
                } else if (pair.fits(step)) {
                    double slope = gTheta[k] - gTheta[(k + 1) % theta.length];
                    differences.check(
                            h -> pair.at(h).logProb(x), pair.room(step, x), noise, slope, pair + " at " + place);
                }
            }
        }
        differences.assertConclusive();
    }

    /// θ moved along one number, or against another one where the sum is fixed.
    private record Direction(Parameterized<?> d, Constraint space, int up, int down) {

        double[] moved(double h) {
            double[] moved = d.parameters();
            moved[up] += h;
            if (down >= 0) {
                moved[down] -= h;
            }
            return moved;
        }

        io.fluvial.distribution.Distribution at(double h) {
            return d.withParameters(moved(h));
        }

        boolean fits(double step) {
            double small = step * 1e-3;
            return up != down && space.contains(moved(small)) && space.contains(moved(-small));
        }

        /// The longest step of a few that stays where parameters live and the density is positive.
        double room(double step, double[] x) {
            double h = 0.5 * step;
            for (int k = 0; k < 60 && !(stays(h, x) && stays(-h, x)); k++) {
                h /= 2;
            }
            return h;
        }

        private boolean stays(double h, double[] x) {
            try {
                return space.contains(moved(h)) && Double.isFinite(at(h).logProb(x));
            } catch (IllegalArgumentException refused) { // by a rule between parameters
                return false;
            }
        }

        @Override
        public String toString() {
            return "gradient by parameter " + up + (down < 0 ? "" : " against " + down);
        }
    }

    private Parameterized<?> parameterized() {
        ScalarDistribution d = subject();
        assumeTrue(d instanceof Parameterized<?>, "no parameters");
        return (Parameterized<?>) d;
    }

    @Test
    public final void sameParametersMakeAnEqualDistribution() {
        ScalarDistribution d = subject();
        assertEquals(d, subject());
        assertEquals(d.hashCode(), subject().hashCode());
        Parameterized<?> parameterized = parameterized();
        double[] theta = parameterized.parameters();
        assertEquals(d, parameterized.withParameters(theta));
        assertNull(parameterized.parameterSpace().violation(theta));
        double[] longer = Arrays.copyOf(theta, theta.length + 1);
        assertThrows(IllegalArgumentException.class, () -> parameterized.withParameters(longer));
        double[] nan = theta.clone();
        Arrays.fill(nan, Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> parameterized.withParameters(nan));
    }

    // ---- batches and draws -----------------------------------------------------------------------------------------

    @Test
    public final void batchAndSingleFormsAgree() {
        ScalarDistribution d = subject();
        double[] x = Landmarks.of(d).places();
        double[] out = new double[x.length];
        d.logProb(x, x.length, out);
        for (int i = 0; i < x.length; i++) {
            assertEquals(d.logProb(x[i]), out[i], 0, "lane " + i);
            assertEquals(d.logProb(x[i]), d.logProb(new double[] {x[i]}), 0, "event " + i);
        }
        double[] moment = new double[1];
        d.mode(moment);
        assertEquals(d.mode(), moment[0]);
    }

    @Test
    public final void otherSizesAreRefused() {
        ScalarDistribution d = subject();
        double[] one = {d.quantile(0.5)};
        double[] two = {one[0], one[0]};
        refused(() -> d.logProb(two));
        refused(() -> d.logProb(two, 1, new double[1]));
        refused(() -> d.logProb(one, 1, two.clone()));
        refused(() -> d.logProb(new double[0], 1 << 30, new double[0]));
        refused(() -> d.sample(new SplittableRandom(seed()), two.clone()));
        refused(() -> d.sample(new SplittableRandom(seed()), two.clone(), 1));
        if (!discrete()) {
            refused(() -> d.gradient(two, new double[1]));
            refused(() -> d.gradient(one, new double[2]));
        }
        if (!without().contains(Moment.MEAN)) {
            refused(() -> d.mean(two.clone()));
        }
        if (!without().contains(Moment.VARIANCE)) {
            refused(() -> d.variance(two.clone()));
        }
        refused(() -> d.mode(two.clone()));
        if (d instanceof Parameterized<?> parameterized) {
            refused(() -> parameterized.parameterGradient(two, new double[parameterized.parameters().length]));
        }
    }

    private static void refused(Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message != null && message.contains("expected"), message);
    }

    @Test
    public final void drawsAreInTheSupportAndDependOnTheSeedAlone() {
        ScalarDistribution d = subject();
        double[] first = draws(1000);
        assertArrayEquals(first, draws(1000));
        for (double x : first) {
            assertTrue(d.support().contains(x), "drew " + x);
            assertTrue(d.logProb(x) > Double.NEGATIVE_INFINITY || x == d.quantile(0), "drew " + x + " without density");
        }
        double single = d.sample(new SplittableRandom(seed()));
        assertTrue(d.support().contains(single), "drew " + single);
    }

    /// n = 20 000. Continuous: Kolmogorov–Smirnov, √n D < 2.7, false alarm 9e-7. Whole numbers: chi-square on up to
    /// 40 classes of at least 20 expected, limit by Wilson and Hilferty (1931), false alarm 1e-6.
    @Test
    @Tag("statistical")
    public final void drawsFollowTheDistributionFunction() {
        double[] draws = draws(DRAWS);
        Arrays.sort(draws);
        if (discrete()) {
            assertChiSquare(draws);
        } else {
            assertKolmogorov(draws);
        }
    }

    private double[] draws(int n) {
        double[] x = new double[n];
        subject().sample(new SplittableRandom(seed()), x, n);
        return x;
    }

    /// Draws round to doubles: each is compared with its neighbours' distribution function, too.
    private void assertKolmogorov(double[] draws) {
        ScalarDistribution d = subject();
        double location = location(d);
        double worst = 0;
        for (int i = 0; i < draws.length; i++) {
            double below = i / (double) draws.length;
            double above = (i + 1) / (double) draws.length;
            boolean firstOfTies = i == 0 || draws[i - 1] < draws[i];
            boolean lastOfTies = i + 1 == draws.length || draws[i + 1] > draws[i];
            if (firstOfTies) {
                worst = Math.max(worst, d.cdf(next(draws[i], -1, location)) - below);
            }
            if (lastOfTies) {
                worst = Math.max(worst, above - d.cdf(next(draws[i], 1, location)));
            }
        }
        assertTrue(Math.sqrt(draws.length) * worst < KOLMOGOROV, "largest distance of distribution functions " + worst);
    }

    private void assertChiSquare(double[] draws) {
        ScalarDistribution d = subject();
        double chiSquare = 0;
        int classes = 0;
        double from = Double.NEGATIVE_INFINITY;
        int at = 0;
        for (int k = 1; k <= 40; k++) {
            double to = k == 40 ? Double.POSITIVE_INFINITY : d.quantile(k / 40.0);
            double probability = from == Double.NEGATIVE_INFINITY
                    ? d.cdf(to)
                    : (to == Double.POSITIVE_INFINITY ? d.survival(from) : d.cdf(to) - d.cdf(from));
            double rest = to == Double.POSITIVE_INFINITY ? 1 : d.survival(to);
            if (to < Double.POSITIVE_INFINITY && (probability * DRAWS < 20 || rest * DRAWS < 20)) {
                continue;
            }
            int observed = 0;
            while (at < draws.length && draws[at] <= to) {
                observed++;
                at++;
            }
            if (probability * DRAWS < 1e-9) {
                assertEquals(0, observed, "draws above " + from);
            } else {
                double off = observed - probability * DRAWS;
                chiSquare += off * off / (probability * DRAWS);
                classes++;
            }
            from = to;
        }
        int freedom = classes - 1;
        if (freedom < 1) {
            return; // one class holds everything, and did
        }
        double third = 1 - 2 / (9.0 * freedom) + MILLIONTH * Math.sqrt(2 / (9.0 * freedom));
        assertTrue(
                chiSquare < freedom * third * third * third,
                "chi-square " + chiSquare + " with " + freedom + " degrees of freedom");
    }
}
