package io.fluvial.cli;

import io.fluvial.Flow;
import io.fluvial.flows.AutoregressiveFlow;
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
    /// @param network the networks, or null for the kind's own
    record Shape(
            int dim,
            int contextDim,
            @Nullable Integer layers,
            @Nullable Network network) {}

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
        KINDS.put("nsf", new Entry(coupling(Flows::nsfCouplingWith), 3));
        KINDS.put("maf", new Entry(autoregressive(Flows::mafWith), 2));
        KINDS.put("nsf-ar", new Entry(autoregressive(Flows::nsfAutoregressiveWith), 2));
        KINDS.put("maf-mog", new Entry(autoregressive(Flows::mafMogWith), 0));
        KINDS.put("iaf", new Entry(autoregressive(Flows::iafWith), 0));
        KINDS.put("nice", new Entry(coupling(Flows::niceWith), 0));
        KINDS.put("naf", new Entry(autoregressive(Flows::nafWith), 0));
        KINDS.put("unaf", new Entry(autoregressive(Flows::unafWith), 0));
        KINDS.put("sospf", new Entry(autoregressive(Flows::sospfWith), 0));
        KINDS.put("bernstein", new Entry(autoregressive(Flows::bernsteinWith), 0));
        KINDS.put("bnaf", new Entry(FlowKinds::bnaf, 0));
        KINDS.put("flow++", new Entry(coupling(Flows::flowPlusPlusWith), 0));
        KINDS.put("gaussianization", new Entry(FlowKinds::gaussianization, 0));
        KINDS.put("same-order", new Entry(autoregressive(Flows::sameOrderWith), 0));
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
            flow = shape.network() == null
                    ? flow
                    : flow.withNetwork(shape.network().coupling());
            return flow.build();
        };
    }

    private static Kind autoregressive(IntFunction<AutoregressiveFlow> preset) {
        return shape -> {
            AutoregressiveFlow flow = preset.apply(shape.dim()).withContextDim(shape.contextDim());
            flow = shape.layers() == null ? flow : flow.withLayers(shape.layers());
            flow = shape.network() == null
                    ? flow
                    : flow.withNetwork(shape.network().autoregressive());
            return flow.build();
        };
    }

    private static Flow gaussianization(Shape shape) {
        if (shape.network() != null && shape.contextDim() == 0) {
            throw new IllegalArgumentException(
                    "has no networks where there is no --context; --hidden, --activation, --dropout and --residual do not apply");
        }
        return Flows.gaussianization(
                shape.dim(),
                shape.contextDim(),
                shape.layers() == null ? 8 : shape.layers(),
                shape.network() == null ? null : shape.network().coupling());
    }

    private static Flow bnaf(Shape shape) {
        if (shape.network() != null) {
            throw new IllegalArgumentException(
                    "brings its own networks; --hidden, --activation, --dropout and --residual do not apply");
        }
        return Flows.bnaf(shape.dim(), shape.contextDim(), shape.layers() == null ? 2 : shape.layers());
    }
}
