package io.fluvial.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFileTest {

    @TempDir
    Path folder;

    /// A process that is in the middle of writing until its standard input ends.
    static final class Writer {

        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            Path kept = folder.resolve("kept");
            TemporaryFile.at(kept).close();
            Files.writeString(kept, "made after a temporary file of its name was closed");
            AtomicFile.replace(folder.resolve("target"), unfinished -> {
                Files.writeString(unfinished, "half");
                try (TemporaryFile spooled = TemporaryFile.create("fluvial-", ".csv")) {
                    System.out.println(spooled.path());
                    System.out.println(System.in.read());
                }
            });
        }
    }

    private Process writer() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<String> files() throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void processThatIsEndedLeavesNothingUnfinished() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("target"), "old");
        Process process = writer();
        process.inputReader(StandardCharsets.UTF_8).readLine();
        assertEquals(4, files().size());

        process.toHandle().destroy(); // Process.destroy would close its standard input too

        assertNotEquals(0, process.waitFor());
        assertEquals(List.of("kept", "target"), files());
        assertEquals("old", Files.readString(folder.resolve("target")));
    }

    @Test
    void processThatComesToItsEndLeavesTheNewFile() throws IOException, InterruptedException {
        Process process = writer();
        process.getOutputStream().close();

        assertEquals(0, process.waitFor());
        assertEquals(List.of("kept", "target"), files());
        assertEquals("half", Files.readString(folder.resolve("target")));
    }
}
