package io.fluvial.nn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// An order of the features: each looks at all before it (Germain et al. 2015, arXiv:1502.03509, section 3.1) and at
/// the whole context.
///
/// With fewer `passes` than features the order is cut into that many equal groups whose members do not look at each
/// other: 2 passes are a coupling, `dim` passes fully autoregressive. Where the groups cannot be equal the last is
/// smaller, and there may be fewer of them: [#steps()].
///
/// @param sequence the features from first to last, each once
/// @param passes number of groups, 1 … dim
public record Order(List<Integer> sequence, int passes) implements Dependence {

    public Order {
        sequence = List.copyOf(sequence);
        int dim = sequence.size();
        if (dim < 1) {
            throw new IllegalArgumentException("an order needs at least 1 feature");
        }
        if (!sequence.stream()
                .sorted()
                .toList()
                .equals(IntStream.range(0, dim).boxed().toList())) {
            throw new IllegalArgumentException(
                    "an order of " + dim + " features names each of them once, got " + sequence);
        }
        if (passes < 1 || passes > dim) {
            throw new IllegalArgumentException(
                    "passes must be between 1 and the number of features, " + dim + ", got " + passes);
        }
    }

    /// First feature first.
    public static Order natural(int dim) {
        return of(IntStream.range(0, dim).boxed().toList());
    }

    /// Last feature first.
    public static Order reverse(int dim) {
        return of(IntStream.range(0, dim).map(j -> dim - 1 - j).boxed().toList());
    }

    /// Drawn uniformly.
    public static Order random(int dim, RandomGenerator random) {
        List<Integer> sequence = new ArrayList<>(natural(dim).sequence);
        Collections.shuffle(sequence, java.util.Random.from(random));
        return of(sequence);
    }

    /// The features from first to last, fully autoregressive.
    public static Order of(List<Integer> sequence) {
        return new Order(sequence, Math.max(1, sequence.size()));
    }

    /// The features from first to last, fully autoregressive.
    public static Order of(Integer... sequence) {
        return of(List.of(sequence));
    }

    /// The same order in groups.
    public Order withPasses(int passes) {
        return new Order(sequence, passes);
    }

    /// Last feature first.
    public Order reversed() {
        return new Order(sequence.reversed(), passes);
    }

    @Override
    public int dim() {
        return sequence.size();
    }

    private int group() {
        return (dim() + passes - 1) / passes;
    }

    @Override
    public int steps() {
        return (dim() + group() - 1) / group();
    }

    @Override
    public List<Integer> starts() {
        return IntStream.rangeClosed(0, steps())
                .map(s -> Math.min(s * group(), dim()))
                .boxed()
                .toList();
    }

    /// The step, from 0, of the feature at a position.
    public int stepAt(int position) {
        return position / group();
    }

    @Override
    public List<BitSet> seen() {
        List<BitSet> seen = new ArrayList<>(Collections.nCopies(dim(), new BitSet()));
        for (int q = 0; q < dim(); q++) {
            BitSet before = new BitSet();
            sequence.subList(0, stepAt(q) * group()).forEach(before::set);
            seen.set(sequence.get(q), before);
        }
        return seen;
    }
}
