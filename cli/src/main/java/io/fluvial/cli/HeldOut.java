package io.fluvial.cli;

import io.fluvial.train.TrainingData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows kept apart: a share of all rows, or a table of their own.
///
/// @param option the option that asked for them
/// @param share of all rows, or 0 where there is a file
/// @param file the table, or null
record HeldOut(String option, double share, @Nullable String file) {

    /// @param rest what is left
    /// @param heldOut what is kept apart
    record Parts(TrainingData rest, TrainingData heldOut) {}

    static HeldOut parse(String option, String value) {
        if (value.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?") && !Files.exists(Path.of(value))) {
            double share;
            try {
                share = Double.parseDouble(value);
            } catch (NumberFormatException e) {
                throw new BadUsage(option + " takes a share of the rows, such as 0.1, or a file, got " + value, e);
            }
            if (!(share > 0 && share < 1)) {
                throw new BadUsage(option + " takes a share between 0 and 1, or a file, got " + value);
            }
            return new HeldOut(option, share, null);
        }
        return new HeldOut(option, 0, value);
    }

    /// @param reader reads a table with the columns of the first one
    Parts from(TrainingData rows, long seed, Function<String, TrainingData> reader) {
        if (file != null) {
            return new Parts(rows, reader.apply(file));
        }
        if (rows.count() < 3) {
            throw new BadUsage("there are only " + rows.count() + " rows to take " + option + " " + share
                    + " from; a fit needs at least 3, and hundreds to say much");
        }
        TrainingData.Split split = rows.split(share, seed);
        return new Parts(split.first(), split.second());
    }
}
