package io.fluvial.cli;

import io.fluvial.Conditioner;
import io.fluvial.Flow;
import io.fluvial.flows.CouplingFlow;
import io.fluvial.flows.Flows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The flows that `fit --flow` knows, by name.
final class FlowKinds {

    /// Makes a flow of a shape.
    @FunctionalInterface
    interface Kind {
        Flow build(Shape shape);
    }

    /// What can be asked of every kind.
    ///
    /// @param layers number of layers, or null for the kind's own
    /// @param network the conditioners, or null for the kind's own
    record Shape(int dim, int contextDim, @Nullable Integer layers, Conditioner.@Nullable Factory network) {}

    /// The name that stands for a choice among the others.
    static final String AUTO = "auto";

    /// A kind of flow.
    ///
    /// @param kind makes it
    /// @param sizes how many sizes of the [Ladder] `auto` tries; 0 for a kind that it leaves out
    private record Entry(Kind kind, int sizes) {}

    /// In the order in which `auto` tries them.
    private static final Map<String, Entry> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("realnvp", new Entry(coupling(Flows::realNvpWith), 3));
        KINDS.put("nice", new Entry(coupling(Flows::niceWith), 1));
    }

    private FlowKinds() {}

    static String names() {
        return AUTO + ", " + KINDS.keySet().stream().collect(Collectors.joining(", "));
    }

    /// The kinds of which `auto` tries at least so many sizes.
    static List<String> kindsWithSizes(int sizes) {
        return KINDS.entrySet().stream()
                .filter(e -> e.getValue().sizes() >= sizes)
                .map(Map.Entry::getKey)
                .toList();
    }

    static Flow build(String name, Shape shape) {
        Entry entry = KINDS.get(name);
        if (entry == null) {
            throw new BadUsage("there is no flow \"" + name + "\"; --flow takes one of " + names());
        }
        try {
            return entry.kind().build(shape);
        } catch (IllegalArgumentException e) {
            throw new BadUsage("--flow " + name + ": " + e.getMessage(), e);
        }
    }

    private static Kind coupling(IntFunction<CouplingFlow> preset) {
        return shape -> {
            if (shape.dim() == 1 && shape.contextDim() == 0) {
                throw new IllegalArgumentException("needs at least 2 columns, or one and --context: with a single"
                        + " column there is nothing to condition on");
            }
            CouplingFlow flow = preset.apply(shape.dim()).withContext(shape.contextDim());
            flow = shape.layers() == null ? flow : flow.withLayers(shape.layers());
            flow = shape.network() == null ? flow : flow.withNetwork(shape.network());
            return flow.build();
        };
    }
}
