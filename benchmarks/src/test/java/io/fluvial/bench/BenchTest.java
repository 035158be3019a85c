package io.fluvial.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.benchmarks.FlowSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command with launches that are made up: the k-th has k times the speed of the first.
class BenchTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Group> started = new ArrayList<>();

    private int run(Bench.Launcher launcher, String... args) {
        return Bench.run(new PrintWriter(out), new PrintWriter(err), launcher, Duration.ZERO, args);
    }

    private int run(String... args) {
        return run(this::launch, args);
    }

    private Fork.Outcome launch(Group group) {
        started.add(group);
        List<Reading> readings = new ArrayList<>();
        int k = started.size();
        readings.add(new Reading(1, Metric.FMA_PEAK, 100 * k));
        for (int threads : group.threads()) {
            readings.add(new Reading(threads, Metric.SCORE, 1_250_000.0 * threads * k));
        }
        return new Fork.Outcome("vector-512", true, List.of(), readings);
    }

    @Test
    void measuresFourFlowsThreeTimes() {
        assertEquals(0, run());

        assertEquals(12, started.size());
        assertEquals(started.subList(0, 4), started.subList(4, 8));
        assertTrue(err.toString().contains("launch 3 of 3: nsf-ar D10_W64"), err::toString);
    }

    @Test
    void printsTheMedianWithTheLowestAndTheHighestLaunch() {
        assertEquals(0, run("--only", "maf", "--size", "d43_w256"));

        String table = out.toString();
        assertTrue(table.contains("FMA peak  200 (100 – 300) GFLOP/s, one thread\n"), table);
        assertTrue(table.contains("kernels   vector-512\n"), table);
        assertTrue(
                table.contains("\nD43_W256: 43 features, 10 layers, hidden 256, 256, batches of 512; 1 thread\n"
                        + "                 maf\n"
                        + "  score, rows/s  2.50 M (1.25 – 3.75)\n"
                        + "\npeers: not measured"),
                table);
        assertFalse(table.contains("\u001b"), table);
    }

    @Test
    void flowsStandBesideOneAnotherAndThreadsBelow() {
        Results results = new Results(
                new Machine("A processor", 2, "Linux", "A JVM", List.of("-Xmx1g")),
                ZonedDateTime.parse("2026-11-24T12:00:00Z"),
                1,
                List.of(group("realnvp"), group("nsf")));
        results.add(group("realnvp"), outcome(2e6, Metric.SCORE_SHARE, 52.34), 0);
        results.add(group("nsf"), outcome(420, Metric.BLOCK_BYTES, 24), 0.5);

        assertEquals("""
                date      2026-11-24 12:00 +00:00
                machine   A processor, 2 processors, Linux
                java      A JVM
                options   -Xmx1g
                kernels   scalar
                FMA peak  7.00 (7.00 – 7.00) GFLOP/s, one thread
                others    0.25 (0.00 – 0.50) processors busy between launches; should be 0
                launches  1

                D10_W64: 10 features, 5 layers, hidden 64, 64, batches of 256; 1 thread
                                                 realnvp  nsf
                  score, rows/s                  2.00 M   420
                  score, % of FMA peak           52.3     –
                  allocated per scored block, B  –        24

                D10_W64: 10 features, 5 layers, hidden 64, 64, batches of 256; 2 threads
                                 realnvp  nsf
                  score, rows/s  4.00 M   840

                peers: not measured; ./fluvial bench --peers gets native libraries of others, some 170 MB, and measures them too
                """, Table.of(results));
    }

    private static Group group(String flow) {
        for (var family : FlowSize.Family.values()) {
            if (family.flow().equals(flow)) {
                return Group.of(FlowSize.D10_W64, family, 2);
            }
        }
        throw new IllegalArgumentException(flow);
    }

    private static Fork.Outcome outcome(double score, Metric metric, double value) {
        return new Fork.Outcome(
                "scalar",
                true,
                List.of(),
                List.of(
                        new Reading(1, Metric.FMA_PEAK, 7),
                        new Reading(1, Metric.SCORE, score),
                        new Reading(1, metric, value),
                        new Reading(2, Metric.SCORE, 2 * score)));
    }

    @Test
    void jsonHasEveryLaunch() {
        assertEquals(0, run("--only", "realnvp", "--size", "D43_W256", "--launches", "2", "--json"));

        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertEquals(2, json.get("launches").asInt());
        assertEquals("vector-512", json.get("kernels").asString());
        assertEquals(0, json.get("coldLaunches").asInt());
        assertTrue(json.get("peers").isNull());
        assertEquals(150, json.get("fmaPeakGflops").get("median").asDouble());
        for (String name : List.of("date", "processor", "processors", "os", "java", "javaOptions")) {
            assertTrue(json.hasNonNull(name), name);
        }
        assertEquals(1, json.get("rows").size());
        JsonNode row = json.get("rows").get(0);
        assertEquals("realnvp", row.get("flow").asString());
        assertEquals("D43_W256", row.get("size").asString());
        assertEquals(1, row.get("threads").asInt());
        JsonNode score = row.get("scoreRowsPerSecond");
        assertEquals(1_875_000, score.get("median").asDouble());
        assertEquals(1_250_000, score.get("lowest").asDouble());
        assertEquals(2_500_000, score.get("highest").asDouble());
        assertEquals(2, score.get("launches").size());
        assertFalse(row.has("trainRowsPerSecond"));
    }

    /// A launch beside a peer that trains and one that does not and knows only Real NVP.
    private Fork.Outcome launchWithPeers(Group group) {
        Fork.Outcome ours = launch(group);
        int k = started.size();
        List<Reading> readings = new ArrayList<>(ours.readings());
        for (int threads : group.threads()) {
            readings.add(new Reading("slow", threads, Metric.SCORE, 500_000.0 * threads * k));
            readings.add(new Reading("slow", threads, Metric.SCORE_RATIO, 2 + 0.5 * k));
            readings.add(new Reading("slow", threads, Metric.TRAIN, 100_000));
            readings.add(new Reading("slow", threads, Metric.TRAIN_RATIO, 5));
        }
        if (group.family() == FlowSize.Family.REAL_NVP) {
            readings.add(new Reading("fast", 1, Metric.ONE_ROW_P50, 20));
            readings.add(new Reading("fast", 1, Metric.ONE_ROW_RATIO, 4));
        }
        return new Fork.Outcome(ours.kernels(), true, List.of("fast 1.2", "slow 0.1-beta"), readings);
    }

    @Test
    void peersStandBelowOurNumbers() {
        assertEquals(
                0,
                run(this::launchWithPeers, "--only", "realnvp,maf", "--size", "D43_W256", "--launches", "2"),
                err::toString);

        String table = out.toString();
        assertTrue(table.endsWith("""
                        ; 1 thread
                                                            realnvp               maf
                          score, rows/s                     2.50 M (1.25 – 3.75)  3.75 M (2.50 – 5.00)
                          fast: one row p50, µs             20.0 (20.0 – 20.0)    –
                          fast: one row p50, theirs / ours  4.00 (4.00 – 4.00)    –
                          slow: score, rows/s               1.00 M (0.50 – 1.50)  1.50 M (1.00 – 2.00)
                          slow: train, rows/s               100 k (100 – 100)     100 k (100 – 100)
                          slow: score, ours / theirs        3.00 (2.50 – 3.50)    3.50 (3.00 – 4.00)
                          slow: train, ours / theirs        5.00 (5.00 – 5.00)    5.00 (5.00 – 5.00)

                        peers: fast 1.2, slow 0.1-beta; same numbers, data and JVMs, in turns with ours; ratios above 1: ours is faster
                        """), table);
    }

    @Test
    void jsonHasPeersInTheirRows() {
        assertEquals(
                0,
                run(this::launchWithPeers, "--only", "realnvp,maf", "--size", "D43_W256", "--launches", "2", "--json"));

        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertEquals("[\"fast 1.2\",\"slow 0.1-beta\"]", json.get("peers").toString());
        JsonNode peers = json.get("rows").get(0).get("peers");
        assertEquals(4, peers.get("fast").get("oneRowRatio").get("median").asDouble());
        assertEquals(
                "[2.5,3.5]", peers.get("slow").get("scoreRatio").get("launches").toString());
        assertEquals(
                100_000,
                peers.get("slow").get("trainRowsPerSecond").get("median").asDouble());
        assertTrue(json.get("rows").get(1).get("peers").get("fast").isEmpty());
    }

    @Test
    void badOptionsAreOneLine() {
        assertBad("there is no flow \"glow\"; --only takes realnvp, maf, nsf, nsf-ar", "--only", "maf,glow");
        assertBad(
                "there is no size \"D1\"; --size takes D6_W64, D10_W64, D21_W128, D43_W256, D63_W512, D200_W256",
                "--size",
                "D1");
        assertBad(
                "--peers needs module peers on the class path, which ./fluvial in a source checkout puts there",
                "--peers");
        assertBad("--launches must be at least 1, got 0", "--launches", "0");
        assertBad("Invalid value for option '--launches': 'x' is not an int", "--launches", "x");
        assertBad("Unknown option: '--lauches'", "--lauches");
        assertTrue(started.isEmpty());
    }

    private void assertBad(String message, String... args) {
        err.getBuffer().setLength(0);
        assertEquals(2, run(args));
        assertEquals("fluvial bench: " + message + " (see fluvial bench --help)\n", err.toString());
    }

    @Test
    void aLaunchThatFailsIsOneLine() {
        Bench.Launcher broken = group -> {
            throw new IOException("a launch ended with exit code 1 and said: no memory");
        };

        assertEquals(1, run(broken));
        assertTrue(
                err.toString().endsWith("fluvial bench: a launch ended with exit code 1 and said: no memory\n"),
                err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void tellsWhenALaunchWasNotWarm() {
        assertEquals(
                0,
                run(
                        group -> new Fork.Outcome(
                                "scalar", false, List.of(), launch(group).readings()),
                        "--launches",
                        "1"));
        assertTrue(err.toString().contains("still warming up"), err::toString);
        assertTrue(
                out.toString().contains("\ncold      4 measurements began before the JVM was warm\n"), out::toString);
    }

    @Test
    void helpTellsTheOptions() {
        assertEquals(0, run("--help"));
        List<String> words = new ArrayList<>(List.of("--launches", "--only", "--size", "--peers", "--json", "idle"));
        for (FlowSize size : FlowSize.values()) {
            words.add(size.name());
        }
        for (FlowSize.Family family : FlowSize.Family.values()) {
            words.add(family.flow());
        }
        for (String word : words) {
            assertTrue(out.toString().contains(word), word);
        }
    }
}
