package io.fluvial.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Integers;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Ordered;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.constraint.Simplex;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Values far out and at the edge, and sizes that do not fit. Expected values are exact, or by mpmath in 40 digits.
class TransformEndsTest {

    @Test
    void wrongSizesAreRefused() {
        Transform parts = Constraints.bijectTo(Cat.of(Interval.POSITIVE, new Simplex(3)));
        assertEquals(
                "x has 2 numbers, expected 3 for shape [3]",
                assertThrows(IllegalArgumentException.class, () -> parts.apply(new double[2]))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> parts.forward(new double[5], new double[4]));
        assertThrows(IllegalArgumentException.class, () -> new Exp().apply(new double[2]));
        assertThrows(IllegalArgumentException.class, () -> new Softmax(2).apply(new double[3]));
        assertThrows(IllegalArgumentException.class, () -> new StickBreaking(3).invert(new double[2]));
    }

    /// ∂x/∂L₁₁ of L = (tanh x, 1/cosh x) along the row is −sinh x: −½ e⁴⁰⁰.
    @Test
    void inversePullbacksDoNotOverflowEarly() {
        IntoCorrelationCholesky cholesky = new IntoCorrelationCholesky(2);
        double[] x = {400};
        double[] gY = new double[4];
        cholesky.inversePullback(x, cholesky.apply(x), new double[] {1}, gY);
        assertEquals(1, gY[2]);
        assertEquals(-0.5 * Math.exp(400), gY[3], 1e-13 * Math.exp(400));

        SphericalAngles angles = new SphericalAngles(3);
        double[] nearPole = {1e-160, 1};
        double[] g = new double[3];
        angles.inversePullback(nearPole, angles.apply(nearPole), new double[] {1, 1}, g);
        assertEquals(-Math.sin(1) * 1e160, g[1], 1e148);
        assertEquals(Math.cos(1) * 1e160, g[2], 1e148);
    }

    @Test
    void softClipStaysInside() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            double lower = random.nextDouble(-10, 10);
            SoftClip clip = SoftClip.of(lower, lower + random.nextDouble(0.01, 10));
            for (double x : new double[] {-1e308, -1e20, -1e3, 1e3, 1e20, 1e308}) {
                double y = clip.forward(x);
                assertTrue(y >= clip.lower() && y <= clip.upper(), clip + " of " + x + " is " + y);
            }
        }
        assertEquals(0.1, SoftClip.of(-0.1, 0.1).forward(1e308));
    }

    @Test
    void ballInvertsItsOwnBorder() {
        IntoBall ball = new IntoBall(3);
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 1_000; i++) {
            double[] x = {1e9 * random.nextGaussian(), 1e9 * random.nextGaussian(), 1e9 * random.nextGaussian()};
            for (double back : ball.invert(ball.apply(x))) {
                assertTrue(!Double.isNaN(back), "NaN");
            }
        }
    }

    @Test
    void remaindersAreExact() {
        assertEquals(0, Wrap.of(0, 1).forward(0x1p52 + 1));
        assertEquals(280, Wrap.of(0, 360).forward(1e17));
    }

    @Test
    void valuesThatFitDoNotOverflow() {
        assertEquals(5.10e267, SinhArcsinh.of(0, 100).forward(1000), 0.005e267);
        assertEquals(6.694e102, BoxCox.of(3).inverse(1e308), 0.001e102);
        assertArrayEquals(
                new double[] {Math.nextDown(Double.MAX_VALUE), Double.MAX_VALUE},
                new IntoOrdered(2).apply(new double[] {Double.MAX_VALUE, 0}));
        assertEquals(null, new Ordered(2).violation(new IntoOrdered(2).apply(new double[] {Double.MAX_VALUE, 0})));
        // log(1e-320/…) through a denormal ratio would lose nine digits
        assertEquals(-736.8272297581, new IntoInterval(Interval.open(0, 1e300)).inverse(1e-20), 1e-9);
    }

    @Test
    void widthsThatAreNoDoubleAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SoftplusClip.of(0, 1e300, 1e-10));
        assertThrows(IllegalArgumentException.class, () -> SoftplusClip.of(-1e308, 1e308, 1));
    }

    @Test
    void minusZeroIsZero() {
        assertEquals(Integers.BOOLEAN, Integers.between(-0.0, 1));
        assertEquals(Interval.NON_NEGATIVE, Interval.atLeast(-0.0));
    }

    private record Even() implements ScalarConstraint {
        @Override
        public boolean contains(double x) {
            return x % 2 == 0;
        }

        @Override
        public String description() {
            return "an even number";
        }
    }

    @Test
    void registeredMapsMustFit() {
        Constraints wrong = Constraints.shipped().with(Even.class, c -> new StickBreaking(3));
        assertEquals(
                "the transform given for Even[] leads to events of shape [3], expected []",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> wrong.bijection(Cat.of(new Even(), Interval.POSITIVE)))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Constraints.shipped().with(ScalarConstraint.class, c -> new Identity()));
    }
}
