package io.fluvial.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fluvial.Activations;
import io.fluvial.Flow;
import io.fluvial.Samples;
import io.fluvial.flows.Flows;
import io.fluvial.kernel.Kernels;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchGradientTest {

    private static final Flow FLOW = Flows.realNvp(3);

    private static BatchGradient gradient(int batch, Team team) {
        TrainableRanges ranges = new TrainableRanges(FLOW.parameters(), false);
        return new BatchGradient(FLOW, ranges, batch, team, Activations.KEPT, Kernels.scalar());
    }

    private static TrainingData data(int count) {
        Random random = new Random(1);
        float[][] columns = new float[3][count];
        for (float[] column : columns) {
            for (int i = 0; i < count; i++) {
                column[i] = (float) random.nextGaussian();
            }
        }
        return TrainingData.of(Samples.wrap(columns));
    }

    /// Batches of one slot, of a few and of all; nothing of one batch is left in the next, and threads change no bit.
    @ParameterizedTest
    @ValueSource(ints = {16, 100, 400, 3000})
    void everyBatchBeginsAtZero(int batch) {
        TrainingData data = data(2 * batch);
        int[] order = IntStream.range(0, 2 * batch).toArray();
        float[] theta = FLOW.initialize(1).toArray();
        try (Team one = new Team(1);
                Team three = new Team(3)) {
            BatchGradient gradient = gradient(batch, one);
            double first = gradient.run(data, order, 0, batch, theta, 1);
            float[] expected = gradient.gradient().clone();
            gradient.run(data, order, batch, batch, theta, 1);
            gradient.run(data, order, batch, batch / 2, theta, 1); // the last of an epoch is shorter
            assertEquals(first, gradient.run(data, order, 0, batch, theta, 1));
            assertArrayEquals(expected, gradient.gradient());
            BatchGradient other = gradient(batch, three);
            other.run(data, order, batch, batch, theta, 1);
            assertEquals(first, other.run(data, order, 0, batch, theta, 1));
            assertArrayEquals(expected, other.gradient());
            assertEquals(gradient.norm(), other.norm());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 400})
    void normIsTheRootOfTheSumOfSquares(int batch) {
        try (Team team = new Team(1)) {
            BatchGradient gradient = gradient(batch, team);
            gradient.run(
                    data(batch),
                    IntStream.range(0, batch).toArray(),
                    0,
                    batch,
                    FLOW.initialize(1).toArray(),
                    1);
            double sum = 0;
            for (float g : gradient.gradient()) {
                sum += (double) g * g; // all parameters of this flow are trained
            }
            assertEquals(Math.sqrt(sum), gradient.norm(), 1e-14 * gradient.norm() * gradient.gradient().length);
        }
    }
}
