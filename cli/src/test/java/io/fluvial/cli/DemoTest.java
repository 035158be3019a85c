package io.fluvial.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Samples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DemoTest {

    @TempDir
    private Path folder;

    @Test
    void leavesAPageTablesAndAModel() {
        Shell shell = Shell.in(folder);

        Shell.Outcome demo = shell.run("demo", "--epochs", "2", "--json");

        assertEquals(0, demo.code(), demo::toString);
        JsonNode json = demo.json();
        assertTrue(json.get("missing").asDouble() > 0, demo::toString);
        assertEquals(
                json.get("bestTestLogProb").asDouble() - json.get("testLogProb").asDouble(),
                json.get("missing").asDouble(),
                1e-9);
        assertEquals(
                List.of("curve.csv", "demo.html", "model.fluvial", "samples.csv", "test.csv", "train.csv"),
                Shell.in(folder.resolve("fluvial-demo")).files());
        String page = String.join("\n", shell.lines("fluvial-demo/demo.html"));
        assertEquals(4, page.split("<img ", -1).length - 1);
        assertFalse(page.contains("http"), "the page must not need a network");
        assertEquals(
                0,
                shell.run("evaluate", "fluvial-demo/model.fluvial", "fluvial-demo/test.csv")
                        .code());
    }

    @Test
    void targetIntegratesToOne() {
        // The trapezoid rule on a grid far finer than the narrowest component (0.06): its error is below 1e-9.
        int n = 401;
        float[][] grid = new float[2][n * n];
        for (int i = 0; i < n * n; i++) {
            grid[0][i] = -3 + 6f * (i % n) / (n - 1);
            grid[1][i] = -3 + 6f * (i / n) / (n - 1);
        }
        double sum = 0;
        for (double logProb : new DemoTarget().logProb(Samples.wrap(grid))) {
            sum += Math.exp(logProb);
        }

        double cell = 6.0 / (n - 1);
        assertEquals(1, sum * cell * cell, 1e-5); // floats place the grid to 1e-7
    }

    @Test
    void targetsSamplesHaveItsMoments() {
        // Two arcs that are mirror images: the mean is 0. n = 100 000, |x| < 2, five standard errors are below 0.02;
        // false alarm 6e-7 per coordinate.
        Samples samples = new DemoTarget().sample(100_000, 5);

        assertEquals(0, io.fluvial.Moments.of(samples, 0).mean(), 0.02);
        assertEquals(0, io.fluvial.Moments.of(samples, 1).mean(), 0.02);
    }
}
