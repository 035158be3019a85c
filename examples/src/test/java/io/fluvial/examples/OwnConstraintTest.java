package io.fluvial.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.fluvial.constraint.Constraint;
import io.fluvial.testkit.ConstraintContract;
import io.fluvial.testkit.TransformContract;
import io.fluvial.transform.Transform;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OwnConstraintTest {

    @Nested
    class TheSet extends ConstraintContract {
        @Override
        protected Constraint subject() {
            return new OwnConstraint.Stationary();
        }

        @Override
        protected List<double[]> members() {
            return List.of(new double[] {0.1, 0.85}, new double[] {1e-9, 1e-9});
        }

        @Override
        protected List<double[]> outsiders() {
            return List.of(new double[] {0, 0.5}, new double[] {0.5, 0.5}, new double[] {-0.1, 0.5});
        }

        /// Further out α + β rounds to 1.
        @Override
        protected double largestScale() {
            return 1;
        }
    }

    @Nested
    class TheMap extends TransformContract {
        @Override
        protected Transform subject() {
            return new OwnConstraint.IntoStationary();
        }

        @Override
        protected double[] draw(RandomGenerator random) {
            return new double[] {random.nextGaussian(), random.nextGaussian()};
        }

        @Override
        protected List<double[]> extremes() {
            return farOut(2, 40, 800);
        }
    }

    @Test
    void zerosAreTheMiddle() {
        double third = 1.0 / 3;
        assertArrayEquals(
                new double[] {1, third, third}, OwnConstraint.parameters().apply(new double[3]), 1e-15);
    }
}
