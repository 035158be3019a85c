package io.fluvial.cli;

import io.fluvial.io.BadInputException;
import io.fluvial.io.MissingValues;
import io.fluvial.io.RowFunction;
import io.fluvial.io.SavedModel;
import io.fluvial.io.Table;
import io.fluvial.io.TableOptions;
import io.fluvial.io.TableReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Reading tables for a command: the library's messages with the options that help.
final class Tables {

    private Tables() {}

    static Table read(TableReader reader, TableOptions options, Console console) {
        Table table;
        try {
            table = reader.read(options);
        } catch (BadInputException e) {
            throw withOptions(e);
        }
        noteMissing(table.source(), table.rows(), table.sourceRows(), "are left out", console);
        return table;
    }

    /// The table with one more column at `output`, computed from the columns of a model, features first.
    static void appendComputed(
            TableReader reader,
            String data,
            SavedModel saved,
            Path model,
            MissingValues missing,
            String output,
            String name,
            RowFunction function,
            Console console) {
        List<String> columns = columns(saved);
        checkColumns(reader, data, columns, model);
        AtomicLong rows = new AtomicLong();
        TableOptions options = TableOptions.defaults().withColumns(columns).withMissing(missing);
        long all;
        try {
            all = reader.appendComputed(options, output, System.out, name, samples -> {
                rows.addAndGet(samples.count());
                return function.of(samples);
            });
        } catch (BadInputException e) {
            throw withOptions(e);
        }
        String what = "are written with \"" + name + "\" empty";
        noteMissing(data.equals("-") ? "standard input" : data, rows.get(), all, what, console);
    }

    private static void noteMissing(String source, long rows, long all, String what, Console console) {
        if (rows < all) {
            console.note("%s: %,d of %,d rows lack a value and %s", source, all - rows, all, what);
        }
    }

    private static List<String> columns(SavedModel saved) {
        List<String> columns = new ArrayList<>(saved.schema().features());
        columns.addAll(saved.schema().context());
        return columns;
    }

    /// The columns of a model.
    static Table read(
            TableReader reader, String data, SavedModel saved, Path model, MissingValues missing, Console console) {
        return read(reader, data, columns(saved), model, missing, console);
    }

    /// Some columns of a model.
    static Table read(
            TableReader reader, String data, List<String> columns, Path model, MissingValues missing, Console console) {
        checkColumns(reader, data, columns, model);
        return read(reader, TableOptions.defaults().withColumns(columns).withMissing(missing), console);
    }

    private static void checkColumns(TableReader reader, String data, List<String> columns, Path model) {
        for (String column : columns) {
            if (!reader.columns().contains(column)) {
                throw new BadUsage(data + ": has no column \"" + column + "\", which " + model + " reads; it reads "
                        + FitData.quoted(columns) + ", the table has " + FitData.quoted(reader.columns()));
            }
        }
    }

    /// The library speaks of its types; here people have options.
    private static BadInputException withOptions(BadInputException e) {
        String message = String.valueOf(e.getMessage())
                .replace("(MissingValues.DROP)", "(--missing drop)")
                .replace("leave it out", "leave it out with --exclude")
                .replace("leave the column out", "leave the column out with --exclude");
        return new BadInputException(message, e);
    }
}
