package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import io.fluvial.transform.ScalarTransform;
import io.fluvial.transform.ScalarTransform.Direction;
import io.fluvial.transform.Transform;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Everything a [Transform] promises. A test of your own map is one line:
///
/// ```java
/// class MyTransformTest extends TransformContract {
///     protected Transform subject() { return new MyTransform(); }
/// }
/// ```
///
/// Points are drawn in the domain, which must be open: numbers of x are moved one by one.
public abstract class TransformContract {

    private static final double EPS = Math.ulp(1.0);

    /// Roundings a result may be off by, beyond those of its arguments.
    private static final int ROUNDINGS = 32;

    private static final int POINTS = 40;

    /// Beyond, slopes of exponentials may be infinite, and their differences have no value.
    private static final double SLOPES_ARE_NUMBERS = 100;

    /// The transform under test; every call makes an equal one.
    protected abstract Transform subject();

    /// A point of the domain; where the registry of constraints does not know it, override this.
    protected double[] draw(RandomGenerator random) {
        return Inside.draw(subject().domain(), random);
    }

    /// How far number k of x may move either way, at most 1; smaller also where f changes fast.
    protected double room(double[] x, int k) {
        return Inside.room(subject().domain(), x, k);
    }

    /// The numbers of y that ℓ counts as free, as many as x has. The inverse must hand on a NaN in any of them.
    protected int[] freeNumbers() {
        return IntStream.range(0, subject().codomain().shape().size()).toArray();
    }

    /// Whether ℓ is that of the surface which y spans, ½ log det JᵀJ, not that of free numbers.
    protected boolean measuresSurface() {
        return false;
    }

    /// Points at which nothing may become NaN; by default far out on the line.
    protected List<double[]> extremes() {
        int n = subject().domain().shape().size();
        boolean real = subject().domain() instanceof Interval interval && interval.equals(Interval.REAL)
                || subject().domain() instanceof Each each && each.of().equals(Interval.REAL);
        return real ? farOut(n, 40, 800) : List.of();
    }

    /// Vectors of n numbers of these sizes: all positive, all negative, signs in turn; and the zero vector.
    public static List<double[]> farOut(int n, double... sizes) {
        List<double[]> points = new java.util.ArrayList<>(List.of(new double[n]));
        for (double size : sizes) {
            for (int kind = 0; kind < 4; kind++) {
                double[] x = new double[n];
                for (int k = 0; k < n; k++) {
                    x[k] = (kind >> (k % 2) & 1) == 0 ? size : -size;
                }
                points.add(x);
            }
        }
        return points;
    }

    /// How many times more than a few roundings a result may be off.
    protected double slack() {
        return 1;
    }

    private double rounding() {
        return ROUNDINGS * EPS * slack();
    }

    private boolean hasLogDet() {
        return subject().isBijective() || subject() instanceof ScalarTransform; // a folded one has that of its branch
    }

    @FunctionalInterface
    private interface Look {
        void at(Transform f, double[] x, double[] y, RandomGenerator random);
    }

    private void everywhere(long seed, Look look) {
        RandomGenerator random = new SplittableRandom(seed);
        Transform f = subject();
        int points = f instanceof ScalarTransform ? 5 * POINTS : POINTS;
        for (int k = 0; k < points; k++) {
            double[] x = draw(random);
            look.at(f, x, f.apply(x), random);
        }
    }

    @Test
    public final void imagesLieInTheCodomain() {
        everywhere(1, (f, x, y, random) -> {
            assertNull(f.domain().violation(x), () -> "drawn outside the domain: " + Arrays.toString(x));
            assertNull(f.codomain().violation(y), () -> "f" + Arrays.toString(x) + " = " + Arrays.toString(y));
        });
    }

    /// Results are overwritten, all of them, whatever stood there.
    @Test
    public final void resultsAreOverwritten() {
        everywhere(14, (f, x, y, random) -> {
            double[] again = new double[y.length];
            Arrays.fill(again, Double.NaN);
            f.forward(x, again);
            assertArrayEquals(y, again, "y");
            double[] back = new double[x.length];
            Arrays.fill(back, Double.NaN);
            f.inverse(y, back);
            assertArrayEquals(f.invert(y), back, "x");
        });
    }

    @Test
    public final void inverseOfForwardIsIdentity() {
        assumeTrue(subject().isBijective(), "no bijection");
        everywhere(2, (f, x, y, random) -> {
            double[] back = f.invert(y);
            for (int k = 0; k < x.length; k++) {
                // what a rounding of each y does to x_k
                double[] slope = new double[y.length];
                f.inversePullback(x, y, unit(x.length, k), slope);
                double size = 1 + Math.abs(x[k]) + dot(absolute(slope), absolute(y));
                assertEquals(x[k], back[k], rounding() * size, "number " + k + " of x at " + Arrays.toString(x));
            }
        });
    }

    @Test
    public final void forwardOfInverseIsIdentity() {
        everywhere(3, (f, x, y, random) -> {
            double[] back = f.invert(y);
            double[] again = f.apply(back);
            double largest = Arrays.stream(y).map(Math::abs).max().orElse(0);
            for (int k = 0; k < y.length; k++) {
                double[] slope = new double[x.length];
                f.pullback(back, y, unit(y.length, k), 0, slope);
                double size = largest + dot(absolute(slope), absolute(back));
                assertEquals(y[k], again[k], rounding() * size, "number " + k + " of y at " + Arrays.toString(x));
            }
        });
    }

    @Test
    public final void logDetIsThatOfDifferences() {
        assumeTrue(hasLogDet(), "no bijection");
        Sharpness sharpness = new Sharpness();
        everywhere(4, (f, x, y, random) -> {
            Derivative[] columns = new Derivative[x.length];
            for (int k = 0; k < x.length; k++) {
                columns[k] = along(x, k, moved -> counted(f.apply(moved)));
            }
            double[][] square = new double[x.length][x.length];
            double[][] toX = new double[x.length][]; // left inverse of ∂y/∂x
            if (measuresSurface()) {
                for (int i = 0; i < x.length; i++) {
                    for (int k = 0; k < x.length; k++) {
                        square[i][k] = dot(columns[i].value, columns[k].value);
                    }
                }
                Jacobian inverse = new Jacobian(square).inverse();
                for (int i = 0; i < x.length; i++) {
                    toX[i] = new double[y.length];
                    for (int j = 0; j < y.length; j++) {
                        for (int k = 0; k < x.length; k++) {
                            toX[i][j] += inverse.get(i, k) * columns[k].value[j];
                        }
                    }
                }
            } else {
                for (int j = 0; j < x.length; j++) {
                    for (int k = 0; k < x.length; k++) {
                        square[j][k] = columns[k].value[j];
                    }
                }
                Jacobian inverse = new Jacobian(square).inverse();
                for (int i = 0; i < x.length; i++) {
                    toX[i] = new double[x.length];
                    for (int j = 0; j < x.length; j++) {
                        toX[i][j] = inverse.get(i, j);
                    }
                }
            }
            double differences = (measuresSurface() ? 0.5 : 1) * new Jacobian(square).logDet();
            double tolerance = rounding() * (1 + Math.abs(differences));
            for (int k = 0; k < x.length; k++) {
                double room = step(x, k);
                differences -= Math.log(room); // columns are scaled by their steps
                double[] noise = new double[columns[k].value.length];
                for (int j = 0; j < noise.length; j++) {
                    noise[j] = 10 * columns[k].error[j]
                            + 4
                                    * EPS
                                    * slack()
                                    * (1 + Math.abs(x[k]) / room)
                                    / Derivative.SMALLEST_STEP
                                    * Math.abs(columns[k].value[j])
                            + 4 * EPS * slack() * Math.abs(counted(y)[j]) / Derivative.SMALLEST_STEP;
                }
                tolerance += dot(absolute(toX[k]), noise);
            }
            sharpness.check(differences, f.logDet(x, y), tolerance, "ℓ at " + Arrays.toString(x));
        });
        sharpness.checkShare();
    }

    private double[] counted(double[] y) {
        if (measuresSurface()) {
            return y;
        }
        int[] free = freeNumbers();
        double[] counted = new double[free.length];
        for (int j = 0; j < free.length; j++) {
            counted[j] = y[free[j]];
        }
        return counted;
    }

    @Test
    public final void pullbackIsThatOfDifferences() {
        Sharpness sharpness = new Sharpness();
        everywhere(5, (f, x, y, random) -> {
            double[] gY = normals(random, y.length);
            double gLogDet = hasLogDet() ? random.nextGaussian() : 0;
            double[] gX = new double[x.length];
            Arrays.fill(gX, Double.NaN); // overwritten, not added to
            f.pullback(x, y, gY, gLogDet, gX);
            double size = dot(absolute(gY), absolute(y))
                    + (gLogDet == 0 ? 0 : Math.abs(gLogDet) * (1 + Math.abs(f.logDet(x, y))));
            for (int k = 0; k < x.length; k++) {
                Derivative slope = along(x, k, moved -> {
                    double[] end = f.apply(moved);
                    return new double[] {dot(gY, end) + (gLogDet == 0 ? 0 : gLogDet * f.logDet(moved, end))};
                });
                double room = step(x, k);
                double tolerance = 10 * slope.error[0]
                        + 4
                                * EPS
                                * slack()
                                * (size + Math.abs(slope.value[0]) * (1 + Math.abs(x[k]) / room))
                                / Derivative.SMALLEST_STEP;
                sharpness.check(
                        slope.value[0], gX[k] * room, tolerance, "gX of number " + k + " at " + Arrays.toString(x));
            }
        });
        sharpness.checkShare();
    }

    /// (∂x/∂y)ᵀ gX along a direction v of x: f carries it to J v, the inverse back, to v itself where f is a
    /// bijection.
    @Test
    public final void inversePullbackIsThatOfTheInverse() {
        Sharpness sharpness = new Sharpness();
        everywhere(6, (f, x, y, random) -> {
            double[] gX = normals(random, x.length);
            double[] gY = new double[y.length];
            Arrays.fill(gY, Double.NaN);
            f.inversePullback(x, y, gX, gY);
            double[] back = new double[x.length];
            f.pullback(x, y, gY, 0, back);
            for (int k = 0; k < x.length; k++) {
                String what = "gX of number " + k + " there and back at " + Arrays.toString(x);
                double[] slope = new double[y.length];
                f.inversePullback(x, y, unit(x.length, k), slope);
                if (f.isBijective()) {
                    double[] column = new double[y.length];
                    for (int j = 0; j < y.length; j++) {
                        double[] row = new double[x.length];
                        f.pullback(x, y, unit(y.length, j), 0, row);
                        column[j] = row[k];
                    }
                    double size = 1 + dot(absolute(gY), absolute(column));
                    sharpness.check(gX[k], back[k], 4 * rounding() * size, what);
                } else {
                    Derivative differences = along(x, k, moved -> new double[] {dot(gX, f.invert(f.apply(moved)))});
                    double size = 1 + dot(absolute(gX), absolute(x)) + dot(absolute(gY), absolute(y));
                    double tolerance = 10 * differences.error[0] + 8 * EPS * slack() * size / Derivative.SMALLEST_STEP;
                    sharpness.check(differences.value[0], back[k] * step(x, k), tolerance, what);
                }
            }
        });
        sharpness.checkShare();
    }

    /// A pullback through the inverse, r, must satisfy Jᵀ r = g − gℓ ∂ℓ/∂x.
    @Test
    public final void invertedIsTheInverse() {
        assumeTrue(subject().isBijective(), "no bijection");
        assertEquals(subject(), subject().inverted().inverted());
        everywhere(7, (f, x, y, random) -> {
            Transform back = f.inverted();
            assertEquals(f.domain(), back.codomain());
            assertEquals(f.codomain(), back.domain());
            assertArrayEquals(f.invert(y), back.apply(y));
            assertArrayEquals(y, back.invert(x));
            assertEquals(-f.logDet(x, y), back.logDet(y, x));
            double[] g = normals(random, x.length);
            double gLogDet = random.nextGaussian();
            double[] r = new double[y.length];
            back.pullback(y, x, g, gLogDet, r);
            double[] left = new double[x.length];
            f.pullback(x, y, r, 0, left);
            double[] slope = new double[x.length];
            f.pullback(x, y, new double[y.length], -gLogDet, slope);
            for (int k = 0; k < x.length; k++) {
                double size = 1 + Math.abs(g[k]) + Math.abs(slope[k]) + roundingOf(f, x, y, r, k);
                assertEquals(g[k] + slope[k], left[k], 4 * rounding() * size, "at " + Arrays.toString(x));
            }
            double[] gX = new double[x.length];
            double[] expected = new double[x.length];
            back.inversePullback(y, x, r, gX);
            f.pullback(x, y, r, 0, expected);
            for (int k = 0; k < x.length; k++) {
                assertEquals(expected[k], gX[k], rounding() * (Math.abs(gX[k]) + roundingOf(f, x, y, r, k)));
            }
        });
    }

    /// Σ |∂y_j/∂x_k| |r_j|.
    private static double roundingOf(Transform f, double[] x, double[] y, double[] r, int k) {
        double sum = 0;
        for (int j = 0; j < y.length; j++) {
            double[] row = new double[x.length];
            f.pullback(x, y, unit(y.length, j), 0, row);
            sum += Math.abs(row[k] * r[j]);
        }
        return sum;
    }

    @Test
    public final void thenComposes() {
        everywhere(8, (f, x, y, random) -> {
            Transform next = f instanceof ScalarTransform ? new Tripled.Scalar() : new Tripled(f.codomain());
            Transform both = f instanceof ScalarTransform scalar ? scalar.then(new Tripled.Scalar()) : f.then(next);
            double[] end = both.apply(x);
            assertArrayEquals(next.apply(y), end);
            assertArrayEquals(f.invert(next.invert(end)), both.invert(end));
            assertEquals(f.isBijective(), both.isBijective());
            double[] gY = normals(random, y.length);
            double[] scaled = Arrays.stream(gY).map(g -> 3 * g).toArray();
            double gLogDet = 0;
            if (hasLogDet()) {
                gLogDet = random.nextGaussian();
                double sum = f.logDet(x, y) + y.length * Math.log(3);
                assertEquals(sum, both.logDet(x, end), rounding() * (1 + Math.abs(sum) + y.length));
            }
            double[] expected = new double[x.length];
            double[] gX = new double[x.length];
            f.pullback(x, y, scaled, gLogDet, expected);
            both.pullback(x, end, gY, gLogDet, gX);
            for (int k = 0; k < x.length; k++) {
                double size = Math.abs(expected[k]) + roundingOf(f, x, y, scaled, k);
                assertEquals(expected[k], gX[k], rounding() * (1 + size));
            }
        });
    }

    @Test
    public final void whatIsNoBijectionSaysSo() {
        assumeFalse(subject().isBijective(), "a bijection");
        assertThrows(IllegalArgumentException.class, () -> subject().inverted());
        if (!hasLogDet()) {
            double[] x = draw(new SplittableRandom(9));
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> subject().logDet(x, subject().apply(x)));
        }
    }

    @Test
    public final void extremesDoNotBecomeNan() {
        assumeFalse(extremes().isEmpty(), "none given");
        Transform f = subject();
        for (double[] x : extremes()) {
            String where = " at " + Arrays.toString(x);
            double[] y = f.apply(x);
            checkNumbers(y, "y" + where);
            double gLogDet = 0;
            if (hasLogDet()) {
                gLogDet = 1;
                assertFalse(Double.isNaN(f.logDet(x, y)), "ℓ" + where);
            }
            double[] gY = new double[y.length];
            Arrays.fill(gY, 1);
            double[] gX = new double[x.length];
            f.pullback(x, y, gY, gLogDet, gX);
            checkNumbers(gX, "gX" + where);
            if (Arrays.stream(x).allMatch(number -> Math.abs(number) <= SLOPES_ARE_NUMBERS)) {
                double[] units = new double[x.length];
                Arrays.fill(units, 1);
                double[] back = new double[y.length];
                f.inversePullback(x, y, units, back);
                checkNumbers(back, "gY" + where);
            }
            if (f.codomain().contains(y)) {
                checkNumbers(f.invert(y), "x of y" + where);
            }
        }
    }

    private static void checkNumbers(double[] values, String what) {
        assertFalse(Arrays.stream(values).anyMatch(Double::isNaN), () -> what + ": " + Arrays.toString(values));
    }

    @Test
    public final void nanStaysNan() {
        everywhere(10, (f, x, y, random) -> {
            for (int k = 0; k < x.length; k++) {
                double[] holed = x.clone();
                holed[k] = Double.NaN;
                int at = k;
                assertTrue(
                        Arrays.stream(f.apply(holed)).anyMatch(Double::isNaN), () -> "a NaN in number " + at + " of x");
            }
            for (int k : freeNumbers()) {
                double[] holed = y.clone();
                holed[k] = Double.NaN;
                assertTrue(
                        Arrays.stream(f.invert(holed)).anyMatch(Double::isNaN), () -> "a NaN in number " + k + " of y");
            }
        });
    }

    /// Whatever comes, inside or outside: what is wrong shows in the numbers.
    @Test
    public final void nothingIsThrown() {
        everywhere(13, (f, x, y, random) -> {
            double[] a = anything(random, x.length);
            double[] b = anything(random, y.length);
            f.forward(a, new double[y.length]);
            f.inverse(b, new double[x.length]);
            f.pullback(a, b, normals(random, y.length), 0, new double[x.length]);
            f.inversePullback(a, b, normals(random, x.length), new double[y.length]);
            if (hasLogDet()) {
                f.logDet(a, b);
            }
        });
    }

    private static double[] anything(RandomGenerator random, int n) {
        double[] x = normals(random, n);
        double[] odd = {0, -1, 1, 1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int k = 0; k < n; k++) {
            if (random.nextInt(4) == 0) {
                x[k] = odd[random.nextInt(odd.length)];
            }
        }
        return x;
    }

    @Test
    public final void argumentsAreRead() {
        everywhere(11, (f, x, y, random) -> {
            double[] keptX = x.clone();
            double[] keptY = y.clone();
            double[] gX = normals(random, x.length);
            double[] gY = normals(random, y.length);
            double[] keptGX = gX.clone();
            double[] keptGY = gY.clone();
            f.invert(y);
            if (hasLogDet()) {
                f.logDet(x, y);
            }
            f.pullback(x, y, gY, 0, new double[x.length]);
            f.inversePullback(x, y, gX, new double[y.length]);
            assertArrayEquals(keptX, x, "x");
            assertArrayEquals(keptY, y, "y");
            assertArrayEquals(keptGX, gX, "gX");
            assertArrayEquals(keptGY, gY, "gY");
        });
    }

    @Test
    public final void scalarDerivativeIsThatOfDifferences() {
        assumeTrue(subject() instanceof ScalarTransform, "not scalar");
        Sharpness sharpness = new Sharpness();
        everywhere(12, (f, x, y, random) -> {
            ScalarTransform scalar = (ScalarTransform) f;
            double derivative = scalar.derivative(x[0], y[0]);
            double room = step(x, 0);
            Derivative slope = along(x, 0, f::apply);
            double noise = 4
                    * EPS
                    * slack()
                    * (Math.abs(y[0]) + Math.abs(slope.value[0]) * (1 + Math.abs(x[0]) / room))
                    / Derivative.SMALLEST_STEP;
            sharpness.check(slope.value[0], derivative * room, 10 * slope.error[0] + noise, "f′ at " + x[0]);
            assertEquals(
                    Math.log(Math.abs(derivative)),
                    scalar.logDerivative(x[0], y[0]),
                    rounding() * (1 + Math.abs(scalar.logDerivative(x[0], y[0]))),
                    "log |f′| at " + x[0]);
            if (scalar.direction() != Direction.FOLDED) {
                assertEquals(scalar.direction().sign(), Math.signum(derivative), "direction at " + x[0]);
            }
        });
        sharpness.checkShare();
    }

    @Test
    public final void equalDescriptionsAreEqual() {
        assertEquals(subject(), subject());
        assertEquals(subject().hashCode(), subject().hashCode());
        assertEquals(subject().toString(), subject().toString());
        assertFalse(subject().toString().contains("@"), () -> "toString shows an identity: " + subject());
    }

    /// Derivatives in steps of [#step], that is times the step's length.
    private Derivative along(double[] x, int k, java.util.function.Function<double[], double[]> f) {
        double room = step(x, k);
        return Derivative.of(t -> {
            double[] moved = x.clone();
            moved[k] += t * room;
            return f.apply(moved);
        });
    }

    /// A power of two within the room there is, so that steps are exact.
    private double step(double[] x, int k) {
        return Math.scalb(1, Math.getExponent(room(x, k)));
    }

    /// Comparisons with differences, which may be coarse at some points but not at most.
    private static final class Sharpness {
        private int asked;
        private int coarse;

        void check(double expected, double got, double tolerance, String what) {
            asked++;
            if (!(tolerance < 1e-6 * (1 + Math.abs(expected)))) {
                coarse++;
            }
            assertEquals(expected, got, tolerance, what);
        }

        void checkShare() {
            assertTrue(2 * coarse <= asked, coarse + " of " + asked + " differences are too coarse to say anything");
        }
    }

    private static double[] unit(int n, int k) {
        double[] unit = new double[n];
        unit[k] = 1;
        return unit;
    }

    private static double[] normals(RandomGenerator random, int n) {
        double[] g = new double[n];
        for (int k = 0; k < n; k++) {
            g[k] = random.nextGaussian();
        }
        return g;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] == 0 || b[k] == 0 ? 0 : a[k] * b[k];
        }
        return sum;
    }

    private static double[] absolute(double[] a) {
        return Arrays.stream(a).map(Math::abs).toArray();
    }
}
