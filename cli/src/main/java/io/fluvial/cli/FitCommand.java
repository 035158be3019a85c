package io.fluvial.cli;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.io.ModelFile;
import io.fluvial.io.SavedModel;
import io.fluvial.train.MaximumLikelihood;
import io.fluvial.train.TrainingData;
import io.fluvial.train.TrainingOptions;
import io.fluvial.train.TrainingResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `fluvial fit`.
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        customSynopsis = "fluvial fit DATA -o MODEL [OPTIONS]",
        sortOptions = false,
        description = {
            "Learns the density of a table's rows and writes a model file.",
            "A tenth of the rows is set aside for the final score and another for deciding when to stop.",
            "Several flows are tried, and the one that is best on the rows of the second kind is taken."
        },
        footerHeading = "%nFor example:%n",
        footer = {
            "  fluvial fit data.csv -o model.fluvial",
            "  fluvial fit data.parquet -o model.fluvial --columns price,area,rooms --context year",
            "  fluvial fit train.npy -o model.fluvial --test test.npy --flow realnvp --layers 12 --time 20m",
            "  fluvial fit big.csv -o model.fluvial --flow realnvp --checkpoint big.checkpoint    stop, go on any time"
        })
final class FitCommand implements Callable<Integer> {

    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(30);

    @Parameters(paramLabel = "DATA", description = "The table, - for CSV on standard input.")
    private String data = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "MODEL",
            description = "The model file to write.")
    private Path output = Path.of("");

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "The columns whose density to learn (default: all others).")
    private List<String> columns = List.of();

    @Option(
            names = "--context",
            split = ",",
            paramLabel = "NAME",
            description = "Columns that are given: the density of the others given these is learned.")
    private List<String> context = List.of();

    @Option(names = "--exclude", split = ",", paramLabel = "NAME", description = "Columns to leave out.")
    private List<String> exclude = List.of();

    @Option(names = "--weights", paramLabel = "NAME", description = "Column that says how much a row counts.")
    private @Nullable String weights;

    @Mixin
    private TableFlags tables = new TableFlags();

    @Mixin
    private FlowOptions flowOptions = new FlowOptions();

    @Mixin
    private TrainingFlags training = new TrainingFlags();

    @Option(
            names = "--validation",
            paramLabel = "SHARE|FILE",
            description =
                    "Rows that decide when to stop: a share of the rows or another table (default: ${DEFAULT-VALUE}).")
    private String validation = "0.1";

    @Option(
            names = "--test",
            paramLabel = "SHARE|FILE",
            description = "Rows for the final score, never trained on: a share or another table"
                    + " (default: ${DEFAULT-VALUE}).")
    private String test = "0.1";

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Saves the training here as it goes, and goes on from there if the file exists.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--curve",
            paramLabel = "FILE",
            description = "Writes epoch, seconds, train and validation as CSV, after every epoch.")
    private @Nullable Path curve;

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() {
        TrainingOptions options = training.options();
        OutputFile.check(output);
        if (checkpoint != null) {
            OutputFile.check(checkpoint);
            if (flowOptions.automatic()) {
                throw new BadUsage("--checkpoint goes with one flow, and --flow auto tries several: name one, such as"
                        + " --flow realnvp");
            }
        }
        if (curve != null) {
            OutputFile.check(curve);
        }
        HeldOut testRows = HeldOut.parse("--test", test);
        HeldOut validationRows = HeldOut.parse("--validation", validation);

        FitData all =
                FitData.read(data, new FitData.Choice(columns, context, exclude, weights), tables.missing(), console);
        int dim = all.schema().features().size();
        int contextDim = all.schema().context().size();
        if (flowOptions.automatic()) {
            flowOptions.candidates(dim, contextDim, all.rows().count(), 1); // whatever is wrong is told before the work
        } else {
            flowOptions.build(dim, contextDim);
        }
        HeldOut.Parts first = testRows.from(all.rows(), options.seed(), file -> all.like(file, console));
        HeldOut.Parts second = validationRows.from(first.rest(), options.seed() + 1, file -> all.like(file, console));
        TrainingData train = second.rest();
        console.note(
                "%,d rows to train on, %,d to decide when to stop, %,d for the final score; %d columns%s",
                train.count(),
                second.heldOut().count(),
                first.heldOut().count(),
                dim,
                contextDim == 0 ? "" : " given " + contextDim);

        FlowSearch.@Nullable Choice choice = null;
        String again = "";
        TrainingResult result;
        if (flowOptions.automatic()) {
            AutomaticFit fit = new AutomaticFit(flowOptions, training, train, second.heldOut(), console);
            choice = whileInterruptible(() -> fit.run(this::progress), () -> {});
            result = fit.result(choice);
            progress(options).writeCurve(result.epochs()); // which may not be the last training
            again = fit.options(choice.best().candidate());
        } else {
            result = train(flowOptions.build(dim, contextDim), options, train, second.heldOut());
        }
        FlowModel model = result.model();
        Comparison comparison = Comparison.of(model, train, first.heldOut());
        SavedModel saved = SavedModel.of(model, all.schema())
                .withProvenance(Origin.of(train, options.seed()))
                .withMetrics(choice == null ? Metrics.of(result, comparison) : Metrics.of(result, comparison, choice))
                .withExtra(
                        choice == null
                                ? Map.of()
                                : Map.of(ChoiceNote.KEY, choice.json().toString()));
        ModelFile.write(output, saved);
        print(result, comparison, choice, again);
        console.object(json(result, comparison, choice));
        return 0;
    }

    private FitProgress progress(TrainingOptions options) {
        return new FitProgress(console.err(), Console.errorIsTerminal(), 1, options, curve, checkpoint);
    }

    private TrainingResult train(Flow flow, TrainingOptions options, TrainingData train, TrainingData validation) {
        console.note("%s, %,d parameters", flowOptions.name(), flow.parameters().size());
        FitProgress progress = progress(options);
        MaximumLikelihood fit = MaximumLikelihood.of(flow, options).withListener(progress);
        MaximumLikelihood training = checkpoint == null ? fit : fit.withCheckpoint(checkpoint, CHECKPOINT_EVERY);
        TrainingResult result = whileInterruptible(() -> training.fit(train, validation), progress::clear);
        progress.end(result.epochs());
        return result;
    }

    /// Does the work; tells what is lost if somebody stops the process meanwhile.
    ///
    /// @param clear takes a line away that is being drawn
    private <T> T whileInterruptible(Supplier<T> work, Runnable clear) {
        Thread farewell = new Thread(() -> interrupted(clear));
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            return work.get();
        } catch (RuntimeException e) {
            clear.run();
            throw e;
        } finally {
            forget(farewell);
        }
    }

    /// Ctrl-C, or a polite kill.
    private void interrupted(Runnable clear) {
        clear.run();
        if (checkpoint == null) {
            console.note("interrupted; no model was written (with --checkpoint FILE a training can go on later)");
        } else {
            console.note(
                    "interrupted; the same command goes on from %s, which is saved every epoch and every %d s",
                    checkpoint, CHECKPOINT_EVERY.toSeconds());
        }
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // The process is going down, and the thread is saying so.
            assert e != null;
        }
    }

    /// @param again options that train the chosen flow without a choice
    private void print(TrainingResult result, Comparison c, FlowSearch.@Nullable Choice choice, String again) {
        if (!c.flow().finite()) {
            console.note("held-out rows: %s", c.flow().warning());
        }
        if (result.epochs().getFirst().validation() >= result.bestValidation()) {
            console.note("no epoch was better than the start, which the model file now holds; try a smaller --rate");
        }
        console.result(
                "held-out log-likelihood, nats per row, %,d rows, ± 2 standard errors",
                c.flow().rows());
        console.result("  %-26s %s", "this flow", c.flow());
        console.result(
                "  %-26s %s",
                context.isEmpty() ? "full-covariance Gaussian" : "Gaussian given the context", c.gaussian());
        console.result("  %-26s %s", "difference", c.gain());
        console.result(
                "%d epochs (%s) in %s, %,.0f rows/s, seed %d",
                Metrics.epochs(result),
                reason(result.stop()),
                SpanOfTime.words(result.seconds()),
                result.samplesPerSecond(),
                training.seed());
        if (choice != null && choice.flows() > 1) {
            console.result(
                    "chosen from %d flows in %s: %s",
                    choice.flows(),
                    SpanOfTime.words(choice.seconds()),
                    choice.best().candidate());
            console.result("  the same without choosing: %s", again);
        }
        console.result(
                "wrote %s, %,d parameters",
                output, result.model().flow().parameters().size());
    }

    private String reason(TrainingResult.Stop stop) {
        return switch (stop) {
            case EPOCHS -> "all of them";
            case TIME -> "time was up";
            case NO_IMPROVEMENT -> "validation stopped improving";
        };
    }

    private ObjectNode json(TrainingResult result, Comparison c, FlowSearch.@Nullable Choice choice) {
        ObjectNode object = Console.newObject();
        object.put("model", output.toString());
        object.put(
                "flow",
                choice == null ? flowOptions.name() : choice.best().candidate().kind());
        object.put("epochs", Metrics.epochs(result));
        object.put("stop", result.stop().name().toLowerCase(Locale.ROOT));
        object.put("seconds", result.seconds());
        object.put("rowsPerSecond", result.samplesPerSecond());
        object.put("parameters", result.model().flow().parameters().size());
        object.put("testRows", c.flow().rows());
        Console.put(object, "testLogProb", c.flow().mean());
        Console.put(object, "testStandardError", c.flow().standardError());
        Console.put(object, "gaussianTestLogProb", c.gaussian().mean());
        Console.put(object, "gaussianTestStandardError", c.gaussian().standardError());
        Console.put(object, "gain", c.gain().mean());
        Console.put(object, "gainStandardError", c.gain().standardError());
        Console.put(object, "validationLogProb", result.bestValidation());
        c.flow().putNotFinite(object);
        if (choice != null) {
            object.set("choice", choice.json());
        }
        return object;
    }
}
