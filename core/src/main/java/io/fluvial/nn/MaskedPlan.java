package io.fluvial.nn;

import io.fluvial.ParameterLayout;
import io.fluvial.kernel.Staircase;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What follows from a [Dependence] for a masked network: which hidden unit looks at what, sorted so that every mask is
/// a [Staircase], and which units are complete at which step.
///
/// Every hidden unit belongs to a class. Under an order the classes are the degrees of Germain et
/// al. 2015 (arXiv:1502.03509, section 3): a unit of degree m looks at the context and at the
/// features of the steps before m, so that step m is the first that may use it. Under an adjacency
/// a class is the set of parents of one or more features. A unit looks at the units whose inputs
/// are among its own. Units are spread evenly over the classes, unit u among n in every layer
/// alike, so that residual connections fit: class ⌊u · classes / n⌋, or where there are more
/// degrees than units ⌊u · (classes − 1) / (n − 1)⌋, which leaves out degrees between the first and
/// the last.
final class MaskedPlan {

    private final List<MaskedLinear> layers = new ArrayList<>();
    private final int[][] firstUnit;
    private final int[] firstPosition;

    private MaskedPlan(int[][] firstUnit, int[] firstPosition) {
        this.firstUnit = firstUnit;
        this.firstPosition = firstPosition;
    }

    static MaskedPlan of(Dependence dependence, int contextDim, List<Integer> hidden, int perFeature) {
        return switch (dependence) {
            case Order order -> ordered(order, contextDim, hidden, perFeature);
            case Adjacency adjacency -> adjacent(adjacency, contextDim, hidden, perFeature);
        };
    }

    /// The masked layers: input to first hidden, between hidden ones, last hidden to output.
    MaskedLinear layer(int k) {
        return layers.get(k);
    }

    int steps() {
        return firstPosition.length - 1;
    }

    /// The first unit of a hidden layer that is not complete before this step.
    int unit(int layer, int step) {
        return firstUnit[layer][step];
    }

    /// The first position of this step.
    int position(int step) {
        return firstPosition[step];
    }

    /// Adds the numbers of layer k under a name.
    void addTo(ParameterLayout.Builder layout, int k, String name) {
        layout.add(name + ".weight", layer(k).weights()).add(name + ".bias", layer(k).rows());
    }

    // ---- orders ----------------------------------------------------------------------------------------------------

    private static MaskedPlan ordered(Order order, int contextDim, List<Integer> hidden, int perFeature) {
        int steps = order.steps();
        int lowest = contextDim > 0 ? 0 : Math.min(1, steps - 1); // without context degree 0 would look at nothing
        int[] degrees = new int[steps - lowest];
        for (int c = 0; c < degrees.length; c++) {
            degrees[c] = lowest + c;
        }
        int[] firstPosition = firstPositions(order);
        MaskedPlan plan = new MaskedPlan(firstUnits(hidden, degrees, steps), firstPosition);
        for (int k = 0; k <= hidden.size(); k++) {
            int depth = k == 0 ? contextDim + order.dim() : hidden.get(k - 1);
            int rows = k == hidden.size() ? order.dim() * perFeature : hidden.get(k);
            int[] length = new int[rows];
            for (int r = 0; r < rows; r++) {
                int degree =
                        k == hidden.size() ? order.stepAt(r / perFeature) : degrees[classOf(r, rows, degrees.length)];
                // a unit looks at all features of the steps before its degree, and at units up to its own degree
                length[r] = k == 0 ? contextDim + firstPosition[degree] : plan.firstUnit[k - 1][degree + 1];
            }
            plan.layers.add(MaskedLinear.of(Staircase.of(depth, length)));
        }
        return plan;
    }

    private static int classOf(int unit, int units, int classes) {
        if (units >= classes) {
            return (int) ((long) unit * classes / units);
        }
        return units == 1
                ? classes - 1
                : (int) ((long) unit * (classes - 1) / (units - 1)); // the first and the last too
    }

    private static int[] firstPositions(Dependence dependence) {
        return dependence.starts().stream().mapToInt(q -> q).toArray();
    }

    /// For every hidden layer and step the number of units that are complete before it.
    private static int[][] firstUnits(List<Integer> hidden, int[] stepOfClass, int steps) {
        int[][] first = new int[hidden.size()][steps + 1];
        for (int k = 0; k < first.length; k++) {
            int units = hidden.get(k);
            int u = 0;
            for (int s = 0; s <= steps; s++) {
                while (u < units && stepOfClass[classOf(u, units, stepOfClass.length)] < s) {
                    u++;
                }
                first[k][s] = u;
            }
        }
        return first;
    }

    // ---- adjacencies -----------------------------------------------------------------------------------------------

    private static MaskedPlan adjacent(Adjacency adjacency, int contextDim, List<Integer> hidden, int perFeature) {
        List<BitSet> seen = inputs(adjacency, contextDim);
        int[] firstPosition = firstPositions(adjacency);
        List<BitSet> classes = classes(seen, contextDim, firstPosition);
        int[] stepOfClass = classes.stream()
                .mapToInt(c -> stepAfter(c, contextDim, firstPosition))
                .toArray();
        for (int units : hidden) {
            if (units < classes.size()) {
                throw new IllegalArgumentException(
                        "a hidden layer of " + units + " units is too narrow: the adjacency has " + classes.size()
                                + " different sets of parents, and each needs a unit");
            }
        }
        MaskedPlan plan = new MaskedPlan(firstUnits(hidden, stepOfClass, firstPosition.length - 1), firstPosition);
        for (int k = 0; k <= hidden.size(); k++) {
            int depth = k == 0 ? contextDim + adjacency.dim() : hidden.get(k - 1);
            int rows = k == hidden.size() ? adjacency.dim() * perFeature : hidden.get(k);
            List<BitSet> columns = new ArrayList<>();
            for (int r = 0; r < rows; r++) {
                BitSet inputs =
                        k == hidden.size() ? seen.get(r / perFeature) : classes.get(classOf(r, rows, classes.size()));
                columns.add(k == 0 ? inputs : unitsWithin(inputs, classes, depth));
            }
            plan.layers.add(MaskedLinear.of(depth, columns));
        }
        return plan;
    }

    /// The units of a layer whose inputs are all among these.
    private static BitSet unitsWithin(BitSet inputs, List<BitSet> classes, int units) {
        BitSet within = new BitSet();
        for (int u = 0; u < units; u++) {
            BitSet outside =
                    (BitSet) classes.get(classOf(u, units, classes.size())).clone();
            outside.andNot(inputs);
            within.set(u, outside.isEmpty());
        }
        return within;
    }

    /// For every position the columns of the input that its feature looks at.
    private static List<BitSet> inputs(Adjacency adjacency, int contextDim) {
        List<Integer> sequence = adjacency.sequence();
        List<BitSet> inputs = new ArrayList<>();
        for (int feature : sequence) {
            BitSet seen = new BitSet();
            if (adjacency.context().isEmpty()) {
                seen.set(0, contextDim);
            } else {
                for (int column : adjacency.context().get(feature)) {
                    if (column >= contextDim) {
                        throw new IllegalArgumentException("feature " + feature + " looks at context column " + column
                                + ", the layer has " + contextDim + " (contextDim)");
                    }
                    seen.set(column);
                }
            }
            for (int parent : adjacency.parents().get(feature)) {
                seen.set(contextDim + sequence.indexOf(parent));
            }
            inputs.add(seen);
        }
        return inputs;
    }

    /// The different sets of inputs, those complete first first.
    private static List<BitSet> classes(List<BitSet> seen, int contextDim, int[] firstPosition) {
        Set<BitSet> different = new LinkedHashSet<>(seen);
        if (different.size() > 1) {
            different.remove(new BitSet()); // a feature that looks at nothing needs no units
        }
        List<BitSet> classes = new ArrayList<>(different);
        classes.sort(Comparator.comparingInt(c -> stepAfter(c, contextDim, firstPosition)));
        return classes;
    }

    /// The first step at which all of these inputs are known: the first that starts after the last of them.
    private static int stepAfter(BitSet inputs, int contextDim, int[] firstPosition) {
        int last = inputs.length() - 1 - contextDim;
        int step = 0;
        while (firstPosition[step] <= last) {
            step++;
        }
        return step;
    }
}
