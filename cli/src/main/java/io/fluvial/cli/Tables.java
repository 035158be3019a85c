package io.fluvial.cli;

import io.fluvial.io.BadInputException;
import io.fluvial.io.MissingValues;
import io.fluvial.io.SavedModel;
import io.fluvial.io.Table;
import io.fluvial.io.TableOptions;
import io.fluvial.io.TableReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reading tables for a command: the library's messages with the options that help.
final class Tables {

    private Tables() {}

    static Table read(TableReader reader, TableOptions options, Console console) {
        Table table;
        try {
            table = reader.read(options);
        } catch (BadInputException e) {
            throw new BadInputException(withOptions(String.valueOf(e.getMessage())), e);
        }
        if (table.rows() < table.sourceRows()) {
            console.note(
                    "%s: %,d of %,d rows lack a value and are left out",
                    table.source(), table.sourceRows() - table.rows(), table.sourceRows());
        }
        return table;
    }

    /// The columns of a model.
    static Table read(
            TableReader reader, String data, SavedModel saved, Path model, MissingValues missing, Console console) {
        List<String> columns = new ArrayList<>(saved.schema().features());
        columns.addAll(saved.schema().context());
        return read(reader, data, columns, model, missing, console);
    }

    /// Some columns of a model.
    static Table read(
            TableReader reader, String data, List<String> columns, Path model, MissingValues missing, Console console) {
        for (String column : columns) {
            if (!reader.columns().contains(column)) {
                throw new BadUsage(data + ": has no column \"" + column + "\", which " + model + " reads; it reads "
                        + FitData.quoted(columns) + ", the table has " + FitData.quoted(reader.columns()));
            }
        }
        return read(reader, TableOptions.defaults().withColumns(columns).withMissing(missing), console);
    }

    /// The library speaks of its types; here people have options.
    private static String withOptions(String message) {
        return message.replace("(MissingValues.DROP)", "(--missing drop)")
                .replace("leave it out", "leave it out with --exclude")
                .replace("leave the column out", "leave the column out with --exclude");
    }
}
