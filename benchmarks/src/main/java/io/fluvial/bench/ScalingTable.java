package io.fluvial.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `fluvial bench scaling`.
@Command(
        name = "scaling",
        header = "What happens when batches, features or tables grow.",
        description = {
            "Measures what happens when something grows: rows in a call, features, the batch of a training",
            "step, the table that `fluvial score` reads. Three minutes; the machine must be otherwise idle.",
            "Needs 1.1 GB for temporary files."
        })
final class ScalingTable implements Callable<Integer> {

    /// The program that this one belongs to, from the script that starts both.
    static final String COMMAND = "FLUVIAL_COMMAND";

    /// What one size may be slower than a smaller one when their launches do not overlap.
    private static final double TOLERANCE = 0.05;

    private static final int STREAMED_ROWS = 500_000;

    @Option(names = "--launches", paramLabel = "N", description = "JVM launches; 3 unless given.")
    private int launches = 3;

    @Option(names = "--no-streaming", description = "Do not write large tables.")
    private boolean noStreaming;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (launches < 1) {
            throw new ParameterException(spec.commandLine(), "--launches must be at least 1, got " + launches);
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<ScalingLine> lines = new ArrayList<>();
        for (int launch = 1; launch <= launches; launch++) {
            err.println("launch " + launch + " of " + launches + ": scaling");
            for (String line : Fork.lines(ScalingLaunch.class, List.of())) {
                ScalingLine parsed = ScalingLine.parse(line);
                if (parsed != null) {
                    lines.add(parsed);
                }
            }
        }
        out.print(of(lines));
        out.flush();
        if (!noStreaming) {
            String command = System.getenv(COMMAND);
            out.print(
                    command == null
                            ? "streaming: not measured; ./fluvial bench scaling, from a source checkout, does\n"
                            : ofStreaming(new StreamingScore(command, err).run(STREAMED_ROWS)));
            out.flush();
        }
        return 0;
    }

    /// A table for every series: one row a size, for each number of threads the median of the launches, behind it the
    /// lowest and the highest.
    static String of(List<ScalingLine> lines) {
        StringBuilder text = new StringBuilder();
        for (ScalingWork.Series series : ScalingWork.Series.values()) {
            TreeMap<Integer, TreeMap<Integer, List<ScalingLine>>> bySize = new TreeMap<>();
            for (ScalingLine line : lines) {
                if (line.series() == series) {
                    bySize.computeIfAbsent(line.size(), s -> new TreeMap<>())
                            .computeIfAbsent(line.threads(), t -> new ArrayList<>())
                            .add(line);
                }
            }
            if (!bySize.isEmpty()) {
                table(text, series, bySize);
            }
        }
        return text.toString();
    }

    private static void table(
            StringBuilder text,
            ScalingWork.Series series,
            TreeMap<Integer, TreeMap<Integer, List<ScalingLine>>> bySize) {
        text.append(series.title()).append('\n');
        text.append(String.format(Locale.ROOT, "  %-14s", series.grows()));
        List<Integer> threads = List.copyOf(bySize.firstEntry().getValue().keySet());
        for (int t : threads) {
            String rows = "rows/s, " + t + (t == 1 ? " thread" : " threads");
            text.append(String.format(Locale.ROOT, "  %-26s  %-22s", rows, t == 1 ? "% of FMA peak" : ""));
        }
        trim(text).append('\n');
        bySize.forEach((size, byThreads) -> {
            text.append(String.format(Locale.ROOT, "  %-14s", String.format(Locale.ROOT, "%,d", size)));
            byThreads.forEach((t, lines) -> {
                Spread rate = rates(lines);
                Spread share = new Spread(
                        lines.stream().map(line -> 100 * line.share()).toList());
                text.append(String.format(
                        Locale.ROOT,
                        "  %-26s  %-22s",
                        Table.cell(rate, Metric.Scale.RATE),
                        t == 1 ? Table.cell(share, Metric.Scale.PLAIN) : ""));
            });
            trim(text).append('\n');
        });
        if (series == ScalingWork.Series.BATCH || series == ScalingWork.Series.TRAIN) {
            for (int t : threads) {
                text.append("  ").append(t).append(t == 1 ? " thread: " : " threads: ");
                text.append(verdict(bySize, t)).append('\n');
            }
        }
        text.append('\n');
    }

    private static StringBuilder trim(StringBuilder text) {
        while (text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        return text;
    }

    private static Spread rates(List<ScalingLine> lines) {
        return new Spread(lines.stream().map(ScalingLine::rate).toList());
    }

    /// Which sizes are slower than a smaller one: even their fastest launch is more than [#TOLERANCE] below the slowest
    /// of the other.
    private static String verdict(TreeMap<Integer, TreeMap<Integer, List<ScalingLine>>> bySize, int threads) {
        List<String> slower = new ArrayList<>();
        int bestSize = 0;
        double best = 0;
        for (Map.Entry<Integer, TreeMap<Integer, List<ScalingLine>>> entry : bySize.entrySet()) {
            @Nullable List<ScalingLine> lines = entry.getValue().get(threads);
            if (lines == null) {
                continue;
            }
            Spread rate = rates(lines);
            if (rate.highest() < (1 - TOLERANCE) * best) {
                slower.add(String.format(
                        Locale.ROOT, "%,d than %,d (%.0f %%)", entry.getKey(), bestSize, 100 * rate.highest() / best));
            }
            if (rate.lowest() > best) {
                best = rate.lowest();
                bestSize = entry.getKey();
            }
        }
        return slower.isEmpty()
                ? "no size is slower than a smaller one (launches apart by more than 5 %)"
                : "slower: " + String.join(", ", slower);
    }

    static String ofStreaming(List<StreamingScore.Outcome> outcomes) {
        StringBuilder text =
                new StringBuilder("fluvial score of a CSV table, 10 features, java " + StreamingScore.HEAP);
        text.append(String.format(
                Locale.ROOT,
                "%n  %-12s  %-10s  %-10s  %-10s  %s%n",
                "rows",
                "MB",
                "seconds",
                "rows/s",
                "peak memory, MB"));
        for (StreamingScore.Outcome outcome : outcomes) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-12s  %-10.0f  %-10.1f  %-10s  %s%n",
                    String.format(Locale.ROOT, "%,d", outcome.rows()),
                    outcome.bytes() / 1e6,
                    outcome.seconds(),
                    Table.cell(new Spread(List.of(outcome.rows() / outcome.seconds())), Metric.Scale.RATE),
                    outcome.peak() == 0 ? "unknown" : String.format(Locale.ROOT, "%.0f", outcome.peak() / 1e6)));
        }
        return text.toString();
    }
}
