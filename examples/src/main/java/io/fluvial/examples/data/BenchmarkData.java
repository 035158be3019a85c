package io.fluvial.examples.data;

import io.fluvial.io.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Writes train, validation and test tables of one benchmark data set as .npy files.
///
///     BenchmarkData bsds300|power|miniboone SOURCE_FOLDER OUTPUT_FOLDER
public final class BenchmarkData {

    private static final long SEED = 1;

    private BenchmarkData() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("usage: BenchmarkData bsds300|power|miniboone SOURCE_FOLDER OUTPUT_FOLDER");
            System.exit(2);
        }
        Path source = Path.of(arguments[1]);
        List<Part> parts =
                switch (arguments[0]) {
                    case "bsds300" ->
                        Bsds300Patches.make(
                                source.resolve("bsds300-train-200.zip"),
                                source.resolve("bsds300-test-100.zip"),
                                1_000_000,
                                50_000,
                                250_000,
                                SEED);
                    case "power" ->
                        Power2007.make(source.resolve("household_power_consumption_2007h1.csv.gz"), SEED);
                    case "miniboone" -> MinibooneNonEasy.make(source);
                    default -> throw new IllegalArgumentException("no data set is called " + arguments[0]);
                };
        Path output = Files.createDirectories(Path.of(arguments[2]));
        for (Part part : parts) {
            Path file = output.resolve(part.name() + ".npy");
            List<String> names = IntStream.range(0, part.samples().dim())
                    .mapToObj(j -> "c" + j)
                    .toList();
            TableWriter.write(file, names, part.samples());
            System.out.println(file + ": " + part.samples().count() + " rows of "
                    + part.samples().dim());
        }
    }
}
