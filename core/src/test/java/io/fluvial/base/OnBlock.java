package io.fluvial.base;

import io.fluvial.BaseDistribution;
import io.fluvial.Block;
import io.fluvial.Pass;
import io.fluvial.Pullback;
import io.fluvial.Workspace;
import io.fluvial.kernel.Kernels;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A distribution with numbers on a block of its own: what a test asks it. Samples are rows here, `[count][dim]`.
///
/// Its parameters stand behind three numbers of somebody else, and the lanes behind the last sample hold NaN before
/// they are filled, so that a wrong offset shows.
final class OnBlock {

    private static final int LANES = 64;
    private static final int AT = 3;

    private final BaseDistribution distribution;
    private final int x;
    private final Pass pass;
    private final Block block;
    private final Pullback g;
    private final float[] theta;
    private final float[] gTheta;

    OnBlock(BaseDistribution distribution) {
        this.distribution = distribution;
        Workspace w = Workspace.keepingFor(LANES, distribution.contextDim());
        w.rows(2);
        this.x = w.rows(distribution.dim());
        this.pass = distribution.place(w, x, AT);
        this.block = w.allocate(Kernels.scalar());
        this.g = Pullback.of(block, distribution.contextDim());
        this.theta = new float[AT + distribution.parameters().size()];
        this.gTheta = new float[theta.length];
        Arrays.fill(theta, 0, AT, Float.NaN);
        block.bind(theta);
        g.bind(gTheta);
    }

    OnBlock initialize(RandomGenerator random) {
        distribution.initialize(theta, AT, random);
        return this;
    }

    /// Parameters drawn around the start, multiples of 1/1024 so that differences of them are exact.
    OnBlock randomize(double scale, RandomGenerator random) {
        initialize(random);
        for (int k = 0; k < parameterCount(); k++) {
            set(k, Math.rint(1024 * (get(k) + scale * random.nextGaussian())) / 1024);
        }
        return this;
    }

    int parameterCount() {
        return theta.length - AT;
    }

    float get(int k) {
        return theta[AT + k];
    }

    OnBlock set(int k, double value) {
        theta[AT + k] = (float) value;
        return this;
    }

    private void load(float[][] rows, int at, int dim) {
        for (int j = 0; j < dim; j++) {
            for (int i = 0; i < block.active(); i++) {
                block.data()[at + j * LANES + i] = rows[Math.min(i, rows.length - 1)][j];
            }
        }
    }

    private void begin(float[][] context, int n) {
        Arrays.fill(block.data(), Float.NaN);
        block.begin(n);
        load(context, block.context(), distribution.contextDim());
    }

    /// log p of at most 64 samples; a context of one row stands for all.
    double[] logProb(float[][] samples, float[][] context) {
        begin(context, samples.length);
        load(samples, x, distribution.dim());
        distribution.logProb(pass);
        return Arrays.copyOf(block.logDet(), samples.length);
    }

    /// log p(x | c) of one point.
    double logProb(float[] c, float... point) {
        return logProb(new float[][] {point}, new float[][] {c})[0];
    }

    /// Gradients of Σ_i weight_i · log p_i; read them with the methods below.
    void pullBack(float[][] samples, float[][] context, float[] weights) {
        logProb(samples, context);
        Arrays.fill(g.data(), Float.NaN);
        g.begin();
        Arrays.fill(g.gLogDet(), 0);
        System.arraycopy(weights, 0, g.gLogDet(), 0, samples.length);
        Arrays.fill(gTheta, 1); // to be added to
        distribution.logProbVjp(pass, g);
    }

    float gX(int i, int j) {
        return g.data()[x + j * LANES + i];
    }

    float gContext(int i, int k) {
        return g.data()[block.context() + k * LANES + i];
    }

    float gParameter(int k) {
        return gTheta[AT + k] - 1;
    }

    /// `count` draws, one for every row of the context, or all for its only one.
    float[][] sample(int count, float[][] context, RandomGenerator random) {
        float[][] samples = new float[count][distribution.dim()];
        for (int from = 0; from < count; from += LANES) {
            int n = Math.min(LANES, count - from);
            begin(context.length == 1 ? context : Arrays.copyOfRange(context, from, from + n), n);
            distribution.sample(pass, random);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < distribution.dim(); j++) {
                    samples[from + i][j] = block.data()[x + j * LANES + i];
                }
            }
        }
        return samples;
    }
}
