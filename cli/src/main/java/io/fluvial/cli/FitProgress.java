package io.fluvial.cli;

import io.fluvial.train.EpochReport;
import io.fluvial.train.TrainingListener;
import io.fluvial.train.TrainingOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shows a training on standard error: one line that lives while somebody watches, one line per epoch otherwise.
///
/// Written by hand rather than with a progress bar: five numbers matter here, and a bar leaves no room for them.
final class FitProgress implements TrainingListener {

    private static final long REDRAW_NANOS = 150_000_000;

    private final PrintWriter err;
    private final boolean live;
    private final TrainingOptions options;
    private final @Nullable Path curve;
    private final @Nullable Path checkpoint;
    private final int every;
    private final List<EpochReport> reports = new ArrayList<>();
    private final long started = System.nanoTime();
    private long drawn;
    private long epochStarted = started;
    private int doneAtStart;
    private boolean stepped;
    private boolean resumed;
    private double epochSeconds;
    private int epochRows;
    private double train = Double.NaN;
    private @Nullable EpochReport last;

    /// @param err where people read
    /// @param live whether it is a terminal
    /// @param every without a terminal, a line for every so many epochs
    FitProgress(
            PrintWriter err,
            boolean live,
            int every,
            TrainingOptions options,
            @Nullable Path curve,
            @Nullable Path checkpoint) {
        this.err = err;
        this.live = live;
        this.every = every;
        this.options = options;
        this.curve = curve;
        this.checkpoint = checkpoint;
    }

    @Override
    public void step(int epoch, int done, int of, double meanLogProb) {
        long now = System.nanoTime();
        if (!stepped) {
            stepped = true;
            if (last == null) { // otherwise the start would have been validated before the first step
                resumed = true;
                say(String.format(Locale.ROOT, "going on from checkpoint %s in epoch %d", checkpoint, epoch));
                doneAtStart = done;
                epochStarted = now;
            }
        }
        train = meanLogProb;
        epochRows = done - doneAtStart;
        if (live && now - drawn > REDRAW_NANOS) {
            drawn = now;
            draw(epoch, done, of, now);
        }
    }

    private void draw(int epoch, int done, int of, long now) {
        double inEpoch = (now - epochStarted) * 1e-9;
        double rows = (done - doneAtStart) / Math.max(inEpoch, 1e-9);
        double perEpoch = epochSeconds > 0 ? epochSeconds : of / Math.max(rows, 1);
        show(line(epoch, rows, (double) done / of)
                + left(perEpoch * (options.epochs() - epoch + 1 - (double) done / of), now));
    }

    /// Short enough for a terminal of 80 columns: a line that wraps cannot be drawn over.
    private String line(int epoch, double rowsPerSecond, double share) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d %.0f%% %s rows/s train %.3f valid %.3f best %.3f",
                epoch,
                options.epochs(),
                100 * share,
                shortened(rowsPerSecond),
                train,
                last == null ? Double.NaN : last.validation(),
                last == null ? Double.NaN : last.best());
    }

    private String left(double seconds, long now) {
        double most = options.time().equals(TrainingOptions.NO_LIMIT)
                ? seconds
                : Math.min(seconds, options.time().toMillis() / 1000.0 - trained(now));
        return ", " + SpanOfTime.words(Math.max(0, most)) + " left";
    }

    /// Time trained: what the last report says, over all resumptions, and what has passed since.
    private double trained(long now) {
        return (last == null ? 0 : last.seconds()) + (now - epochStarted) * 1e-9;
    }

    private static String shortened(double rows) {
        return rows >= 10_000
                ? String.format(Locale.ROOT, "%.0fk", rows / 1000)
                : String.format(Locale.ROOT, "%.0f", rows);
    }

    @Override
    public void epoch(EpochReport report) {
        long now = System.nanoTime();
        if (report.epoch() > 0) {
            epochSeconds = (now - epochStarted) * 1e-9;
        }
        epochStarted = now;
        doneAtStart = 0;
        last = report;
        reports.add(report);
        if (!live && report.epoch() % every == 0) {
            err.println(String.format(
                    Locale.ROOT,
                    "epoch %d/%d  %s  %s rows/s  train %s  validation %s  best %s",
                    report.epoch(),
                    options.epochs(),
                    SpanOfTime.words(report.seconds()),
                    report.epoch() == 0 ? "–" : shortened(epochRows / Math.max(epochSeconds, 1e-9)),
                    report.epoch() == 0 ? "–" : Scores.number(report.train()),
                    Scores.number(report.validation()),
                    Scores.number(report.best())));
        }
        if (!resumed) {
            writeCurve(reports); // a resumed training's earlier epochs come with its result
        }
    }

    @Override
    public void undone(long step, double rateFactor) {
        say(String.format(
                Locale.ROOT,
                "step %d gave numbers that are not finite: undone, going on with %.3g of the rate",
                step,
                rateFactor));
    }

    /// Takes the live line away and writes the whole curve.
    void end(List<EpochReport> all) {
        clear();
        if (last == null && !stepped) {
            say("checkpoint " + checkpoint + " holds the end of this training: nothing was left to do");
        }
        writeCurve(all);
    }

    void writeCurve(List<EpochReport> all) {
        if (curve == null) {
            return;
        }
        StringBuilder text = new StringBuilder("epoch,seconds,train,validation\n");
        for (EpochReport r : all) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%.3f,%s,%s%n",
                    r.epoch(),
                    r.seconds(),
                    Double.isNaN(r.train()) ? "" : Double.toString(r.train()),
                    r.validation()));
        }
        try {
            OutputFile.write(curve, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(curve + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private void say(String message) {
        clear();
        err.println("fluvial: " + message);
    }

    private void show(String line) {
        err.print("\r" + line.substring(0, Math.min(line.length(), 79)) + "\u001b[K");
        err.flush();
    }

    void clear() {
        if (live) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
