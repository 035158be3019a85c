package io.fluvial.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    Path folder;

    private static byte[] golden() throws IOException {
        return Files.readAllBytes(GOLDEN.resolve("model-v1.fluvial"));
    }

    private static SavedModel parse(byte[] bytes) {
        return ModelDecoder.model(bytes, "m.fluvial", Registry.shipped());
    }

    private static String refusal(byte[] bytes) {
        return Refusal.of(BadInputException.class, () -> parse(bytes));
    }

    @Test
    void goldenFileGivesTheDensitiesComputedWithoutFluvial() throws IOException {
        SavedModel saved = ModelFile.read(GOLDEN.resolve("model-v1.fluvial"));
        List<String> lines = Files.readAllLines(GOLDEN.resolve("model-v1.logprob.csv"));
        for (String line : lines.subList(1, lines.size())) {
            double[] v = Arrays.stream(line.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            Samples x = Samples.ofRows(new float[][] {{(float) v[0], (float) v[1], (float) v[2]}});
            Samples c = Samples.ofRows(new float[][] {{(float) v[3], (float) v[4]}});
            // float activations through three couplings: a few hundred float ulps of a number near 10
            assertEquals(v[5], saved.model().logProb(x, c)[0], 1e-4 * (1 + Math.abs(v[5])), line);
        }
    }

    @Test
    void goldenFileHoldsWhatWasSaved() throws IOException {
        SavedModel expected = GoldenModel.model();
        SavedModel saved = parse(golden());
        assertEquals(expected.model().flow(), saved.model().flow());
        assertEquals(expected.model().parameters(), saved.model().parameters());
        assertEquals(expected.schema(), saved.schema());
        assertEquals(expected.preprocessing(), saved.preprocessing());
        assertEquals(expected.provenance(), saved.provenance());
        assertEquals(expected.metrics(), saved.metrics());
        assertEquals(expected.extra(), saved.extra());
    }

    @Test
    void sameModelGivesTheGoldenBytes() throws IOException {
        assertArrayEquals(golden(), ModelEncoder.bytes(GoldenModel.model(), Registry.shipped()));
    }

    @Test
    void writtenFileReadsBack() throws IOException {
        Path path = folder.resolve("m.fluvial");
        Files.writeString(path, "old");
        ModelFile.write(path, GoldenModel.model());
        assertArrayEquals(golden(), Files.readAllBytes(path));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(path), files.toList());
        }
    }

    @Test
    void everyTruncationIsAnError() throws IOException {
        byte[] bytes = golden();
        for (int length = 0; length < bytes.length; length++) {
            refusal(Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void everyFlippedByteIsAnError() throws IOException {
        byte[] bytes = golden();
        for (int at = 0; at < bytes.length; at++) {
            for (int flip : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 255}) {
                bytes[at] ^= (byte) flip;
                refusal(bytes);
                bytes[at] ^= (byte) flip;
            }
        }
        parse(bytes);
    }

    @Test
    void truncationTellsTheBytes() throws IOException {
        byte[] bytes = golden();
        int length = bytes.length;
        assertEquals(
                "m.fluvial: is truncated: expected " + length + " bytes, it has " + (length - 1)
                        + "; get the file again",
                refusal(Arrays.copyOf(bytes, length - 1)));
        assertEquals(
                "m.fluvial: is corrupted: expected " + length + " bytes, it has " + (length + 1)
                        + "; get the file again",
                refusal(Arrays.copyOf(bytes, length + 1)));
        assertTrue(refusal(Arrays.copyOf(bytes, 300))
                .matches("m.fluvial: is truncated or corrupted: its header should have \\d+ bytes, 292 are there; "
                        + "get the file again"));
        assertEquals("m.fluvial: is no model file: it has only 0 bytes", refusal(new byte[0]));
    }

    @Test
    void changedNumberIsFoundByTheChecksum() throws IOException {
        byte[] bytes = golden();
        bytes[bytes.length - 1] ^= 1;
        assertEquals(
                "m.fluvial: is corrupted: its checksum does not match its content; get the file again", refusal(bytes));
    }

    @Test
    void headerLengthBeyondTheFileAllocatesNothing() throws IOException {
        byte[] bytes = golden();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(-1);
        assertTrue(refusal(bytes).contains("its header should have 18446744073709551615 bytes"));
    }

    @Test
    void foreignFilesAreCalledForeign() {
        assertEquals(
                "m.fluvial: is no model file (foreign): it does not start like a safetensors file",
                refusal("x,y\n1,2\n3,4\n5,6\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "m.fluvial: is a safetensors file but no model of Fluvial (foreign): it has no \"fluvial.format\" in"
                        + " its metadata",
                refusal(safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4)));
        assertEquals(
                "m.fluvial: is no model file (foreign): it does not start like a safetensors file",
                refusal(safetensors("{\"a\":", 4)));
    }

    @Test
    void newerFormatAsksForAnUpdate() {
        assertEquals(
                "m.fluvial: has format version 2, this library reads up to 1: update Fluvial",
                refusal(safetensors("{\"__metadata__\":{\"fluvial.format\":\"2\"}}", 0)));
    }

    @Test
    void deepHeaderIsAnError() {
        refusal(safetensors("{\"__metadata__\":" + "[".repeat(100_000), 0));
    }

    private static byte[] safetensors(String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    @Test
    void fileThatCannotBeReadIsNamed() throws IOException {
        Path missing = folder.resolve("none.fluvial");
        assertEquals(missing + ": no such file", Refusal.of(BadInputException.class, () -> ModelFile.read(missing)));
        assertEquals(
                folder + ": is a folder, not a model file",
                Refusal.of(BadInputException.class, () -> ModelFile.read(folder)));
    }

    @Test
    void failingWriteLeavesTheOldFile() throws IOException {
        Path path = folder.resolve("m.fluvial");
        Files.writeString(path, "old");
        assertThrows(
                IOException.class,
                () -> io.fluvial.internal.AtomicFile.write(path, out -> {
                    out.write(1);
                    throw new IOException("disk full");
                }));
        assertEquals("old", Files.readString(path));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(path), files.toList());
        }
    }

    @Test
    void writeIntoNoFolderSaysSo() {
        Path path = folder.resolve("no/m.fluvial");
        assertEquals(
                path + ": cannot be written: there is no folder " + folder.resolve("no"),
                Refusal.of(UncheckedIOException.class, () -> ModelFile.write(path, GoldenModel.model())));
    }

    @Test
    void linkStaysALink() throws IOException {
        Path real = Files.writeString(folder.resolve("real.fluvial"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.fluvial"), real);
        ModelFile.write(link, GoldenModel.model());
        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(golden(), Files.readAllBytes(real));
    }

    @Test
    void schemaThatDoesNotFitTheFlowIsRefused() {
        assertEquals(
                "the schema names 2 features, the flow has 3",
                Refusal.of(
                        IllegalArgumentException.class,
                        () -> SavedModel.of(GoldenModel.model().model(), Schema.of("a", "b"))));
    }
}
