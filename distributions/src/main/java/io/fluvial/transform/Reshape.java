package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.Interval;
import io.fluvial.constraint.Shape;

/// The same numbers in another shape, row by row as before; ℓ = 0.
public record Reshape(Shape from, Shape to) implements Transform {

    public Reshape {
        if (from.size() != to.size()) {
            throw new IllegalArgumentException("an event of shape " + from + " has " + from.size()
                    + " numbers, one of shape " + to + " has " + to.size());
        }
    }

    public static Reshape of(Shape from, Shape to) {
        return new Reshape(from, to);
    }

    @Override
    public Constraint domain() {
        return new Each(Interval.REAL, from);
    }

    @Override
    public Constraint codomain() {
        return new Each(Interval.REAL, to);
    }

    @Override
    public void forward(double[] x, double[] y) {
        System.arraycopy(x, 0, y, 0, y.length);
    }

    @Override
    public void inverse(double[] y, double[] x) {
        System.arraycopy(y, 0, x, 0, x.length);
    }

    @Override
    public double logDet(double[] x, double[] y) {
        return 0;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        System.arraycopy(gY, 0, gX, 0, gX.length);
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        System.arraycopy(gX, 0, gY, 0, gY.length);
    }
}
