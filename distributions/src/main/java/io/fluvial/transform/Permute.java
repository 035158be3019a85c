package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import java.util.Arrays;
import java.util.List;

/// The numbers of a vector in another order: y_k = x at place `order[k]`; ℓ = 0.
///
/// @param order every number from 0 to n − 1 once
public record Permute(List<Integer> order) implements Transform {

    public Permute {
        order = List.copyOf(order);
        boolean[] seen = new boolean[order.size()];
        for (int place : order) {
            if (place < 0 || place >= seen.length || seen[place]) {
                throw new IllegalArgumentException(
                        "a permutation holds every number from 0 to " + (seen.length - 1) + " once, got " + order);
            }
            seen[place] = true;
        }
    }

    public static Permute of(int... order) {
        return new Permute(Arrays.stream(order).boxed().toList());
    }

    /// The last number first.
    public static Permute reverse(int n) {
        int[] order = new int[n];
        Arrays.setAll(order, k -> n - 1 - k);
        return of(order);
    }

    /// A matrix stored row by row becomes its transpose.
    public static Permute transpose(int rows, int columns) {
        int[] order = new int[rows * columns];
        Arrays.setAll(order, k -> k % rows * columns + k / rows);
        return of(order);
    }

    @Override
    public Constraint domain() {
        return Each.real(order.size());
    }

    @Override
    public Constraint codomain() {
        return Each.real(order.size());
    }

    @Override
    public void forward(double[] x, double[] y) {
        for (int k = 0; k < y.length; k++) {
            y[k] = x[order.get(k)];
        }
    }

    @Override
    public void inverse(double[] y, double[] x) {
        for (int k = 0; k < y.length; k++) {
            x[order.get(k)] = y[k];
        }
    }

    @Override
    public double logDet(double[] x, double[] y) {
        return 0;
    }

    @Override
    public void pullback(double[] x, double[] y, double[] gY, double gLogDet, double[] gX) {
        inverse(gY, gX);
    }

    @Override
    public void inversePullback(double[] x, double[] y, double[] gX, double[] gY) {
        forward(gX, gY);
    }
}
