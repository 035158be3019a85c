package io.fluvial.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.benchmarks.FlowSize;
import io.fluvial.benchmarks.FlowSize.Family;
import io.fluvial.kernel.Kernels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaunchTest {

    /// One call of everything, with few rows.
    private static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, 1, 128);

    @Test
    void measuresEverythingOfAFlow() {
        // The scalar kernels are the faster ones before anything is compiled.
        Group group = new Group(FlowSize.D6_W64, Family.REAL_NVP, List.of(1, 2));
        List<Reading> readings = new Launch(group, AT_ONCE, Kernels.scalar(), List.of()).measure();

        List<Metric> one = new ArrayList<>(List.of(Metric.values()));
        one.removeAll(List.of(
                Metric.SCORE_GAIN,
                Metric.TRAIN_GAIN,
                Metric.PEAK_GAIN,
                Metric.SCORE_RATIO,
                Metric.TRAIN_RATIO,
                Metric.ONE_ROW_RATIO));
        assertEquals(one, metrics(readings, 1));
        assertEquals(
                List.of(
                        Metric.SCORE,
                        Metric.SAMPLE,
                        Metric.TRAIN,
                        Metric.SAMPLE_TO_SCORE,
                        Metric.SCORE_GAIN,
                        Metric.TRAIN_GAIN,
                        Metric.PEAK_GAIN),
                metrics(readings, 2));
        for (Reading reading : readings) {
            boolean bytes = reading.metric() == Metric.BLOCK_BYTES || reading.metric() == Metric.STEP_BYTES;
            assertTrue(Double.isFinite(reading.value()) && (bytes || reading.value() > 0), reading::toString);
        }
    }

    private static List<Metric> metrics(List<Reading> readings, int threads) {
        return readings.stream()
                .filter(r -> r.threads() == threads)
                .map(Reading::metric)
                .sorted()
                .toList();
    }

    @Test
    void patienceEnds() {
        Group group = new Group(FlowSize.D6_W64, Family.MAF, List.of(1));

        assertFalse(new Launch(group, AT_ONCE, Kernels.scalar(), List.of()).warmUp());
    }

    /// Fluvial itself as a peer that does not train, a little beside the truth.
    private record Mirror(float error) implements Peer {

        @Override
        public String name() {
            return "mirror";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public boolean knows(FlowSize size, Family family) {
            return family == Family.REAL_NVP;
        }

        @Override
        public Work work(Task task) {
            FlowModel model = FlowModel.of(
                            task.flow(), Parameters.of(task.flow().parameters(), task.theta()))
                    .withKernels(Kernels.scalar())
                    .withThreads(task.threads());
            Samples samples = task.scored();
            return new Work() {
                @Override
                public float[] logProb() {
                    double[] exact = model.logProb(samples);
                    float[] densities = new float[exact.length];
                    for (int i = 0; i < exact.length; i++) {
                        densities[i] = (float) exact[i] + error;
                    }
                    return densities;
                }

                @Override
                public float logProb(float[] row) {
                    return (float) model.scorer().logProb(row);
                }

                @Override
                public boolean trains() {
                    return false;
                }

                @Override
                public double train() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void close() {}
            };
        }
    }

    @Test
    void measuresPeersThatKnowTheFlow() {
        Group group = new Group(FlowSize.D6_W64, Family.REAL_NVP, List.of(1));
        List<Peer> peers = List.of(new Mirror(0));
        List<Reading> readings = new Launch(group, AT_ONCE, Kernels.scalar(), peers).measure();

        List<Reading> theirs =
                readings.stream().filter(r -> r.by().equals("mirror")).toList();
        assertEquals(
                List.of(Metric.SCORE, Metric.SCORE_RATIO, Metric.ONE_ROW_P50, Metric.ONE_ROW_P99, Metric.ONE_ROW_RATIO),
                theirs.stream().map(Reading::metric).toList());
        assertTrue(theirs.stream().allMatch(r -> r.value() > 0 && r.threads() == 1), theirs::toString);
        Group maf = new Group(FlowSize.D6_W64, Family.MAF, List.of(1));
        assertTrue(new Launch(maf, AT_ONCE, Kernels.scalar(), peers)
                .measure().stream().allMatch(r -> r.by().equals(Reading.OURS)));
    }

    @Test
    void peersMustFindOurDensities() {
        Group group = new Group(FlowSize.D6_W64, Family.REAL_NVP, List.of(1));

        String message = String.valueOf(assertThrows(
                        IllegalStateException.class,
                        () -> new Launch(group, AT_ONCE, Kernels.scalar(), List.of(new Mirror(0.01f))))
                .getMessage());
        assertTrue(
                message.matches(
                        "mirror 1 finds log-density -?\\d+\\.\\d{6} of row 0 of realnvp D6_W64, Fluvial -?\\d+\\.\\d{6}"),
                message);
    }

    @Test
    void productsAreCountedByTheirWeights() {
        // 5 layers of 5 → 64 → 64 → 5 · 2, two operations for each weight.
        assertEquals(2 * 5 * (5 * 64 + 64 * 64 + 64 * 10), FlowSize.D10_W64.flops(Family.REAL_NVP));
        // A mask leaves about half of 10 → 64 → 64 → 20.
        double dense = 2 * 5 * (10 * 64 + 64 * 64 + 64 * 20);
        assertEquals(0.5, FlowSize.D10_W64.flops(Family.MAF) / dense, 0.1);
    }

    @Test
    void aReadingComesBackFromItsLine() {
        Reading reading = new Reading(2, Metric.TRAIN, 0.1 + 0.2);

        assertEquals(reading, Reading.parse(reading.line()));
        Reading other = new Reading("libtorch", 1, Metric.SCORE_RATIO, 4.5);
        assertEquals(other, Reading.parse(other.line()));
        assertNull(Reading.parse("WARNING: Using incubator modules: jdk.incubator.vector"));
    }

    @Test
    void argumentsNameTheGroup() {
        Group group = Group.of(FlowSize.D10_W64, Family.NSF_COUPLING, 2);

        assertEquals(List.of("D10_W64", "NSF_COUPLING", "1", "2"), Launch.arguments(group));
        assertEquals(List.of(1), Group.of(FlowSize.D10_W64, Family.MAF, 1).threads());
        assertEquals(List.of(1), Group.of(FlowSize.D63_W512, Family.MAF, 8).threads());
    }
}
