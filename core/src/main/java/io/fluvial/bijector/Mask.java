package io.fluvial.bijector;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Which features a coupling moves; the others pass unchanged and feed the conditioner.
///
/// @param dim number of features
/// @param moved numbers of the moved features, ascending, at least one
public record Mask(int dim, List<Integer> moved) {

    public Mask {
        moved = List.copyOf(new TreeSet<>(moved));
        if (moved.isEmpty() || moved.getFirst() < 0 || moved.getLast() >= dim) {
            throw new IllegalArgumentException(
                    "a mask over " + dim + " features must move some of 0 … " + (dim - 1) + ", got " + moved);
        }
    }

    /// Moves the features with `j % 2 == parity`.
    public static Mask alternating(int dim, int parity) {
        return new Mask(
                dim,
                IntStream.range(0, dim).filter(j -> j % 2 == parity).boxed().toList());
    }

    /// Moves the first (`dim / 2`) or the last half of the features.
    public static Mask half(int dim, boolean first) {
        return new Mask(
                dim,
                (first ? IntStream.range(0, dim / 2) : IntStream.range(dim / 2, dim))
                        .boxed()
                        .toList());
    }

    /// Moves a random half, `dim / 2` of the features.
    public static Mask random(int dim, RandomGenerator random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, dim).boxed().toList());
        Collections.shuffle(order, java.util.Random.from(random));
        return new Mask(dim, order.subList(0, Math.max(1, dim / 2)));
    }

    /// Moves these features.
    public static Mask of(int dim, Integer... moved) {
        return new Mask(dim, List.of(moved));
    }

    /// The features that pass unchanged, ascending.
    public List<Integer> identity() {
        return IntStream.range(0, dim).filter(j -> !moved.contains(j)).boxed().toList();
    }

    /// Moves what this one passes and passes what this one moves.
    public Mask complement() {
        return new Mask(dim, identity());
    }
}
