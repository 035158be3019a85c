package io.fluvial.cli;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.Samples;
import io.fluvial.base.GaussianFit;
import io.fluvial.flows.Flows;
import io.fluvial.io.ModelFile;
import io.fluvial.io.SavedModel;
import io.fluvial.io.Schema;
import io.fluvial.io.TableWriter;
import io.fluvial.train.AdamW;
import io.fluvial.train.MaximumLikelihood;
import io.fluvial.train.TrainingData;
import io.fluvial.train.TrainingOptions;
import io.fluvial.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// `fluvial demo`: the whole path on a data set whose true density is known.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        customSynopsis = "fluvial demo [OPTIONS]",
        sortOptions = false,
        description = {
            "Makes a data set whose true density is known, learns it, and shows how close it got.",
            "Needs nothing; leaves a page to look at, the tables and the model in one folder."
        },
        footerHeading = "%nFor example:%n",
        footer = "  fluvial demo -o somewhere")
final class DemoCommand implements Callable<Integer> {

    private static final long SEED = 1;
    private static final double RATE = 2e-3;
    private static final int TRAIN = 20_000;
    private static final int VALIDATION = 5_000;
    private static final int TEST = 20_000;
    private static final int TYPICAL = 0x2b8a3e;
    private static final int IMPOSSIBLE = 0xe8590c;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Where to leave the files (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("fluvial-demo");

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data (default: ${DEFAULT-VALUE}).")
    private int epochs = 150;

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private Console console = new Console();

    @Override
    public Integer call() throws IOException {
        TrainingOptions options = options();
        createFolder();
        DemoTarget target = new DemoTarget();
        TrainingData train = TrainingData.of(target.sample(TRAIN, SEED));
        TrainingData validation = TrainingData.of(target.sample(VALIDATION, SEED + 1));
        TrainingData test = TrainingData.of(target.sample(TEST, SEED + 2));
        console.note(
                "fitting a Real NVP flow to %,d rows drawn from a known density (two arcs, 20 Gaussians)",
                train.count());

        Flow flow = Flows.realNvp(2);
        FitProgress progress = new FitProgress(
                console.err(), Console.errorIsTerminal(), 10, options, folder.resolve("curve.csv"), null);
        TrainingResult result =
                MaximumLikelihood.of(flow, options).withListener(progress).fit(train, validation);
        progress.end(result.epochs());

        FlowModel model = result.model().withThreads(threads);
        Comparison comparison = Comparison.of(model, train, test);
        double[] truth = target.logProb(test.samples());
        Scores best = Scores.of(truth);
        Scores missing = Scores.ofDifference(truth, model.logProb(test.samples()));
        List<DemoPage.Point> points = points(model, target, GaussianFit.of(train.samples()));
        save(model, result, comparison, train);
        List<String> next = tables(model, train, test);
        DemoPage.Facts facts = new DemoPage.Facts(
                train.count(),
                test.count(),
                comparison.flow(),
                best,
                missing,
                comparison.gaussian(),
                points,
                result.epochs(),
                result.seconds(),
                flow.parameters().size(),
                next);
        Path page = folder.resolve("demo.html");
        OutputFile.write(page, page(model, target, train, facts).html());
        print(facts, page);
        console.object(json(facts, result, page));
        return 0;
    }

    private TrainingOptions options() {
        try {
            return TrainingOptions.defaults()
                    .withEpochs(epochs)
                    .withBatchSize(500)
                    .withOptimiser(AdamW.adam(RATE))
                    .withSeed(SEED)
                    .withThreads(threads)
                    .withPatience(0);
        } catch (IllegalArgumentException e) {
            throw new BadUsage(e);
        }
    }

    private void createFolder() throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BadUsage(folder + ": is a file; give -o a folder");
        }
        Files.createDirectories(folder);
    }

    private static List<DemoPage.Point> points(FlowModel model, DemoTarget target, GaussianFit gaussian) {
        return List.of(
                point("a typical row", -0.5, 0.75, TYPICAL, model, target, gaussian),
                point("an impossible row", 0, 0, IMPOSSIBLE, model, target, gaussian));
    }

    private static DemoPage.Point point(
            String name, double x, double y, int colour, FlowModel model, DemoTarget target, GaussianFit gaussian) {
        Samples row = Samples.ofRows(new float[][] {{(float) x, (float) y}});
        return new DemoPage.Point(
                name, x, y, model.logProb(row)[0], target.logProb(row)[0], gaussian.logProb(row)[0], colour);
    }

    private void save(FlowModel model, TrainingResult result, Comparison comparison, TrainingData train) {
        SavedModel saved = SavedModel.of(model, Schema.of("x", "y"))
                .withProvenance(Origin.of(train, SEED))
                .withMetrics(Metrics.of(result, comparison));
        ModelFile.write(folder.resolve("model.fluvial"), saved);
    }

    /// Writes tables that the printed commands work on.
    private List<String> tables(FlowModel model, TrainingData train, TrainingData test) {
        Path rows = folder.resolve("test.csv");
        Path samples = folder.resolve("samples.csv");
        Path file = folder.resolve("model.fluvial");
        List<String> names = List.of("x", "y");
        TableWriter.write(folder.resolve("train.csv"), names, train.samples());
        TableWriter.write(rows, names, test.samples());
        TableWriter.write(samples, names, model.sample(1000, SEED));
        return List.of(
                "fluvial info " + file,
                "fluvial evaluate " + file + " " + rows,
                "fluvial score " + file + " " + rows + " -o " + folder.resolve("scored.csv"),
                "fluvial sample " + file + " -n 1000 -o " + folder.resolve("new.csv"),
                "fluvial fit " + folder.resolve("train.csv") + " -o " + folder.resolve("mine.fluvial")
                        + " --flow realnvp --epochs 20");
    }

    private static DemoPage page(FlowModel model, DemoTarget target, TrainingData train, DemoPage.Facts facts) {
        System.setProperty("java.awt.headless", "true");
        double most =
                Math.exp(Arrays.stream(target.logProb(train.samples())).max().orElseThrow());
        GaussianFit gaussian = GaussianFit.of(train.samples());
        return new DemoPage(
                marked(Picture.ofPoints(train.samples(), 4000), facts),
                marked(Picture.ofDensity(target::logProb, most), facts),
                marked(Picture.ofDensity(model::logProb, most), facts),
                marked(Picture.ofDensity(gaussian::logProb, most), facts),
                facts);
    }

    private static Picture marked(Picture picture, DemoPage.Facts facts) {
        facts.points().forEach(p -> picture.mark(p.x(), p.y(), p.colour()));
        return picture;
    }

    private void print(DemoPage.Facts facts, Path page) {
        console.result("held-out log-likelihood, nats per row, %,d rows, ± 2 standard errors", facts.testRows());
        console.result("  this flow                     %s", facts.flow());
        console.result("  best possible (true density)  %s", facts.best());
        console.result("  missing to the best possible  %s", facts.missing());
        console.result("  full-covariance Gaussian      %s", facts.gaussian());
        console.result("");
        console.result("log-density of two rows          flow     truth  Gaussian");
        for (DemoPage.Point p : facts.points()) {
            console.result(
                    "  %-17s (%.1f, %.2f)  %7.2f   %7.2f   %7.2f",
                    p.name(), p.x(), p.y(), p.flow(), p.truth(), p.gaussian());
        }
        console.result("");
        console.result(
                "trained in %s; look at it: %s",
                SpanOfTime.words(facts.seconds()), page.toAbsolutePath().toUri());
        console.result("go on with");
        facts.next().forEach(command -> console.result("  %s", command));
    }

    private static ObjectNode json(DemoPage.Facts facts, TrainingResult result, Path page) {
        ObjectNode object = Console.newObject();
        object.put("page", page.toString());
        object.put("model", page.resolveSibling("model.fluvial").toString());
        object.put("epochs", Metrics.epochs(result));
        object.put("seconds", result.seconds());
        object.put("rowsPerSecond", result.samplesPerSecond());
        object.put("parameters", facts.parameters());
        Console.put(object, "testLogProb", facts.flow().mean());
        Console.put(object, "testStandardError", facts.flow().standardError());
        Console.put(object, "bestTestLogProb", facts.best().mean());
        Console.put(object, "missing", facts.missing().mean());
        Console.put(object, "missingStandardError", facts.missing().standardError());
        Console.put(object, "gaussianTestLogProb", facts.gaussian().mean());
        facts.flow().putNotFinite(object);
        return object;
    }
}
