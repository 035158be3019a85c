package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluvial.constraint.Constraint;
import io.fluvial.transform.Constraints;
import io.fluvial.transform.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Everything a [Constraint] promises. A test of your own set names some events of it and some outside:
///
/// ```java
/// class MySetTest extends ConstraintContract {
///     protected Constraint subject() { return new MySet(); }
///     protected List<double[]> members() { return List.of(new double[] {0.2, 0.3}); }
///     protected List<double[]> outsiders() { return List.of(new double[] {0.8, 0.3}); }
/// }
/// ```
public abstract class ConstraintContract {

    private static final double EPS = Math.ulp(1.0);
    private static final int ROUNDINGS = 64;
    private static final int POINTS = 50;

    /// As far as equalities of a set (a sum of one, symmetry) hold.
    private static final double REACHED = 1e-8;

    /// The constraint under test; every call makes an equal one.
    protected abstract Constraint subject();

    /// Events in the set, its ends and corners among them.
    protected abstract List<double[]> members();

    /// Events of the right size outside the set; those just outside are the most telling.
    protected abstract List<double[]> outsiders();

    /// Where the transforms into the set are found.
    protected Constraints registry() {
        return Constraints.shipped();
    }

    /// Whether there is a bijection of free numbers onto the set.
    protected boolean hasBijection() {
        return !subject().isDiscrete();
    }

    /// How far out numbers still lead to members in double precision: a matrix with e⁶⁰ and e⁻⁶⁰ in it is singular to
    /// every factorization.
    protected double largestScale() {
        return 1000;
    }

    @Test
    public final void membersAreContained() {
        assertFalse(members().isEmpty(), "no members were named");
        for (double[] member : members()) {
            assertNull(subject().violation(member), () -> Arrays.toString(member));
            assertTrue(subject().contains(member), () -> Arrays.toString(member));
            subject().check(member);
        }
    }

    @Test
    public final void outsidersAreRefusedInOneGoodLine() {
        for (double[] outsider : outsiders()) {
            assertEquals(subject().shape().size(), outsider.length, "outsiders must have the size of the set");
            checkRefused(outsider);
        }
    }

    private void checkRefused(double[] event) {
        String violation = subject().violation(event);
        assertNotNull(violation, () -> Arrays.toString(event) + " is no member");
        assertTrue(violation.contains("expected"), () -> "what was expected? " + violation);
        assertTrue(violation.contains("got"), () -> "what came? " + violation);
        assertFalse(violation.contains("\n"), () -> "more than a line: " + violation);
        assertFalse(subject().contains(event), () -> Arrays.toString(event) + " is contained, but " + violation);
        String thrown = assertThrows(
                        IllegalArgumentException.class, () -> subject().check(event))
                .getMessage();
        assertEquals(violation, thrown);
    }

    @Test
    public final void nanAndInfinityAreRefused() {
        for (double[] member : members()) {
            for (int k = 0; k < member.length; k++) {
                for (double hole : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                    double[] event = member.clone();
                    event[k] = hole;
                    checkRefused(event);
                }
            }
        }
    }

    @Test
    public final void wrongSizesAreRefused() {
        int size = subject().shape().size();
        for (int wrong : new int[] {0, size - 1, size + 1, 2 * size}) {
            if (wrong != size && wrong >= 0) {
                checkRefused(new double[wrong]);
            }
        }
    }

    @Test
    public final void violationsReadOnly() {
        for (double[] event : both()) {
            double[] kept = event.clone();
            subject().violation(event);
            assertTrue(Arrays.equals(kept, event), "an event was changed");
        }
    }

    private List<double[]> both() {
        List<double[]> events = new ArrayList<>(members());
        events.addAll(outsiders());
        return events;
    }

    @Test
    public final void batchesAgreeWithSingleEvents() {
        List<double[]> events = both();
        int lanes = events.size();
        int size = subject().shape().size();
        double[] x = new double[size * lanes];
        for (int i = 0; i < lanes; i++) {
            for (int k = 0; k < size; k++) {
                x[k * lanes + i] = events.get(i)[k];
            }
        }
        boolean[] inside = subject().contains(x, lanes);
        for (int i = 0; i < lanes; i++) {
            assertEquals(subject().contains(events.get(i)), inside[i], "lane " + i);
        }
        assertThrows(IllegalArgumentException.class, () -> subject().contains(x, lanes + 1));
    }

    @Test
    public final void bijectionLeadsIntoTheSet() {
        assumeTrue(hasBijection(), "none");
        Transform bijection = registry().bijection(subject());
        assertTrue(bijection.isBijective());
        checkLeadsIn(bijection);
    }

    @Test
    public final void transformLeadsIntoTheSet() {
        assumeTrue(hasBijection(), "none");
        checkLeadsIn(registry().transform(subject()));
    }

    /// Normal numbers, and such that are thirty times and a thousand times as large.
    private void checkLeadsIn(Transform transform) {
        assertEquals(subject().shape(), transform.codomain().shape(), "shape of the codomain");
        RandomGenerator random = new SplittableRandom(1);
        int n = transform.domain().shape().size();
        for (double scale : new double[] {0, 1, 30, 1000}) {
            if (scale > largestScale()) {
                break;
            }
            for (int i = 0; i < POINTS; i++) {
                double[] x = free(random, n, scale);
                assertTrue(transform.domain().contains(x), () -> "not free: " + transform.domain());
                double[] y = transform.apply(x);
                assertNull(subject().violation(y), () -> Arrays.toString(x) + " leads to " + Arrays.toString(y));
            }
        }
    }

    private static double[] free(RandomGenerator random, int n, double scale) {
        double[] x = new double[n];
        for (int k = 0; k < n; k++) {
            x[k] = scale * random.nextGaussian();
        }
        return x;
    }

    @Test
    public final void bijectionsInvert() {
        assumeTrue(hasBijection(), "none");
        Transform bijection = registry().bijection(subject());
        RandomGenerator random = new SplittableRandom(2);
        int n = bijection.domain().shape().size();
        for (int i = 0; i < POINTS; i++) {
            double[] x = free(random, n, 1);
            double[] y = bijection.apply(x);
            double[] back = bijection.invert(y);
            for (int k = 0; k < n; k++) {
                double[] slope = new double[y.length];
                double[] unit = new double[n];
                unit[k] = 1;
                bijection.inversePullback(x, y, unit, slope);
                double size = 1 + Math.abs(x[k]);
                for (int j = 0; j < y.length; j++) {
                    size += Math.abs(slope[j] * y[j]);
                }
                assertTrue(Double.isFinite(size), "the slope of the inverse is " + Arrays.toString(slope));
                assertEquals(x[k], back[k], ROUNDINGS * EPS * size, "number " + k);
            }
        }
    }

    /// Every member but the limits – its inverse is infinite there – is reached.
    @Test
    public final void bijectionReachesTheMembers() {
        assumeTrue(hasBijection(), "none");
        Transform bijection = registry().bijection(subject());
        for (double[] member : members()) {
            double[] x = bijection.invert(member);
            if (isLimit(member) || Arrays.stream(x).anyMatch(Double::isInfinite)) {
                continue;
            }
            double largest = Arrays.stream(member).map(Math::abs).max().orElse(0);
            assertArrayEquals(member, bijection.apply(x), REACHED * (1 + largest), () -> "from " + Arrays.toString(x));
        }
    }

    /// Whether nothing leads to this member and its inverse is not infinite but without a value.
    protected boolean isLimit(double[] member) {
        return false;
    }

    @Test
    public final void setsWithoutBijectionSayWhatToDo() {
        assumeFalse(hasBijection(), "there is one");
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> registry().bijection(subject()));
        assertTrue(String.valueOf(thrown.getMessage()).contains("Constraints"), thrown.getMessage());
    }

    @Test
    public final void equalDescriptionsAreEqual() {
        assertEquals(subject(), subject());
        assertEquals(subject().hashCode(), subject().hashCode());
        assertFalse(subject().toString().contains("@"), () -> "toString shows an identity: " + subject());
    }
}
