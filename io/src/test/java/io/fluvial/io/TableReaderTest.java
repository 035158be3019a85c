package io.fluvial.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {

    private static final TableOptions PLAIN = TableOptions.defaults();
    private static final TableOptions FIT = PLAIN.withPurpose(TableOptions.Purpose.FIT);
    private static final TableOptions DROP = PLAIN.withMissing(MissingValues.DROP);

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path gzip(String name, byte[] bytes) throws IOException {
        Path path = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(bytes);
        }
        return path;
    }

    private static Table read(Path path, TableOptions options) {
        try (TableReader reader = TableReader.open(path)) {
            return reader.read(options);
        }
    }

    private static void assertTable(Table table, List<String> names, float[]... columns) {
        assertEquals(names, table.names());
        for (int j = 0; j < columns.length; j++) {
            assertArrayEquals(columns[j], table.samples().column(j), names.get(j));
        }
    }

    private static String refusal(Path path, TableOptions options) {
        String message = Refusal.of(() -> read(path, options));
        assertTrue(message.startsWith(path + ": "), message);
        assertEquals(1, message.lines().count());
        return message.substring(path.toString().length() + 2);
    }

    private static void assertStarts(String expected, String message) {
        assertTrue(message.startsWith(expected), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.csv|a,b\n1,2.5\n-3,4e-1\n",
                "a.tsv|a\tb\n1\t2.5\n-3\t4e-1\n",
                "semi.csv|a;b\r\n1;2.5\r\n-3;4e-1\r\n",
                "pipe.txt|a|b\n1|2.5\n-3|4e-1",
                "blank.dat|a b\n1 2.5\n-3 4e-1\n",
                "bom.csv|\uFEFFa,b\n1,2.5\n-3,4e-1\n",
                "lines.csv|\n\na,b\n1,2.5\n-3,4e-1\n\n",
                "quoted.csv|\"a\",\"b\"\n\"1\",\"2.5\"\n-3,\"4e-1\"\n",
                "a.jsonl|{\"a\":1,\"b\":2.5}\n{\"a\":-3,\"b\":0.4}\n",
                "a.ndjson|{\"a\":1,\"b\":2.5}\n{\"a\":-3,\"b\":0.4}\n",
                "a.json|[{\"a\":1,\"b\":2.5},{\"a\":-3,\"b\":0.4}]",
            })
    void textFormatsGiveTheSameTable(String file) throws IOException {
        String name = file.substring(0, file.indexOf('|'));
        String text = file.substring(file.indexOf('|') + 1);
        float[][] expected = {{1, -3}, {2.5f, 0.4f}};
        assertTable(read(file(name, text), PLAIN), List.of("a", "b"), expected);
        Path zipped = gzip(name + ".gz", text.getBytes(StandardCharsets.UTF_8));
        assertTable(read(zipped, PLAIN), List.of("a", "b"), expected);
    }

    @Test
    void parquetAndItsGzipAreRead() throws IOException, SQLException {
        Path path = folder.resolve("it's [1]*.parquet");
        try (DuckDatabase database = DuckDatabase.open()) {
            database.execute("COPY (SELECT * FROM (VALUES (1, 2.5::DECIMAL(4,1), true, 'x', DATE '2020-01-01'),"
                    + " (-3, NULL, false, 'y', NULL)) t(a, b, c, d, e)) TO "
                    + DuckDatabase.literal(path.toString()) + " (FORMAT parquet)");
        }
        TableOptions numbers = PLAIN.withColumns(List.of("c", "a"));
        assertTable(read(path, numbers), List.of("c", "a"), new float[] {1, 0}, new float[] {1, -3});
        Path zipped = gzip("a.parquet.gz", Files.readAllBytes(path));
        assertTable(read(zipped, numbers), List.of("c", "a"), new float[] {1, 0}, new float[] {1, -3});
        assertEquals(
                "column \"d\" is not numeric: \"x\" in data row 1 (the first is 1); leave the column out or turn it"
                        + " into numbers",
                refusal(path, DROP));
        assertEquals(
                "column \"e\" is not numeric: \"2020-01-01\" in data row 1 (the first is 1); leave the column out or"
                        + " turn it into numbers",
                refusal(path, PLAIN.withColumns(List.of("e"))));
    }

    @Test
    void namesMayHoldAnything() throws IOException {
        List<String> names = List.of("a b", "x.y", "größe", "say \"hi\"", "it's", "new\nline", "a;b", "é,");
        Path path = file(
                "na me'[1]?.csv",
                "a b,x.y,größe,\"say \"\"hi\"\"\",it's,\"new\nline\",a;b,\"é,\"\n1,2,3,4,5,6,7,8\n2,3,4,5,6,7,8,9\n");
        Table table = read(path, PLAIN);
        assertEquals(names, table.names());
        assertArrayEquals(new float[] {4, 5}, table.samples().column(3));
        Path target = folder.resolve("out'put.parquet");
        try (TableReader reader = TableReader.open(path)) {
            reader.appendColumns(
                    reader.read(PLAIN),
                    target.toString(),
                    OutputStream.nullOutputStream(),
                    List.of("sc\"ore"),
                    new double[] {0.5, 1});
        }
        Table back = read(target, PLAIN);
        assertEquals("sc\"ore", back.names().getLast());
        assertEquals(names, back.names().subList(0, 8));
    }

    @Test
    void columnsAreChosenByNameInTheOrderGiven() throws IOException {
        Path path = file("a.csv", "a,b,text\n1,2,x\n3,4,y\n");
        Table table = read(path, PLAIN.withColumns(List.of("b", "a")));
        assertTable(table, List.of("b", "a"), new float[] {2, 4}, new float[] {1, 3});
        assertArrayEquals(new float[] {1, 3}, table.samples(List.of("a")).column(0));
        assertEquals(2, table.samples(List.of()).count());
    }

    @Test
    void textWithoutHeaderGetsNames() throws IOException {
        assertTable(
                read(file("a.csv", "1,2\n3,4\n"), PLAIN), List.of("c0", "c1"), new float[] {1, 3}, new float[] {2, 4});
    }

    /// As an index has none that pandas writes, and what stands behind a delimiter at the end of a line.
    @Test
    void columnsWithoutANameGetOne() throws IOException {
        Path path = folder.resolve("index.csv");
        Files.writeString(path, ",a,\n7,1,\n8,2,\n");
        try (TableReader reader = TableReader.open(path)) {
            assertEquals(List.of("c0", "a", "c2"), reader.columns());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Table table = reader.read(PLAIN.withColumns(List.of("c0", "a")));
            reader.appendColumns(table, "-", out, List.of("s"), new double[] {3, 4});
            assertEquals("c0,a,c2,s\n7,1,,3.0\n8,2,,4.0\n", out.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void limitReadsTheFirstRows() throws IOException {
        Table table = read(file("a.csv", "a\n1\n2\n3\n"), PLAIN.withLimit(2));
        assertTable(table, List.of("a"), new float[] {1, 2});
        assertEquals(2, table.sourceRows());
    }

    @Test
    void booleansAreZeroAndOne() throws IOException {
        assertTable(
                read(file("a.csv", "a,b\ntrue,1\nFALSE,2\n"), PLAIN),
                List.of("a", "b"),
                new float[] {1, 0},
                new float[] {1, 2});
        assertTable(read(file("a.jsonl", "{\"a\":true}\n{\"a\":false}\n"), PLAIN), List.of("a"), new float[] {1, 0});
    }

    @Test
    void rowsWithMissingValuesAreDroppedOnRequest() throws IOException {
        Path path = file("a.csv", "a,b\n1,2\n,3\n4,NA\nnan,null\n5,6\n");
        Table table = read(path, DROP);
        assertTable(table, List.of("a", "b"), new float[] {1, 5}, new float[] {2, 6});
        assertEquals(5, table.sourceRows());
        assertEquals(List.of(1, 5), List.of(table.sourceRow(0), table.sourceRow(1)));
        assertEquals(
                "missing values in \"a\" 2 (first in data row 2), \"b\" 2 (first in data row 3): fill them, or drop"
                        + " such rows (MissingValues.DROP)",
                refusal(path, PLAIN));
        // The same with text in the file, which takes the other way through.
        Path mixed = file("m.csv", "a,b\n1,true\n,3\n4,NA\n nan ,null\n5,6\n");
        assertTable(read(mixed, DROP), List.of("a", "b"), new float[] {1, 5}, new float[] {1, 6});
        assertEquals(
                "every data row lacks a value: missing values in \"a\" 1 (first in data row 1): fill them, or drop such"
                        + " rows (MissingValues.DROP)",
                refusal(file("n.csv", "a,b\n,1\n"), DROP));
    }

    @Test
    void fileThatIsNoTableIsNamed() throws IOException {
        assertEquals("no such file", refusal(folder.resolve("none.csv"), PLAIN));
        assertEquals("is a folder, not a table", refusal(folder, PLAIN));
        assertEquals("is empty", refusal(file("e.csv", ""), PLAIN));
        assertEquals("is empty: it has neither names nor rows", refusal(file("b.csv", "\n\n"), PLAIN));
        assertEquals("has no data rows", refusal(file("h.csv", "a,b\n"), PLAIN));
        assertStarts("the name's ending tells no table format: use .csv", refusal(file("a.xlsx", "x"), PLAIN));
        assertStarts("cannot be read: No magic bytes", refusal(file("a.parquet", "a,b\n1,2\n".repeat(9)), PLAIN));
        assertTrue(
                refusal(file("a.jsonl", "{\"a\":1}\n{\"a\":\n"), PLAIN).startsWith("cannot be read: Malformed JSON"));
        assertStarts("cannot be read: ", refusal(file("a.csv.gz", "a,b\n1,2\n"), PLAIN));
    }

    @Test
    void raggedLineIsNamedAndNoneIsSkipped() throws IOException {
        assertEquals(
                "line 3 has 1 fields, the first line has 2: mend the line",
                refusal(file("r.csv", "a,b\n1,2\n3\n4,5\n"), PLAIN));
        assertEquals(
                "line 2 has 3 fields, the first line has 2: mend the line",
                refusal(file("s.csv", "a,b\n1,2,3\n4,5\n"), PLAIN));
        assertEquals(
                "line 2 opens a quote that nothing closes: mend the line",
                refusal(file("q.csv", "a,b\n1,\"2\n3,4\n"), PLAIN));
        Path latin = Files.write(folder.resolve("l.csv"), "a,b\né,2\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("line 2 is not UTF-8: convert the file", refusal(latin, PLAIN));
    }

    @Test
    void linesThatEndDifferentlyAreNamed() throws IOException {
        assertEquals(
                "line 4 ends with LF, the first line with CRLF: let all lines end alike",
                refusal(file("a.csv", "a,b\r\n\"x\ny\",2\r\n3,4\n5,6\r\n"), PLAIN));
        assertEquals(
                "line 2 ends with CRLF, the first line with LF: let all lines end alike",
                refusal(file("b.csv", "a,b\n1,2\r\n"), PLAIN));
        assertEquals(
                "line 3 ends with CR, the first line with LF: let all lines end alike",
                refusal(file("c.csv", "a,b\n1,2\n3,4\r5,6\n"), PLAIN));
        float[] a = {1, 3};
        for (String end : List.of("\n", "\r\n", "\r")) {
            assertTable(read(file("d.csv", "a\n1\n3\n".replace("\n", end)), PLAIN), List.of("a"), a);
        }
    }

    @Test
    void longLineIsNamed() throws IOException {
        assertEquals(
                "line 3 is longer than 2 MB: break it into rows, or leave its long text out",
                refusal(file("a.csv", "a,b\n1,2\n3," + "x".repeat(2_100_000) + "\n"), PLAIN));
    }

    @Test
    void textInUtf16IsNamed() throws IOException {
        for (String text : List.of("\uFEFFa,b\r\n1,2\r\n", "a,b\n1,2\n", "\uFEFFgröße\n1\n")) {
            for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                Path path = Files.write(folder.resolve("u.csv"), text.getBytes(charset));
                assertEquals("is UTF-16: convert it to UTF-8", refusal(path, PLAIN));
            }
        }
    }

    @Test
    void unknownAndTwofoldColumnsAreNamed() throws IOException {
        Path path = file("a.csv", "length,width,width\n1,2,3\n");
        assertEquals(
                "has no column \"lenght\", did you mean \"length\"?; it has \"length\", \"width\", \"width\"",
                refusal(path, PLAIN.withColumns(List.of("lenght"))));
        assertEquals(
                "has no column \"q\"; it has \"length\", \"width\", \"width\"",
                refusal(path, PLAIN.withColumns(List.of("q"))));
        assertEquals("has two columns \"width\": rename one of them", refusal(path, PLAIN));
        assertEquals(
                "column \"length\" is chosen twice: name it once",
                refusal(path, PLAIN.withColumns(List.of("length", "length"))));
        assertTable(read(path, PLAIN.withColumns(List.of("length"))), List.of("length"), new float[] {1});
    }

    @Test
    void textAmongNumbersIsNamed() throws IOException {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 1; i <= 60_000; i++) {
            text.append(i == 50_000 ? "oops" : String.valueOf(i)).append(",1\n");
        }
        assertEquals(
                "column \"a\" is not numeric: \"oops\" in data row 50000 (the first is 1); leave the column out or"
                        + " turn it into numbers",
                refusal(file("a.csv", text.toString()), PLAIN));
        assertEquals(
                "column \"a\" is not numeric: \"1,5\" in data row 1 (the first is 1); write decimals with a point",
                refusal(file("b.csv", "a;b\n1,5;2\n"), PLAIN));
    }

    @Test
    void infiniteValuesAreNamed() throws IOException {
        assertEquals(
                "column \"b\" has an infinite value in data row 2 (the first is 1): remove or replace it",
                refusal(file("a.csv", "a,b\n1,2\n3,-inf\n"), PLAIN));
        assertEquals(
                "column \"b\" has a value that no float can hold, 1.0E39, in data row 1 (the first is 1): remove or"
                        + " replace it",
                refusal(file("b.csv", "a,b\n1,1e39\n"), PLAIN));
    }

    @Test
    void columnsThatCannotBeFittedAreNamed() throws IOException {
        Path constant = file("c.csv", "a,b\n1,7\n2,7\n");
        assertEquals("column \"b\" is constant (7.0): it has no density, leave it out", refusal(constant, FIT));
        assertEquals(2, read(constant, PLAIN).rows());
        Path times = file("t.csv", "a,t\n1,1700000000\n2,1700000060\n3,1700000120\n");
        assertEquals(
                "column \"t\" varies by only 49.0 around 1.70000006e+09, and a float keeps 7 digits: subtract an"
                        + " offset, such as 1.70000006e+09",
                refusal(times, FIT));
        assertEquals(3, read(times, PLAIN).rows());
    }

    @Test
    void standardInputIsReadOnceAndPassedThrough() throws IOException {
        InputStream in = new ByteArrayInputStream("id,a\n007,1.50\nx,2\n".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableReader reader = TableReader.open("-", in)) {
            Table table = reader.read(PLAIN.withColumns(List.of("a")));
            assertTable(table, List.of("a"), new float[] {1.5f, 2});
            reader.appendColumns(table, "-", out, List.of("score"), new double[] {-0.1, Double.NEGATIVE_INFINITY});
        }
        assertEquals("id,a,score\n007,1.50,-0.1\nx,2,-inf\n", out.toString(StandardCharsets.UTF_8));
        assertEquals(
                "standard input: is empty", Refusal.of(() -> TableReader.open("-", InputStream.nullInputStream())));
    }

    @Test
    void droppedRowsPassThroughWithoutAScore() throws IOException {
        Path path = file("a.csv", "id,a\nx,1\ny,\nz,3\n");
        Path target = folder.resolve("o.tsv.gz");
        try (TableReader reader = TableReader.open(path)) {
            Table table = reader.read(DROP.withColumns(List.of("a")));
            reader.appendColumns(
                    table,
                    target.toString(),
                    OutputStream.nullOutputStream(),
                    List.of("s", "t"),
                    new double[] {1, 3},
                    new double[] {0.1, 1e-300});
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(target))) {
            assertEquals(
                    "id\ta\ts\tt\nx\t1\t1.0\t0.1\ny\t\t\t\nz\t3\t3.0\t1e-300\n",
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void typesPassThroughToTypedFormats() throws IOException {
        Path path = file("a.csv", "i,d,b,t,day\n1,0.5,true,007x,2020-01-02\n2,1,false,\"q\"\"\",2020-01-03\n");
        Path target = folder.resolve("o.jsonl");
        try (TableReader reader = TableReader.open(path)) {
            Table table = reader.read(PLAIN.withColumns(List.of("i")));
            reader.appendColumns(table, target.toString(), OutputStream.nullOutputStream(), List.of("s"), new double[] {
                0.25, Double.NEGATIVE_INFINITY
            });
        }
        assertEquals(
                "{\"i\":1,\"d\":0.5,\"b\":true,\"t\":\"007x\",\"day\":\"2020-01-02\",\"s\":0.25}\n"
                        + "{\"i\":2,\"d\":1.0,\"b\":false,\"t\":\"q\\\"\",\"day\":\"2020-01-03\",\"s\":null}\n",
                Files.readString(target));
    }

    @Test
    void manyRowsKeepTheirOrder() throws IOException {
        int count = 300_000;
        StringBuilder text = new StringBuilder("a\n");
        double[] score = new double[count];
        for (int i = 0; i < count; i++) {
            text.append(i).append('\n');
            score[i] = i;
        }
        Path target = folder.resolve("o.parquet");
        try (TableReader reader = TableReader.open(file("a.csv", text.toString()))) {
            reader.appendColumns(
                    reader.read(PLAIN), target.toString(), OutputStream.nullOutputStream(), List.of("s"), score);
        }
        Table table = read(target, PLAIN);
        assertEquals(count, table.rows());
        for (int i = 0; i < count; i++) {
            assertEquals(i, table.samples().get(i, 0));
            assertEquals(i, table.samples().get(i, 1));
        }
    }

    @Test
    void targetsThatCannotBeAreRefused() throws IOException {
        try (TableReader reader = TableReader.open(file("a.csv", "a,b\n1,2\n"))) {
            Table table = reader.read(PLAIN);
            OutputStream none = OutputStream.nullOutputStream();
            double[] s = {1};
            assertEquals(
                    folder.resolve("a.csv") + ": already has a column \"A\": name the new one otherwise",
                    Refusal.of(() -> reader.appendColumns(table, "o.csv", none, List.of("A"), s)));
            assertEquals(
                    "o.npy: an array cannot hold the table's other columns: write .csv, .tsv, .parquet or .jsonl",
                    Refusal.of(() -> reader.appendColumns(table, "o.npy", none, List.of("s"), s)));
            String nowhere = folder.resolve("no/o.csv").toString();
            assertEquals(
                    nowhere + ": cannot be written: there is no folder " + folder.resolve("no"),
                    Refusal.of(() -> reader.appendColumns(table, nowhere, none, List.of("s"), s)));
            assertEquals(
                    "column \"s\" has 2 values, the table 1 rows",
                    Refusal.of(
                            IllegalArgumentException.class,
                            () -> reader.appendColumns(table, "o.csv", none, List.of("s"), new double[2])));
        }
    }

    @Test
    void standardOutputThatTakesNothingIsTold() throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        };
        Path path = folder.resolve("a.csv");
        Files.writeString(path, "a\n1\n");
        try (TableReader reader = TableReader.open(path);
                PrintStream stream = new PrintStream(full, false, StandardCharsets.UTF_8)) {
            Table table = reader.read(PLAIN);
            assertEquals(
                    "-: cannot be written: standard output is full or closed",
                    Refusal.of(() -> reader.appendColumns(table, "-", stream, List.of("s"), new double[] {1})));
        }
    }

    @Test
    void targetMayBeTheSource() throws IOException {
        Path path = file("a.csv", "a\n1\n2\n");
        try (TableReader reader = TableReader.open(path)) {
            reader.appendColumns(
                    reader.read(PLAIN), path.toString(), OutputStream.nullOutputStream(), List.of("s"), new double[] {
                        5, 6
                    });
        }
        assertEquals("a,s\n1,5.0\n2,6.0\n", Files.readString(path));
    }
}
