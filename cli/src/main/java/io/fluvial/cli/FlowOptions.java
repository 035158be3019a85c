package io.fluvial.cli;

import io.fluvial.Flow;
import io.fluvial.flows.Flows;
import io.fluvial.nn.Activation;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
            description =
                    "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, which tries several kinds and sizes"
                            + " and takes the one that is best on the validation rows).")
    private String name = FlowKinds.AUTO;

    @Option(
            names = "--layers",
            paramLabel = "N",
            description =
                    "Number of layers (default: 8 couplings or 5 autoregressive layers). With auto, this and the options below hold for every flow"
                            + " that is tried.")
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
            description = "Share of hidden units left out while training (default: 0, with auto it varies).")
    private @Nullable Double dropout;

    @Option(
            names = "--residual",
            description = "Residual networks; the widths in --hidden must then be equal, two of them make a block.")
    private boolean residual;

    /// Whether several flows are to be tried.
    boolean automatic() {
        return name.equals(FlowKinds.AUTO);
    }

    String name() {
        return name;
    }

    /// The flow that was named.
    Flow build(int dim, int contextDim) {
        return build(name, layers, hidden, dropout, dim, contextDim);
    }

    /// This flow, with what holds for all.
    Flow build(Candidate c, int dim, int contextDim) {
        return build(c.kind(), c.layers(), c.hidden(), c.dropout(), dim, contextDim);
    }

    /// What to try, each once; what was asked for in an option holds for all of them, and a kind that cannot be built
    /// for this table is left out.
    ///
    /// @param most how many at most
    /// @throws BadUsage where none can be built, with the reason of the first
    List<Candidate> candidates(int dim, int contextDim, int rows, int most) {
        Set<Candidate> candidates = new LinkedHashSet<>();
        @Nullable BadUsage reason = null;
        for (Candidate c : Ladder.candidates(dim + contextDim, rows)) {
            Candidate candidate = new Candidate(
                    c.kind(),
                    layers == null ? c.layers() : layers,
                    hidden.isEmpty() ? c.hidden() : hidden,
                    dropout == null ? c.dropout() : dropout);
            try {
                build(candidate, dim, contextDim);
                candidates.add(candidate);
            } catch (BadUsage e) {
                reason = reason == null ? e : reason;
            }
        }
        if (candidates.isEmpty() && reason != null) {
            throw reason;
        }
        return candidates.stream().limit(most).toList();
    }

    private Flow build(
            String kind,
            @Nullable Integer layers,
            List<Integer> hidden,
            @Nullable Double dropout,
            int dim,
            int contextDim) {
        Network network = network(dim, hidden, dropout == null ? 0 : dropout);
        return FlowKinds.build(kind, new FlowKinds.Shape(dim, contextDim, layers, network));
    }

    private @Nullable Network network(int dim, List<Integer> hidden, double dropout) {
        if (hidden.isEmpty() && activation == Activation.RELU && dropout == 0 && !residual) {
            return null;
        }
        List<Integer> widths = hidden.isEmpty() ? Flows.hidden(dim) : hidden;
        if (residual && (widths.size() % 2 != 0 || widths.stream().distinct().count() > 1)) {
            throw new BadUsage("--residual needs an even number of equal widths, such as --hidden 128,128,128,128, got "
                    + "--hidden "
                    + String.join(",", widths.stream().map(String::valueOf).toList()));
        }
        return new Network(widths, activation, dropout, residual ? Network.Kind.RESIDUAL : Network.Kind.PLAIN);
    }
}
