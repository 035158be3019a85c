package io.fluvial.distribution;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import io.fluvial.constraint.ScalarConstraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// Several distributions side by side in one vector, independent of each other: log-densities and entropies add.
///
/// Parts of any shape come one after the other, matrices row by row. θ is that of the parts, in their order; parts that
/// are not [Parameterized] are fixed.
public final class Independent implements MultivariateDistribution, Parameterized<Independent> {

    private final List<Distribution> parts;
    /// Where each part starts, and the size of all.
    private final int[] starts;
    private final Constraint support;

    private Independent(List<Distribution> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("Independent: needs at least one distribution");
        }
        this.parts = parts;
        starts = new int[parts.size() + 1];
        List<Constraint> supports = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            supports.add(parts.get(i).support());
            starts[i + 1] = starts[i] + parts.get(i).shape().size();
        }
        boolean alike = supports.getFirst() instanceof ScalarConstraint
                && supports.stream().allMatch(supports.getFirst()::equals);
        support = alike ? Each.of((ScalarConstraint) supports.getFirst(), supports.size()) : new Cat(supports);
    }

    public static Independent of(Distribution... parts) {
        return new Independent(List.of(parts));
    }

    public static Independent of(List<? extends Distribution> parts) {
        return new Independent(List.copyOf(parts));
    }

    /// n times the same.
    public static Independent of(Distribution part, int n) {
        Parameter.atLeast("Independent", "n", n, 1);
        return new Independent(Collections.nCopies(n, part));
    }

    public List<Distribution> parts() {
        return parts;
    }

    @Override
    public Constraint support() {
        return support;
    }

    private double[] part(int i, double[] x) {
        return Arrays.copyOfRange(x, starts[i], starts[i + 1]);
    }

    @Override
    public double logProb(double[] x) {
        Events.one(x, shape());
        double sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            double log = parts.get(i) instanceof ScalarDistribution scalar
                    ? scalar.logProb(x[starts[i]])
                    : parts.get(i).logProb(part(i, x));
            sum = plus(sum, log);
        }
        return sum;
    }

    /// Outside is outside, also where another part has an infinite density.
    private static double plus(double a, double b) {
        boolean outside = a == Double.NEGATIVE_INFINITY && b == Double.POSITIVE_INFINITY
                || a == Double.POSITIVE_INFINITY && b == Double.NEGATIVE_INFINITY;
        return outside ? Double.NEGATIVE_INFINITY : a + b;
    }

    @Override
    public void logProb(double[] x, int lanes, double[] out) {
        Events.checked(x, shape(), lanes, out);
        Arrays.fill(out, 0, lanes, 0);
        double[] one = new double[lanes];
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).logProb(Arrays.copyOfRange(x, starts[i] * lanes, starts[i + 1] * lanes), lanes, one);
            for (int lane = 0; lane < lanes; lane++) {
                out[lane] = plus(out[lane], one[lane]);
            }
        }
    }

    @Override
    public void gradient(double[] x, double[] gX) {
        if (!Outside.fillsGradient("Independent", support, x, gX)) {
            scatter(gX, (part, i, out) -> part.gradient(part(i, x), out));
        }
    }

    @Override
    public void sample(RandomGenerator random, double[] x) {
        scatter(x, (part, i, out) -> part.sample(random, out));
    }

    @Override
    public void mean(double[] out) {
        scatter(out, (part, i, own) -> part.mean(own));
    }

    @Override
    public void variance(double[] out) {
        scatter(out, (part, i, own) -> part.variance(own));
    }

    @Override
    public void mode(double[] out) {
        scatter(out, (part, i, own) -> part.mode(own));
    }

    private interface OfPart {
        void into(Distribution part, int i, double[] own);
    }

    private void scatter(double[] out, OfPart f) {
        Events.one(out, shape());
        for (int i = 0; i < parts.size(); i++) {
            double[] own = new double[starts[i + 1] - starts[i]];
            f.into(parts.get(i), i, own);
            System.arraycopy(own, 0, out, starts[i], own.length);
        }
    }

    @Override
    public double entropy() {
        double sum = 0;
        for (Distribution part : parts) {
            sum += part.entropy();
        }
        return sum;
    }

    @Override
    public double[] parameters() {
        return Theta.of(new double[0], parts);
    }

    /// @throws UnsupportedOperationException where no part has parameters
    @Override
    public Constraint parameterSpace() {
        return Theta.space(List.of(), parts);
    }

    @Override
    public Independent withParameters(double[] theta) {
        return new Independent(List.copyOf(Theta.with("Independent", parts, theta, 0)));
    }

    @Override
    public void parameterGradient(double[] x, double[] gTheta) {
        Parameter.length("Independent", "a parameter gradient", gTheta, Theta.size(parts));
        if (Outside.fills("Independent", support, x, gTheta)) {
            return;
        }
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            double[] own = Theta.gradient(parts.get(i), part(i, x));
            System.arraycopy(own, 0, gTheta, at, own.length);
            at += own.length;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Independent that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return "Independent" + parts;
    }
}
