package io.fluvial.cli;

import io.fluvial.FlowModel;
import io.fluvial.Moments;
import io.fluvial.Samples;
import io.fluvial.io.SavedModel;
import io.fluvial.io.Table;
import io.fluvial.io.TableReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `fluvial evaluate`.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        customSynopsis = "fluvial evaluate MODEL DATA [OPTIONS]",
        sortOptions = false,
        description = {
            "Tells how well a model explains a table: mean log-likelihood, bits per dimension,",
            "and how exactly the flow inverts itself on these rows."
        },
        footerHeading = "%nFor example:%n",
        footer = "  fluvial evaluate model.fluvial test.csv")
final class EvaluateCommand implements Callable<Integer> {

    private final EarlyModel early;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "DATA", description = "The table, - for CSV on standard input.")
    private String data = "";

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private TableFlags tables = new TableFlags();

    @Mixin
    private Console console = new Console();

    EvaluateCommand(EarlyModel early) {
        this.early = early;
    }

    @Override
    public Integer call() {
        SavedModel saved = early.read(model);
        FlowModel flow = Threads.of(saved.model(), threads);
        Table table;
        try (TableReader reader = TableReader.open(data)) {
            table = Tables.read(reader, data, saved, model, tables.missing(), console);
        }
        Samples x = table.samples(saved.schema().features());
        Samples context = table.samples(saved.schema().context());
        Scores scores = Scores.of(flow.logProb(x, context));
        double roundTrip = roundTrip(x, flow.toData(flow.toLatent(x, context), context));
        print(scores, roundTrip, flow.dim(), table);
        console.object(json(scores, roundTrip, flow.dim()));
        return 0;
    }

    private void print(Scores scores, double roundTrip, int dim, Table table) {
        if (!scores.finite()) {
            console.note(
                    "%s: %s (row %,d of the table)",
                    data, scores.warning(), table.sourceRow((int) scores.firstRow() - 1));
        }
        console.result("%,d rows of %s", scores.rows(), data);
        console.result("  mean log-likelihood  %s nats per row (± 2 standard errors)", scores);
        console.result("  bits per dimension   %s", Scores.number(scores.bitsPerDimension(dim)));
        console.result("  round-trip error     %.2g of a column's standard deviation at most", roundTrip);
    }

    private ObjectNode json(Scores scores, double roundTrip, int dim) {
        ObjectNode object = Console.newObject();
        object.put("model", model.toString());
        object.put("data", data);
        object.put("rows", scores.rows());
        Console.put(object, "meanLogProb", scores.mean());
        Console.put(object, "standardError", scores.standardError());
        Console.put(object, "bitsPerDimension", scores.bitsPerDimension(dim));
        Console.put(object, "maxRoundTripError", roundTrip);
        scores.putNotFinite(object);
        return object;
    }

    /// The largest |x − f⁻¹(f(x))| in standard deviations of its column; NaN if any is.
    private static double roundTrip(Samples x, Samples back) {
        double most = 0;
        for (int j = 0; j < x.dim(); j++) {
            double deviation = Moments.of(x, j).deviation();
            double unit = deviation > 0 ? deviation : 1; // a constant column, or one row
            for (int i = 0; i < x.count(); i++) {
                most = Math.max(most, Math.abs((double) x.get(i, j) - back.get(i, j)) / unit); // max keeps NaN
            }
        }
        return most;
    }
}
