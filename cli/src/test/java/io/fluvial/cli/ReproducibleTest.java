package io.fluvial.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Parameters;
import io.fluvial.io.ModelFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same seed gives the same bits, whatever happens meanwhile – on the best kernels there are.
class ReproducibleTest {

    @TempDir
    private static Path folder;

    private static Shell shell;
    private static Parameters undisturbed;

    @BeforeAll
    static void fitsUndisturbed() {
        shell = Shell.in(folder);
        shell.writeTable("data.csv", 1000);
        Shell.Outcome fit = shell.run(arguments("undisturbed.fluvial", "--threads", "1"));
        assertEquals(0, fit.code(), fit::toString);
        undisturbed = parameters("undisturbed.fluvial");
    }

    private static String[] arguments(String model, String... more) {
        List<String> common = List.of(
                "fit",
                "data.csv",
                "-o",
                model,
                "--exclude",
                "group",
                "--flow",
                "realnvp",
                "--hidden",
                "16,16",
                "--layers",
                "4",
                "--epochs",
                "40",
                "--batch",
                "64",
                "--dropout",
                "0.1",
                "--patience",
                "0",
                "--seed",
                "7");
        return Stream.concat(common.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static Parameters parameters(String model) {
        return ModelFile.read(shell.path(model)).model().parameters();
    }

    @Test
    void twoThreadsGiveTheSameBits() {
        Shell.Outcome fit = shell.run(arguments("threads.fluvial", "--threads", "2"));

        assertEquals(0, fit.code(), fit::toString);
        assertEquals(undisturbed, parameters("threads.fluvial"));
    }

    @Test
    void recomputingGivesTheSameBits() {
        Shell.Outcome fit = shell.run(arguments("recomputed.fluvial", "--recompute"));

        assertEquals(0, fit.code(), fit::toString);
        assertEquals(undisturbed, parameters("recomputed.fluvial"));
    }

    @Test
    void anotherSeedGivesOthers() {
        Shell.Outcome fit = shell.run(arguments("seed.fluvial", "--seed", "8"));

        assertEquals(2, fit.code(), fit::toString); // the option is given twice

        String[] arguments = arguments("seed.fluvial");
        arguments[arguments.length - 1] = "8";
        shell.run(arguments);
        assertNotEquals(undisturbed, parameters("seed.fluvial"));
    }

    @Test
    void killedAndResumedGivesTheSameBits() throws IOException, InterruptedException {
        String[] arguments = arguments("killed.fluvial", "--checkpoint", "killed.checkpoint");
        Process process = shell.start(arguments);
        waitFor("epoch 8/40 ", process);
        process.destroyForcibly().waitFor();
        assertTrue(!shell.files().contains("killed.fluvial"));

        Shell.Outcome resumed = shell.run(arguments);

        assertEquals(0, resumed.code(), resumed::toString);
        assertTrue(
                resumed.err().contains("fluvial: going on from checkpoint killed.checkpoint in epoch "),
                resumed::toString);
        assertEquals(undisturbed, parameters("killed.fluvial"));
        assertTrue(
                shell.run(arguments)
                        .err()
                        .contains(
                                "fluvial: checkpoint killed.checkpoint holds the end of this training: nothing was left to do\n"));
    }

    @Test
    void interruptedItSaysHowToGoOn() throws IOException, InterruptedException {
        Process process = shell.start(arguments("stopped.fluvial", "--checkpoint", "stopped.checkpoint"));
        waitFor("epoch 3/40 ", process);
        process.toHandle().destroy(); // runs shutdown hooks as Ctrl-C does; Process.destroy would close the streams too

        Shell.Outcome stopped = Shell.outcome(process);

        assertTrue(
                stopped.err()
                        .contains(
                                "fluvial: interrupted; the same command goes on from stopped.checkpoint, which is saved"
                                        + " every epoch and every 30 s\n"),
                stopped::toString);
        assertNotEquals(0, stopped.code());
        assertTrue(!shell.files().contains("stopped.fluvial"));
    }

    /// Reads standard error up to a line that starts so.
    private static void waitFor(String start, Process process) throws IOException {
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            if (line.startsWith(start)) {
                return;
            }
        }
        throw new AssertionError("the process ended before " + start);
    }
}
