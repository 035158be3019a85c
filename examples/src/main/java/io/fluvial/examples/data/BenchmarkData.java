package io.fluvial.examples.data;

import io.fluvial.io.BadInputException;
import io.fluvial.io.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Writes train, validation and test tables of one benchmark data set as .npy files; for `uci`, one table for each
/// of five small sets that are split in ten.
///
///     BenchmarkData bsds300|miniboone|mnist|power|uci SOURCE_FOLDER OUTPUT_FOLDER
public final class BenchmarkData {

    private static final long SEED = 1;

    /// Makes the files of one data set from a folder that holds its sources.
    private interface Recipe {
        List<Part> make(Path source) throws IOException;
    }

    private static final Map<String, Recipe> RECIPES = new TreeMap<>(Map.of(
            "bsds300", BenchmarkData::bsds300,
            "miniboone", MinibooneNonEasy::make,
            "mnist", source -> MnistLogits.make(source, SEED),
            "power", source -> Power2007.make(source.resolve("household_power_consumption_2007h1.csv.gz"), SEED),
            "uci", UciTables::make));

    private BenchmarkData() {}

    public static void main(String[] arguments) {
        try {
            run(arguments).forEach(System.out::println);
        } catch (BadInputException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (NoSuchFileException e) {
            System.err.println(e.getFile() + ": no such file; SOURCE_FOLDER must hold the data set as it is published");
            System.exit(2);
        } catch (IOException e) {
            System.err.println("reading or writing failed: " + e.getMessage());
            System.exit(2);
        }
    }

    /// Writes the files and tells which.
    static List<String> run(String... arguments) throws IOException {
        String usage = "usage: BenchmarkData " + String.join("|", RECIPES.keySet()) + " SOURCE_FOLDER OUTPUT_FOLDER";
        if (arguments.length != 3) {
            throw new IllegalArgumentException(usage);
        }
        Recipe recipe = RECIPES.get(arguments[0]);
        if (recipe == null) {
            throw new IllegalArgumentException("no data set is called " + arguments[0] + "; " + usage);
        }
        List<Part> parts = recipe.make(Path.of(arguments[1]));
        Path output = Files.createDirectories(Path.of(arguments[2]));
        return parts.stream().map(part -> write(part, output)).toList();
    }

    private static List<Part> bsds300(Path source) throws IOException {
        return Bsds300Patches.make(
                source.resolve("bsds300-train-200.zip"),
                source.resolve("bsds300-test-100.zip"),
                1_000_000,
                50_000,
                250_000,
                SEED);
    }

    private static String write(Part part, Path folder) {
        Path file = folder.resolve(part.name() + ".npy");
        List<String> names =
                IntStream.range(0, part.samples().dim()).mapToObj(j -> "c" + j).toList();
        TableWriter.write(file, names, part.samples());
        return file + ": " + part.samples().count() + " rows of "
                + part.samples().dim();
    }
}
