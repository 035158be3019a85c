package io.fluvial.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// The choice among flows, with a clock and trainings that are made up.
class FlowSearchTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// Candidate number k is the better, the larger k is.
    private static final List<Candidate> SIX = IntStream.range(0, 6)
            .mapToObj(k -> new Candidate("flow" + k, 2, List.of(8), 0))
            .toList();

    private final List<String> log = new ArrayList<>();
    private long now;

    /// Takes its time; finds what it finds after enough of it.
    private FlowSearch.Trial train(int round, Candidate candidate, Duration time, double validation, boolean finished) {
        log.add(round + " " + candidate.kind() + " " + time.toMillis());
        now += time.toNanos();
        return new FlowSearch.Trial(round, candidate, 100, null, 7, time.toMillis() * 1e-3, validation, finished);
    }

    private static int number(Candidate candidate) {
        return Integer.parseInt(candidate.kind().substring(4));
    }

    private FlowSearch search(FlowSearch.Trainer trainer) {
        return new FlowSearch(trainer, () -> now, trial -> {});
    }

    @Test
    void theBestThirdGoesOnAndTheWinnerGetsHalfOfTheTime() {
        FlowSearch.Choice choice = search((round, c, time) -> train(round, c, time, number(c), false))
                .choose(SIX, MINUTE);

        assertEquals(
                List.of(
                        "1 flow0 2500",
                        "1 flow1 2500",
                        "1 flow2 2500",
                        "1 flow3 2500",
                        "1 flow4 2500",
                        "1 flow5 2500",
                        "2 flow5 7500",
                        "2 flow4 7500",
                        "0 flow5 30000"),
                log);
        assertEquals("flow5", choice.best().candidate().kind());
        assertEquals(60, choice.seconds(), 1e-9);
        assertEquals(6, choice.flows());
        assertEquals(9, choice.trials().size());
    }

    @Test
    void whatWasThroughIsNotTrainedAgain() {
        FlowSearch.Choice choice = search((round, c, time) -> train(round, c, time, number(c), true))
                .choose(SIX, MINUTE);

        assertEquals(6, log.size());
        assertEquals("flow5", choice.best().candidate().kind());
        assertEquals(15, choice.seconds(), 1e-9);
    }

    @Test
    void aWinnerThatWasThroughWaitsForTheOthers() {
        search((round, c, time) -> train(round, c, time, number(c), number(c) == 5))
                .choose(SIX, MINUTE);

        assertEquals(List.of("2 flow4 15000", "0 flow4 30000"), log.subList(6, log.size()));
    }

    @Test
    void whatTheBestLeavesGoesToTheNextBest() {
        FlowSearch.Choice choice = search((round, c, time) -> round == 0
                        ? train(round, c, Duration.ofSeconds(10), 9 - number(c), true)
                        : train(round, c, time, number(c), false))
                .choose(SIX, MINUTE);

        assertEquals(List.of("0 flow5 10000", "0 flow4 10000", "0 flow3 10000"), log.subList(8, log.size()));
        assertEquals("flow3", choice.best().candidate().kind());
    }

    @Test
    void moreTimeThatMakesItWorseChangesNothing() {
        FlowSearch.Choice choice = search(
                        (round, c, time) -> train(round, c, time, round == 0 ? -1 : number(c) + 0.1 * round, false))
                .choose(SIX, MINUTE);

        assertEquals(2, choice.best().round());
        assertEquals(5.2, choice.best().validation());
    }

    @Test
    void aLaterRoundMayTurnTheOrder() {
        FlowSearch.Choice choice = search((round, c, time) ->
                        train(round, c, time, round == 1 ? number(c) : number(c) == 4 ? 7 : 0, false))
                .choose(SIX, MINUTE);

        assertEquals("0 flow4 30000", log.getLast());
        assertEquals("flow4", choice.best().candidate().kind());
    }

    @Test
    void divergedTrainingsLose() {
        FlowSearch.Choice choice = search((round, c, time) -> number(c) == 5
                        ? train(round, c, time, Double.NEGATIVE_INFINITY, true)
                        : train(round, c, time, number(c), false))
                .choose(SIX, MINUTE);

        assertEquals("flow4", choice.best().candidate().kind());
        assertEquals(1, log.stream().filter(l -> l.contains("flow5")).count());
    }

    @Test
    void aSingleCandidateGetsAllOfTheTime() {
        search((round, c, time) -> train(round, c, time, 0, false)).choose(SIX.subList(2, 3), MINUTE);

        assertEquals(List.of("0 flow2 60000"), log);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 2, 60", // small tables: a minute
        "10000, 10, 60",
        "40000, 10, 120", // four times the numbers, twice the time
        "1000000, 63, 600",
    })
    void timeGrowsWithTheRootOfTheTable(long rows, int columns, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), FlowSearch.time(rows, columns));
    }

    @Test
    void aShortTimeTriesFew() {
        assertEquals(2, FlowSearch.mostCandidates(Duration.ofSeconds(1)));
        assertEquals(6, FlowSearch.mostCandidates(MINUTE));
        assertEquals(12, FlowSearch.mostCandidates(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({"2, 100", "2, 10000", "2, 1000000", "40, 100", "40, 10000", "40, 1000000"})
    void everyRungCanBeBuilt(int dim, int rows) {
        List<Candidate> candidates = new FlowOptions().candidates(dim, 0, rows, 100);

        Set<String> kinds = new HashSet<>();
        candidates.forEach(c -> kinds.add(c.kind()));
        assertEquals(Set.copyOf(FlowKinds.kindsWithSizes(1)), kinds);
        assertEquals(candidates.size(), new HashSet<>(candidates).size());
        assertEquals(
                FlowKinds.kindsWithSizes(1),
                candidates.subList(0, kinds.size()).stream()
                        .map(Candidate::kind)
                        .toList());
        assertEquals(2, new FlowOptions().candidates(dim, 0, rows, 2).size());
    }

    @Test
    void whatWasAskedForHoldsForAll() {
        FlowOptions options = CommandLine.populateCommand(
                new FlowOptions(), "--layers", "3", "--hidden", "16,8", "--dropout", "0.25");

        List<Candidate> candidates = options.candidates(2, 0, 100, 100);

        assertEquals(FlowKinds.kindsWithSizes(1).size(), candidates.size(), "sizes that became the same are one");
        for (Candidate c : candidates) {
            assertEquals("--flow " + c.kind() + " --layers 3 --hidden 16,8 --dropout 0.25", c.options());
        }
    }

    @Test
    void aSingleColumnIsTriedWithWhatFitsIt() {
        List<Candidate> candidates = new FlowOptions().candidates(1, 0, 100, 100);

        assertTrue(candidates.stream().anyMatch(c -> c.kind().equals("nsf-ar")), candidates::toString);
        assertTrue(candidates.stream().noneMatch(c -> c.kind().equals("realnvp")), "couplings need two columns");
    }

    @Test
    void smallTablesGetSmallBatchesAndMoreEpochsUnlessAsked() {
        TrainingFlags none = new TrainingFlags();
        TrainingFlags asked =
                CommandLine.populateCommand(new TrainingFlags(), "--batch", "20", "--epochs", "5", "--patience", "3");

        assertEquals(64, none.optionsFor(1000).batchSize());
        assertEquals(400, none.optionsFor(1000).epochs());
        assertEquals(40, none.optionsFor(1000).patience());
        assertEquals(512, none.optionsFor(1_000_000).batchSize());
        assertEquals(100, none.optionsFor(1_000_000).epochs());
        assertEquals(10, none.optionsFor(1_000_000).patience());
        assertEquals(none.options(), none.optionsFor(1_000_000));
        assertEquals(20, asked.optionsFor(1000).batchSize());
        assertEquals(5, asked.optionsFor(1000).epochs());
        assertEquals(3, asked.optionsFor(1000).patience());
    }
}
