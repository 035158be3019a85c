package io.fluvial.cli;

import io.fluvial.FlowModel;
import io.fluvial.Samples;
import io.fluvial.io.ModelFile;
import io.fluvial.io.SavedModel;
import io.fluvial.io.TableReader;
import io.fluvial.io.TableWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `fluvial sample`.
@Command(
        name = "sample",
        mixinStandardHelpOptions = true,
        customSynopsis = "fluvial sample MODEL -o TABLE [OPTIONS]",
        sortOptions = false,
        description = {
            "Draws new rows from a model.",
            "A model with context needs --context: -n rows are drawn for every row of that table."
        },
        footerHeading = "%nFor example:%n",
        footer = {
            "  fluvial sample model.fluvial -n 1000 -o new.csv --seed 7",
            "  fluvial sample model.fluvial -n 5 --context given.csv -o new.parquet"
        })
final class SampleCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL", description = "The model file.")
    private Path model = Path.of("");

    @Option(names = "-n", paramLabel = "ROWS", description = "Rows to draw (default: 1000, with --context 1).")
    private @Nullable Integer count;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "TABLE",
            description = "The table to write, - for CSV on standard output.")
    private String output = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed gives the same rows (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--context",
            paramLabel = "TABLE",
            description = "What the rows are given: a table with the model's context columns.")
    private @Nullable String context;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private TableFlags tables = new TableFlags();

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() {
        TableOutput.check(output, console);
        SavedModel saved = ModelFile.read(model);
        FlowModel flow = Threads.of(saved.model(), threads);
        int each = count != null ? count : context != null ? 1 : 1000;
        if (each < 1) {
            throw new BadUsage("-n must be at least 1, got " + each);
        }
        Samples given = given(saved, each);
        FlowModel.Drawn drawn = flow.sampleAndLogProb(given, seed);
        double[] logProb =
                IntStream.range(0, given.count()).mapToDouble(drawn::logProb).toArray();
        List<String> names = new ArrayList<>(saved.schema().features());
        names.addAll(saved.schema().context());
        TableWriter.write(output, names, joined(drawn.samples(), given));
        Scores scores = Scores.of(logProb);
        if (!scores.finite()) {
            console.note("%s", scores.warning());
        }
        console.result("wrote %s, %,d rows, seed %d", output, given.count(), seed);
        console.object(json(scores));
        return 0;
    }

    /// The context, every row `each` times.
    private Samples given(SavedModel saved, int each) {
        List<String> columns = saved.schema().context();
        if (columns.isEmpty()) {
            if (context != null) {
                throw new BadUsage(model + ": this model has no context; leave --context out");
            }
            return Samples.none(each);
        }
        if (context == null) {
            throw new BadUsage(model + ": this model needs " + String.join(", ", columns)
                    + " to be given: --context TABLE with these columns");
        }
        Samples table;
        try (TableReader reader = TableReader.open(context)) {
            table = Tables.read(reader, context, columns, model, tables.missing(), console)
                    .samples(columns);
        }
        int[] rows = new int[Math.multiplyExact(table.count(), each)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i / each;
        }
        return table.select(rows);
    }

    private static Samples joined(Samples a, Samples b) {
        return Samples.wrap(IntStream.range(0, a.dim() + b.dim())
                .mapToObj(j -> j < a.dim() ? a.column(j) : b.column(j - a.dim()))
                .toArray(float[][]::new));
    }

    private ObjectNode json(Scores scores) {
        ObjectNode object = Console.newObject();
        object.put("model", model.toString());
        object.put("output", output);
        object.put("rows", scores.rows());
        object.put("seed", seed);
        Console.put(object, "meanLogProb", scores.mean());
        scores.putNotFinite(object);
        return object;
    }
}
