package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.Parameters;
import io.fluvial.Samples;
import io.fluvial.Scorer;
import io.fluvial.flows.Flows;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One sample at a time gives the bits of a batch, at widths that fill no vector, and allocates nothing. Every shipped
/// flow has the same test in its contract.
class ScorerTest {

    private static final int ROWS = 50;

    static Stream<Flow> flows() {
        return Stream.of(
                Flows.realNvp(10),
                Flows.realNvpWith(3).withHidden(1, 65, 17).build(),
                Flows.nsfCouplingWith(21).withLayers(2).withHidden(100).build(),
                Flows.maf(10),
                Flows.mafWith(70).withLayers(2).withHidden(150, 67).build(),
                Flows.mafWith(5).withHidden(9, 80).build(),
                Flows.iafWith(6).withLayers(2).withHidden(33).build(),
                Flows.gaussianization(4));
    }

    private static FlowModel model(Flow flow) {
        SplittableRandom random = new SplittableRandom(1);
        float[] theta = flow.initialize(2).toArray();
        for (int k = 0; k < theta.length; k++) {
            theta[k] += (float) (0.05 * random.nextGaussian());
        }
        return FlowModel.of(flow, Parameters.of(flow.parameters(), theta));
    }

    private static Samples rows(int dim) {
        SplittableRandom random = new SplittableRandom(3);
        float[][] columns = new float[dim][ROWS];
        for (float[] column : columns) {
            for (int i = 0; i < ROWS; i++) {
                column[i] = (float) (random.nextGaussian() * (i % 10 == 0 ? 30 : 1));
            }
        }
        return Samples.wrap(columns);
    }

    @ParameterizedTest
    @MethodSource("flows")
    void oneSampleHasTheBitsOfABatch(Flow flow) {
        FlowModel model = model(flow);
        Samples x = rows(flow.dim());
        double[] all = model.logProb(x);
        Scorer scorer = model.scorer();
        for (int turn = 0; turn < 2; turn++) {
            for (int i = 0; i < ROWS; i++) {
                assertEquals(all[i], scorer.logProb(x.row(i)), "row " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("flows")
    void allocatesNothing(Flow flow) {
        Scorer scorer = model(flow).scorer();
        float[] x = rows(flow.dim()).row(1);
        double[] last = new double[1];
        assertEquals(0, Allocation.bytesPerRun(() -> last[0] = scorer.logProb(x)));
    }

    @Test
    void wrongLengthsAreRefused() {
        Scorer scorer = model(Flows.realNvpWith(3).withContext(2).build()).scorer();
        refused("x has 2 numbers, this flow has 3 features", () -> scorer.logProb(new float[2], new float[2]));
        refused("the context has 1 numbers, this flow has 2", () -> scorer.logProb(new float[3], new float[1]));
        refused(
                "the context has 0 numbers, this flow has 2; use logProb(x, context)",
                () -> scorer.logProb(new float[3]));
    }

    private static void refused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
