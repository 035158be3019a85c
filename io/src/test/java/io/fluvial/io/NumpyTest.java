package io.fluvial.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyTest {

    private static final TableOptions PLAIN = TableOptions.defaults();
    private static final double[] VALUES = {1, 2, 3, 4, 5, 6};

    @TempDir
    Path folder;

    private static byte[] npy(
            String descr, boolean fortran, String shape, int size, BiConsumer<ByteBuffer, Double> put) {
        String head = "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': ("
                + shape + "), }\n";
        ByteBuffer array = ByteBuffer.allocate(10 + head.length() + VALUES.length * size)
                .order(descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        array.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        array.put((byte) head.length()).put((byte) 0).put(head.getBytes(StandardCharsets.US_ASCII));
        for (double value : VALUES) {
            put.accept(array, value);
        }
        return array.array();
    }

    private static byte[] floats(boolean fortran, String shape) {
        return npy("<f4", fortran, shape, 4, (b, v) -> b.putFloat(v.floatValue()));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static Table read(String location, TableOptions options) {
        try (TableReader reader = TableReader.open(location)) {
            return reader.read(options);
        }
    }

    private static void assertTable(Table table, float[]... columns) {
        assertEquals(columns.length, table.names().size());
        for (int j = 0; j < columns.length; j++) {
            assertEquals("c" + j, table.names().get(j));
            assertArrayEquals(columns[j], table.samples().column(j));
        }
    }

    private void assertRows(byte[] npy) throws IOException {
        assertTable(read(file("a.npy", npy).toString(), PLAIN), new float[] {1, 3, 5}, new float[] {2, 4, 6});
    }

    @Test
    void everyKindOfNumberIsRead() throws IOException {
        assertRows(floats(false, "3, 2"));
        assertRows(npy("<f8", false, "3, 2", 8, ByteBuffer::putDouble));
        assertRows(npy(">f8", false, "3, 2", 8, ByteBuffer::putDouble));
        assertRows(npy("<f2", false, "3, 2", 2, (b, v) -> b.putShort(Float.floatToFloat16(v.floatValue()))));
        assertRows(npy("<i8", false, "3, 2", 8, (b, v) -> b.putLong(v.longValue())));
        assertRows(npy("<u4", false, "3, 2", 4, (b, v) -> b.putInt(v.intValue())));
        assertRows(npy("<i2", false, "3, 2", 2, (b, v) -> b.putShort(v.shortValue())));
        assertRows(npy("|u1", false, "3, 2", 1, (b, v) -> b.put(v.byteValue())));
    }

    @Test
    void fortranOrderAndOneDimensionAreRead() throws IOException {
        Path fortran = file("f.npy", floats(true, "3, 2"));
        assertTable(read(fortran.toString(), PLAIN), new float[] {1, 2, 3}, new float[] {4, 5, 6});
        assertTable(read(fortran.toString(), PLAIN.withLimit(2)), new float[] {1, 2}, new float[] {4, 5});
        Path line = file("l.npy", floats(false, "6,"));
        assertTable(read(line.toString(), PLAIN.withLimit(4)), new float[] {1, 2, 3, 4});
        Table second = read(fortran.toString(), PLAIN.withColumns(List.of("c1")));
        assertArrayEquals(new float[] {4, 5, 6}, second.samples().column(0));
    }

    @Test
    void gzipAndArchivesAreRead() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzip)) {
            out.write(floats(false, "3, 2"));
        }
        float[][] rows = {{1, 3, 5}, {2, 4, 6}};
        assertTable(read(file("a.npy.gz", gzip.toByteArray()).toString(), PLAIN), rows);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry("y.npy"));
            zip.write(floats(false, "6,"));
            zip.putNextEntry(new ZipEntry("X.npy"));
            zip.write(floats(false, "3, 2"));
        }
        String path = file("a.npz", archive.toByteArray()).toString();
        assertTable(read(path, PLAIN), rows);
        assertTable(read(path + ":X", PLAIN), rows);
        assertTable(read(path + ":y", PLAIN), new float[] {1, 2, 3, 4, 5, 6});
        assertEquals(path + ":Z: has no array \"Z\"; it has y, X", Refusal.of(() -> read(path + ":Z", PLAIN)));
    }

    @Test
    void badArraysAreNamed() throws IOException {
        assertEquals(
                "is truncated: expected 3 × 2 values of 4 bytes; get the file again",
                refusal(Arrays.copyOf(floats(false, "3, 2"), 90)));
        assertEquals(
                "is truncated: expected 2000000000 × 2 values of 4 bytes; get the file again",
                refusal(floats(false, "2000000000, 2")));
        assertEquals("has 3 dimensions, a table has 1 or 2: reshape it", refusal(floats(false, "3, 2, 1")));
        assertEquals(
                "holds no plain numbers: convert it with array.astype('float32') and save it again",
                refusal(npy("|O", false, "3, 2", 4, (b, v) -> {})));
        assertEquals(
                "is no .npy file: its first bytes are not NumPy's",
                refusal("a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals("has no data rows", refusal(floats(false, "0, 2")));
        assertTrue(refusal(npy("<f4", false, "3, 2", 4, (b, v) -> b.putFloat(v == 4 ? Float.NaN : 1)))
                .startsWith("missing values in \"c1\" 1 (first in data row 2)"));
    }

    private String refusal(byte[] npy) throws IOException {
        Path path = file("bad.npy", npy);
        String message = Refusal.of(() -> read(path.toString(), PLAIN));
        assertTrue(message.startsWith(path + ": "), message);
        return message.substring(path.toString().length() + 2);
    }

    @Test
    void arraysPassThroughIntoTables() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Path path = file("a.npy", npy("<i8", false, "3, 2", 8, (b, v) -> b.putLong(v.longValue())));
        try (TableReader reader = TableReader.open(path)) {
            reader.appendColumns(reader.read(PLAIN), "-", out, List.of("s"), new double[] {1, 2, 3});
        }
        assertEquals("c0,c1,s\n1,2,1.0\n3,4,2.0\n5,6,3.0\n", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void writtenSamplesReadBack() {
        Samples samples = Samples.ofColumns(new float[] {1, -0.1f, 3e30f}, new float[] {4, 5, 1e-40f});
        for (String ending : List.of("csv", "tsv", "jsonl", "parquet", "npy", "npz", "csv.gz", "npy.gz", "jsonl.gz")) {
            Path path = folder.resolve("w." + ending);
            TableWriter.write(path, List.of("a, \"b\"", "ü"), samples);
            Table table = read(path.toString(), PLAIN);
            assertArrayEquals(samples.column(0), table.samples().column(0), ending);
            assertArrayEquals(samples.column(1), table.samples().column(1), ending);
            if (!ending.startsWith("np")) {
                assertEquals(List.of("a, \"b\"", "ü"), table.names());
            }
        }
    }

    @Test
    void furtherColumnsFollowTheSamples() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableWriter.write(
                "-",
                out,
                List.of("a"),
                Samples.ofColumns(new float[] {0.1f, Float.NaN}),
                List.of("logProb"),
                new double[] {0.1, Double.NEGATIVE_INFINITY});
        assertEquals("a,logProb\n0.1,0.1\n,-Infinity\n", out.toString(StandardCharsets.UTF_8));
    }
}
