package io.fluvial.cli;

import io.fluvial.FlowModel;
import io.fluvial.Samples;
import io.fluvial.Scorer;
import io.fluvial.io.RowFunction;
import io.fluvial.io.SavedModel;
import io.fluvial.io.TableReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `fluvial score`.
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        customSynopsis = "fluvial score MODEL DATA -o TABLE [OPTIONS]",
        sortOptions = false,
        description = {
            "Writes a table with the log-density of every row, in nats, in one more column. Rows pass through, so that",
            "memory does not grow with the table, but for NumPy arrays, and for CSV written as Parquet or JSON."
        },
        footerHeading = "%nFor example:%n",
        footer = {
            "  fluvial score model.fluvial new.csv -o scored.csv",
            "  fluvial score model.fluvial new.parquet -o scored.parquet --name surprise",
            "  cat new.csv | fluvial score model.fluvial - -o - | sort -t, -k3 -g | head"
        })
final class ScoreCommand implements Callable<Integer> {

    private static final int FEW = 8;

    private final EarlyModel early;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The model file.")
    private Path model = Path.of("");

    @Parameters(index = "1", paramLabel = "DATA", description = "The table, - for CSV on standard input.")
    private String data = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "TABLE",
            description = "The table to write, - for CSV on standard output.")
    private String output = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the new column (default: ${DEFAULT-VALUE}).")
    private String name = "log_prob";

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private TableFlags tables = new TableFlags();

    @Mixin
    private Console console = new Console();

    ScoreCommand(EarlyModel early) {
        this.early = early;
    }

    /// Few rows go one by one, to the same bits: before anything is compiled that is a tenth of the work of a block.
    private static double[] score(FlowModel flow, Samples x, Samples context) {
        if (x.count() > FEW) {
            return flow.logProb(x, context);
        }
        Scorer scorer = flow.scorer();
        double[] logProb = new double[x.count()];
        for (int i = 0; i < logProb.length; i++) {
            logProb[i] = scorer.logProb(x.row(i), context.row(i));
        }
        return logProb;
    }

    @Override
    public Integer call() {
        TableOutput.check(output, console);
        SavedModel saved = early.read(model);
        FlowModel flow = Threads.of(saved.model(), threads);
        RunningScores running = new RunningScores();
        int[] features = IntStream.range(0, flow.dim()).toArray();
        int[] context =
                IntStream.range(flow.dim(), flow.dim() + flow.contextDim()).toArray();
        try (TableReader reader = TableReader.open(data)) {
            RowFunction function = rows -> {
                double[] logProb = score(
                        flow,
                        rows.features(features),
                        context.length == 0 ? Samples.none(rows.count()) : rows.features(context));
                running.add(logProb);
                return logProb;
            };
            Tables.appendComputed(reader, data, saved, model, tables.missing(), output, name, function, console);
        }
        Scores scores = running.result();
        if (!scores.finite()) {
            console.note("%s: %s", data, scores.warning());
        }
        console.result("wrote %s, %,d rows; mean log-likelihood %s nats per row", output, scores.rows(), scores);
        console.object(json(scores));
        return 0;
    }

    private ObjectNode json(Scores scores) {
        ObjectNode object = Console.newObject();
        object.put("model", model.toString());
        object.put("data", data);
        object.put("output", output);
        object.put("rows", scores.rows());
        Console.put(object, "meanLogProb", scores.mean());
        Console.put(object, "standardError", scores.standardError());
        scores.putNotFinite(object);
        return object;
    }
}
