package io.fluvial.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a caller can mend gets one line, exit code 2, and leaves no file.
class BadInputTest {

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void writesTables() {
        shell = Shell.in(folder).quick();
        shell.writeTable("data.csv", 60);
        shell.write("names.csv", "x,y\n");
        shell.write("empty.csv", "");
        shell.write("constant.csv", "x,y\n1,5\n2,5\n3,5\n4,5\n");
        shell.write("infinite.csv", "x,y\n1,2\n2,inf\n3,3\n4,1\n");
        shell.write("missing.csv", "x,y\n1,2\n2,\n3,3\n,1\n");
        shell.write("typo.csv", "x,y\n1,2\n2,1.2.3\n3,3\n4,1\n");
        shell.write("one.csv", "x\n1\n2\n3\n4\n");
        shell.write("two.csv", "x,y\n1,2\n2,1\n");
        shell.write("weights.csv", "x,y,w\n1,2,1\n2,2.5,-1\n3,3,1\n4,1,1\n");
        shell.write("broken.fluvial", "this is no model, however long it may be");
        Shell.Outcome fit = shell.run(
                "fit",
                "data.csv",
                "-o",
                "model.fluvial",
                "--columns",
                "x,y",
                "--flow",
                "realnvp",
                "--hidden",
                "8,8",
                "--layers",
                "2",
                "--epochs",
                "1",
                "--checkpoint",
                "other.checkpoint");
        assertEquals(0, fit.code(), fit::toString);
        Shell.Outcome given = shell.run(
                "fit",
                "data.csv",
                "-o",
                "given.fluvial",
                "--columns",
                "x,y",
                "--context",
                "group",
                "--flow",
                "realnvp",
                "--hidden",
                "8,8",
                "--layers",
                "2",
                "--epochs",
                "1");
        assertEquals(0, given.code(), given::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            # tables
            fit none.csv -o out.fluvial | fluvial fit: none.csv: no such file
            fit empty.csv -o out.fluvial | fluvial fit: empty.csv: is empty
            fit names.csv -o out.fluvial | fluvial fit: names.csv: has no data rows
            fit data.csv -o out.fluvial --columns x,z | fluvial fit: data.csv: has no column "z"; it has "name", "x", "y", "group"
            fit data.csv -o out.fluvial --columns x,name | fluvial fit: data.csv: column "name" is not numeric: "row 0" in data row 1 (the first is 1); leave the column out with --exclude or turn it into numbers
            fit data.csv -o out.fluvial --context sex | fluvial fit: data.csv: has no column "sex" for --context; it has "name", "x", "y", "group"
            fit data.csv -o out.fluvial --columns x,y --exclude y | fluvial fit: column "y" is excluded and asked for; drop it from one of the options
            fit typo.csv -o out.fluvial | fluvial fit: typo.csv: column "y" is not numeric: "1.2.3" in data row 2 (the first is 1); leave the column out with --exclude or turn it into numbers
            fit constant.csv -o out.fluvial | fluvial fit: constant.csv: column "y" is constant (5.0): it has no density, leave it out with --exclude
            fit infinite.csv -o out.fluvial | fluvial fit: infinite.csv: column "y" has an infinite value in data row 2 (the first is 1): remove or replace it
            fit missing.csv -o out.fluvial | fluvial fit: missing.csv: missing values in "x" 1 (first in data row 4), "y" 1 (first in data row 2): fill them, or drop such rows (--missing drop)
            fit weights.csv -o out.fluvial --weights w | fluvial fit: weights.csv: column "w" has the weight -1.0 in data row 2; weights must not be negative
            fit one.csv -o out.fluvial --flow realnvp | fluvial fit: --flow realnvp: needs at least 2 columns, or one and --context: with a single column there is nothing to condition on
            fit two.csv -o out.fluvial | fluvial fit: there are only 2 rows to take --test 0.1 from; a fit needs at least 3, and hundreds to say much
            fit data.csv -o out.fluvial --columns x,y --test none.csv | fluvial fit: none.csv: no such file
            # options
            fit data.csv | fluvial fit: Missing required option: '--output=MODEL' (see fluvial fit --help)
            fit data.csv -o out.fluvial --flow glow --columns x,y | fluvial fit: there is no flow "glow"; --flow takes one of auto, realnvp, nsf, maf, nsf-ar, maf-mog, iaf, nice, naf, unaf, sospf, bernstein, bnaf, flow++, gaussianization, same-order
            fit data.csv -o out.fluvial --columns x,y --checkpoint out.checkpoint | fluvial fit: --checkpoint goes with one flow, and --flow auto tries several: name one, such as --flow realnvp
            fit data.csv -o out.fluvial --epochs many | fluvial fit: Invalid value for option '--epochs': 'many' is not an int (see fluvial fit --help)
            fit data.csv -o out.fluvial --epochs 0 | fluvial fit: --epochs must be at least 1, got 0
            fit data.csv -o out.fluvial --time 10 | fluvial fit: Invalid value for option '--time': "10" is no span of time: write hours, minutes and seconds as in 1h30m, 10m or 90s (see fluvial fit --help)
            fit data.csv -o out.fluvial --rate -1 | fluvial fit: the learning rate must be positive, got -1.0
            fit data.csv -o out.fluvial --test 1.5 | fluvial fit: --test takes a share between 0 and 1, or a file, got 1.5
            fit data.csv -o out.fluvial --columns x,y --dropout 2 | fluvial fit: --flow realnvp: dropout must be in [0, 1), got 2.0
            fly | fluvial: there is no command "fly"; there are demo, fit, score, sample, evaluate, info (see fluvial --help)
            # models
            evaluate none.fluvial data.csv | fluvial evaluate: none.fluvial: no such file
            evaluate broken.fluvial data.csv | fluvial evaluate: broken.fluvial: is no model file (foreign): it does not start like a safetensors file
            evaluate model.fluvial one.csv | fluvial evaluate: one.csv: has no column "y", which model.fluvial reads; it reads "x", "y", the table has "x"
            score model.fluvial missing.csv -o out.csv | fluvial score: missing.csv: missing values in "x" 1 (first in data row 4), "y" 1 (first in data row 2): fill them, or drop such rows (--missing drop)
            # outputs
            score model.fluvial data.csv -o out.csv --name x | fluvial score: data.csv: already has a column "x": name the new one otherwise
            score model.fluvial data.csv -o - --json | fluvial score: --json and a table both want standard output: give -o a file name
            sample model.fluvial -n 0 -o out.csv | fluvial sample: -n must be at least 1, got 0
            sample given.fluvial -o out.csv | fluvial sample: given.fluvial: this model needs group to be given: --context TABLE with these columns
            demo -o data.csv | fluvial demo: data.csv: is a file; give -o a folder
            """)
    void isOneLine(String arguments, String line) {
        List<String> before = shell.files();

        Shell.Outcome outcome = shell.run(arguments.split(" "));

        assertEquals(line + "\n", outcome.err());
        assertEquals("", outcome.out());
        assertEquals(2, outcome.code());
        assertEquals(before, shell.files());
    }

    @Test
    void anAbsentFolderIsToldBeforeTheWork() {
        Shell.Outcome fit = shell.run("fit", "data.csv", "-o", "nowhere/out.fluvial");

        assertEquals(
                "fluvial fit: nowhere/out.fluvial: there is no folder " + folder.resolve("nowhere")
                        + "; create it first or choose another place\n",
                fit.err());
        assertEquals(2, fit.code());
    }

    @Test
    void aCheckpointOfAnotherTrainingIsRefused() {
        Shell.Outcome fit = shell.run(
                "fit",
                "data.csv",
                "-o",
                "out.fluvial",
                "--columns",
                "x,y",
                "--flow",
                "realnvp",
                "--hidden",
                "8,8",
                "--layers",
                "2",
                "--epochs",
                "2",
                "--checkpoint",
                "other.checkpoint");

        assertTrue(
                fit.err()
                        .endsWith(
                                "fluvial fit: checkpoint other.checkpoint belongs to a training with another flow, other"
                                        + " options or other data; delete it or choose another file name\n"),
                fit::toString);
        assertEquals(2, fit.code());
        assertTrue(!shell.files().contains("out.fluvial"));
    }

    @Test
    void aTrainingThatDivergesSaysWhereAndWhatToTry() {
        Shell.Outcome fit = shell.run(
                "fit",
                "data.csv",
                "-o",
                "out.fluvial",
                "--columns",
                "x,y",
                "--flow",
                "realnvp",
                "--hidden",
                "8,8",
                "--layers",
                "2",
                "--rate",
                "1e30",
                "--warmup",
                "0",
                "--patience",
                "0");

        String last = fit.err().lines().reduce("", (a, b) -> b);
        assertTrue(last.startsWith("fluvial fit: training diverged at step "), fit::toString);
        assertTrue(last.contains("try a smaller learning rate (now 1.0E30)"), fit::toString);
        assertEquals(2, fit.code());
        assertTrue(!shell.files().contains("out.fluvial"));
    }

    @Test
    void standardOutputThatIsClosedIsTold() throws IOException, InterruptedException {
        Process process = shell.start("info", "model.fluvial");
        process.getInputStream().close();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, process.waitFor(), err);
        assertTrue(err.contains("fluvial: not all could be written: standard output is full or closed"), err);
    }

    /// Ctrl-C: neither the table read from standard input nor the one that was to be written.
    @Test
    void processThatIsEndedLeavesNoFile() throws IOException, InterruptedException {
        shell.writeTable("many.csv", 20_000);
        Process process = shell.start("score", "model.fluvial", "-", "-o", "-");
        try (var in = process.getOutputStream()) {
            Files.copy(shell.path("many.csv"), in);
        }
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertEquals("name,x,y,group,log_prob", out.readLine()); // and the rest waits for a reader
        assertTrue(shell.files().toString().contains("fluvial-"));

        process.toHandle().destroy();

        assertNotEquals(0, process.waitFor());
        assertFalse(shell.files().toString().contains("fluvial-"), shell.files().toString());
    }
}
