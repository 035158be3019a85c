package io.fluvial.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command `fluvial bench kernels`.
@Command(
        name = "kernels",
        header = "What a training step is made of, kernel by kernel.",
        description = {
            "Measures every kernel of a training step by itself: time, share of the machine's peak, bytes. One minute a",
            "launch; the machine must be otherwise idle."
        })
final class KernelTable implements Callable<Integer> {

    /// What one launch found of one kernel.
    record Line(String name, double flops, double bytes, double nanos) {

        /// The line of a launch, or null where it says something else.
        static @Nullable Line parse(String line) {
            if (!line.startsWith(KernelLaunch.MARK)) {
                return null;
            }
            String[] fields = line.substring(KernelLaunch.MARK.length()).split("\t", -1);
            return new Line(
                    fields[0],
                    Double.parseDouble(fields[1]),
                    Double.parseDouble(fields[2]),
                    Double.parseDouble(fields[3]));
        }
    }

    @Option(names = "--launches", paramLabel = "N", description = "JVM launches; 3 unless given.")
    private int launches = 3;

    @Option(names = "--only", paramLabel = "TEXT", description = "Only those with this in their name, such as spline.")
    private String only = "";

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
        Map<String, List<Line>> byName = new LinkedHashMap<>();
        for (int launch = 1; launch <= launches; launch++) {
            spec.commandLine().getErr().println("launch " + launch + " of " + launches + ": kernels");
            for (String line : Fork.lines(KernelLaunch.class, List.of(only))) {
                Line parsed = Line.parse(line);
                if (parsed != null) {
                    byName.computeIfAbsent(parsed.name(), n -> new ArrayList<>())
                            .add(parsed);
                }
            }
        }
        out.print(of(byName));
        out.flush();
        return 0;
    }

    /// One row a kernel: the median of the launches, behind it the lowest and the highest. Shares of the peak are taken
    /// within a launch.
    static String of(Map<String, List<Line>> byName) {
        List<Line> peaks = byName.getOrDefault(KernelLaunch.PEAK, List.of());
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-48s %-26s %-22s %-8s %s%n",
                "kernel, 128 samples, one thread",
                "µs",
                "% of FMA peak",
                "GB/s",
                "flops/byte"));
        byName.forEach((name, lines) -> {
            List<Double> micros = new ArrayList<>();
            List<Double> shares = new ArrayList<>();
            for (int launch = 0; launch < lines.size(); launch++) {
                Line line = lines.get(launch);
                micros.add(line.nanos() / 1000);
                Line peak = peaks.get(launch);
                shares.add(100 * line.flops() / line.nanos() / (peak.flops() / peak.nanos()));
            }
            Line first = lines.getFirst();
            Spread time = new Spread(micros);
            text.append(String.format(
                    Locale.ROOT,
                    "%-48s %-26s %-22s %-8s %s%n",
                    name,
                    Table.cell(time, Metric.Scale.PLAIN),
                    first.flops() == 0 ? "–" : Table.cell(new Spread(shares), Metric.Scale.PLAIN),
                    first.bytes() == 0
                            ? "–"
                            : String.format(Locale.ROOT, "%.0f", first.bytes() / (1000 * time.median())),
                    first.flops() == 0 || first.bytes() == 0
                            ? "–"
                            : String.format(Locale.ROOT, "%.1f", first.flops() / first.bytes())));
        });
        Spread peak = new Spread(
                peaks.stream().map(line -> line.flops() / line.nanos()).toList());
        text.append("FMA peak  ")
                .append(Table.cell(peak, Metric.Scale.PLAIN))
                .append(" GFLOP/s, ")
                .append(peaks.size())
                .append(" launches\n");
        return text.toString();
    }
}
