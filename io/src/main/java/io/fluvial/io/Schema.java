package io.fluvial.io;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The columns that a model reads: its features and what they are conditioned on, in the flow's order.
///
/// @param features names of the features, each once
/// @param context names of the conditioning columns, none of them a feature; empty for none
public record Schema(List<String> features, List<String> context) {

    public Schema {
        features = List.copyOf(features);
        context = List.copyOf(context);
        if (features.isEmpty()) {
            throw new IllegalArgumentException("a schema needs at least one feature");
        }
        Set<String> names = new HashSet<>();
        for (List<String> part : List.of(features, context)) {
            for (String name : part) {
                if (!names.add(name)) {
                    throw new IllegalArgumentException("the schema names \"" + name + "\" twice");
                }
            }
        }
    }

    /// Without context.
    public static Schema of(String... features) {
        return new Schema(List.of(features), List.of());
    }

    /// The same features given these columns.
    public Schema withContext(String... context) {
        return new Schema(features, List.of(context));
    }
}
