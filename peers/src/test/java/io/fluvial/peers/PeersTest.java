package io.fluvial.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.bench.Peer;
import io.fluvial.benchmarks.FlowSize;
import io.fluvial.benchmarks.FlowSize.Family;
import io.fluvial.kernel.Kernels;
import io.fluvial.train.TrainingStep;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Peers against our scalar kernels.
class PeersTest {

    /// Not a multiple of what peers score at once.
    private static final int ROWS = 1500;

    private static List<Peer> peers() {
        return StreamSupport.stream(ServiceLoader.load(Peer.class).spliterator(), false)
                .toList();
    }

    @Test
    void bothAreFound() {
        assertEquals(
                List.of("libtorch", "onnxruntime"),
                peers().stream().map(Peer::name).toList());
        for (Peer peer : peers()) {
            assertTrue(peer.version().matches("\\d+\\.\\d+\\.\\d+"), peer.version());
            for (Family family : Family.values()) {
                assertEquals(family.affine(), peer.knows(FlowSize.D10_W64, family));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"D6_W64,REAL_NVP,1", "D21_W128,REAL_NVP,2", "D10_W64,MAF,1", "D21_W128,MAF,2"})
    void densitiesAreOurs(FlowSize size, Family family, int threads) {
        Peer.Task task = new Peer.Task(size, family, ROWS, threads);
        double[] ours = FlowModel.of(task.flow(), Parameters.of(task.flow().parameters(), task.theta()))
                .withKernels(Kernels.scalar())
                .logProb(task.scored());
        for (Peer peer : peers()) {
            try (Peer.Work work = peer.work(task)) {
                float[] theirs = work.logProb();
                assertEquals(ROWS, theirs.length);
                for (int i = 0; i < ROWS; i++) {
                    assertEquals(ours[i], theirs[i], tolerance(ours[i]), peer.name() + " " + i);
                }
                for (int i = 0; i < ROWS; i += 100) {
                    float alone = work.logProb(task.scored().row(i));
                    assertEquals(ours[i], alone, tolerance(ours[i]), peer.name() + " " + i + " alone");
                }
            }
        }
    }

    /// A few units in the last place of every layer of a single-precision flow.
    private static double tolerance(double logProb) {
        return 1e-4 + 1e-5 * Math.abs(logProb);
    }

    /// Once through the data both have gained the same: gradient, clipping and Adam are the same.
    @ParameterizedTest
    @CsvSource({"D6_W64,REAL_NVP", "D10_W64,MAF"})
    void trainingGainsWhatOursGains(FlowSize size, Family family) {
        Peer.Task task = new Peer.Task(size, family, 1, 1);
        int epoch = TrainingStep.ROWS / size.batch();
        for (Peer peer : peers()) {
            try (Peer.Work work = peer.work(task);
                    TrainingStep step = new TrainingStep(size, family, 1, Kernels.scalar())) {
                if (!work.trains()) {
                    continue;
                }
                double first = step.run();
                assertEquals(first, work.train(), size.batch() * 1e-4 + 1e-5 * Math.abs(first), peer.name());
                for (int k = 1; k < epoch; k++) {
                    step.run();
                    work.train();
                }
                double ours = step.run(); // the first batch again
                double theirs = work.train();
                assertTrue(ours - first > 1, () -> "an epoch must show: " + first + " → " + ours);
                assertEquals(ours - first, theirs - first, 0.02 * (ours - first), peer.name());
            }
        }
    }
}
