package io.fluvial.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Which features each feature looks at, any directed graph without cycles: the structure of a Bayesian network, for
/// what is known about causes or about what does not matter (Wehenkel & Louppe 2021, arXiv:2006.02548, section 3).
///
/// A conditioner looks at the listed parents and nothing else, whatever its numbers. Parents of parents are not
/// implied.
///
/// @param parents for every feature the features that it looks at
/// @param context for every feature the context columns that it looks at; empty: each looks at all of them
public record Adjacency(List<List<Integer>> parents, List<List<Integer>> context) implements Dependence {

    public Adjacency {
        parents = copy(parents);
        context = copy(context);
        int dim = parents.size();
        if (dim < 1) {
            throw new IllegalArgumentException("an adjacency needs at least 1 feature");
        }
        for (int j = 0; j < dim; j++) {
            for (int parent : parents.get(j)) {
                if (parent < 0 || parent >= dim) {
                    throw new IllegalArgumentException(
                            "feature " + j + " looks at feature " + parent + ", but there are only 0 to " + (dim - 1));
                }
            }
        }
        if (!context.isEmpty() && context.size() != dim) {
            throw new IllegalArgumentException("the context columns are listed for " + context.size()
                    + " features, there are " + dim + "; an empty list lets every feature look at all of them");
        }
        if (context.stream().flatMap(List::stream).anyMatch(c -> c < 0)) {
            throw new IllegalArgumentException("context columns are counted from 0, got " + context);
        }
        levels(parents);
    }

    private static List<List<Integer>> copy(List<List<Integer>> lists) {
        return lists.stream()
                .map(list -> list.stream().sorted().distinct().toList())
                .toList();
    }

    /// Features that look at these features and at the whole context.
    public static Adjacency of(List<List<Integer>> parents) {
        return new Adjacency(parents, List.of());
    }

    /// The same with these context columns for each feature.
    public Adjacency withContext(List<List<Integer>> context) {
        return new Adjacency(parents, context);
    }

    /// The step of every feature: the length of the longest path that ends there.
    private static int[] levels(List<List<Integer>> parents) {
        int dim = parents.size();
        int[] level = new int[dim];
        Arrays.fill(level, -1);
        int known = 0;
        for (int round = 0; round < dim; round++) {
            int before = known;
            for (int j = 0; j < dim; j++) {
                if (level[j] < 0 && parents.get(j).stream().allMatch(k -> level[k] >= 0)) {
                    level[j] = parents.get(j).stream()
                            .mapToInt(k -> level[k] + 1)
                            .max()
                            .orElse(0);
                    known++;
                }
            }
            if (known == before && known < dim) {
                List<Integer> rest = IntStream.range(0, dim)
                        .filter(j -> level[j] < 0)
                        .boxed()
                        .toList();
                throw new IllegalArgumentException("the adjacency has a cycle among or before the features " + rest
                        + ": no feature may look at itself, directly or through others");
            }
        }
        return level;
    }

    @Override
    public int dim() {
        return parents.size();
    }

    @Override
    public List<Integer> sequence() {
        int[] level = levels(parents);
        List<Integer> sequence =
                new ArrayList<>(IntStream.range(0, dim()).boxed().toList());
        sequence.sort(Comparator.comparingInt(j -> level[j])); // stable: features of one step by their number
        return List.copyOf(sequence);
    }

    @Override
    public int steps() {
        return Arrays.stream(levels(parents)).max().orElse(0) + 1;
    }

    @Override
    public List<Integer> starts() {
        int[] level = levels(parents);
        return IntStream.rangeClosed(0, Arrays.stream(level).max().orElse(0) + 1)
                .map(s -> (int) Arrays.stream(level).filter(l -> l < s).count())
                .boxed()
                .toList();
    }

    @Override
    public List<BitSet> seen() {
        return parents.stream()
                .map(list -> list.stream().mapToInt(j -> j).collect(BitSet::new, BitSet::set, BitSet::or))
                .toList();
    }
}
