package io.fluvial.cli;

import io.fluvial.Flow;
import io.fluvial.nn.Activation;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which flow to fit.
final class FlowOptions {

    /// The names, for help and completion.
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(FlowKinds.names().split(", ")).iterator();
        }
    }

    @Option(
            names = "--flow",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String name = FlowKinds.DEFAULT;

    @Option(names = "--layers", paramLabel = "N", description = "Number of layers (default: 8 couplings or 5 autoregressive layers).")
    private @Nullable Integer layers;

    @Option(
            names = "--hidden",
            paramLabel = "WIDTHS",
            split = ",",
            description = "Widths of the networks' hidden layers, such as 256,256"
                    + " (default: 64,64, from 16 columns on 256,256).")
    private List<Integer> hidden = List.of();

    /// The names, as people write them.
    static final class Activations implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Activation.values())
                    .map(a -> a.name().toLowerCase(Locale.ROOT))
                    .iterator();
        }
    }

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            completionCandidates = Activations.class,
            description = "One of ${COMPLETION-CANDIDATES} (default: relu).")
    private Activation activation = Activation.RELU;

    @Option(
            names = "--dropout",
            paramLabel = "SHARE",
            description = "Share of hidden units left out while training (default: ${DEFAULT-VALUE}).")
    private double dropout;

    @Option(
            names = "--residual",
            description = "Residual networks; the widths in --hidden must then be equal, two of them make a block.")
    private boolean residual;

    Flow build(int dim, int contextDim) {
        return FlowKinds.build(name, new FlowKinds.Shape(dim, contextDim, layers, network(dim)));
    }

    private @Nullable Network network(int dim) {
        if (hidden.isEmpty() && activation == Activation.RELU && dropout == 0 && !residual) {
            return null;
        }
        List<Integer> widths = hidden.isEmpty() ? Collections.nCopies(2, dim < 16 ? 64 : 256) : hidden;
        if (residual && (widths.size() % 2 != 0 || widths.stream().distinct().count() > 1)) {
            throw new BadUsage("--residual needs an even number of equal widths, such as --hidden 128,128,128,128, got "
                    + "--hidden "
                    + String.join(",", widths.stream().map(String::valueOf).toList()));
        }
        return new Network(widths, activation, dropout, residual ? Network.Kind.RESIDUAL : Network.Kind.PLAIN);
    }
}
