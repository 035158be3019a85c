package io.fluvial.examples.tenfold;

import io.fluvial.Flow;
import io.fluvial.LogLikelihood;
import io.fluvial.Samples;
import io.fluvial.base.GaussianFit;
import io.fluvial.io.BadInputException;
import io.fluvial.io.TableOptions;
import io.fluvial.io.TableReader;
import io.fluvial.train.MaximumLikelihood;
import io.fluvial.train.TrainingData;
import io.fluvial.train.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Ten-fold cross-validation of a flow on one table: mean test log-likelihood over the folds and its standard error,
/// beside the full-covariance Gaussian of the same folds.
///
///     TenFold TABLE --flow realnvp --layers 4 --hidden 32,32 --weight-decay 0.01
///
/// Protocol (Uria, Murray & Larochelle 2013, arXiv:1306.0186): rows in random order; nine tenths train, one tests;
/// every column standardised with the training folds' mean and deviation, and **the log-likelihood is that of the
/// standardised columns**, in nats per row, as in the published tables. A share of the training folds decides when
/// to stop; the test fold decides nothing. With `--members` M the density of a fold is the mean of M flows'
/// densities, which differ in their seeds and in the rows that decide when to stop. The Gaussian is fitted to all
/// rows of the training folds.
public final class TenFold {

    /// One fold's test log-likelihood in nats per row.
    ///
    /// @param epochs epochs trained, of all members
    record Report(int train, int test, double flow, double gaussian, int epochs) {}

    /// One trained member.
    ///
    /// @param logProb of the test rows
    private record Member(double[] logProb, int epochs) {}

    private TenFold() {}

    public static void main(String[] arguments) {
        try {
            StudyOptions options = StudyOptions.parse(arguments);
            run(read(Path.of(options.table())), options, System.out::println);
        } catch (BadInputException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static Samples read(Path table) {
        try (TableReader reader = TableReader.open(table)) {
            return reader.read(TableOptions.defaults().withPurpose(TableOptions.Purpose.FIT))
                    .samples();
        }
    }

    /// Fits and prints; trainings run beside each other, and the result does not depend on how many.
    static List<Report> run(Samples rows, StudyOptions options, Consumer<String> out) {
        Folds folds = new Folds(rows, options.folds(), options.seed());
        Flow flow = options.flow(rows.dim());
        out.accept(format(
                "%s: %,d rows of %d, %d folds; log-likelihood of the standardised columns, nats per row",
                options.table(), rows.count(), rows.dim(), folds.count()));
        out.accept(format("%s; %,d parameters", options, flow.parameters().size()));
        out.accept(format(
                "%4s %7s %6s %7s %12s %12s %12s", "fold", "train", "test", "epochs", "flow", "Gaussian", "gain"));
        List<Report> reports = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(options.threads())) {
            List<List<CompletableFuture<Member>>> trainings = new ArrayList<>();
            for (int k = 0; k < folds.count(); k++) {
                int fold = k;
                trainings.add(new ArrayList<>());
                for (int m = 0; m < options.members(); m++) {
                    int member = m;
                    trainings
                            .getLast()
                            .add(CompletableFuture.supplyAsync(
                                    () -> train(flow, folds.fold(fold), options, member), threads));
                }
            }
            for (int k = 0; k < folds.count(); k++) {
                List<Member> members =
                        trainings.get(k).stream().map(CompletableFuture::join).toList();
                Report report = report(folds.fold(k), members);
                reports.add(report);
                out.accept(line(k + 1, report));
            }
        }
        out.accept(format(
                "mean ± standard error over the folds: %s %s, Gaussian %s, gain %s",
                options.flowName(),
                summary(reports.stream().mapToDouble(Report::flow)),
                summary(reports.stream().mapToDouble(Report::gaussian)),
                summary(reports.stream().mapToDouble(r -> r.flow() - r.gaussian()))));
        return reports;
    }

    private static Member train(Flow flow, Folds.Fold fold, StudyOptions options, int member) {
        TrainingData all = TrainingData.of(fold.train());
        int[] order = Folds.shuffled(all.count(), options.seed());
        int held = Math.clamp(Math.round(options.share() * order.length), 1, order.length - 1);
        // Member after member holds out the next rows, so that few rows are held out by all.
        int[] turned = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            turned[i] = order[(int) ((i + (long) held * member) % order.length)];
        }
        TrainingResult result = MaximumLikelihood.of(flow, options.training(member))
                .fit(
                        all.select(Arrays.copyOfRange(turned, held, turned.length)),
                        all.select(Arrays.copyOf(turned, held)));
        return new Member(
                result.model().logProb(fold.test()), result.epochs().getLast().epoch());
    }

    private static Report report(Folds.Fold fold, List<Member> members) {
        double[] gaussian = GaussianFit.of(fold.train()).logProb(fold.test());
        return new Report(
                fold.train().count(),
                fold.test().count(),
                LogLikelihood.of(mixture(members.stream().map(Member::logProb).toList()))
                        .mean(),
                LogLikelihood.of(gaussian).mean(),
                members.stream().mapToInt(Member::epochs).sum());
    }

    /// log of the mean density, row by row.
    static double[] mixture(List<double[]> logProb) {
        double[] mixed = new double[logProb.getFirst().length];
        for (int i = 0; i < mixed.length; i++) {
            double most = Double.NEGATIVE_INFINITY;
            for (double[] member : logProb) {
                most = Math.max(most, member[i]); // NaN where one is NaN
            }
            double sum = 0;
            for (double[] member : logProb) {
                sum += Math.exp(member[i] - most);
            }
            // The sum is at least 1: one of its terms is exp(0). Where all densities are 0, so is their mean.
            mixed[i] = most == Double.NEGATIVE_INFINITY ? most : most + Math.log(sum / logProb.size());
        }
        return mixed;
    }

    private static String line(int number, Report r) {
        return format(
                "%4d %7d %6d %7d %12.4f %12.4f %12.4f",
                number, r.train(), r.test(), r.epochs(), r.flow(), r.gaussian(), r.flow() - r.gaussian());
    }

    private static String summary(java.util.stream.DoubleStream values) {
        LogLikelihood over = LogLikelihood.of(values.toArray());
        return format("%.2f ± %.2f", over.mean(), over.standardError());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
