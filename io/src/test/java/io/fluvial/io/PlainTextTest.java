package io.fluvial.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read without DuckDB must be what DuckDB reads: gzipped, the same text goes to DuckDB.
class PlainTextTest {

    private static final List<String> FIELDS = List.of(
            "0",
            "-0",
            "7",
            "-3",
            "007",
            "0.5",
            "-2.50",
            "1e5",
            "1E-07",
            "2.5e+03",
            "123456789012345678901234567890",
            "0.1234567890123456789",
            "9.5e99",
            "NA",
            "null",
            "nan",
            "inf",
            "true",
            "False",
            "abc",
            "a b",
            "x_1",
            "-",
            "1e400",
            "1.",
            ".5",
            "+5",
            "1_000",
            "0x10",
            "2020-01-31",
            "12:30",
            "\"7\"",
            "\"a,b\"",
            "",
            " 5",
            "5 ",
            "é",
            "1;2",
            "3|4");

    @TempDir
    Path folder;

    private static @Nullable PlainText plain(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return PlainText.read(file, CsvDialect.detect(new ByteArrayInputStream(bytes), "a.csv", null));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), text);
    }

    private Path gzip(String text) throws IOException {
        Path gzip = folder.resolve("t.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return gzip;
    }

    @Test
    void smallTableOfNumbersAndNamesIsPlain() throws IOException {
        assertNotNull(plain(file("a,b,name\n1,-2.5,first row\n3e2,4,x_1")));
        assertTrue(PlainText.suits(file("a,b\n1,2\n")));
    }

    @Test
    void whatNeedsInterpretationIsNot() throws IOException {
        for (String text : List.of(
                "a,b\n1,\n",
                "a,b\n1,\"2\"\n",
                "a,b\n1,2\n\n",
                "\na,b\n1,2\n",
                "a,b\r\n1,2\r\n",
                "a,é\n1,2\n",
                "a,b\n1,2,3\n",
                "a,b\n1\n",
                "a,b\n1, 2\n",
                "a b\n1 2\n",
                "a\n" + "12345678\n".repeat(10_000))) {
            assertNull(plain(file(text)), text.substring(0, Math.min(30, text.length())));
        }
    }

    /// 100 tables, most of numbers, one field in twenty of anything.
    @Test
    void tablesAreReadAndWrittenAsByDuckDb() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        int plain = 0;
        for (int trial = 0; trial < 100; trial++) {
            String text = table(random);
            Path file = file(text);
            Path gzip = gzip(text);
            plain += plain(file) != null ? 1 : 0;
            for (String target : List.of("out.csv", "out.tsv")) {
                double[] scores = random.doubles(64)
                        .map(u -> (u - 0.5) * Math.pow(10, random.nextInt(-6, 9)))
                        .toArray();
                assertEquals(outcome(gzip, target, "score", scores), outcome(file, target, "score", scores), text);
            }
        }
        assertTrue(plain > 50, plain + " tables were plain");
    }

    @Test
    void newNamesAreWrittenAsByDuckDb() throws IOException {
        String text = "a,b\n1,2\n";
        Path file = file(text);
        Path gzip = gzip(text);
        for (String name : List.of("log p", "x,y", "x\ty", "x\ny", "\"x\"", " x", "é", "")) {
            for (String target : List.of("out.csv", "out.tsv")) {
                assertEquals(
                        outcome(gzip, target, name, new double[] {3}), outcome(file, target, name, new double[] {3}));
            }
        }
    }

    private static String table(SplittableRandom random) {
        int columns = random.nextInt(1, 5);
        String delimiter = List.of(",", ",", ";", "\t", "|").get(random.nextInt(5));
        List<String> lines = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            lines.add(String.join(
                    delimiter,
                    IntStream.range(0, columns).mapToObj(j -> "name" + j).toList()));
        }
        int rows = random.nextInt(1, 8);
        boolean odd = random.nextBoolean();
        for (int i = 0; i < rows; i++) {
            lines.add(String.join(
                    delimiter,
                    IntStream.range(0, columns)
                            .mapToObj(j -> odd && random.nextInt(10) == 0
                                    ? FIELDS.get(random.nextInt(FIELDS.size()))
                                    : number(random))
                            .toList()));
        }
        return String.join("\n", lines) + (random.nextInt(4) > 0 ? "\n" : "");
    }

    private static String number(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> Integer.toString(random.nextInt(-100, 100));
            case 1 -> Float.toString((float) (random.nextDouble() - 0.5) * 100);
            default -> Double.toString((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-20, 20)));
        };
    }

    /// The numbers that were read and the bytes that were written, or why not.
    private String outcome(Path source, String target, String name, double[] scores) throws IOException {
        Path to = folder.resolve(target);
        try (TableReader reader = TableReader.open(source)) {
            List<String> numeric = reader.numericColumns();
            Table table =
                    reader.read(TableOptions.defaults().withColumns(numeric).withMissing(MissingValues.DROP));
            reader.appendColumns(
                    table,
                    to.toString(),
                    OutputStream.nullOutputStream(),
                    List.of(name),
                    Arrays.copyOf(scores, table.rows()));
            StringBuilder numbers = new StringBuilder();
            for (int j = 0; j < table.samples().dim(); j++) {
                numbers.append(Arrays.toString(table.samples().column(j)));
            }
            return numeric + " " + numbers + "\n" + Files.readString(to);
        } catch (BadInputException e) {
            return String.valueOf(e.getMessage()).replace(source.toString(), "t");
        }
    }
}
