package io.fluvial.cli;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// A flow that might be fitted.
///
/// @param kind its name in [FlowKinds]
/// @param layers number of layers
/// @param hidden widths of the networks' hidden layers
/// @param dropout share of hidden units left out while training
record Candidate(String kind, int layers, List<Integer> hidden, double dropout) {

    Candidate {
        hidden = List.copyOf(hidden);
    }

    private String widths() {
        return String.join(",", hidden.stream().map(String::valueOf).toList());
    }

    private String share() {
        return dropout == Math.rint(dropout)
                ? String.valueOf((long) dropout)
                : String.format(Locale.ROOT, "%s", dropout);
    }

    /// As the command line takes it.
    String options() {
        return "--flow " + kind + " --layers " + layers + " --hidden " + widths() + " --dropout " + share();
    }

    ObjectNode json() {
        ObjectNode object = Console.newObject();
        object.put("flow", kind);
        object.put("layers", layers);
        hidden.forEach(object.putArray("hidden")::add);
        object.put("dropout", dropout);
        return object;
    }

    /// `realnvp, 8 layers of 64,64, dropout 0.1`.
    @Override
    public String toString() {
        return kind + ", " + layers + " layers of " + widths() + ", dropout " + share();
    }
}
