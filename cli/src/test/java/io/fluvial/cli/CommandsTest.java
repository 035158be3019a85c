package io.fluvial.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The commands as a user calls them, each in a process of its own.
class CommandsTest {

    @TempDir
    private static Path folder;

    private static Shell shell;
    private static Shell quick;
    private static Shell.Outcome fit;

    @BeforeAll
    static void fitsOnce() {
        shell = Shell.in(folder);
        quick = shell.quick();
        shell.writeTable("data.csv", 400);
        fit = shell.run(
                "fit",
                "data.csv",
                "-o",
                "model.fluvial",
                "--exclude",
                "group",
                "--flow",
                "realnvp",
                "--hidden",
                "16,16",
                "--layers",
                "4",
                "--epochs",
                "20",
                "--batch",
                "32",
                "--curve",
                "curve.csv",
                "--json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "fit", "score", "sample", "evaluate", "info"})
    void helpShowsAnExample(String command) {
        Shell.Outcome help = quick.run(command, "--help");

        assertEquals(0, help.code(), help::toString);
        assertTrue(help.out().startsWith("Usage: fluvial " + command), help::toString);
        assertTrue(help.out().contains("For example:\n  fluvial " + command), help::toString);
        assertEquals("", help.err());
    }

    @Test
    void aloneItExplainsItself() {
        Shell.Outcome alone = quick.run();

        assertEquals(0, alone.code());
        assertTrue(alone.out().contains("fluvial fit data.csv -o model.fluvial"), alone::toString);
        assertEquals("", alone.err());
    }

    @Test
    void versionNamesTheKernels() {
        Shell.Outcome version = quick.run("--version");

        assertTrue(version.out().startsWith("fluvial "), version::toString);
        assertTrue(version.out().contains("kernels"), version::toString);
        assertEquals("", version.err());
    }

    @Test
    void fitGivesOneJsonObject() {
        assertEquals(0, fit.code(), fit::toString);
        JsonNode json = fit.json();
        assertEquals("model.fluvial", json.get("model").asString());
        assertEquals(20, json.get("epochs").asInt());
        assertEquals(40, json.get("testRows").asInt());
        for (String name : List.of(
                "seconds",
                "rowsPerSecond",
                "parameters",
                "testLogProb",
                "testStandardError",
                "gaussianTestLogProb",
                "gainStandardError")) {
            assertTrue(json.get(name).isNumber(), name);
        }
        assertTrue(json.get("gain").asDouble() > 0, fit::toString);
    }

    @Test
    void fitSaysWhatItLeftOutAndShowsEveryEpoch() {
        assertTrue(
                fit.err().contains("fluvial: data.csv: left out, because they hold text: \"name\"\n"), fit::toString);
        assertTrue(fit.err().contains("324 rows to train on, 36 to decide when to stop, 40 for the final score"));
        assertTrue(fit.err().contains("\nepoch 20/20 "), fit::toString);
        assertFalse(fit.err().contains("\r"), fit::toString);
    }

    @Test
    void curveHasEveryEpoch() {
        List<String> lines = shell.lines("curve.csv");

        assertEquals("epoch,seconds,train,validation", lines.getFirst());
        assertEquals(22, lines.size()); // header, the start, twenty epochs
        assertTrue(lines.get(21).matches("20,[0-9.]+,-?[0-9.]+,-?[0-9.]+"), lines.get(21));
    }

    @Test
    void scoreWritesLogDensitiesBesideTheRows() {
        Shell.Outcome score = quick.run("score", "model.fluvial", "data.csv", "-o", "scored.csv", "--json");

        assertEquals(0, score.code(), score::toString);
        assertEquals(400, score.json().get("rows").asInt());
        List<String> lines = shell.lines("scored.csv");
        assertEquals("name,x,y,group,log_prob", lines.getFirst());
        assertEquals(401, lines.size());
        assertTrue(lines.get(1).startsWith(shell.lines("data.csv").get(1) + ","), lines.get(1));
        assertEquals(
                score.json().get("meanLogProb").asDouble(),
                lines.stream()
                        .skip(1)
                        .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(',') + 1)))
                        .average()
                        .orElseThrow(),
                1e-9);
    }

    @Test
    void scoreReadsAndWritesStreams() {
        Shell.Outcome score =
                quick.runWith("y,x\n1,2\n0,0\n", "score", "model.fluvial", "-", "-o", "-", "--name", "nats");

        assertEquals(0, score.code(), score::toString);
        List<String> lines = score.out().lines().toList();
        assertEquals("y,x,nats", lines.getFirst());
        assertEquals(3, lines.size());
        assertTrue(score.err().startsWith("wrote -, 2 rows; mean log-likelihood "), score::toString);
    }

    @Test
    void scoreKeepsRowsWithMissingValuesEmpty() {
        shell.write("gaps.csv", "x,y\n1,2\n,0\n0,0\n");

        Shell.Outcome score =
                quick.run("score", "model.fluvial", "gaps.csv", "-o", "gaps-scored.csv", "--missing", "drop");

        assertEquals(0, score.code(), score::toString);
        assertTrue(
                score.err()
                        .contains(
                                "fluvial: gaps.csv: 1 of 3 rows lack a value and are written with \"log_prob\" empty\n"),
                score::toString);
        assertEquals(",0,", shell.lines("gaps-scored.csv").get(2));
    }

    @Test
    void parquetGoesThroughAllCommands() {
        Shell.Outcome sample = quick.run("sample", "model.fluvial", "-n", "50", "-o", "new.parquet", "--seed", "3");
        Shell.Outcome score = quick.run("score", "model.fluvial", "new.parquet", "-o", "new-scored.parquet");
        Shell.Outcome evaluate = quick.run("evaluate", "model.fluvial", "new-scored.parquet", "--json");

        assertEquals("wrote new.parquet, 50 rows, seed 3\n", sample.out());
        assertEquals(0, score.code(), score::toString);
        assertEquals(50, evaluate.json().get("rows").asInt());
    }

    @Test
    void evaluateMeasuresFitAndRoundTrip() {
        Shell.Outcome evaluate = quick.run("evaluate", "model.fluvial", "data.csv", "--json");

        JsonNode json = evaluate.json();
        assertEquals(400, json.get("rows").asInt());
        double mean = json.get("meanLogProb").asDouble();
        assertEquals(-mean / (2 * Math.log(2)), json.get("bitsPerDimension").asDouble(), 1e-12);
        assertTrue(json.get("standardError").asDouble() > 0);
        double roundTrip = json.get("maxRoundTripError").asDouble();
        assertTrue(roundTrip >= 0 && roundTrip < 1e-3, evaluate::toString);
        assertTrue(evaluate.err().contains("400 rows of data.csv\n"), evaluate::toString);
    }

    @Test
    void sampleDependsOnItsSeedOnly() {
        String first = quick.run("sample", "model.fluvial", "-n", "20", "-o", "-", "--threads", "1")
                .out();

        assertEquals(
                first,
                quick.run("sample", "model.fluvial", "-n", "20", "-o", "-", "--threads", "2")
                        .out());
        assertEquals(21, first.lines().count());
        assertTrue(first.startsWith("x,y\n"), first);
    }

    @Test
    void infoDrawsTheFlow() {
        Shell.Outcome info = quick.run("info", "model.fluvial");
        JsonNode json = quick.run("info", "model.fluvial", "--json").json();

        assertEquals(0, info.code(), info::toString);
        assertTrue(info.out().contains("  columns     x, y\n"), info::toString);
        assertTrue(info.out().contains("moves 2 given 1 by Affine"), info::toString);
        assertTrue(info.out().contains("  rows     324\n"), info::toString);
        assertEquals("x", json.get("columns").get(0).asString());
        assertEquals(
                fit.json().get("parameters").asInt(), json.get("parameters").asInt());
        assertEquals(
                fit.json().get("testLogProb").asDouble(),
                json.get("metrics").get("testLogProb").asDouble());
    }

    @Test
    void contextIsGivenWhenFittingAndSampling() {
        Shell.Outcome given = quick.run(
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
                "3",
                "--test",
                "data.csv",
                "--validation",
                "0.2");
        shell.write("given.csv", "group\n1\n");
        Shell.Outcome sample = quick.run("sample", "given.fluvial", "-n", "2", "--context", "given.csv", "-o", "-");

        assertEquals(0, given.code(), given::toString);
        assertTrue(given.out().contains("  Gaussian given the context"), given::toString);
        assertTrue(given.out().contains("nats per row, 400 rows"), given::toString);
        assertEquals(3, sample.out().lines().count(), sample::toString);
        assertTrue(sample.out().lines().skip(1).allMatch(l -> l.endsWith(",1.0")), sample::toString);
    }

    @Test
    void weightsCountRows() {
        // Rows of group 0 weigh nothing. The flow starts at the Gaussian of all rows, with x around 1.5, and has to
        // move to group 1, with x around 3 ± 1.
        Shell.Outcome weighted = quick.run(
                "fit",
                "data.csv",
                "-o",
                "weighted.fluvial",
                "--columns",
                "x,y",
                "--weights",
                "group",
                "--flow",
                "realnvp",
                "--hidden",
                "8,8",
                "--layers",
                "2",
                "--epochs",
                "60",
                "--batch",
                "32",
                "--rate",
                "0.01");
        Shell.Outcome sample = quick.run("sample", "weighted.fluvial", "-n", "400", "-o", "-");

        assertEquals(0, weighted.code(), weighted::toString);
        double mean = sample.out()
                .lines()
                .skip(1)
                .mapToDouble(l -> Double.parseDouble(l.substring(0, l.indexOf(','))))
                .average()
                .orElseThrow();
        assertTrue(mean > 2.5 && mean < 3.5, "mean of x " + mean);
    }

    @Test
    void resultsThatAreNotFiniteAreCounted() {
        shell.write("far.csv", "x,y\n1,2\n3.4e38,-3.4e38\n");

        Shell.Outcome evaluate = quick.run("evaluate", "model.fluvial", "far.csv", "--json");

        assertTrue(
                evaluate.err().contains("fluvial: far.csv: 1 of 2 log-densities are not finite"), evaluate::toString);
        assertTrue(evaluate.json().get("meanLogProb").isNull(), evaluate::toString);
        assertEquals(2, evaluate.json().get("notFinite").get("firstRow").asInt());
    }

    @Test
    void withoutAFlowOneIsChosenByTheValidationRows() {
        Shell.Outcome chosen = shell.run(
                "fit",
                "data.csv",
                "-o",
                "chosen.fluvial",
                "--columns",
                "x,y",
                "--layers",
                "2",
                "--hidden",
                "8",
                "--dropout",
                "0",
                "--epochs",
                "10",
                "--time",
                "20s",
                "--curve",
                "chosen.csv",
                "--json");
        Shell.Outcome info = quick.run("info", "chosen.fluvial");

        assertEquals(0, chosen.code(), chosen::toString);
        assertTrue(
                chosen.err()
                        .contains(
                                "fluvial: choosing among 2 flows by the 36 rows that decide when to stop, 20s at most"),
                chosen::toString);
        JsonNode choice = chosen.json().get("choice");
        JsonNode best = choice.get("chosen");
        assertEquals(chosen.json().get("flow").asString(), best.get("flow").asString());
        double most = Double.NEGATIVE_INFINITY;
        for (JsonNode trial : choice.get("tried")) {
            assertEquals(2, trial.get("layers").asInt());
            assertEquals(8, trial.get("hidden").get(0).asInt());
            assertEquals(10, trial.get("epochs").asInt(), "ten epochs take far less than the time");
            most = Math.max(most, trial.get("validationLogProb").asDouble());
        }
        assertEquals(2, choice.get("tried").size(), "what is through with its epochs is not trained again");
        assertEquals(most, chosen.json().get("validationLogProb").asDouble());
        assertEquals(12, shell.lines("chosen.csv").size()); // header, the start, ten epochs
        assertTrue(
                info.out()
                        .matches(
                                "(?s).*\\nchosen by the validation rows, \\* among\\n(  [* ] (realnvp|nsf|maf|nsf-ar), 2 layers of"
                                        + " 8, dropout 0\\.0 [^\\n]*\\n){2}"),
                info::toString);
        assertTrue(info.out().contains("  * " + best.get("flow").asString() + ", 2 layers of 8"), info::toString);
    }
}
