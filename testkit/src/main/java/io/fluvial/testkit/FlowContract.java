package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluvial.Activations;
import io.fluvial.Block;
import io.fluvial.Flow;
import io.fluvial.FlowModel;
import io.fluvial.FlowPass;
import io.fluvial.ParameterLayout;
import io.fluvial.Parameters;
import io.fluvial.Pullback;
import io.fluvial.Samples;
import io.fluvial.Scorer;
import io.fluvial.kernel.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Everything a [Flow] promises as a density: it integrates to 1, its draws follow it, and neither threads nor seeds
/// surprise. [#domain()] is the support of the data.
public abstract class FlowContract {

    /// Rounding of x to float moves a density by 10⁻⁷ of itself times its score; the rest is the rule's own error
    /// where a ReLU network bends the density.
    private static final double QUADRATURE = 2e-3;

    private static final int DRAWS = 20_000;

    /// Standard errors: |Z| > 6 has probability 2e-9 under the normal approximation of a mean of 20 000 draws.
    private static final double Z = 6;

    /// The flow under test; every call makes an equal one.
    protected abstract Flow subject();

    /// Where data may be.
    protected Domain domain() {
        return Domain.real();
    }

    /// How many times more than a few roundings a result may be off.
    protected double slack() {
        return 1;
    }

    private double rounding() {
        return GradientContract.ROUNDINGS * GradientContract.EPS * slack();
    }

    /// See [GradientContract#smooth()].
    protected boolean smooth() {
        return true;
    }

    /// Parameters to test at: the start, moved by about 0.2.
    protected Parameters parameters() {
        RandomGenerator random = new SplittableRandom(1);
        Parameters start = subject().initialize(2);
        float[] theta = start.toArray();
        for (ParameterLayout.Slice slice : start.layout().slices()) {
            for (int k = slice.offset(); k < slice.offset() + slice.size(); k++) {
                double step = 0.2 * random.nextGaussian();
                theta[k] = (float) (slice.trainable() || theta[k] == 0 ? theta[k] + step : theta[k] * Math.exp(step));
            }
        }
        return Parameters.of(start.layout(), theta);
    }

    private FlowModel model() {
        return FlowModel.of(subject(), parameters());
    }

    private Samples context(int count, boolean same) {
        RandomGenerator random = new SplittableRandom(3);
        float[][] columns = new float[subject().contextDim()][count];
        for (float[] column : columns) {
            float first = (float) random.nextGaussian();
            for (int i = 0; i < count; i++) {
                column[i] = same ? first : (float) random.nextGaussian();
            }
        }
        return columns.length == 0 ? Samples.none(count) : Samples.wrap(columns);
    }

    private Samples data(int count) {
        RandomGenerator random = new SplittableRandom(4);
        float[][] columns = new float[subject().dim()][count];
        for (float[] column : columns) {
            for (int i = 0; i < count; i++) {
                column[i] = domain().draw(random, 1);
            }
        }
        return Samples.wrap(columns);
    }

    @Test
    public final void densityIntegratesToOne() {
        assumeTrue(subject().dim() <= 2, "quadrature is for 1 or 2 features");
        Quadrature quadrature = Quadrature.of(domain(), subject().dim());
        assertEquals(1, quadrature.mass(density(quadrature)), QUADRATURE);
    }

    private double[] density(Quadrature quadrature) {
        return model().logProb(Samples.wrap(quadrature.points()), context(quadrature.count(), true));
    }

    /// n = 20 000, mean of −log p of draws against the entropy by quadrature, |z| < 6, false alarm 2e-9.
    @Test
    @Tag("statistical")
    public final void drawsHaveTheEntropyOfTheDensity() {
        assumeTrue(subject().dim() <= 2, "quadrature is for 1 or 2 features");
        Quadrature quadrature = Quadrature.of(domain(), subject().dim());
        double entropy = quadrature.entropy(density(quadrature));
        FlowModel.Drawn drawn = model().sampleAndLogProb(context(DRAWS, true), 5);
        double mean = 0;
        double square = 0;
        for (int i = 0; i < DRAWS; i++) {
            mean -= drawn.logProb(i) / DRAWS;
            square += drawn.logProb(i) * drawn.logProb(i) / DRAWS;
        }
        double error = Math.sqrt((square - mean * mean) / DRAWS);
        assertEquals(entropy, mean, Z * error + QUADRATURE * (1 + Math.abs(entropy)));
    }

    @Test
    public final void logProbOfDrawsIsTheDensityThere() {
        FlowModel model = model();
        Samples context = context(300, false);
        FlowModel.Drawn drawn = model.sampleAndLogProb(context, 6);
        double[] again = model.logProb(drawn.samples(), context);
        Samples score = model.score(drawn.samples(), context);
        for (int i = 0; i < 300; i++) {
            double size = 1 + Math.abs(again[i]);
            for (int j = 0; j < model.dim(); j++) {
                // x is off by EPS · (1 + |x|), which the score multiplies
                size += Math.abs(score.get(i, j))
                        * (1 + Math.abs(drawn.samples().get(i, j)));
            }
            assertEquals(again[i], drawn.logProb(i), rounding() * size, "draw " + i);
        }
    }

    @Test
    public final void scoreIsTheGradientOfTheDensity() {
        FlowModel model = model();
        int count = 60;
        Samples x = data(count);
        Samples context = context(count, false);
        Samples score = model.score(x, context);
        double[] logProb = model.logProb(x, context);
        for (int j = 0; j < model.dim(); j++) {
            int feature = j;
            Derivative slope = Derivative.of(t -> model.logProb(moved(x, feature, t), context));
            double[] backward = new double[count];
            double[] scale = new double[count];
            for (int i = 0; i < count; i++) {
                backward[i] = score.get(i, j) * power(domain().room(x.get(i, j)));
                scale[i] = 1 + Math.abs(logProb[i]) + Math.abs(backward[i]);
            }
            GradientContract.compare(slope, backward, scale, smooth(), "x[" + j + "]");
        }
    }

    private Samples moved(Samples x, int feature, double t) {
        float[][] columns = new float[x.dim()][];
        Arrays.setAll(columns, x::column);
        for (int i = 0; i < x.count(); i++) {
            columns[feature][i] += (float) (t * power(domain().room(x.get(i, feature))));
        }
        return Samples.wrap(columns);
    }

    private static double power(double room) {
        return Math.scalb(1, Math.getExponent(room));
    }

    @Test
    public final void dataOfTheLatentIsTheData() {
        FlowModel model = model();
        Samples context = context(300, false);
        Samples x = model.sample(context, 7);
        Samples latent = model.toLatent(x, context);
        Samples there = model.toLatent(model.toData(latent, context), context);
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < model.dim(); j++) {
                // compared in the latent, where numbers are of size 1 whatever the units of the data
                assertEquals(latent.get(i, j), there.get(i, j), 16 * rounding() * (1 + Math.abs(latent.get(i, j))));
            }
        }
    }

    @Test
    public final void threadsDoNotChangeABit() {
        FlowModel one = model().withThreads(1);
        FlowModel two = model().withThreads(2);
        Samples context = context(1000, false);
        Samples x = data(1000);
        assertArrayEquals(one.logProb(x, context), two.logProb(x, context), "densities");
        assertSame(one.sample(context, 8), two.sample(context, 8));
        assertSame(one.score(x, context), two.score(x, context));
    }

    private static void assertSame(Samples expected, Samples actual) {
        for (int j = 0; j < expected.dim(); j++) {
            assertArrayEquals(expected.column(j), actual.column(j), "feature " + j);
        }
    }

    @Test
    public final void drawsDependOnTheSeedAlone() {
        FlowModel model = model();
        Samples context = context(300, false);
        assertSame(model.sample(context, 9), model.sample(context, 9));
        assertNotEquals(
                model.sample(context, 9).get(0, 0), model.sample(context, 10).get(0, 0));
        Samples drawn = model.sample(context, 9);
        assertNotEquals(drawn.get(0, 0), drawn.get(128, 0), "blocks have streams of their own");
    }

    @Test
    public final void densityOfARowDoesNotDependOnOthers() {
        FlowModel model = model();
        Samples x = data(300);
        Samples context = context(300, false);
        double[] all = model.logProb(x, context);
        for (int i : new int[] {0, 127, 128, 299}) {
            assertEquals(all[i], model.logProb(x.range(i, i + 1), context.range(i, i + 1))[0], 0.0, "row " + i);
        }
        assertEquals(0, model.logProb(x.range(0, 0), context.range(0, 0)).length);
    }

    /// Also right after a row with a NaN, which must leave nothing behind.
    @Test
    public final void scorerGivesTheBitsOfABatch() {
        FlowModel model = model();
        Samples x = data(40);
        Samples context = context(40, false);
        double[] all = model.logProb(x, context);
        Scorer scorer = model.scorer();
        float[] nan = new float[model.dim()];
        Arrays.fill(nan, Float.NaN);
        for (int i = 0; i < 40; i++) {
            assertEquals(all[i], scorer.logProb(x.row(i), context.row(i)), "row " + i);
            assertEquals(Double.NaN, scorer.logProb(nan, context.row(i)), "a row of NaN");
        }
    }

    @Test
    public final void nanInARowGivesNanForThatRow() {
        FlowModel model = model();
        Samples context = context(200, false);
        double[] before = model.logProb(data(200), context);
        for (int j = 0; j < model.dim(); j++) {
            float[][] columns = new float[model.dim()][];
            Arrays.setAll(columns, data(200)::column);
            columns[j][130] = Float.NaN;
            double[] after = model.logProb(Samples.wrap(columns), context);
            assertTrue(Double.isNaN(after[130]), "density of a row with NaN is " + after[130]);
            after[130] = before[130];
            assertArrayEquals(before, after, "densities of the other rows");
        }
    }

    /// Gradients of densities and of draws, with hidden values kept and computed again.
    @Test
    public final void recomputedActivationsGiveTheSameBits() {
        float[][] kept = gradients(Activations.KEPT);
        float[][] recomputed = gradients(Activations.RECOMPUTED);
        for (int k = 0; k < kept.length; k++) {
            assertArrayEquals(kept[k], recomputed[k]);
        }
    }

    /// The cotangents of data, then latents, and those of the parameters, of log p for both.
    private float[][] gradients(Activations activations) {
        Flow flow = subject();
        int count = 50;
        FlowPass pass = FlowPass.keepingFor(flow, 64, activations, Kernels.best());
        Block block = pass.block();
        Pullback g = Pullback.of(block, flow.contextDim());
        block.bind(parameters().toArray());
        float[][] theta = new float[2][flow.parameters().size()];
        Arrays.fill(g.gLogDet(), 0, count, 1f);

        g.bind(theta[0]);
        pass.load(data(count), context(count, false), 0, count);
        pass.logProb();
        pass.logProbVjp(g);
        float[] gX = Arrays.copyOfRange(g.data(), pass.x(), pass.x() + flow.dim() * block.lanes());

        g.bind(theta[1]);
        pass.begin(context(count, false), 0, count);
        pass.sample(new SplittableRandom(11));
        Arrays.fill(g.data(), pass.x(), pass.x() + flow.dim() * block.lanes(), 0.5f);
        pass.sampleVjp(g);
        float[] gY = Arrays.copyOfRange(g.data(), pass.y(), pass.y() + flow.dim() * block.lanes());
        return new float[][] {gX, theta[0], gY, theta[1]};
    }

    @Test
    public final void wrongShapesAreRefused() {
        FlowModel model = model();
        int dim = model.dim();
        int contextDim = model.contextDim();
        Samples wide = Samples.wrap(new float[dim + 1][5]);
        assertEquals(
                "samples have " + (dim + 1) + " features, the flow has " + dim,
                assertThrows(IllegalArgumentException.class, () -> model.logProb(wide, context(5, true)))
                        .getMessage());
        Samples wideContext = Samples.wrap(new float[contextDim + 1][5]);
        assertEquals(
                "context has " + (contextDim + 1) + " columns, the flow expects " + contextDim + " (contextDim)",
                assertThrows(IllegalArgumentException.class, () -> model.logProb(data(5), wideContext))
                        .getMessage());
        assertEquals(
                "context has 4 rows, the samples 5",
                assertThrows(IllegalArgumentException.class, () -> model.logProb(data(5), context(4, true)))
                        .getMessage());
    }

    @Test
    public final void equalDescriptionsAreEqual() {
        assertEquals(subject(), subject());
        assertEquals(subject().hashCode(), subject().hashCode());
        assertEquals(subject().toString(), subject().toString());
        assertEquals(subject().initialize(1), subject().initialize(1));
    }
}
