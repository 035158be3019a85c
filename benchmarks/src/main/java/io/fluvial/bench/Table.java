package io.fluvial.bench;

import io.fluvial.benchmarks.FlowSize;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Results for people: what machine it was, then for every size and number of threads a table with a column for each
/// flow. Numbers are medians over the launches, behind them the lowest and the highest.
final class Table {

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private Table(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        Table table = new Table(results);
        table.header();
        results.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> List.of(row.size(), row.threads()), LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(table::section);
        table.line("");
        table.line(
                results.peers().isEmpty()
                        ? "peers: not measured; ./fluvial bench --peers gets native libraries of others, some 170 MB,"
                                + " and measures them too"
                        : "peers: " + String.join(", ", results.peers())
                                + "; same numbers, data and JVMs, in turns with ours; ratios above 1: ours is faster");
        return table.text.toString();
    }

    private void header() {
        Machine machine = results.machine();
        line("date      "
                + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT)
                        .format(results.date()));
        line("machine   " + machine.processor() + ", " + plural(machine.processors(), "processor") + ", "
                + machine.os());
        line("java      " + machine.java());
        line("options   " + String.join(" ", machine.javaOptions()));
        line("kernels   " + results.kernels());
        line("FMA peak  " + cell(results.peak(), Metric.Scale.PLAIN) + " GFLOP/s, one thread");
        line("others    " + cell(results.busy(), Metric.Scale.PLAIN)
                + " processors busy between launches; should be 0");
        line("launches  " + results.launches()
                + (results.launches() > 1 ? "; numbers are medians (lowest – highest)" : ""));
        if (results.cold() > 0) {
            line("cold      " + plural(results.cold(), "measurement") + " began before the JVM was warm");
        }
    }

    /// All flows of one size and number of threads.
    private void section(List<Results.Row> rows) {
        FlowSize size = rows.getFirst().size();
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        rows.forEach(row -> head.add(row.family().flow()));
        lines.add(head);
        add(rows, Reading.OURS, "", lines);
        for (String peer : results.peers()) {
            add(rows, name(peer), name(peer) + ": ", lines);
        }
        line("");
        line(String.format(
                Locale.ROOT,
                "%s: %d features, %d layers, hidden %d, %d, batches of %d; %s",
                size,
                size.dim(),
                size.layers(),
                size.width(),
                size.width(),
                size.batch(),
                plural(rows.getFirst().threads(), "thread")));
        for (List<String> cells : lines) {
            line(aligned(cells, lines));
        }
    }

    /// A line for everything that somebody reached in some flow.
    private void add(List<Results.Row> rows, String by, String prefix, List<List<String>> lines) {
        for (Metric metric : Metric.values()) {
            if (rows.stream().anyMatch(row -> results.spread(row, by, metric) != null)) {
                List<String> cells = new ArrayList<>(List.of(prefix + metric.label()));
                for (Results.Row row : rows) {
                    Spread spread = results.spread(row, by, metric);
                    cells.add(spread == null ? "–" : cell(spread, metric.scale()));
                }
                lines.add(cells);
            }
        }
    }

    /// The name of a peer without its version.
    static String name(String peer) {
        return peer.substring(0, peer.indexOf(' '));
    }

    private static String aligned(List<String> cells, List<List<String>> lines) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            int at = column;
            int width = lines.stream().mapToInt(l -> l.get(at).length()).max().orElse(0);
            line.append("  ")
                    .append(cells.get(at))
                    .repeat(' ', width - cells.get(at).length());
        }
        return line.toString().stripTrailing();
    }

    /// Such as `2.31 M (2.24 – 2.35)`; all three with the same unit and digits.
    static String cell(Spread spread, Metric.Scale scale) {
        double median = spread.median();
        double unit = scale != Metric.Scale.RATE ? 1 : median >= 1e6 ? 1e6 : median >= 1e3 ? 1e3 : 1;
        String name = unit == 1e6 ? " M" : unit == 1e3 ? " k" : "";
        double size = Math.abs(median / unit);
        int digits = scale == Metric.Scale.WHOLE || size >= 100 ? 0 : size >= 10 ? 1 : 2;
        String number = "%." + digits + "f";
        String middle = String.format(Locale.ROOT, number, median / unit) + name;
        return spread.values().size() == 1
                ? middle
                : middle
                        + String.format(
                                Locale.ROOT,
                                " (" + number + " – " + number + ")",
                                spread.lowest() / unit,
                                spread.highest() / unit);
    }

    private static String plural(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
