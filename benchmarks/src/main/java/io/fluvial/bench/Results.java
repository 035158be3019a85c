package io.fluvial.bench;

import io.fluvial.benchmarks.FlowSize;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All readings of one run of the command.
final class Results {

    /// What a row of numbers belongs to.
    record Row(FlowSize size, FlowSize.Family family, int threads) {}

    private final Machine machine;
    private final ZonedDateTime date;
    private final int launches;
    private final Set<String> kernels = new TreeSet<>();
    private final List<Double> peaks = new ArrayList<>();
    private final List<Double> busy = new ArrayList<>();
    private final Map<Row, Map<String, EnumMap<Metric, List<Double>>>> rows = new LinkedHashMap<>();
    private final Set<String> peers = new TreeSet<>();
    private int cold;

    Results(Machine machine, ZonedDateTime date, int launches, List<Group> groups) {
        this.machine = machine;
        this.date = date;
        this.launches = launches;
        for (Group group : groups) {
            for (int threads : group.threads()) {
                rows.put(new Row(group.size(), group.family(), threads), new LinkedHashMap<>());
            }
        }
    }

    /// @param busy processors that were busy just before this launch
    void add(Group group, Fork.Outcome outcome, double busy) {
        this.busy.add(busy);
        kernels.add(outcome.kernels());
        peers.addAll(outcome.peers());
        cold += outcome.warm() ? 0 : 1;
        for (Reading reading : outcome.readings()) {
            if (reading.metric() == Metric.FMA_PEAK) {
                peaks.add(reading.value());
            } else {
                var row = rows.get(new Row(group.size(), group.family(), reading.threads()));
                if (row == null) {
                    throw new IllegalArgumentException("nobody asked for " + reading + " of " + group);
                }
                row.computeIfAbsent(reading.by(), by -> new EnumMap<>(Metric.class))
                        .computeIfAbsent(reading.metric(), m -> new ArrayList<>())
                        .add(reading.value());
            }
        }
    }

    Machine machine() {
        return machine;
    }

    ZonedDateTime date() {
        return date;
    }

    int launches() {
        return launches;
    }

    /// Launches that began to measure before they were warm.
    int cold() {
        return cold;
    }

    String kernels() {
        return String.join(", ", kernels);
    }

    Spread peak() {
        return new Spread(peaks);
    }

    Spread busy() {
        return new Spread(busy);
    }

    /// In the order in which they were measured.
    List<Row> rows() {
        return List.copyOf(rows.keySet());
    }

    /// The names and versions of the peers that took part, such as `libtorch 2.10.0`.
    List<String> peers() {
        return List.copyOf(peers);
    }

    /// What we reached; null where it was not measured.
    @Nullable
    Spread spread(Row row, Metric metric) {
        return spread(row, Reading.OURS, metric);
    }

    /// What somebody reached, [Reading#OURS] or a peer by its name; null where it was not measured.
    @Nullable
    Spread spread(Row row, String by, Metric metric) {
        var values = rows.getOrDefault(row, Map.of())
                .getOrDefault(by, new EnumMap<>(Metric.class))
                .get(metric);
        return values == null ? null : new Spread(values);
    }
}
