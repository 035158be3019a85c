package io.fluvial.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.constraint.Angle;
import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.CorrelationMatrix;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Integers;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.constraint.Shape;
import io.fluvial.constraint.Simplex;
import io.fluvial.constraint.Stack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConstraintsTest {

    /// A set that knows nothing of transforms.
    record Percentage() implements ScalarConstraint {
        @Override
        public boolean contains(double x) {
            return x > 0 && x < 100;
        }

        @Override
        public String description() {
            return "a percentage";
        }
    }

    /// Pairs with x₀ < x₁ that bring their own maps.
    record Span() implements Unconstrainable {
        @Override
        public Shape shape() {
            return Shape.of(2);
        }

        @Override
        public @Nullable String violation(double[] event) {
            return event.length == 2 && event[0] < event[1] ? null : "expected a span, got something else";
        }

        @Override
        public Transform bijection() {
            return new IntoOrdered(2);
        }
    }

    private static final Constraints WITH_PERCENTAGE =
            Constraints.shipped().with(Percentage.class, p -> new IntoInterval(Interval.open(0, 100)));

    @Test
    void bijectionsStartFromVectorsOfFreeNumbers() {
        Transform f = Constraints.bijectTo(Cat.of(Interval.REAL, new Simplex(3), Interval.POSITIVE));
        assertEquals(Each.real(4), f.domain());
        assertArrayEquals(new double[] {2, 1.0 / 3, 1.0 / 3, 1.0 / 3, 1}, f.apply(new double[] {2, 0, 0, 0}), 1e-15);
    }

    @Test
    void simplexIsReachedInTwoWays() {
        assertEquals(new StickBreaking(3), Constraints.bijectTo(new Simplex(3)));
        assertEquals(new Softmax(3), Constraints.transformTo(new Simplex(3)));
        assertEquals(
                Each.real(7),
                Constraints.transformTo(Cat.of(Interval.REAL, Stack.of(2, new Simplex(3))))
                        .domain());
    }

    @Test
    void intervalsGiveScalarTransforms() {
        assertInstanceOf(ScalarTransform.class, Constraints.bijectTo(Interval.POSITIVE));
        assertInstanceOf(ScalarTransform.class, Constraints.bijectTo(new Angle()));
    }

    @Test
    void setsOfOnesOwnAreFoundInsideOthers() {
        Constraint whole = Cat.of(
                Stack.of(2, new Span()), new Each(new Percentage(), Shape.of(2, 2)), new Percentage(), new Span());
        Transform f = WITH_PERCENTAGE.bijection(whole);
        assertEquals(whole, f.codomain());
        double[] y = f.apply(new double[f.domain().shape().size()]);
        assertTrue(whole.contains(y));
        assertArrayEquals(new double[] {0, 1, 0, 1, 50, 50, 50, 50, 50, 0, 1}, y, 1e-14);
    }

    @Test
    void ownEntriesComeBeforeShippedOnes() {
        Constraints registry = Constraints.shipped()
                .with(Interval.class, i -> new Exp().inverted())
                .with(Simplex.class, s -> new StickBreaking(s.n()), s -> new Softmax(s.n()));
        assertEquals(new Exp().inverted(), registry.bijection(Interval.REAL));
        assertEquals(new Softmax(2), registry.transform(new Simplex(2)));
        assertEquals(new IntoInterval(Interval.REAL), Constraints.bijectTo(Interval.REAL));
    }

    @Test
    void registriesAreNotChangedByWith() {
        Constraints empty = Constraints.shipped();
        Constraints more = empty.with(Percentage.class, p -> new Exp());
        assertEquals(new Exp(), more.bijection(new Percentage()));
        assertThrows(IllegalArgumentException.class, () -> empty.bijection(new Percentage()));
    }

    @Test
    void refusalsSayWhatToDo() {
        assertEquals(
                "no transform leads into Percentage[]: implement Unconstrainable, or register one by"
                        + " Constraints.shipped().with(Percentage.class, …)",
                refusal(new Percentage()));
        assertTrue(refusal(Integers.BOOLEAN).contains("is discrete: no real numbers lead into it"));
        assertTrue(refusal(Cat.of(Interval.REAL, Integers.POSITIVE)).contains("is discrete"));
        assertEquals(
                "CorrelationMatrix[n=1] holds a single event: Constraints know no map without free numbers",
                refusal(new CorrelationMatrix(1)));
    }

    private static String refusal(Constraint constraint) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> Constraints.bijectTo(constraint))
                .getMessage());
    }

    @Test
    void outermostNumbersLeadInside() {
        for (Interval interval : new Interval[] {
            Interval.UNIT, Interval.POSITIVE, Interval.lessThan(-7), Interval.open(5, Math.nextUp(Math.nextUp(5.0)))
        }) {
            ScalarTransform f = new IntoInterval(interval);
            for (double x : new double[] {-800, -40, 40, 800, -Double.MAX_VALUE, Double.MAX_VALUE}) {
                assertTrue(interval.contains(f.forward(x)), interval + " from " + x);
                assertFalse(Double.isNaN(f.inverse(f.forward(x))));
            }
        }
    }

    @Test
    void widestIntervalHasAnInverse() {
        ScalarTransform f = new IntoInterval(Interval.open(-Double.MAX_VALUE, Double.MAX_VALUE));
        for (double x : new double[] {-3, 0, 0.5, 20}) {
            assertEquals(x, f.inverse(f.forward(x)), 1e-14 * (1 + Math.exp(Math.abs(x)) * 1e-2));
        }
    }

    @Test
    void intervalWithoutNumbersIsRefused() {
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class, () -> new IntoInterval(Interval.open(1, Math.nextUp(1.0))));
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("no number lies between the ends"));
    }
}
