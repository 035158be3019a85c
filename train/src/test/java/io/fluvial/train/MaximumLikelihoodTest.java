package io.fluvial.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fluvial.Activations;
import io.fluvial.Flow;
import io.fluvial.LogLikelihood;
import io.fluvial.Samples;
import io.fluvial.base.GaussianFit;
import io.fluvial.flows.Flows;
import io.fluvial.flows.Preparation;
import io.fluvial.nn.Activation;
import io.fluvial.nn.MaskedMlp;
import io.fluvial.nn.Mlp;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaximumLikelihoodTest {

    private static final TrainingOptions OPTIONS =
            TrainingOptions.defaults().withBatchSize(200).withEpochs(3).withSeed(7);

    @TempDir
    Path folder;

    /// x₀ ~ N(0, 1), x₁ = x₀² / 2 + N(0, 0.3²): a density with known entropy that no Gaussian matches.
    private static TrainingData banana(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] x = new float[2][count];
        for (int i = 0; i < count; i++) {
            double a = random.nextGaussian();
            x[0][i] = (float) a;
            x[1][i] = (float) (0.5 * a * a + 0.3 * random.nextGaussian());
        }
        return TrainingData.of(Samples.wrap(x));
    }

    private static Flow flow() {
        return Flows.realNvpWith(2).withLayers(4).withHidden(16, 16).build();
    }

    private static TrainingResult fit(Flow flow, TrainingOptions options) {
        return MaximumLikelihood.of(flow, options).fit(banana(1500, 1), banana(300, 2));
    }

    /// The entropy is that of two normals, log(2πe) + log 0.3; n = 20 000 test samples, whose mean log-density has
    /// a standard error below 0.008. Asserted: the fit misses the best possible by at most 0.05 nats, where the
    /// Gaussian misses 0.5.
    @Test
    @Tag("statistical")
    void fitOfAKnownTruthComesCloseToItsEntropy() {
        TrainingData test = banana(20_000, 3);
        TrainingData train = banana(20_000, 1);
        TrainingResult result =
                MaximumLikelihood.of(flow(), OPTIONS.withEpochs(20)).fit(train, banana(2000, 2));
        double best = -(Math.log(2 * Math.PI * Math.E) + Math.log(0.3));
        double flow = LogLikelihood.of(result.model().logProb(test.samples())).mean();
        double gaussian = LogLikelihood.of(GaussianFit.of(train.samples()).logProb(test.samples()))
                .mean();
        assertTrue(best - flow < 0.05, () -> "best possible " + best + ", flow " + flow);
        assertTrue(best - gaussian > 0.4, () -> "best possible " + best + ", Gaussian " + gaussian);
    }

    @Test
    void startIsTheFullGaussian() {
        TrainingData train = banana(1500, 1);
        TrainingData validation = banana(300, 2);
        TrainingResult result =
                MaximumLikelihood.of(flow(), OPTIONS.withEpochs(1)).fit(train, validation);
        double gaussian = LogLikelihood.of(GaussianFit.of(train.samples()).logProb(validation.samples()))
                .mean();
        // Float rounding of standardised values of order 1 through two layers, far below 1e-4.
        assertEquals(gaussian, result.epochs().getFirst().validation(), 1e-4);
    }

    @Test
    void sameSeedGivesSameBitsOnOneAndTwoThreads() {
        Flow flow = Flows.realNvpWith(2)
                .withLayers(4)
                .withNetwork(Mlp.factory(List.of(16), Activation.SILU, 0.2))
                .build();
        TrainingResult one = fit(flow, OPTIONS.withThreads(1));
        TrainingResult two = fit(flow, OPTIONS.withThreads(2));
        assertEquals(one.model().parameters(), two.model().parameters());
        assertEquals(one.bestValidation(), two.bestValidation());
    }

    /// With dropout, whose masks are drawn again.
    @Test
    void recomputedActivationsGiveTheSameBits() {
        Flow coupling = Flows.realNvpWith(2)
                .withLayers(4)
                .withNetwork(Mlp.factory(List.of(16), Activation.SILU, 0.2))
                .build();
        Flow autoregressive = Flows.mafWith(2)
                .withLayers(3)
                .withNetwork(MaskedMlp.factory(List.of(16), Activation.RELU, 0.3))
                .build();
        for (Flow flow : List.of(coupling, autoregressive)) {
            TrainingResult kept = fit(flow, OPTIONS);
            TrainingResult recomputed = fit(flow, OPTIONS.withActivations(Activations.RECOMPUTED));
            assertEquals(kept.model().parameters(), recomputed.model().parameters());
            assertEquals(kept.bestValidation(), recomputed.bestValidation());
        }
    }

    /// What a pullback finds has no part in the result, so a training that was abandoned goes on under the other
    /// policy.
    @Test
    void checkpointHoldsForEitherPolicy() {
        Path file = folder.resolve("policy.checkpoint");
        assertThrows(
                Killed.class,
                () -> MaximumLikelihood.of(flow(), OPTIONS)
                        .withCheckpoint(file, Duration.ofNanos(1))
                        .withListener(new Killer(9))
                        .fit(banana(1500, 1), banana(300, 2)));
        TrainingResult resumed = MaximumLikelihood.of(flow(), OPTIONS.withActivations(Activations.RECOMPUTED))
                .withCheckpoint(file, Duration.ofMinutes(1))
                .fit(banana(1500, 1), banana(300, 2));
        TrainingResult kept = fit(flow(), OPTIONS);
        assertEquals(kept.model().parameters(), resumed.model().parameters());
        assertEquals(kept.steps(), resumed.steps());
    }

    @Test
    void anotherSeedGivesOtherBits() {
        assertTrue(!fit(flow(), OPTIONS)
                .model()
                .parameters()
                .equals(fit(flow(), OPTIONS.withSeed(8)).model().parameters()));
    }

    /// Every step is a place where the process may be killed: a checkpoint is written after each, training is
    /// abandoned by an exception, and a new training goes on from the file.
    @Test
    void resumedTrainingEndsWithTheBitsOfAnUndisturbedOne() {
        TrainingResult undisturbed = fit(flow(), OPTIONS);
        Path file = folder.resolve("training.checkpoint");
        for (int killAfter : new int[] {1, 4, 9, 6}) {
            assertThrows(
                    Killed.class,
                    () -> MaximumLikelihood.of(flow(), OPTIONS)
                            .withCheckpoint(file, Duration.ofNanos(1))
                            .withListener(new Killer(killAfter))
                            .fit(banana(1500, 1), banana(300, 2)));
        }
        TrainingResult resumed = MaximumLikelihood.of(flow(), OPTIONS)
                .withCheckpoint(file, Duration.ofNanos(1))
                .fit(banana(1500, 1), banana(300, 2));
        assertEquals(undisturbed.model().parameters(), resumed.model().parameters());
        assertEquals(undisturbed.steps(), resumed.steps());
        assertEquals(
                undisturbed.epochs().stream().map(EpochReport::validation).toList(),
                resumed.epochs().stream().map(EpochReport::validation).toList());
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Abandons the training after some steps.
    private static final class Killer implements TrainingListener {
        private int left;

        Killer(int steps) {
            this.left = steps;
        }

        @Override
        public void step(int epoch, int done, int of, double meanLogProb) {
            if (--left < 0) {
                throw new Killed();
            }
        }
    }

    @Test
    void checkpointOfAFinishedTrainingGivesItsResult() {
        Path file = folder.resolve("finished.checkpoint");
        MaximumLikelihood training = MaximumLikelihood.of(flow(), OPTIONS).withCheckpoint(file, Duration.ofMinutes(1));
        TrainingResult first = training.fit(banana(1500, 1), banana(300, 2));
        TrainingResult again = training.fit(banana(1500, 1), banana(300, 2));
        assertEquals(first.model().parameters(), again.model().parameters());
        assertEquals(first.stop(), again.stop());
    }

    @Test
    void checkpointOfAnotherTrainingIsRefused() {
        Path file = folder.resolve("other.checkpoint");
        MaximumLikelihood.of(flow(), OPTIONS)
                .withCheckpoint(file, Duration.ofMinutes(1))
                .fit(banana(1500, 1), banana(300, 2));
        UncheckedIOException refused = assertThrows(
                UncheckedIOException.class,
                () -> MaximumLikelihood.of(flow(), OPTIONS.withSeed(8))
                        .withCheckpoint(file, Duration.ofMinutes(1))
                        .fit(banana(1500, 1), banana(300, 2)));
        assertEquals(
                "checkpoint " + file
                        + " belongs to a training with another flow, other options or other data; delete it"
                        + " or choose another file name",
                refused.getMessage());
    }

    @Test
    void damagedCheckpointsAreRefused() throws Exception {
        Path file = folder.resolve("damaged.checkpoint");
        MaximumLikelihood training =
                MaximumLikelihood.of(flow(), OPTIONS.withEpochs(1)).withCheckpoint(file, Duration.ofMinutes(1));
        training.fit(banana(1500, 1), banana(300, 2));
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 20, whole.length / 2, whole.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThrows(UncheckedIOException.class, () -> training.fit(banana(1500, 1), banana(300, 2)));
        }
        for (int at = 0; at < whole.length; at += 997) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            Files.write(file, flipped);
            assertThrows(UncheckedIOException.class, () -> training.fit(banana(1500, 1), banana(300, 2)));
        }
    }

    @Test
    void earlyStoppingReturnsTheBestWeights() {
        TrainingData train = banana(100, 1);
        TrainingData validation = banana(300, 2);
        TrainingResult result = MaximumLikelihood.of(
                        Flows.realNvpWith(2).withHidden(64, 64).build(),
                        OPTIONS.withBatchSize(50)
                                .withEpochs(200)
                                .withPatience(5)
                                .withEma(0)
                                .withOptimiser(AdamW.adam(5e-3))
                                .withSchedule(new Schedule.Constant()))
                .fit(train, validation);
        assertEquals(TrainingResult.Stop.NO_IMPROVEMENT, result.stop());
        double returned =
                LogLikelihood.of(result.model().logProb(validation.samples())).mean();
        assertEquals(result.bestValidation(), returned, 1e-9);
        assertTrue(result.epochs().getLast().validation() < result.bestValidation());
    }

    @Test
    void timeLimitEndsTraining() {
        TrainingResult result = fit(flow(), OPTIONS.withEpochs(1_000_000).withTime(Duration.ofMillis(300)));
        assertEquals(TrainingResult.Stop.TIME, result.stop());
    }

    @Test
    void samplesOfWeightZeroDoNotCount() {
        TrainingData clean = banana(400, 1);
        float[][] both = new float[2][800];
        float[] weights = new float[800];
        for (int i = 0; i < 800; i++) {
            weights[i] = i < 400 ? 1 : 0;
            for (int j = 0; j < 2; j++) {
                both[j][i] = i < 400 ? clean.samples().get(i, j) : 50;
            }
        }
        TrainingData weighted = TrainingData.of(Samples.wrap(both)).withWeights(weights);
        Flow flow = Flows.realNvpWith(2)
                .withLayers(2)
                .withHidden(8)
                .withPreparation(Preparation.NONE)
                .build();
        TrainingResult result = MaximumLikelihood.of(
                        flow, OPTIONS.withEpochs(30).withEma(0))
                .fit(flow.initialize(1), weighted, banana(300, 2));
        double far = result.model().logProb(new float[] {50, 50});
        assertTrue(far < -500, () -> "log-density where only weightless samples are: " + far);
    }

    /// A rate at which the first steps overflow: steps are undone until the rate is small enough.
    @Test
    void stepsThatAreNotFiniteAreUndone() {
        List<Long> undone = new ArrayList<>();
        TrainingResult result = MaximumLikelihood.of(
                        flow(),
                        OPTIONS.withOptimiser(AdamW.adam(300))
                                .withSchedule(new Schedule.Constant())
                                .withEma(0))
                .withListener(new TrainingListener() {
                    @Override
                    public void undone(long step, double rateFactor) {
                        undone.add(step);
                    }
                })
                .fit(banana(1500, 1), banana(300, 2));
        assertTrue(Double.isFinite(result.bestValidation()));
        assertTrue(!undone.isEmpty());
    }

    @Test
    void trainingThatKeepsDivergingSaysWhereAndWhatToTry() {
        TrainingDivergedException diverged = assertThrows(
                TrainingDivergedException.class,
                () -> fit(
                        flow(),
                        OPTIONS.withOptimiser(AdamW.adam(1e30))
                                .withSchedule(new Schedule.Constant())
                                .withEma(0)));
        String message = String.valueOf(diverged.getMessage());
        assertTrue(message.startsWith("training diverged at step "), message);
        assertTrue(message.contains("try a smaller learning rate (now 1.0E30)"), message);
        assertTrue(diverged.layer().length() > 3);
    }

    @Test
    void dataThatAreNotFiniteAreNamed() {
        float[][] x = {{1, 2, Float.NaN, 4}, {1, 3, 2, 1}};
        TrainingData bad = TrainingData.of(Samples.wrap(x));
        assertEquals(
                "feature 0 has a value that is not finite; remove such samples first",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> MaximumLikelihood.of(flow(), OPTIONS).fit(bad, banana(10, 1)))
                        .getMessage());
        TrainingDivergedException diverged = assertThrows(
                TrainingDivergedException.class,
                () -> MaximumLikelihood.of(flow(), OPTIONS).fit(flow().initialize(1), bad, banana(10, 1)));
        assertEquals("the data", diverged.layer());
    }
}
