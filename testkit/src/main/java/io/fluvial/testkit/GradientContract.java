package io.fluvial.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fluvial.ParameterLayout;
import io.fluvial.kernel.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What bijectors, conditioners and distributions promise alike: right gradients, samples that do not see each other,
/// the same bits again and again, and no garbage. Extend one of its three children.
///
/// Gradients are compared along random directions, through a random linear function F of all results of a sample (the
/// outputs and the log-det or log-density), so that one number tests a whole row of the Jacobian. Every sample is an
/// experiment of its own.
public abstract sealed class GradientContract permits BijectorContract, ConditionerContract, BaseDistributionContract {

    /// Relative spacing of floats, 2⁻²³: twice the rounding error of one operation.
    static final double EPS = 0x1p-23;

    /// How far a result may be off, in multiples of EPS times its size: a handful of roundings in a map, some more in
    /// a network of width 16 whose sums cancel.
    static final double ROUNDINGS = 64;

    /// Share of directions that may prove nothing because the function bends too much within the step, or, where it
    /// has kinks, because one lies there. A wrong gradient is wrong in nearly all directions.
    static final double INCONCLUSIVE = 0.34;

    static final int SAMPLES = 48;

    /// Where inputs are drawn. The default: around 0 with deviation 1.5.
    protected Domain domain() {
        return Domain.real();
    }

    /// Seed of everything that is drawn.
    protected long seed() {
        return 20_260_101;
    }

    /// Whether results have two continuous derivatives. Where they do not (ReLU, ELU), differences across a kink say
    /// nothing, so a third of them may disagree.
    protected boolean smooth() {
        return true;
    }

    /// Whether a walk makes garbage: true of the generic `inverseVjp` alone.
    protected boolean allocates() {
        return false;
    }

    /// Kernels under test. The default: the scalar ones, the reference; `scalarAndBestKernelsAgree` covers others.
    protected Kernels kernels() {
        return Kernels.scalar();
    }

    /// Writes parameters to test at; `theta` holds the starting values. The default moves trainable parameters by
    /// about 0.3 and scales fixed ones, which may have to stay positive.
    protected void disturb(ParameterLayout layout, float[] theta, RandomGenerator random) {
        for (ParameterLayout.Slice slice : layout.slices()) {
            for (int k = slice.offset(); k < slice.offset() + slice.size(); k++) {
                double step = 0.3 * random.nextGaussian();
                theta[k] =
                        Domain.onGrid(slice.trainable() || theta[k] == 0 ? theta[k] + step : theta[k] * Math.exp(step));
            }
        }
    }

    abstract Stage stage();

    abstract void initialize(float[] theta, int at, RandomGenerator random);

    final RandomGenerator random() {
        return new SplittableRandom(seed());
    }

    final float[] parameters(RandomGenerator random) {
        float[] theta = new float[stage().parameters().size()];
        initialize(theta, 0, random);
        disturb(stage().parameters(), theta, random);
        return theta;
    }

    final Point draw(int count, RandomGenerator random) {
        return Point.draw(stage(), domain(), parameters(random), count, 1, random);
    }

    final Probe probe() {
        return Probe.keeping(stage(), kernels());
    }

    static float[][] gaussians(int rows, int count, RandomGenerator random) {
        float[][] drawn = new float[rows][count];
        for (float[] row : drawn) {
            for (int i = 0; i < count; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return drawn;
    }

    // ---- gradients -------------------------------------------------------------------------------------------------

    /// A random linear function of a stage's results, one number per sample.
    static final class Functional {
        final float[][] w;
        final float[] v;

        Functional(Stage stage, int count, RandomGenerator random) {
            this.w = gaussians(stage.outputs(), count, random);
            this.v = gaussians(1, count, random)[0];
        }

        double[] of(Probe.Image image) {
            double[] f = new double[v.length];
            for (int i = 0; i < f.length; i++) {
                f[i] = v[i] * image.logDet[i];
                for (int j = 0; j < w.length; j++) {
                    f[i] += (double) w[j][i] * image.values[j][i];
                }
            }
            return f;
        }

        /// How large the summands are: what rounding is relative to.
        double[] scale(Probe.Image image) {
            double[] scale = new double[v.length];
            for (int i = 0; i < scale.length; i++) {
                scale[i] = 1 + Math.abs(v[i] * image.logDet[i]);
                for (int j = 0; j < w.length; j++) {
                    scale[i] += Math.abs((double) w[j][i] * image.values[j][i]);
                }
            }
            return scale;
        }
    }

    /// ⟨J d, w⟩ = ⟨d, Jᵀ w⟩ for the inputs: forward by differences, backward by the pullback.
    @Test
    public final void pullbackIsTheAdjointOfTheDerivativeInTheInputs() {
        assumeTrue(stage().inputs() > 0, "no inputs");
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(SAMPLES, random);
        for (int trial = 0; trial < 3; trial++) {
            adjoint(probe, at, at.alongX(domain(), random), new Functional(stage(), SAMPLES, random), "x");
        }
    }

    @Test
    public final void pullbackIsTheAdjointOfTheDerivativeInTheContext() {
        assumeTrue(stage().contextDim() > 0, "no context");
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(SAMPLES, random);
        for (int trial = 0; trial < 3; trial++) {
            adjoint(probe, at, at.alongContext(random), new Functional(stage(), SAMPLES, random), "context");
        }
    }

    private void adjoint(Probe probe, Point at, Point direction, Functional functional, String where) {
        Derivative forward = Derivative.of(t -> functional.of(probe.forward(at.moved(direction, t))));
        double[] scale = functional.scale(probe.forward(at));
        Probe.Gradient gradient = probe.forwardVjp(functional.w, functional.v);
        double[] backward = along(gradient, direction, at.count());
        compare(forward, backward, scale, smooth(), where);
    }

    static double[] along(Probe.Gradient gradient, Point direction, int count) {
        double[] sum = new double[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < direction.x.length; j++) {
                sum[i] += direction.x[j][i] == 0 ? 0 : (double) direction.x[j][i] * gradient.values[j][i];
            }
            for (int j = 0; j < direction.context.length; j++) {
                sum[i] += (double) direction.context[j][i] * gradient.context[j][i];
            }
        }
        return sum;
    }

    /// The pullback must agree with the differences to their own error estimate, and enough of these must be sharp.
    static void compare(Derivative forward, double[] backward, double[] scale, boolean smooth, String where) {
        int vague = 0;
        for (int i = 0; i < backward.length; i++) {
            double rounding = 4 * EPS * scale[i] / Derivative.SMALLEST_STEP;
            double tolerance = 10 * forward.error[i] + rounding;
            boolean agree = Math.abs(backward[i] - forward.value[i]) <= tolerance;
            if (!agree && (smooth || Double.isNaN(backward[i]))) {
                throw new AssertionError("derivative in " + where + ", sample " + i + ": the pullback says "
                        + backward[i] + ", differences say " + forward.value[i] + " ± " + tolerance);
            }
            if (!agree || tolerance > 0.02 * (scale[i] + Math.abs(forward.value[i]))) {
                vague++;
            }
        }
        assertTrue(
                vague <= INCONCLUSIVE * backward.length,
                vague + " of " + backward.length + " differences in " + where
                        + " disagree or are too rough to prove anything: correct the gradient, or choose a gentler domain or smaller parameters");
    }

    /// The same for the parameters, through the sum over a few samples.
    @Test
    public final void pullbackIsTheAdjointOfTheDerivativeInTheParameters() {
        ParameterLayout layout = stage().parameters();
        assumeTrue(layout.trainableSize() > 0, "no trainable parameters");
        RandomGenerator random = random();
        Probe probe = probe();
        int trials = 16;
        int few = 3;
        double[] backward = new double[trials];
        double[] scale = new double[trials];
        Derivative[] forward = new Derivative[trials];
        for (int trial = 0; trial < trials; trial++) {
            Point at = draw(few, random);
            Functional functional = new Functional(stage(), few, random);
            Point direction = at.alongParameters(layout, random);
            forward[trial] =
                    Derivative.of(t -> new double[] {sum(functional.of(probe.forward(at.moved(direction, t))))});
            scale[trial] = sum(functional.scale(probe.forward(at)));
            Probe.Gradient gradient = probe.forwardVjp(functional.w, functional.v);
            backward[trial] = dot(gradient.theta, direction.theta);
        }
        compare(Derivative.join(forward), backward, scale, smooth(), "parameters");
    }

    static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += b[k] == 0 ? 0 : (double) a[k] * b[k];
        }
        return sum;
    }

    /// |F(x + h d) − F(x) − h · ∇F d| falls like h², in inputs, context and parameters together.
    @Test
    public final void remainderOfFirstOrderFallsWithTheSquareOfTheStep() {
        RandomGenerator random = random();
        Probe probe = probe();
        int few = 16;
        double[] remainder = new double[4];
        double noise = 0;
        for (int trial = 0; trial < 6; trial++) {
            Point at = draw(few, random);
            Functional functional = new Functional(stage(), few, random);
            Point inX = at.alongX(domain(), random);
            Point direction = new Point(
                    few,
                    inX.x,
                    at.alongContext(random).context,
                    at.alongParameters(stage().parameters(), random).theta);
            Probe.Image image = probe.forward(at);
            double start = sum(functional.of(image));
            noise += 4 * EPS * sum(functional.scale(image));
            Probe.Gradient gradient = probe.forwardVjp(functional.w, functional.v);
            double slope = sum(along(gradient, direction, at.count())) + dot(gradient.theta, direction.theta);
            for (int k = 0; k < remainder.length; k++) {
                double h = 0x1p-3 / (1 << k);
                remainder[k] += Math.abs(sum(functional.of(probe.forward(at.moved(direction, h)))) - start - h * slope);
            }
        }
        double order = Math.log(remainder[0] / remainder[3]) / Math.log(8);
        // 1.6 rather than 2: third-order terms bend the line. A kink adds a term of order 2 on average over directions,
        // but
        // few of them are hit. A wrong gradient gives 1.
        assertTrue(
                remainder[3] <= noise || order >= (smooth() ? 1.6 : 1.3),
                "remainders " + Arrays.toString(remainder) + " for halved steps fall with order " + order
                        + " instead of 2: a gradient is wrong");
    }

    /// The gradient of a block is the sum over its samples: lanes that hold no sample add nothing.
    @Test
    public final void parameterGradientIsTheSumOverSamples() {
        assumeTrue(stage().parameters().size() > 0, "no parameters");
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(17, random);
        Functional functional = new Functional(stage(), 17, random);
        probe.forward(at);
        float[] together = probe.forwardVjp(functional.w, functional.v).theta;
        double[] sum = new double[together.length];
        double[] sizes = new double[together.length];
        for (int i = 0; i < 17; i++) {
            probe.forward(at.select(i));
            float[] one = probe.forwardVjp(
                            Point.select(functional.w, i), Point.select(new float[][] {functional.v}, i)[0])
                    .theta;
            for (int k = 0; k < sum.length; k++) {
                sum[k] += one[k];
                sizes[k] += Math.abs(one[k]);
            }
        }
        for (int k = 0; k < sum.length; k++) {
            assertEquals(sum[k], together[k], ROUNDINGS * EPS * (sizes[k] + 1e-3), "parameter " + k);
        }
    }

    // ---- added, absent ---------------------------------------------------------------------------------------------

    @Test
    public final void parameterGradientsAreAdded() {
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(20, random);
        Functional functional = new Functional(stage(), 20, random);
        float[] start = gaussians(1, stage().parameters().size(), random)[0];
        probe.forward(at);
        float[] alone = probe.forwardVjp(functional.w, functional.v).theta;
        float[] added = probe.forwardVjp(functional.w, functional.v, start, true).theta;
        for (int k = 0; k < alone.length; k++) {
            double size = Math.abs(alone[k]) + Math.abs(start[k]);
            assertEquals(start[k] + alone[k], added[k], 20 * EPS * size + 1e-6, "parameter " + k);
        }
    }

    @Test
    public final void inputGradientsDoNotNeedParameterGradients() {
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(20, random);
        Functional functional = new Functional(stage(), 20, random);
        probe.forward(at);
        Probe.Gradient with = probe.forwardVjp(functional.w, functional.v);
        Probe.Gradient without = probe.forwardVjp(functional.w, functional.v, new float[with.theta.length], false);
        assertBits(with.values, without.values, "input gradients");
        assertBits(with.context, without.context, "context gradients");
    }

    // ---- lanes -----------------------------------------------------------------------------------------------------

    /// A sample's results and input gradients do not depend on how many others there are.
    @Test
    public final void resultsDoNotDependOnTheCount() {
        RandomGenerator random = random();
        Probe probe = probe();
        Point all = draw(Probe.LANES, random);
        Functional functional = new Functional(stage(), Probe.LANES, random);
        Probe.Image image = probe.forward(all);
        Probe.Gradient gradient = probe.forwardVjp(functional.w, functional.v);
        for (int count : new int[] {1, 15, 16, 17, 100}) {
            int[] first = new int[count];
            Arrays.setAll(first, i -> i);
            assertSame(probe, all, functional, image, gradient, first, count + " samples");
        }
    }

    /// Nor on which others there are, nor on its place among them: to the bit.
    @Test
    public final void resultsDoNotDependOnTheNeighbours() {
        RandomGenerator random = random();
        Probe probe = probe();
        Point all = draw(Probe.LANES, random);
        Functional functional = new Functional(stage(), Probe.LANES, random);
        Probe.Image image = probe.forward(all);
        Probe.Gradient gradient = probe.forwardVjp(functional.w, functional.v);
        int[] reversed = new int[Probe.LANES];
        Arrays.setAll(reversed, i -> Probe.LANES - 1 - i);
        assertSame(probe, all, functional, image, gradient, reversed, "reversed");
        assertSame(probe, all, functional, image, gradient, new int[] {77, 3, 64, 127, 5}, "a few");
        assertSame(probe, all, functional, image, gradient, new int[] {101}, "alone");
    }

    private void assertSame(
            Probe probe,
            Point all,
            Functional functional,
            Probe.Image image,
            Probe.Gradient gradient,
            int[] samples,
            String what) {
        if (stage().inputs() + stage().contextDim() == 0) {
            return;
        }
        Probe.Image part = probe.forward(all.select(samples));
        Probe.Gradient partGradient = probe.forwardVjp(
                Point.select(functional.w, samples), Point.select(new float[][] {functional.v}, samples)[0]);
        assertBits(Point.select(image.values, samples), part.values, what + ": results");
        for (int k = 0; k < samples.length; k++) {
            assertEquals(image.logDet[samples[k]], part.logDet[k], 0.0, what + ": log-det of sample " + samples[k]);
        }
        assertBits(Point.select(gradient.values, samples), partGradient.values, what + ": input gradients");
        assertBits(Point.select(gradient.context, samples), partGradient.context, what + ": context gradients");
    }

    /// A NaN among a sample's inputs shows in its own results and in nobody else's.
    @Test
    public final void nanStaysWithItsSample() {
        RandomGenerator random = random();
        Probe probe = probe();
        int count = 40;
        Point at = draw(count, random);
        Functional functional = new Functional(stage(), count, random);
        Probe.Image image = probe.forward(at);
        Probe.Gradient gradient = probe.forwardVjp(functional.w, functional.v);
        int[] others = new int[count - 1];
        for (int row = 0; row < stage().inputs() + stage().contextDim(); row++) {
            int hit = (7 + 11 * row) % count;
            Arrays.setAll(others, i -> i < hit ? i : i + 1);
            Point poisoned = at.first(count);
            float[][] rows = row < stage().inputs() ? poisoned.x : poisoned.context;
            rows[row < stage().inputs() ? row : row - stage().inputs()][hit] = Float.NaN;
            Probe.Image after = probe.forward(poisoned);
            Probe.Gradient gradientAfter = probe.forwardVjp(functional.w, functional.v);
            assertBits(Point.select(image.values, others), Point.select(after.values, others), "results of others");
            assertBits(
                    Point.select(gradient.values, others),
                    Point.select(gradientAfter.values, others),
                    "input gradients of others");
            for (int i : others) {
                assertEquals(image.logDet[i], after.logDet[i], 0.0, "log-det of sample " + i);
            }
            boolean shows = Double.isNaN(after.logDet[hit]);
            for (float[] values : after.values) {
                shows |= Float.isNaN(values[hit]);
            }
            assertTrue(shows || ignores(row), "a NaN in input row " + row + " vanished");
        }
    }

    /// Whether input row k (context columns come after the features) has no influence at all, so that a NaN in it may
    /// vanish.
    protected boolean ignores(int row) {
        return false;
    }

    // ---- bits and bytes --------------------------------------------------------------------------------------------

    @Test
    public final void secondRunGivesTheSameBits() {
        RandomGenerator random = random();
        Probe probe = probe();
        Point at = draw(50, random);
        Functional functional = new Functional(stage(), 50, random);
        Probe.Image first = probe.forward(at);
        Probe.Gradient firstGradient = probe.forwardVjp(functional.w, functional.v);
        probe.forward(draw(Probe.LANES, random));
        probe.forwardVjp(gaussians(stage().outputs(), Probe.LANES, random), new float[Probe.LANES]);
        Probe.Image second = probe.forward(at);
        Probe.Gradient secondGradient = probe.forwardVjp(functional.w, functional.v);
        assertBits(first.values, second.values, "results");
        assertArrayEquals(first.logDet, second.logDet, "log-det");
        assertBits(firstGradient.values, secondGradient.values, "input gradients");
        assertBits(firstGradient.context, secondGradient.context, "context gradients");
        assertBits(new float[][] {firstGradient.theta}, new float[][] {secondGradient.theta}, "parameter gradients");
    }

    /// Buffers that neighbours share change nothing.
    @Test
    public final void transientAndKeepingWorkspacesGiveTheSameBits() {
        RandomGenerator random = random();
        Point at = draw(50, random);
        Probe.Image kept = probe().forward(at);
        Probe.Image shared = Probe.transientOn(stage(), kernels()).forward(at);
        assertBits(kept.values, shared.values, "results");
        assertArrayEquals(kept.logDet, shared.logDet, "log-det");
    }

    /// 0 bytes per block: the hot path of scoring and training makes no garbage.
    @Test
    public final void nothingIsAllocatedOnceWarm() {
        assumeTrue(!allocates(), "runs the generic pullback through an inverse");
        Probe probe = probe();
        probe.forward(draw(32, random()));
        Stage stage = stage();
        assertEquals(0, Allocation.bytesPerRun(() -> stage.forward(probe.pass())), "bytes per forward walk");
        assertEquals(
                0,
                Allocation.bytesPerRun(() -> stage.forwardVjp(probe.pass(), probe.pullback())),
                "bytes per pullback");
    }

    /// Vector kernels may sum in another order and round an exp differently, nothing else.
    @Test
    public final void scalarAndBestKernelsAgree() {
        RandomGenerator random = random();
        Point at = draw(100, random);
        Functional functional = new Functional(stage(), 100, random);
        Probe scalar = Probe.keeping(stage(), Kernels.scalar());
        Probe best = Probe.keeping(stage(), Kernels.best());
        Probe.Image expected = scalar.forward(at);
        Probe.Image actual = best.forward(at);
        assertClose(expected.values, actual.values, "results");
        for (int i = 0; i < 100; i++) {
            assertEquals(
                    expected.logDet[i],
                    actual.logDet[i],
                    ROUNDINGS * EPS * (1 + Math.abs(expected.logDet[i])) * (1 + stage().outputs()),
                    "log-det of sample " + i);
        }
        Probe.Gradient expectedGradient = scalar.forwardVjp(functional.w, functional.v);
        Probe.Gradient actualGradient = best.forwardVjp(functional.w, functional.v);
        assertClose(expectedGradient.values, actualGradient.values, "input gradients");
        assertClose(expectedGradient.context, actualGradient.context, "context gradients");
        assertClose(
                new float[][] {expectedGradient.theta}, new float[][] {actualGradient.theta}, "parameter gradients");
    }

    /// Kernels that do not sum over lanes differ by nothing between lanes; the size of a whole matrix is what the
    /// rounding of one of its sums is relative to.
    private static void assertClose(float[][] expected, float[][] actual, String what) {
        double size = 1;
        for (float[] row : expected) {
            for (float value : row) {
                size = Math.max(size, Math.abs(value));
            }
        }
        for (int j = 0; j < expected.length; j++) {
            for (int i = 0; i < expected[j].length; i++) {
                assertEquals(expected[j][i], actual[j][i], ROUNDINGS * EPS * size, what + " [" + j + "][" + i + "]");
            }
        }
    }

    static void assertBits(float[][] expected, float[][] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int j = 0; j < expected.length; j++) {
            assertArrayEquals(expected[j], actual[j], what + ", row " + j);
        }
    }

    // ---- description -----------------------------------------------------------------------------------------------

    abstract Object description();

    /// Two descriptions made alike are one and the same value, and print as one.
    @Test
    public final void equalDescriptionsAreEqual() {
        Object one = description();
        Object other = description();
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertEquals(one.toString(), other.toString());
        assertTrue(!one.toString().contains("@"), "toString shows an identity: " + one);
    }

    @Test
    public final void startingValuesDependOnTheSeedAlone() {
        int size = stage().parameters().size();
        float[] padded = new float[size + 9];
        float[] plain = new float[size];
        initialize(padded, 4, new SplittableRandom(5));
        initialize(plain, 0, new SplittableRandom(5));
        assertArrayEquals(plain, Arrays.copyOfRange(padded, 4, 4 + size));
        assertArrayEquals(new float[4], Arrays.copyOf(padded, 4), "values before the slice");
        assertArrayEquals(new float[5], Arrays.copyOfRange(padded, 4 + size, size + 9), "values after the slice");
    }
}
