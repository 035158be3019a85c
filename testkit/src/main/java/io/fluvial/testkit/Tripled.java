package io.fluvial.testkit;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.ScalarConstraint;
import io.fluvial.transform.ScalarTransform;
import io.fluvial.transform.Transform;

/// Every number times three: something to compose other transforms with.
record Tripled(Constraint domain) implements Transform {

    @Override
    public Constraint codomain() {
        return new Each(Interval.REAL, domain.shape());
    }

    @Override
    public void forward(double[] x, double[] y) {
        scale(x, 3, y);
    }

    @Override
    public void inverse(double[] y, double[] x) {
        scale(y, 1.0 / 3, x);
    }

    @Override
    public double logDet(double[] x, double[] y) {
        return x.length * Math.log(3);
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        scale(gY, 3, gX);
    }

    private static void scale(double[] from, double factor, double[] to) {
        for (int k = 0; k < from.length; k++) {
            to[k] = factor * from[k];
        }
    }

    /// One number times three.
    record Scalar() implements ScalarTransform {

        @Override
        public ScalarConstraint domain() {
            return Interval.REAL;
        }

        @Override
        public ScalarConstraint codomain() {
            return Interval.REAL;
        }

        @Override
        public Direction direction() {
            return Direction.INCREASING;
        }

        @Override
        public double forward(double x) {
            return 3 * x;
        }

        @Override
        public double inverse(double y) {
            return y / 3;
        }

        @Override
        public double logDerivative(double x, double y) {
            return Math.log(3);
        }

        @Override
        public double logDerivativeSlope(double x, double y) {
            return 0;
        }
    }
}
