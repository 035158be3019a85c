package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import java.util.ArrayList;
import java.util.List;

/// Several transforms, one after the other; their ℓ add. Intermediate values are computed again where a method
/// needs them: n transforms cost n forwards for `logDet` and `pullback`.
public record Composition(List<Transform> parts) implements Transform {

    public Composition {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a composition needs at least one transform");
        }
        for (int i = 1; i < parts.size(); i++) {
            Constraint out = parts.get(i - 1).codomain();
            Constraint in = parts.get(i).domain();
            if (out.shape().size() != in.shape().size()) {
                throw new IllegalArgumentException("transform " + i + " takes events of shape " + in.shape()
                        + ", the one before it gives " + out.shape());
            }
        }
    }

    /// `first`, then `next`; compositions inside are opened.
    public static Composition of(Transform... transforms) {
        List<Transform> parts = new ArrayList<>();
        for (Transform transform : transforms) {
            if (transform instanceof Composition composition) {
                parts.addAll(composition.parts);
            } else {
                parts.add(transform);
            }
        }
        return new Composition(parts);
    }

    @Override
    public Constraint domain() {
        return parts.getFirst().domain();
    }

    @Override
    public Constraint codomain() {
        return parts.getLast().codomain();
    }

    @Override
    public boolean isBijective() {
        return parts.stream().allMatch(Transform::isBijective);
    }

    @Override
    public void forward(double[] x, double[] y) {
        double[] value = x;
        for (int i = 0; i < parts.size() - 1; i++) {
            value = parts.get(i).apply(value);
        }
        parts.getLast().forward(value, y);
    }

    @Override
    public void inverse(double[] y, double[] x) {
        double[] value = y;
        for (int i = parts.size() - 1; i > 0; i--) {
            value = parts.get(i).invert(value);
        }
        parts.getFirst().inverse(value, x);
    }

    @Override
    public double logDet(double[] x, double[] y) {
        double[][] ends = ends(x, y);
        double sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            sum += parts.get(i).logDet(ends[i], ends[i + 1]);
        }
        return sum;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        double[][] ends = ends(x, y);
        double[] g = gY;
        for (int i = parts.size() - 1; i >= 0; i--) {
            double[] before = i == 0 ? gX : new double[ends[i].length];
            parts.get(i).pullback(ends[i], ends[i + 1], g, gLogDet, before);
            g = before;
        }
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        double[][] ends = ends(x, y);
        double[] g = gX;
        for (int i = 0; i < parts.size(); i++) {
            double[] after = i == parts.size() - 1 ? gY : new double[ends[i + 1].length];
            parts.get(i).inversePullback(ends[i], ends[i + 1], g, after);
            g = after;
        }
    }

    /// x, the value after each transform, and y itself as the last.
    private double[][] ends(double[] x, double[] y) {
        double[][] ends = new double[parts.size() + 1][];
        ends[0] = x;
        for (int i = 1; i < parts.size(); i++) {
            ends[i] = parts.get(i - 1).apply(ends[i - 1]);
        }
        ends[parts.size()] = y;
        return ends;
    }
}
