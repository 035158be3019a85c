package io.fluvial.cli;

import io.fluvial.train.TrainingResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Chooses a flow by the likelihood of the validation rows, within a time: successive halving
/// (Jamieson & Talwalkar 2016, arXiv:1502.07943), by thirds.
///
/// Every round trains all that are left for the same time, each from its start and with a whole
/// schedule of the learning rate, and the best third goes on; the rounds share half of the time
/// alike. What a training had enough of – epochs or patience were through, or it diverged – is not
/// trained again. Then the best gets the time that is left; if it is through before, the next best
/// gets the rest, and so on. The training that was best on the validation rows is the result.
///
/// The result depends on the clock and on nothing else that the seed does not decide.
final class FlowSearch {

    /// One training.
    ///
    /// @param round from 1; 0 for those after all rounds
    /// @param result null where the training diverged
    /// @param validation mean log-density of the validation rows, nats; −∞ where the training diverged
    /// @param finished more time would not have changed it
    record Trial(
            int round,
            Candidate candidate,
            int parameters,
            @Nullable TrainingResult result,
            int epochs,
            double seconds,
            double validation,
            boolean finished) {

        ObjectNode json() {
            ObjectNode object = candidate.json();
            object.put("round", round);
            object.put("parameters", parameters);
            object.put("epochs", epochs);
            object.put("seconds", seconds);
            Console.put(object, "validationLogProb", validation);
            return object;
        }

        /// One line of about eighty columns.
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-46s %6s %4d epochs  validation %s",
                    candidate,
                    SpanOfTime.words(seconds),
                    epochs,
                    result == null ? "diverged" : Scores.number(validation));
        }
    }

    /// Trains one flow for some time.
    interface Trainer {
        Trial train(int round, Candidate candidate, Duration time);
    }

    /// What was chosen and what was tried.
    ///
    /// @param best the training with the best validation
    /// @param trials all, in order
    record Choice(Trial best, List<Trial> trials, double seconds) {

        /// How many flows were tried.
        long flows() {
            return trials.stream().map(Trial::candidate).distinct().count();
        }

        /// For the model file and for programs.
        ObjectNode json() {
            ObjectNode object = Console.newObject();
            object.set("chosen", best.candidate().json());
            object.put("seconds", seconds);
            ArrayNode tried = object.putArray("tried");
            trials.forEach(t -> tried.add(t.json()));
            return object;
        }
    }

    private static final int MOST_CANDIDATES = 12;
    private static final Duration PER_CANDIDATE = Duration.ofSeconds(10);
    private static final Duration LEAST_DEFAULT = Duration.ofMinutes(1);
    private static final Duration MOST_DEFAULT = Duration.ofMinutes(10);
    private static final double VALUES_IN_A_MINUTE = 100_000;

    private final Trainer trainer;
    private final LongSupplier nanos;
    private final Consumer<Trial> listener;

    /// @param nanos a clock
    /// @param listener is told of every training
    FlowSearch(Trainer trainer, LongSupplier nanos, Consumer<Trial> listener) {
        this.trainer = trainer;
        this.nanos = nanos;
        this.listener = listener;
    }

    /// The time where none is given: a minute for a table of up to 100,000 numbers, growing with the root of their
    /// number, ten minutes at most.
    static Duration time(long rows, int columns) {
        double share = Math.sqrt(rows * (double) columns / VALUES_IN_A_MINUTE);
        long millis = Math.round(LEAST_DEFAULT.toMillis() * share);
        return Duration.ofMillis(Math.clamp(millis, LEAST_DEFAULT.toMillis(), MOST_DEFAULT.toMillis()));
    }

    /// One candidate for every ten seconds, at least two and at most twelve.
    static int mostCandidates(Duration time) {
        return Math.clamp(time.dividedBy(PER_CANDIDATE), 2, MOST_CANDIDATES);
    }

    Choice choose(List<Candidate> candidates, Duration time) {
        long start = nanos.getAsLong();
        if (candidates.size() == 1) {
            Trial only = trainer.train(0, candidates.getFirst(), time);
            return new Choice(only, List.of(only), (nanos.getAsLong() - start) * 1e-9);
        }
        int rounds = rounds(candidates.size());
        List<Trial> all = new ArrayList<>();
        List<Trial> left = new ArrayList<>();
        List<Candidate> waiting = candidates;
        for (int round = 1; round <= rounds && !waiting.isEmpty(); round++) {
            // Half of the time for all rounds; what finished trainings leave is shared among the later ones.
            long rest = time.toNanos() / 2 - (nanos.getAsLong() - start);
            Duration slot = Duration.ofNanos(Math.max(1, rest / (rounds - round + 1) / waiting.size()));
            for (Candidate candidate : waiting) {
                Trial trial = trainer.train(round, candidate, slot);
                listener.accept(trial);
                all.add(trial);
                left.removeIf(t -> t.candidate().equals(candidate) && t.validation() <= trial.validation());
                if (left.stream().noneMatch(t -> t.candidate().equals(candidate))) {
                    left.add(trial);
                }
            }
            left.sort(Comparator.comparingDouble(Trial::validation).reversed());
            int keep = round == rounds ? 1 : Math.ceilDiv(left.size(), 3);
            left.subList(keep, left.size()).clear();
            waiting = unfinished(left, all);
        }
        Trial best = left.getFirst();
        Duration rest = time.minusNanos(nanos.getAsLong() - start);
        for (Candidate next = next(all, rest); next != null; next = next(all, rest)) {
            Trial last = trainer.train(0, next, rest);
            listener.accept(last);
            all.add(last);
            best = last.validation() > best.validation() ? last : best;
            rest = time.minusNanos(nanos.getAsLong() - start);
        }
        return new Choice(best, List.copyOf(all), (nanos.getAsLong() - start) * 1e-9);
    }

    /// The best of those that this time may make better: not through, and never had as much.
    private static @Nullable Candidate next(List<Trial> all, Duration rest) {
        double seconds = rest.toNanos() * 1e-9;
        return all.stream()
                .filter(t -> all.stream()
                        .noneMatch(o -> o.candidate().equals(t.candidate())
                                && (o.finished() || o.round() == 0 || o.seconds() >= seconds)))
                .max(Comparator.comparingDouble(Trial::validation))
                .map(Trial::candidate)
                .orElse(null);
    }

    /// Cuts down to one.
    private static int rounds(int candidates) {
        int rounds = 1;
        for (int left = candidates; left > 3; left = Math.ceilDiv(left, 3)) {
            rounds++;
        }
        return rounds;
    }

    /// Of those that are left, whose last training would have gone on.
    private static List<Candidate> unfinished(List<Trial> left, List<Trial> all) {
        return left.stream()
                .map(Trial::candidate)
                .filter(c -> all.stream().noneMatch(t -> t.candidate().equals(c) && t.finished()))
                .toList();
    }
}
