package io.fluvial.io;

import io.fluvial.FlowModel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A model and what has to be known to use it: the content of a [ModelFile].
///
/// @param model flow and parameters
/// @param schema the columns it reads, as many as the flow has features and context columns
/// @param preprocessing notes on what was done to the table before the flow saw it, in order
/// @param provenance where it comes from
/// @param metrics numbers of the training, by name
/// @param extra further entries of the file's metadata, such as a calibration; no key starts with `fluvial.`
public record SavedModel(
        FlowModel model,
        Schema schema,
        List<String> preprocessing,
        Provenance provenance,
        Map<String, Double> metrics,
        Map<String, String> extra) {

    public SavedModel {
        preprocessing = List.copyOf(preprocessing);
        metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
        extra = Collections.unmodifiableMap(new TreeMap<>(extra));
        if (schema.features().size() != model.dim()) {
            throw new IllegalArgumentException(
                    "the schema names " + schema.features().size() + " features, the flow has " + model.dim());
        }
        if (schema.context().size() != model.contextDim()) {
            throw new IllegalArgumentException("the schema names "
                    + schema.context().size() + " context columns, the flow expects " + model.contextDim());
        }
        for (String key : extra.keySet()) {
            if (key.startsWith(ModelFile.PREFIX)) {
                throw new IllegalArgumentException("metadata \"" + key + "\": keys that start with \""
                        + ModelFile.PREFIX + "\" are taken, name it otherwise");
            }
        }
    }

    /// A model and its columns.
    public static SavedModel of(FlowModel model, Schema schema) {
        return new SavedModel(model, schema, List.of(), Provenance.unknown(), Map.of(), Map.of());
    }

    public SavedModel withPreprocessing(List<String> preprocessing) {
        return new SavedModel(model, schema, preprocessing, provenance, metrics, extra);
    }

    public SavedModel withProvenance(Provenance provenance) {
        return new SavedModel(model, schema, preprocessing, provenance, metrics, extra);
    }

    public SavedModel withMetrics(Map<String, Double> metrics) {
        return new SavedModel(model, schema, preprocessing, provenance, metrics, extra);
    }

    public SavedModel withExtra(Map<String, String> extra) {
        return new SavedModel(model, schema, preprocessing, provenance, metrics, extra);
    }
}
