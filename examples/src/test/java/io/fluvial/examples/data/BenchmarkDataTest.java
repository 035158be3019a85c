package io.fluvial.examples.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Samples;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The recipes on files that are made up here.
class BenchmarkDataTest {

    @TempDir
    private Path folder;

    @Test
    void imagesBecomeLogitsOfTheirLevels() throws IOException {
        Path file = folder.resolve("images.gz");
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            for (int number : new int[] {0x803, 3, 1, 2}) {
                out.writeInt(number);
            }
            out.write(new byte[] {0, (byte) 255, 127, (byte) 128, 0, 0});
        }

        Samples images = MnistLogits.read(file, 7);

        assertEquals(3, images.count());
        assertEquals(2, images.dim());
        // Level v is anywhere in [v, v + 1) / 256; λ moves a p of 1/256 by 2.6e-4 of itself.
        assertBetween(Math.log(1e-6), Math.log(1 / 255.0) + 3e-4, images.get(0, 0));
        assertBetween(Math.log(255.0) - 3e-4, -Math.log(1e-6), images.get(0, 1));
        assertBetween(Math.log(127 / 129.0) - 1e-5, 1e-6, images.get(1, 0));
        assertBetween(-1e-6, Math.log(129 / 127.0) + 1e-5, images.get(1, 1));
        assertTrue(images.get(0, 0) != images.get(2, 0), "noise of its own for every pixel");
    }

    @Test
    void logitIsThatOfThePaper() {
        // By hand: p = 1e-6 + (1 − 2e-6) · 0.25 = 0.2500005, log(p / (1 − p)) = −log 3 + 2.67e-6.
        assertEquals(-Math.log(3) + 2.6667e-6, MnistLogits.logit(63, 1), 3e-7); // one ulp of the float is 1.2e-7
        assertEquals(Math.log(1e-6), MnistLogits.logit(0, 0), 2e-6);
        assertEquals(-Math.log(1e-6), MnistLogits.logit(255, 1), 2e-6);
    }

    @Test
    void labelsAreNotImages() throws IOException {
        Path file = folder.resolve("labels.gz");
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(0x801);
        }

        IOException e = assertThrows(IOException.class, () -> MnistLogits.read(file, 7));

        assertEquals(file + ": is no IDX file of images: it starts with 0x801, not with 0x803", e.getMessage());
    }

    @Test
    void tablesKeepTheColumnsThatAreNamed() throws IOException {
        Path file = text("  1.5  2  3\n\n 4    5  6e-1\r\n");

        Part part = UciTables.part("made-up", file, "\\s+", 0, new int[] {2, 0});

        assertEquals("made-up", part.name());
        assertEquals(2, part.samples().count());
        assertArrayEquals(new float[] {3, 1.5f}, part.samples().row(0));
        assertArrayEquals(new float[] {0.6f, 4}, part.samples().row(1));
    }

    @Test
    void whatIsNoNumberIsNamed() throws IOException {
        Path file = text("a;b\n1;2\n3;?\n");

        IOException e =
                assertThrows(IOException.class, () -> UciTables.part("made-up", file, ";", 1, new int[] {0, 1}));

        assertEquals(file + ": line 3 has no number in column 1 (from 0)", e.getMessage());
    }

    @Test
    void anUnknownSetIsToldWithTheKnownOnes() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> BenchmarkData.run("celeba", "somewhere", folder.toString()));

        assertEquals(
                "no data set is called celeba; usage: BenchmarkData bsds300|miniboone|mnist|power|uci SOURCE_FOLDER"
                        + " OUTPUT_FOLDER",
                e.getMessage());
    }

    @Test
    void anAbsentSourceIsNamed() {
        NoSuchFileException e = assertThrows(
                NoSuchFileException.class, () -> BenchmarkData.run("mnist", folder.toString(), folder.toString()));

        assertEquals(folder.resolve("train-images-idx3-ubyte.gz").toString(), e.getFile());
    }

    private Path text(String text) throws IOException {
        Path file = folder.resolve("table.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static void assertBetween(double least, double most, double value) {
        assertTrue(value >= least && value <= most, value + " is not in [" + least + ", " + most + "]");
    }
}
