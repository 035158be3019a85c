package io.fluvial.bench;

import io.fluvial.benchmarks.FlowSize;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Results as one JSON object: every number with its median, lowest and highest value and those of all launches.
final class ResultsJson {

    private ResultsJson() {}

    static String of(Results results) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        Machine machine = results.machine();
        root.put("date", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(results.date()));
        root.put("processor", machine.processor());
        root.put("processors", machine.processors());
        root.put("os", machine.os());
        root.put("java", machine.java());
        machine.javaOptions().forEach(root.putArray("javaOptions")::add);
        root.put("kernels", results.kernels());
        root.put("launches", results.launches());
        root.put("coldLaunches", results.cold());
        put(root, "busyProcessorsBefore", results.busy());
        put(root, Metric.FMA_PEAK.json(), results.peak());
        if (results.peers().isEmpty()) {
            root.putNull("peers"); // not in this build
        } else {
            results.peers().forEach(root.putArray("peers")::add);
        }
        var rows = root.putArray("rows");
        for (Results.Row row : results.rows()) {
            ObjectNode object = rows.addObject();
            FlowSize size = row.size();
            object.put("flow", row.family().flow());
            object.put("size", size.name());
            object.put("features", size.dim());
            object.put("layers", size.layers());
            object.put("width", size.width());
            object.put("batch", size.batch());
            object.put("threads", row.threads());
            put(object, results, row, Reading.OURS);
            if (!results.peers().isEmpty()) {
                ObjectNode peers = object.putObject("peers");
                results.peers().forEach(peer -> put(peers.putObject(Table.name(peer)), results, row, Table.name(peer)));
            }
        }
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }

    /// Everything that somebody reached.
    private static void put(ObjectNode object, Results results, Results.Row row, String by) {
        for (Metric metric : Metric.values()) {
            Spread spread = results.spread(row, by, metric);
            if (spread != null) {
                put(object, metric.json(), spread);
            }
        }
    }

    private static void put(ObjectNode object, String name, Spread spread) {
        ObjectNode values = object.putObject(name);
        values.put("median", spread.median());
        values.put("lowest", spread.lowest());
        values.put("highest", spread.highest());
        spread.values().forEach(values.putArray("launches")::add);
    }
}
