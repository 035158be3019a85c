package io.fluvial.transform;

import io.fluvial.constraint.Constraint;

/// A transform read backwards; ℓ changes its sign.
record Inverted(Transform transform) implements Transform {

    Inverted {
        if (!transform.isBijective()) {
            throw new IllegalArgumentException(transform + " has no inverse: several x lead to one y");
        }
    }

    @Override
    public Constraint domain() {
        return transform.codomain();
    }

    @Override
    public Constraint codomain() {
        return transform.domain();
    }

    @Override
    public void forward(double[] x, double[] y) {
        transform.inverse(x, y);
    }

    @Override
    public void inverse(double[] y, double[] x) {
        transform.forward(y, x);
    }

    @Override
    public double logDet(double[] x, double[] y) {
        return -transform.logDet(y, x);
    }

    /// ℓ = −ℓ_f(y): its gradient reaches x through y, together with gY.
    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        double[] through = new double[y.length];
        transform.pullback(y, x, new double[x.length], -gLogDet, through);
        for (int i = 0; i < through.length; i++) {
            through[i] += gY[i];
        }
        transform.inversePullback(y, x, through, gX);
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        transform.pullback(y, x, gX, 0, gY);
    }

    @Override
    public Transform inverted() {
        return transform;
    }
}
