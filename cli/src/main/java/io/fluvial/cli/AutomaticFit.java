package io.fluvial.cli;

import io.fluvial.Flow;
import io.fluvial.train.EpochReport;
import io.fluvial.train.MaximumLikelihood;
import io.fluvial.train.TrainingData;
import io.fluvial.train.TrainingDivergedException;
import io.fluvial.train.TrainingListener;
import io.fluvial.train.TrainingOptions;
import io.fluvial.train.TrainingResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Chooses a flow for rows and trains it. The test rows are not known here.
final class AutomaticFit {

    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final FlowOptions flows;
    private final TrainingOptions options;
    private final @Nullable Duration asked;
    private final TrainingData train;
    private final TrainingData validation;
    private final Console console;
    private @Nullable TrainingDivergedException failure;

    AutomaticFit(
            FlowOptions flows, TrainingFlags training, TrainingData train, TrainingData validation, Console console) {
        this.flows = flows;
        this.options = training.optionsFor(train.count());
        this.asked = training.time();
        this.train = train;
        this.validation = validation;
        this.console = console;
    }

    private int dim() {
        return train.samples().dim();
    }

    private int contextDim() {
        return train.context().dim();
    }

    /// @param progress shows the last training
    FlowSearch.Choice run(Function<TrainingOptions, FitProgress> progress) {
        int columns = dim() + contextDim();
        Duration time = asked == null ? FlowSearch.time(train.count(), columns) : asked;
        List<Candidate> candidates =
                flows.candidates(dim(), contextDim(), train.count(), FlowSearch.mostCandidates(time));
        console.note(
                "choosing among %d flows by the %,d rows that decide when to stop, %s at most (--time)",
                candidates.size(), validation.count(), SpanOfTime.words(time.toMillis() * 1e-3));
        FlowSearch search = new FlowSearch(
                (round, candidate, slot) -> train(round, candidate, slot, progress),
                System::nanoTime,
                trial -> console.note("%s  %s", trial.round() == 0 ? "the rest" : "round " + trial.round(), trial));
        Duration warmUp = candidates.size() == 1 ? Duration.ZERO : warmUp(candidates, time);
        FlowSearch.Choice choice = search.choose(candidates, time.minus(warmUp));
        return new FlowSearch.Choice(choice.best(), choice.trials(), choice.seconds() + warmUp.toNanos() * 1e-9);
    }

    /// Trains every candidate for nothing, in a tenth of the time, so that those of the first round
    /// do not bear the compilation of the code that all of them run.
    private Duration warmUp(List<Candidate> candidates, Duration time) {
        long start = System.nanoTime();
        Duration share = time.dividedBy(10L * candidates.size());
        for (Candidate candidate : candidates) {
            try {
                fit(candidate, options.withTime(share.compareTo(WARM_UP) < 0 ? share : WARM_UP), TrainingListener.NONE);
            } catch (TrainingDivergedException e) {
                failure = e; // the first round will tell
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private FlowSearch.Trial train(
            int round, Candidate candidate, Duration slot, Function<TrainingOptions, FitProgress> progress) {
        TrainingOptions timed = options.withTime(slot);
        long start = System.nanoTime();
        int parameters = flow(candidate).parameters().size();
        FitProgress shown = round == 0 ? progress.apply(timed) : null;
        if (shown != null) {
            console.note(
                    "training %s, %,d parameters, %s at most",
                    candidate, parameters, SpanOfTime.words(slot.toMillis() * 1e-3));
        }
        try {
            TrainingResult result = fit(candidate, timed, shown == null ? TrainingListener.NONE : shown);
            EpochReport last = result.epochs().getLast();
            return new FlowSearch.Trial(
                    round,
                    candidate,
                    parameters,
                    result,
                    last.epoch(),
                    (System.nanoTime() - start) * 1e-9,
                    last.best(),
                    result.stop() != TrainingResult.Stop.TIME);
        } catch (TrainingDivergedException e) {
            failure = e;
            return new FlowSearch.Trial(
                    round,
                    candidate,
                    parameters,
                    null,
                    0,
                    (System.nanoTime() - start) * 1e-9,
                    Double.NEGATIVE_INFINITY,
                    true);
        } finally {
            if (shown != null) {
                shown.clear();
            }
        }
    }

    private Flow flow(Candidate candidate) {
        return flows.build(candidate, dim(), contextDim());
    }

    private TrainingResult fit(Candidate candidate, TrainingOptions timed, TrainingListener listener) {
        return MaximumLikelihood.of(flow(candidate), timed)
                .withListener(listener)
                .fit(train, validation);
    }

    /// The best training.
    ///
    /// @throws TrainingDivergedException where all diverged
    TrainingResult result(FlowSearch.Choice choice) {
        TrainingResult result = choice.best().result();
        if (result != null) {
            return result;
        }
        throw failure != null ? failure : new IllegalStateException("no training and no reason");
    }

    /// The options that train the chosen flow as it was trained, but for the time.
    String options(Candidate candidate) {
        return candidate.options() + " --batch " + options.batchSize() + " --epochs " + options.epochs()
                + " --patience " + options.patience();
    }
}
