package io.fluvial.cli;

import io.fluvial.Flow;
import io.fluvial.flows.AutoregressiveFlow;
import io.fluvial.flows.CouplingFlow;
import io.fluvial.flows.Flows;
import java.util.LinkedHashMap;
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
    record Shape(int dim, int contextDim, @Nullable Integer layers, @Nullable Network network) {}

    static final String DEFAULT = "realnvp";

    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("realnvp", coupling(Flows::realNvpWith));
        KINDS.put("nice", coupling(Flows::niceWith));
        KINDS.put("maf", autoregressive(Flows::mafWith));
        KINDS.put("iaf", autoregressive(Flows::iafWith));
        KINDS.put("nsf", coupling(Flows::nsfCouplingWith));
        KINDS.put("nsf-ar", autoregressive(Flows::nsfAutoregressiveWith));
        KINDS.put("same-order", autoregressive(Flows::sameOrderWith));
    }

    private FlowKinds() {}

    static String names() {
        return KINDS.keySet().stream().collect(Collectors.joining(", "));
    }

    static Flow build(String name, Shape shape) {
        Kind kind = KINDS.get(name);
        if (kind == null) {
            throw new BadUsage("there is no flow \"" + name + "\"; --flow takes one of " + names());
        }
        try {
            return kind.build(shape);
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
            flow = shape.network() == null ? flow : flow.withNetwork(shape.network().coupling());
            return flow.build();
        };
    }

    private static Kind autoregressive(IntFunction<AutoregressiveFlow> preset) {
        return shape -> {
            AutoregressiveFlow flow = preset.apply(shape.dim()).withContextDim(shape.contextDim());
            flow = shape.layers() == null ? flow : flow.withLayers(shape.layers());
            flow = shape.network() == null ? flow : flow.withNetwork(shape.network().autoregressive());
            return flow.build();
        };
    }
}
