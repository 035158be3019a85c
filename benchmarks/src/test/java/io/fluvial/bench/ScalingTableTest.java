package io.fluvial.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.bench.ScalingWork.Series;
import io.fluvial.kernel.Kernels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ScalingTableTest {

    private static ScalingLine line(int threads, int size, double rate) {
        return new ScalingLine(Series.BATCH, threads, size, rate, rate / 1e6);
    }

    @Test
    void medianAndSpreadOfTheLaunchesStandInATable() {
        String table = ScalingTable.of(List.of(line(1, 64, 1000), line(1, 64, 2000), line(1, 1000, 3000)));

        assertEquals("scoring, 10 features, width 64", table.lines().findFirst().orElseThrow());
        assertTrue(table.contains("\n  64              1.50 k (1.00 – 2.00)        0.15 (0.10 – 0.20)\n"), table);
        assertTrue(table.contains("\n  1,000           3.00 k                      0.30\n"), table);
    }

    /// 100 (90 – 110) then 80 (70 – 86): 86 is less than 95 % of 90; 88 would not be, nor is 95.
    @Test
    void slowerSizesAreNamedWhereLaunchesAreApart() {
        List<ScalingLine> fine = List.of(line(1, 1, 90), line(1, 1, 110), line(1, 2, 70), line(1, 2, 88));
        List<ScalingLine> apart = List.of(line(1, 1, 90), line(1, 1, 110), line(1, 2, 70), line(1, 2, 85));

        assertTrue(ScalingTable.of(fine).contains("  1 thread: no size is slower than a smaller one"));
        assertTrue(
                ScalingTable.of(apart).contains("  1 thread: slower: 2 than 1 (94 %)\n"), () -> ScalingTable.of(apart));
    }

    @Test
    void linesOfALaunchAreRead() {
        assertEquals(line(2, 128, 12.5), ScalingLine.parse(line(2, 128, 12.5).text()));
        assertNull(ScalingLine.parse("WARNING: Using incubator modules"));
    }

    @Test
    void everyWorkRuns() {
        List<ScalingWork> works = ScalingWork.all(Kernels.scalar(), 2, 100, 2, 64);
        for (ScalingWork work : works) {
            assertTrue(Double.isFinite(work.run().getAsDouble()), work::toString);
            assertTrue(work.flops() > 0, work::toString);
        }
        assertEquals(
                List.of(1, 2, 4, 8, 16, 32, 64, 100),
                works.stream()
                        .filter(work -> work.series() == Series.BATCH && work.threads() == 1)
                        .map(ScalingWork::size)
                        .toList());
    }

    @Test
    void peaksAreReadWhereLinuxTells() {
        assertEquals(1024 * 308_000L, StreamingScore.peak("Name:\tjava\nVmHWM:\t  308000 kB\nVmRSS:\t 1 kB\n"));
        assertEquals(0, StreamingScore.peak("Name:\tjava\n"));
    }

    /// A command that copies, in the place of ours: it is given a table and one ten times as long, and nothing is left.
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void tablesAreScoredAndRemoved(@TempDir Path folder) throws IOException {
        Path command = Files.writeString(folder.resolve("command"), """
                #!/bin/sh
                echo "$1 $FLUVIAL_JAVA_OPTS" >>%s/calls
                if [ $1 = fit ]; then echo model >"$4"; else dirname "$3" >%s/where; wc -l <"$3" >>%s/calls; cp "$3" "$5"; fi
                """.replace("%s", folder.toString()));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        List<StreamingScore.Outcome> outcomes =
                new StreamingScore(command.toString(), new PrintWriter(new StringWriter())).run(100);

        assertEquals(List.of(100, 1000), outcomes.stream().map(o -> o.rows()).toList());
        assertTrue(outcomes.get(1).bytes() > 9 * outcomes.get(0).bytes());
        assertEquals(
                List.of("fit -Xmx256m", "score -Xmx256m", "101", "score -Xmx256m", "1001"),
                Files.readAllLines(folder.resolve("calls")).stream()
                        .map(String::strip)
                        .toList());
        assertTrue(Stream.of(Files.readString(folder.resolve("where")).strip())
                .map(Path::of)
                .noneMatch(Files::exists));
    }
}
