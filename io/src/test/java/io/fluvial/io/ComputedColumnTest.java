package io.fluvial.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluvial.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Columns computed while a table passes through.
class ComputedColumnTest {

    private static final TableOptions PLAIN = TableOptions.defaults();
    private static final OutputStream NONE = OutputStream.nullOutputStream();

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /// The sum of a row's columns.
    private static double[] sum(Samples rows) {
        double[] sum = new double[rows.count()];
        for (int j = 0; j < rows.dim(); j++) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += rows.get(i, j);
            }
        }
        return sum;
    }

    private static String append(Path path, TableOptions options, RowFunction function) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableReader reader = TableReader.open(path)) {
            reader.appendComputed(options, "-", out, "s", function);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void textPassesThroughAsItIs() throws IOException {
        for (String id : List.of("x", "\"x,y\"")) { // small and plain, and with quotes, which streams
            Path path = file("a.csv", "id,a,b\n007,1.50,2\n" + id + ",2,1e1\n");
            TableOptions options = PLAIN.withColumns(List.of("b", "a"));
            List<Samples> seen = new ArrayList<>();
            String text = append(path, options, rows -> {
                seen.add(rows);
                return sum(rows);
            });
            assertEquals("id,a,b,s\n007,1.50,2,3.5\n" + id + ",2,1e1,12.0\n", text);
            assertArrayEquals(new float[] {2, 10}, seen.getFirst().column(0));
        }
    }

    @Test
    void standardInputIsReadOnce() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableReader reader =
                TableReader.open("-", new ByteArrayInputStream("a\n1\n".getBytes(StandardCharsets.UTF_8)))) {
            assertEquals(
                    1, reader.appendComputed(PLAIN, "-", out, "s", rows -> new double[] {Double.NEGATIVE_INFINITY}));
        }
        assertEquals("a,s\n1,-inf\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void numbersAreThoseOfARead() throws IOException {
        String text = "a,b,c\n 1.5,true,0.1\nNA,False,1e-3\n-7e2,TRUE,\n3,false,123456789.123\n";
        TableOptions options = PLAIN.withMissing(MissingValues.DROP);
        for (String name : List.of("a.csv", "b.tsv")) {
            Path path = file(name, name.endsWith("tsv") ? text.replace(',', '\t') : text);
            List<float[]> seen = new ArrayList<>();
            append(path, options, rows -> {
                for (int j = 0; j < rows.dim(); j++) {
                    seen.add(rows.column(j));
                }
                return sum(rows);
            });
            try (TableReader reader = TableReader.open(path)) {
                Samples read = reader.read(options).samples();
                assertEquals(2, read.count());
                for (int j = 0; j < 3; j++) {
                    assertArrayEquals(read.column(j), seen.get(j), name + ", column " + j);
                }
            }
        }
    }

    @Test
    void rowsWithoutAValuePassThroughEmpty() throws IOException {
        Path path = file("a.csv", "id,a\nx,1\ny,\nz,3\n");
        Path target = folder.resolve("o.tsv");
        try (TableReader reader = TableReader.open(path)) {
            TableOptions options = PLAIN.withColumns(List.of("a")).withMissing(MissingValues.DROP);
            assertEquals(3, reader.appendComputed(options, target.toString(), NONE, "s", ComputedColumnTest::sum));
            assertEquals(3, reader.appendComputed(options, target.toString(), NONE, "t", ComputedColumnTest::sum));
        }
        assertEquals("id\ta\tt\nx\t1\t1.0\ny\t\t\nz\t3\t3.0\n", Files.readString(target));
    }

    @Test
    void manyRowsKeepTheirOrderInEveryFormat() throws IOException {
        int count = 300_000;
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < count; i++) {
            text.append(i).append(",x").append(i % 7).append('\n');
        }
        TableOptions options = PLAIN.withColumns(List.of("a"));
        Path from = file("a.csv", text.toString());
        for (String name : List.of("o.csv", "o.parquet", "p.parquet", "o.jsonl")) {
            Path target = folder.resolve(name);
            String column = from.endsWith("a.csv") ? "s" : "t";
            long[] next = {0};
            try (TableReader reader = TableReader.open(from)) {
                reader.appendComputed(options, target.toString(), NONE, column, rows -> {
                    double[] values = new double[rows.count()];
                    for (int i = 0; i < values.length; i++) {
                        assertEquals(next[0]++, (long) rows.get(i, 0));
                        values[i] = 2 * rows.get(i, 0);
                    }
                    return values;
                });
            }
            try (TableReader reader = TableReader.open(target)) {
                Samples back =
                        reader.read(PLAIN.withColumns(List.of("a", column))).samples();
                assertEquals(count, back.count());
                for (int i = 0; i < count; i++) {
                    assertEquals(i, back.get(i, 0));
                    assertEquals(2 * i, back.get(i, 1));
                }
            }
            from = name.equals("o.parquet") ? target : from; // then from Parquet
        }
    }

    @Test
    void whatIsNotFiniteIsNullInJson() throws IOException {
        Path target = folder.resolve("o.jsonl");
        try (TableReader reader = TableReader.open(file("a.csv", "a\n1\n2\n"))) {
            reader.appendComputed(PLAIN, target.toString(), NONE, "s", rows -> new double[] {Double.NaN, 2});
        }
        assertEquals("{\"a\":1,\"s\":null}\n{\"a\":2,\"s\":2.0}\n", Files.readString(target));
    }

    /// As a read refuses it, before anything is computed, and nothing is left behind.
    @Test
    void badTablesAreRefusedAsByARead() throws IOException {
        for (String text : List.of("a\n1\nx\n", "a\n1\n\"\"\n", "a\n1e300\n", "a\n", "b\n1\n", "a\n\"\"\n\"\"\n")) {
            Path path = file("bad.csv", text);
            for (MissingValues missing : MissingValues.values()) {
                TableOptions options = PLAIN.withColumns(List.of("a")).withMissing(missing);
                String read = attempt(path, reader -> reader.read(options));
                Path target = folder.resolve("o.csv");
                String computed = attempt(
                        path,
                        reader ->
                                reader.appendComputed(options, target.toString(), NONE, "s", ComputedColumnTest::sum));
                assertEquals(read, computed, text);
                assertEquals(read.isEmpty(), Files.deleteIfExists(target), text);
            }
        }
        try (TableReader reader = TableReader.open(file("taken.csv", "a\n1\n"))) {
            assertTrue(Refusal.of(() -> reader.appendComputed(PLAIN, "o.csv", NONE, "A", ComputedColumnTest::sum))
                    .endsWith("already has a column \"A\": name the new one otherwise"));
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void on(TableReader reader);
    }

    private static String attempt(Path path, Attempt attempt) {
        try (TableReader reader = TableReader.open(path)) {
            attempt.on(reader);
            return "";
        } catch (BadInputException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void whatTheFunctionThrowsArrivesAsItIs() throws IOException {
        Path target = folder.resolve("o.csv");
        RuntimeException failure = new IllegalStateException("no");
        Error error = new OutOfMemoryError("no");
        for (String text : List.of("a\n1\n", "a\n\"1\"\n")) {
            try (TableReader reader = TableReader.open(file("a.csv", text))) {
                assertSame(
                        failure,
                        assertThrows(
                                IllegalStateException.class,
                                () -> reader.appendComputed(PLAIN, target.toString(), NONE, "s", rows -> {
                                    throw failure;
                                })));
                assertSame(
                        error,
                        assertThrows(
                                OutOfMemoryError.class,
                                () -> reader.appendComputed(PLAIN, target.toString(), NONE, "s", rows -> {
                                    throw error;
                                })));
            }
            assertFalse(Files.exists(target));
        }
    }

    @Test
    void messagesNameTheFileTheyMean() throws IOException {
        Path latin = Files.write(folder.resolve("a.csv"), "id,a\né,1\n".getBytes(StandardCharsets.ISO_8859_1));
        Path target = folder.resolve("o.csv");
        TableOptions options = PLAIN.withColumns(List.of("a"));
        try (TableReader reader = TableReader.open(latin)) {
            assertEquals(
                    latin + ": line 2 is not UTF-8: convert the file",
                    Refusal.of(() ->
                            reader.appendComputed(options, target.toString(), NONE, "s", ComputedColumnTest::sum)));
        }
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full)); // Linux has it
        Files.createSymbolicLink(target, full);
        for (String text : List.of("a\n1\n", "a\n\"1\"\n")) {
            try (TableReader reader = TableReader.open(file("b.csv", text))) {
                assertEquals(
                        target + ": cannot be written: No space left on device",
                        Refusal.of(() ->
                                reader.appendComputed(options, target.toString(), NONE, "s", ComputedColumnTest::sum)));
            }
        }
        Files.delete(target); // the link, before its folder
    }

    @Test
    void arraysPassThrough() throws IOException {
        Path array = folder.resolve("a.npy");
        TableWriter.write(array, List.of("c0", "c1"), Samples.ofColumns(new float[] {1, 2}, new float[] {3, 4}));
        assertEquals("c0,c1,s\n1.0,3.0,4.0\n2.0,4.0,6.0\n", append(array, PLAIN, ComputedColumnTest::sum));
    }
}
