package io.fluvial.bijector;

import io.fluvial.Bijector;
import io.fluvial.FeatureTrace;
import io.fluvial.ParameterLayout;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// A fixed reordering, `y[j] = x[from[j]]`, ℓ = 0.
///
/// @param from for every output the number of its input; each number once
public record Permutation(List<Integer> from) implements Bijector {

    public Permutation {
        from = List.copyOf(from);
        LayerSizes.checkDim(from.size());
        if (!from.stream()
                .sorted()
                .toList()
                .equals(IntStream.range(0, from.size()).boxed().toList())) {
            throw new IllegalArgumentException(
                    "a permutation of " + from.size() + " features names each of them once, got " + from);
        }
    }

    public static Permutation of(Integer... from) {
        return new Permutation(List.of(from));
    }

    /// Last feature first.
    public static Permutation reverse(int dim) {
        return new Permutation(
                IntStream.range(0, dim).map(j -> dim - 1 - j).boxed().toList());
    }

    /// `y[j] = x[(j + by) mod dim]`.
    public static Permutation rotation(int dim, int by) {
        return new Permutation(IntStream.range(0, dim)
                .map(j -> Math.floorMod(j + by, dim))
                .boxed()
                .toList());
    }

    /// Drawn uniformly.
    public static Permutation random(int dim, RandomGenerator random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, dim).boxed().toList());
        Collections.shuffle(order, java.util.Random.from(random));
        return new Permutation(order);
    }

    /// The permutation that undoes this one.
    public Permutation inverted() {
        Integer[] back = new Integer[from.size()];
        for (int j = 0; j < back.length; j++) {
            back[from.get(j)] = j;
        }
        return Permutation.of(back);
    }

    @Override
    public int dim() {
        return from.size();
    }

    @Override
    public int contextDim() {
        return 0;
    }

    @Override
    public ParameterLayout parameters() {
        return ParameterLayout.none();
    }

    @Override
    public void forward(Pass p) {
        move(p, p.data(), p.x(), p.y(), true);
    }

    @Override
    public void inverse(Pass p) {
        move(p, p.data(), p.y(), p.x(), false);
    }

    @Override
    public void forwardVjp(Pass p, Pullback g) {
        move(p, g.data(), p.y(), p.x(), false);
    }

    @Override
    public void inverseVjp(Pass p, Pullback g) {
        move(p, g.data(), p.x(), p.y(), true);
    }

    private void move(Pass p, float[] d, int source, int target, boolean forward) {
        for (int j = 0; j < from.size(); j++) {
            int k = from.get(j);
            int read = source + (forward ? k : j) * p.lanes();
            int write = target + (forward ? j : k) * p.lanes();
            System.arraycopy(d, read, d, write, p.active());
        }
    }

    @Override
    public void trace(FeatureTrace trace) {
        trace.permute(from);
    }
}
