package io.fluvial.constraint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/// What constraints say of events outside: what was expected, what came, where.
class ViolationsTest {

    private static void says(String text, Constraint constraint, double... event) {
        assertEquals(text, constraint.violation(event));
    }

    @Test
    void scalars() {
        says("expected a whole number ≥ 1, got 0.0", Integers.POSITIVE, 0);
        says("expected a whole number ≥ -2 and ≤ 3, got 0.5", Integers.between(-2, 3), 0.5);
        says("expected 0 or 1, got 2.0", Integers.BOOLEAN, 2);
        says("expected an angle ≥ −π and < π, got 4.0", new Angle(), 4);
        says("expected one number, got 2", Interval.POSITIVE, 1, 2);
    }

    @Test
    void vectors() {
        says("expected the sum 1, got 0.75", new Simplex(2), 0.25, 0.5);
        says("number 1: expected a finite number ≥ 0.0, got -0.5", new Simplex(2), 1.5, -0.5);
        says("number 2: expected more than 1.0, got 1.0", new Ordered(3), 0, 1, 1);
        says("number 0: expected a positive number, got 0.0", new PositiveOrdered(2), 0, 1);
        says("expected exactly one number to be 1, got 2", new OneHot(3), 1, 0, 1);
        says("number 1: expected 0 or 1, got 0.5", new OneHot(3), 1, 0.5, 0);
        says("expected the sum 5, got 4", new Counts(2, 5), 1, 3);
        says("expected the length 1, got 5.0", new Sphere(2), 3, 4);
        says("expected a length of at most 1, got 5.0", new Ball(2), 3, 4);
        says("expected the sum 0, got 1.0", new ZeroSum(2), 3, -2);
        says("expected 3 numbers for shape [3], got 2", new Simplex(3), 0.5, 0.5);
        says("number 1: expected a finite number, got NaN", new Ordered(2), 0, Double.NaN);
    }

    @Test
    void matrices() {
        says("row 0, column 1: expected 0 above the diagonal, got 3.0", new LowerTriangular(2), 1, 3, 0, 1);
        says(
                "row 1, column 1: expected a positive number on the diagonal, got -1.0",
                new LowerCholesky(2),
                1,
                0,
                5,
                -1);
        says("row 1: expected the length 1, got 5.0", new CorrelationCholesky(2), 1, 0, 3, 4);
        says(
                "row 1, column 0: expected 2.0 as on the other side of the diagonal, got 3.0",
                new Symmetric(2),
                1,
                2,
                3,
                1);
        says(
                "row 1: expected a positive definite matrix, got one whose first 2 rows and columns have the pivot -3.0",
                new PositiveDefinite(2),
                1,
                2,
                2,
                1);
        says("row 1, column 1: expected 1 on the diagonal, got 2.0", new CorrelationMatrix(2), 1, 0, 0, 2);
        says(
                "row 1, column 1: expected a number ≥ 0 on the diagonal, got -1.0",
                new PositiveSemidefinite(2),
                1,
                0,
                0,
                -1);
        says(
                "row 1, column 0: expected a finite number > 0.0, got 0.0",
                new Each(Interval.POSITIVE, Shape.of(2, 2)),
                1,
                2,
                0,
                1);
    }

    @Test
    void parts() {
        Constraint cat = Cat.of(Interval.POSITIVE, new Simplex(2));
        says("number 0: expected a finite number > 0.0, got -1.0", cat, -1, 0.5, 0.5);
        says("numbers 1 to 2: expected the sum 1, got 1.5", cat, 1, 1, 0.5);
        says("part 1: expected the sum 1, got 1.5", Stack.of(2, new Simplex(2)), 0.5, 0.5, 1, 0.5);
    }

    @Test
    void semidefinitenessDoesNotDependOnUnits() {
        assertNull(new PositiveSemidefinite(2).violation(new double[] {1e-16, 1e-8, 1e-8, 1}));
        assertFalse(new PositiveSemidefinite(2).contains(new double[] {1e-16, 1.000001e-8, 1.000001e-8, 1}));
    }

    @Test
    void sizesAreChecked() {
        assertEquals(
                "a simplex needs a size of at least 1, got 0",
                assertThrows(IllegalArgumentException.class, () -> new Simplex(0))
                        .getMessage());
        assertEquals(
                "counts cannot have the sum -1",
                assertThrows(IllegalArgumentException.class, () -> new Counts(2, -1))
                        .getMessage());
        assertEquals(
                "constraints of a stack have one shape, got [] and, as number 1, [2]",
                assertThrows(IllegalArgumentException.class, () -> Stack.of(Interval.REAL, new Simplex(2)))
                        .getMessage());
        assertEquals(
                "whole numbers need whole ends, lower ≤ upper, got 0.5 and 2.0",
                assertThrows(IllegalArgumentException.class, () -> Integers.between(0.5, 2))
                        .getMessage());
    }

    @Test
    void anglesWrap() {
        assertEquals(-Math.PI, Angle.wrap(Math.PI));
        assertEquals(-Math.PI, Angle.wrap(-Math.PI));
        assertEquals(1, Angle.wrap(1 + 2 * Math.PI), 1e-15);
        assertEquals(Double.NaN, Angle.wrap(Double.POSITIVE_INFINITY));
    }
}
