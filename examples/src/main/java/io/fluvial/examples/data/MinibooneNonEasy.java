package io.fluvial.examples.data;

import io.fluvial.Samples;
import io.fluvial.io.TableOptions;
import io.fluvial.io.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The "non-easy" part of MINIBOONE: the non-easy training rows that are at hand, and the rows of the official
/// validation and test sets that are non-easy by their index files. Same distribution in all three, but not the
/// published experiment, whose training set is twice as large and holds easy rows too.
final class MinibooneNonEasy {

    private MinibooneNonEasy() {}

    static List<Part> make(Path folder) throws IOException {
        return List.of(
                new Part("miniboone-train", read(folder.resolve("train_noneasy_part.npy.gz"))),
                new Part("miniboone-validation", chosen(folder, "val")),
                new Part("miniboone-test", chosen(folder, "test")));
    }

    private static Samples chosen(Path folder, String part) throws IOException {
        int[] rows = Files.readAllLines(folder.resolve(part + "_noneasy_index.csv")).stream()
                .filter(line -> line.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .toArray();
        return read(folder.resolve(part + ".npy.gz")).select(rows);
    }

    private static Samples read(Path file) {
        try (TableReader reader = TableReader.open(file)) {
            return reader.read(TableOptions.defaults()).samples();
        }
    }
}
