package io.fluvial.bench;

import io.fluvial.Block;
import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.benchmarks.FlowSize;
import io.fluvial.benchmarks.FmaPeak;
import io.fluvial.internal.Blocks;
import io.fluvial.kernel.Kernels;
import io.fluvial.train.TrainingStep;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/// Measures one [Group] in this JVM, with plain loops:
///
/// 1. All kinds of work – score, sample, train, one row, and the FMA peak – take turns of a tenth of a second until for
///    four turns none was faster than ever by more than a tenth and the compiler rested; at least 6 s, at most 30 s.
/// 2. Then five rounds in which each has a window of 0.2 s, so that a slower minute of the machine meets all alike.
/// 3. Ratios and shares are taken within a round; the median of the rounds counts.
/// 4. Peers, if there are any, do their work in the same turns and rounds, after ours.
/// 5. Every result is added up and looked at, so that no work can be left out.
///
/// JMH measures kernels more carefully; this tells what a user gets, in a few minutes.
final class Launch {

    static final String KERNELS = "kernels ";

    static final String PEER = "peer ";

    /// What it says when it could not wait any longer.
    static final String COLD = "still warming up";

    private static final int TURNS = 4;

    /// Long enough that waking a thread does not matter.
    private static final int PEAKS = 2_000;

    /// Work that is faster than ever by more than this is not warm yet. Less would be noise: among many windows a new
    /// record is never long in coming.
    private static final double FASTER = 1.1;

    /// The compiler rests when it works for less than this share of the time.
    private static final double REST = 0.02;

    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    private final Group group;
    private final Pace pace;
    private final int rows;
    private final Samples samples;
    private final OneRow oneRow;
    private final Map<Integer, Work> works = new LinkedHashMap<>();
    private double sink;

    /// What a number of threads does.
    private record Work(DoubleSupplier score, DoubleSupplier sample, DoubleSupplier train, List<Rival> rivals) {}

    /// @throws IllegalStateException where a peer's densities are not ours
    Launch(Group group, Pace pace, Kernels kernels, List<Peer> peers) {
        this.group = group;
        this.pace = pace;
        FlowSize size = group.size();
        this.rows = Math.min(pace.rows(), size.width() > 64 ? 2048 : 8192);
        this.samples = size.samples(rows);
        var flow = size.flow(group.family());
        FlowModel model = FlowModel.of(flow, Parameters.of(flow.parameters(), size.randomParameters(group.family())))
                .withKernels(kernels);
        this.oneRow = new OneRow(model.scorer()::logProb, samples);
        for (int threads : group.threads()) {
            works.put(threads, work(model.withThreads(threads), threads, kernels, peers));
        }
    }

    private Work work(FlowModel model, int threads, Kernels kernels, List<Peer> peers) {
        TrainingStep step = new TrainingStep(group.size(), group.family(), threads, kernels);
        return new Work(
                () -> model.logProb(samples)[rows - 1],
                () -> model.sample(rows, 1).get(rows - 1, 0),
                step::run,
                Rival.of(peers, new Peer.Task(group.size(), group.family(), rows, threads), model, step));
    }

    /// `SIZE FAMILY THREADS…`, as [Fork] calls it.
    public static void main(String[] args) {
        List<Integer> threads = Stream.of(args).skip(2).map(Integer::valueOf).toList();
        Group group = new Group(FlowSize.valueOf(args[0]), FlowSize.Family.valueOf(args[1]), threads);
        Kernels kernels = Kernels.best();
        System.out.println(KERNELS + kernels.name());
        List<Peer> peers = Rival.peers();
        peers.forEach(peer -> System.out.println(PEER + peer.name() + " " + peer.version()));
        try {
            Launch launch = new Launch(group, Pace.STANDARD, kernels, peers);
            if (!launch.warmUp()) {
                System.out.println(COLD);
            }
            for (Reading reading : launch.measure()) {
                System.out.println(reading.line());
            }
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage()); // the last line is what the caller sees
            System.exit(1);
        }
    }

    /// The arguments of [#main].
    static List<String> arguments(Group group) {
        return Stream.concat(
                        Stream.of(group.size().name(), group.family().name()),
                        group.threads().stream().map(String::valueOf))
                .toList();
    }

    /// The median of the rounds.
    List<Reading> measure() {
        List<List<Reading>> rounds = new ArrayList<>();
        for (int round = 0; round < pace.rounds(); round++) {
            rounds.add(round());
        }
        if (Double.isNaN(sink)) {
            throw new IllegalStateException("a density, a draw or a training step was not a number");
        }
        List<Reading> medians = new ArrayList<>();
        for (int i = 0; i < rounds.getFirst().size(); i++) {
            int number = i;
            Reading reading = rounds.getFirst().get(i);
            Spread spread =
                    new Spread(rounds.stream().map(r -> r.get(number).value()).toList());
            medians.add(new Reading(reading.by(), reading.threads(), reading.metric(), spread.median()));
        }
        return medians;
    }

    /// Whether everything got as fast as it gets, as far as one can see, before patience ended.
    boolean warmUp() {
        List<DoubleSupplier> all = new ArrayList<>(List.of(Launch::peak));
        List<OneRow> oneRows = new ArrayList<>(List.of(oneRow));
        for (var entry : works.entrySet()) {
            Work work = entry.getValue();
            all.addAll(List.of(work.score(), work.sample(), work.train()));
            int threads = entry.getKey();
            if (threads > 1) {
                all.add(() -> peaks(threads));
            }
            for (Rival rival : work.rivals()) {
                all.add(rival::score);
                if (rival.work().trains()) {
                    all.add(rival.work()::train);
                }
                if (threads == 1) {
                    oneRows.add(rival.oneRow());
                }
            }
        }
        double[] best = new double[all.size()];
        long turn = pace.window().toNanos() / 2;
        long start = System.nanoTime();
        long spent = 0;
        int calm = 0;
        while (calm < TURNS || spent < pace.warmUp().toNanos()) {
            if (spent >= pace.patience().toNanos()) {
                return false;
            }
            long compiled = COMPILER.getTotalCompilationTime();
            long before = spent;
            calm++;
            for (int i = 0; i < best.length; i++) {
                double speed = timed(all.get(i), turn).callsPerSecond();
                if (speed > FASTER * best[i]) {
                    calm = 0;
                }
                best[i] = Math.max(best[i], speed);
            }
            oneRows.forEach(row -> row.measure(turn));
            spent = System.nanoTime() - start;
            if ((COMPILER.getTotalCompilationTime() - compiled) * 1e6 > REST * (spent - before)) {
                calm = 0;
            }
        }
        return true;
    }

    static double peak() {
        return FmaPeak.run(0.5f, 1f);
    }

    /// [#PEAKS] times [#peak] on each of several threads.
    private static double peaks(int threads) {
        double[] results = new double[threads];
        Blocks.run(threads, threads, thread -> {
            double sum = 0;
            for (int i = 0; i < PEAKS; i++) {
                sum += peak();
            }
            results[thread] = sum;
        });
        return results[0];
    }

    private List<Reading> round() {
        List<Reading> readings = new ArrayList<>();
        long nanos = pace.window().toNanos();
        double peak = FmaPeak.flops() * timed(Launch::peak, nanos).callsPerSecond();
        readings.add(new Reading(1, Metric.FMA_PEAK, peak / 1e9));
        double scoreAlone = 0;
        double trainAlone = 0;
        for (var entry : works.entrySet()) {
            int threads = entry.getKey();
            Work work = entry.getValue();
            Window scored = timed(work.score(), nanos);
            Window sampled = timed(work.sample(), nanos);
            Window trained = timed(work.train(), nanos);
            double score = rows * scored.callsPerSecond();
            double sample = rows * sampled.callsPerSecond();
            double train = group.size().batch() * trained.callsPerSecond();
            readings.add(new Reading(threads, Metric.SCORE, score));
            readings.add(new Reading(threads, Metric.SAMPLE, sample));
            readings.add(new Reading(threads, Metric.TRAIN, train));
            readings.add(new Reading(threads, Metric.SAMPLE_TO_SCORE, score / sample));
            if (threads > 1) {
                readings.add(new Reading(threads, Metric.SCORE_GAIN, score / scoreAlone));
                readings.add(new Reading(threads, Metric.TRAIN_GAIN, train / trainAlone));
                Window peaks = timed(() -> peaks(threads), nanos);
                double together = FmaPeak.flops() * (double) PEAKS * threads * peaks.callsPerSecond();
                readings.add(new Reading(threads, Metric.PEAK_GAIN, together / peak));
                work.rivals().forEach(rival -> measure(rival, threads, score, train, readings));
                continue;
            }
            scoreAlone = score;
            trainAlone = train;
            oneRow.measure(nanos);
            readings.add(new Reading(1, Metric.ONE_ROW_P50, oneRow.micros(0.5)));
            readings.add(new Reading(1, Metric.ONE_ROW_P99, oneRow.micros(0.99)));
            if (group.family().affine()) {
                double flops = group.size().flops(group.family());
                readings.add(new Reading(1, Metric.SCORE_SHARE, 100 * flops * score / peak));
                readings.add(new Reading(1, Metric.TRAIN_SHARE, 100 * 3 * flops * train / peak));
            }
            // The densities themselves are what the caller asked for: 8 bytes a row and the head of the array.
            readings.add(
                    new Reading(1, Metric.BLOCK_BYTES, (scored.bytesPerCall() - 8.0 * rows - 16) * Block.LANES / rows));
            readings.add(new Reading(1, Metric.STEP_BYTES, trained.bytesPerCall()));
            work.rivals().forEach(rival -> measure(rival, 1, score, train, readings));
        }
        sink += oneRow.sum();
        return readings;
    }

    /// A peer's readings, and what ours are in their terms.
    private void measure(Rival rival, int threads, double score, double train, List<Reading> readings) {
        long nanos = pace.window().toNanos();
        double theirs = rows * timed(rival::score, nanos).callsPerSecond();
        readings.add(new Reading(rival.name(), threads, Metric.SCORE, theirs));
        readings.add(new Reading(rival.name(), threads, Metric.SCORE_RATIO, score / theirs));
        if (rival.work().trains()) {
            double trained =
                    group.size().batch() * timed(rival.work()::train, nanos).callsPerSecond();
            readings.add(new Reading(rival.name(), threads, Metric.TRAIN, trained));
            readings.add(new Reading(rival.name(), threads, Metric.TRAIN_RATIO, train / trained));
        }
        if (threads == 1) {
            rival.oneRow().measure(nanos);
            double micros = rival.oneRow().micros(0.5);
            readings.add(new Reading(rival.name(), 1, Metric.ONE_ROW_P50, micros));
            readings.add(new Reading(
                    rival.name(), 1, Metric.ONE_ROW_P99, rival.oneRow().micros(0.99)));
            readings.add(new Reading(rival.name(), 1, Metric.ONE_ROW_RATIO, micros / oneRow.micros(0.5)));
            sink += rival.oneRow().sum();
        }
    }

    private Window timed(DoubleSupplier work, long nanos) {
        Window window = Window.of(work, nanos);
        sink += window.sum();
        return window;
    }
}
