package io.fluvial.cli;

import io.fluvial.io.MissingValues;
import io.fluvial.io.Schema;
import io.fluvial.io.Table;
import io.fluvial.io.TableOptions;
import io.fluvial.io.TableOptions.Purpose;
import io.fluvial.io.TableReader;
import io.fluvial.train.TrainingData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a table as a flow learns from them.
///
/// @param rows features, context and weights
/// @param schema which columns are which
/// @param weights name of the column of weights, or null
/// @param missing what was done with missing values
record FitData(TrainingData rows, Schema schema, @Nullable String weights, MissingValues missing) {

    /// Which columns a table is asked for.
    ///
    /// @param features empty for all numeric columns that are not named otherwise
    record Choice(
            List<String> features,
            List<String> context,
            List<String> exclude,
            @Nullable String weights) {

        Choice {
            features = trimmed(features);
            context = trimmed(context);
            exclude = trimmed(exclude);
            for (String name : context) {
                if (features.contains(name)) {
                    throw new BadUsage(
                            "column \"" + name + "\" is in --columns and in --context; it can be one of them");
                }
            }
            for (String name : exclude) {
                if (features.contains(name) || context.contains(name)) {
                    throw new BadUsage(
                            "column \"" + name + "\" is excluded and asked for; drop it from one of the options");
                }
            }
            if (weights != null && (features.contains(weights) || context.contains(weights))) {
                throw new BadUsage("column \"" + weights + "\" holds the weights and cannot be learned as well");
            }
        }

        private static List<String> trimmed(List<String> names) {
            return names.stream().map(String::strip).toList();
        }
    }

    static FitData read(String data, Choice choice, MissingValues missing, Console console) {
        try (TableReader reader = TableReader.open(data)) {
            known(data, reader, choice.exclude(), "--exclude");
            known(data, reader, choice.context(), "--context");
            List<String> features =
                    choice.features().isEmpty() ? others(data, reader, choice, console) : choice.features();
            Schema schema = schema(features, choice.context());
            TrainingData rows = read(reader, data, schema, choice.weights(), missing, Purpose.FIT, console);
            return new FitData(rows, schema, choice.weights(), missing);
        }
    }

    /// Another table with the same columns.
    TrainingData like(String data, Console console) {
        try (TableReader reader = TableReader.open(data)) {
            return read(reader, data, schema, weights, missing, Purpose.APPLY, console);
        }
    }

    private static Schema schema(List<String> features, List<String> context) {
        try {
            return new Schema(features, context);
        } catch (IllegalArgumentException e) {
            throw new BadUsage(e);
        }
    }

    private static void known(String data, TableReader reader, List<String> names, String option) {
        for (String name : names) {
            if (!reader.columns().contains(name)) {
                throw new BadUsage(data + ": has no column \"" + name + "\" for " + option + "; it has "
                        + quoted(reader.columns()));
            }
        }
    }

    /// All numeric columns that have no other part; text columns are named, not passed over in silence.
    private static List<String> others(String data, TableReader reader, Choice choice, Console console) {
        List<String> numeric = reader.numericColumns();
        List<String> features = new ArrayList<>();
        List<String> text = new ArrayList<>();
        for (String name : reader.columns()) {
            if (choice.context().contains(name) || choice.exclude().contains(name) || name.equals(choice.weights())) {
                continue;
            }
            (numeric.contains(name) ? features : text).add(name);
        }
        if (!text.isEmpty()) {
            console.note("%s: left out, because they hold text: %s", data, quoted(text));
        }
        if (features.isEmpty()) {
            throw new BadUsage(data + ": no numeric column is left to learn; it has " + quoted(reader.columns()));
        }
        return features;
    }

    private static TrainingData read(
            TableReader reader,
            String data,
            Schema schema,
            @Nullable String weights,
            MissingValues missing,
            Purpose purpose,
            Console console) {
        List<String> columns = new ArrayList<>(schema.features());
        columns.addAll(schema.context());
        if (weights != null) {
            columns.add(weights);
        }
        TableOptions options = TableOptions.defaults().withColumns(columns).withMissing(missing);
        Table table = Tables.read(reader, options.withPurpose(purpose), console);
        TrainingData rows = TrainingData.of(table.samples(schema.features()), table.samples(schema.context()));
        if (weights == null) {
            return rows;
        }
        float[] values = table.samples(List.of(weights)).column(0);
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0) {
                throw new BadUsage(data + ": column \"" + weights + "\" has the weight " + values[i] + " in data row "
                        + table.sourceRow(i) + "; weights must not be negative");
            }
        }
        try {
            return rows.withWeights(values);
        } catch (IllegalArgumentException e) {
            throw new BadUsage(data + ": column \"" + weights + "\": " + e.getMessage(), e);
        }
    }

    static String quoted(List<String> names) {
        String some = String.join(
                ", ", names.stream().limit(20).map(n -> "\"" + n + "\"").toList());
        return names.size() > 20 ? some + " and " + (names.size() - 20) + " more" : some;
    }
}
