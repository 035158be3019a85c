package io.fluvial;

import io.fluvial.internal.Blocks;
import io.fluvial.kernel.Kernels;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A flow with its numbers: answers how likely a sample is and draws new ones. Immutable and safe to share among
/// threads.
///
/// Densities are in nats per sample, in the units of the data. Work is cut into fixed blocks that run on `threads`
/// threads; the result does not depend on their number. Randomness is an argument: the same seed gives the same
/// samples.
public final class FlowModel {

    /// Multiply-adds that a thread must have before it, so that waking it, some 50 µs, pays.
    private static final long ENOUGH = 6_000_000;

    private static final int LEAST_PER_SAMPLE = 8_000; // what surrounds the products of a small flow

    private final Flow flow;
    private final Parameters parameters;
    private final int threads;
    private final Kernels kernels;
    private final Kernels fixed;
    private final PassPool passes;
    private final PassPool keepingPasses;
    private final PassPool splittingPasses;

    private FlowModel(Flow flow, Parameters parameters, int threads, Kernels kernels, Kernels fixed) {
        this.flow = flow;
        this.parameters = parameters;
        this.threads = threads;
        this.kernels = kernels;
        this.fixed = fixed;
        this.passes = new PassPool(() -> bound(FlowPass.transientFor(flow, Block.LANES, fixed)));
        this.keepingPasses = new PassPool(() -> bound(FlowPass.keepingFor(flow, Block.LANES, fixed)));
        this.splittingPasses = new PassPool(() -> bound(FlowPass.splittingFor(flow, Block.LANES, fixed)));
    }

    private static FlowModel of(Flow flow, Parameters parameters, int threads, Kernels kernels) {
        return new FlowModel(flow, parameters, threads, kernels, kernels.forFixed(parameters.shared()));
    }

    /// Runs on all processors with the best kernels.
    public static FlowModel of(Flow flow, Parameters parameters) {
        if (!flow.parameters().equals(parameters.layout())) {
            throw new IllegalArgumentException("the parameters belong to another flow: " + parameters.size()
                    + " values, this flow has " + flow.parameters().size());
        }
        return of(flow, parameters, Runtime.getRuntime().availableProcessors(), Kernels.best());
    }

    /// The same model on this many threads; shares what the kernels keep of the weights.
    public FlowModel withThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        return new FlowModel(flow, parameters, threads, kernels, fixed);
    }

    /// The same model with these kernels.
    public FlowModel withKernels(Kernels kernels) {
        return of(flow, parameters, threads, kernels);
    }

    public Flow flow() {
        return flow;
    }

    public Parameters parameters() {
        return parameters;
    }

    public int dim() {
        return flow.dim();
    }

    public int contextDim() {
        return flow.contextDim();
    }

    /// log p(x) of every sample, nats.
    public double[] logProb(Samples x) {
        return logProb(x, Samples.none(x.count()));
    }

    /// log p(x | c) of every sample, nats; −∞ outside the support, NaN where x or c has a NaN.
    public double[] logProb(Samples x, Samples context) {
        flow.check(x, context);
        double[] logProb = new double[x.count()];
        eachBlock(x.count(), passes, (pass, from, n) -> {
            pass.load(x, context, from, n);
            pass.logProb();
            System.arraycopy(pass.block().logDet(), 0, logProb, from, n);
        });
        return logProb;
    }

    /// log p(x) of one sample, nats. For one after the other see [#scorer].
    public double logProb(float[] x) {
        return logProb(Samples.ofRows(new float[][] {x}))[0];
    }

    /// Scores one sample after the other, each in a few microseconds; for one thread.
    public Scorer scorer() {
        return new Scorer(flow, parameters, kernels);
    }

    /// `count` independent draws from an unconditional flow.
    public Samples sample(int count, long seed) {
        return sample(Samples.none(count), seed);
    }

    /// One draw for every row of the context. Every block has its own random stream, so that the draws do not
    /// depend on the number of threads.
    public Samples sample(Samples context, long seed) {
        return sampleAndLogProb(context, seed).samples();
    }

    /// Draws with their log-densities, which cost no second pass.
    public Drawn sampleAndLogProb(Samples context, long seed) {
        flow.checkContext(context, context.count());
        float[][] x = new float[dim()][context.count()];
        double[] logProb = new double[context.count()];
        eachBlock(context.count(), passes, (pass, from, n) -> {
            pass.begin(context, from, n);
            pass.sample(stream(seed, from / Block.LANES));
            copy(pass, pass.x(), x, from, n);
            System.arraycopy(pass.block().logDet(), 0, logProb, from, n);
        });
        return new Drawn(Samples.wrap(x), logProb);
    }

    /// What [#sampleAndLogProb] drew.
    public static final class Drawn {
        private final Samples samples;
        private final double[] logProb;

        Drawn(Samples samples, double[] logProb) {
            this.samples = samples;
            this.logProb = logProb;
        }

        public Samples samples() {
            return samples;
        }

        /// log p of draw i, nats.
        public double logProb(int i) {
            return logProb[i];
        }
    }

    /// The random stream of block number `block`.
    private static RandomGenerator stream(long seed, long block) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(mix(seed) ^ mix(block * 2 + 1));
    }

    /// A bijective scrambling of 64 bits (the finaliser of MurmurHash3), so that near seeds give far streams.
    private static long mix(long z) {
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }

    /// z = f(x; c) of every sample.
    public Samples toLatent(Samples x, Samples context) {
        flow.check(x, context);
        float[][] z = new float[dim()][x.count()];
        eachBlock(x.count(), passes, (pass, from, n) -> {
            pass.load(x, context, from, n);
            pass.toLatent();
            copy(pass, pass.y(), z, from, n);
        });
        return Samples.wrap(z);
    }

    /// x with f(x; c) = z for every latent.
    public Samples toData(Samples z, Samples context) {
        flow.check(z, context);
        float[][] x = new float[dim()][z.count()];
        eachBlock(z.count(), passes, (pass, from, n) -> {
            pass.loadLatent(z, context, from, n);
            pass.toData();
            copy(pass, pass.x(), x, from, n);
        });
        return Samples.wrap(x);
    }

    /// The score ∇ₓ log p(x | c) of every sample.
    public Samples score(Samples x, Samples context) {
        flow.check(x, context);
        float[][] score = new float[dim()][x.count()];
        eachBlock(x.count(), keepingPasses, (pass, from, n) -> {
            Pullback g = Pullback.of(pass.block(), contextDim());
            pass.load(x, context, from, n);
            pass.logProb();
            java.util.Arrays.fill(g.gLogDet(), 0, n, 1f);
            pass.logProbVjp(g);
            for (int j = 0; j < score.length; j++) {
                System.arraycopy(g.data(), pass.x() + j * Block.LANES, score[j], from, n);
            }
        });
        return Samples.wrap(score);
    }

    /// log p(x | c) split by the chain rule: row j holds log p(x_j | the features that x_j depends
    /// on, c) of every sample, nats. The rows of a sample add up to [#logProb].
    ///
    /// @throws IllegalArgumentException where the flow mixes its features, see [Flow]; `Flows.sameOrder` does not
    public double[][] logProbTerms(Samples x, Samples context) {
        flow.check(x, context);
        flow.dependences();
        return terms(x, context);
    }

    /// Row j is the term of feature j, whether or not features before it are known.
    double[][] terms(Samples x, Samples context) {
        double[][] terms = new double[dim()][x.count()];
        eachBlock(x.count(), splittingPasses, (pass, from, n) -> {
            pass.load(x, context, from, n);
            pass.logProb();
            for (int j = 0; j < terms.length; j++) {
                System.arraycopy(pass.block().logDet(j), 0, terms[j], from, n);
            }
        });
        return terms;
    }

    /// Exact p(x_A | c) of some features A, if nothing in A depends on a feature outside: the first features of a
    /// common order, or a set of a Bayesian network that holds all its parents.
    ///
    /// @param features the numbers of A, in the order in which samples of it will come
    /// @throws IllegalArgumentException where the flow mixes its features or A depends on others
    public Marginal marginal(int... features) {
        return Marginal.of(this, features);
    }

    /// Exact p(x_B | x_A, c) of the features B that are not among the given A; A as in [#marginal].
    ///
    /// @param given the numbers of A, in the order in which their values will come
    /// @throws IllegalArgumentException where the flow mixes its features or A depends on others
    public Conditional conditional(int... given) {
        return Conditional.of(this, given);
    }

    /// Draws the features outside of A anew, given those in A.
    Samples resample(Samples x, BitSet given, Samples context, long seed) {
        float[][] drawn = new float[dim()][x.count()];
        eachBlock(x.count(), passes, (pass, from, n) -> {
            pass.load(x, context, from, n);
            pass.toLatent();
            pass.resample(given, stream(seed, from / Block.LANES));
            copy(pass, pass.x(), drawn, from, n);
        });
        for (int j = given.nextSetBit(0); j >= 0; j = given.nextSetBit(j + 1)) {
            drawn[j] = x.column(j); // what is given comes back to the bit, not through the flow and back
        }
        return Samples.wrap(drawn);
    }

    private static void copy(FlowPass pass, int at, float[][] to, int from, int n) {
        for (int j = 0; j < to.length; j++) {
            System.arraycopy(pass.block().data(), at + j * Block.LANES, to[j], from, n);
        }
    }

    /// Work on the samples `from … from + n − 1`.
    @FunctionalInterface
    private interface BlockBody {
        void run(FlowPass pass, int from, int n);
    }

    private void eachBlock(int count, PassPool pool, BlockBody body) {
        int blocks = (count + Block.LANES - 1) / Block.LANES;
        Blocks.run(threadsFor(blocks), blocks, block -> {
            FlowPass pass = pool.take();
            int from = block * Block.LANES;
            body.run(pass, from, Math.min(Block.LANES, count - from));
            pool.give(pass);
        });
    }

    /// A sample costs about a multiply-add for every parameter.
    private int threadsFor(int blocks) {
        long work = (long) blocks * Block.LANES * Math.max(parameters.size(), LEAST_PER_SAMPLE);
        return Math.clamp(work / ENOUGH, 1, threads);
    }

    private FlowPass bound(FlowPass pass) {
        pass.block().bind(parameters.shared());
        return pass;
    }

    /// Buffers that wait for the next block; as many as threads have worked at once.
    private static final class PassPool {
        private final Deque<FlowPass> idle = new ArrayDeque<>(); // a concurrent queue would make a node each time
        private final Supplier<FlowPass> maker;

        PassPool(Supplier<FlowPass> maker) {
            this.maker = maker;
        }

        FlowPass take() {
            synchronized (idle) {
                if (!idle.isEmpty()) {
                    return idle.pop();
                }
            }
            return maker.get();
        }

        void give(FlowPass pass) {
            synchronized (idle) {
                idle.push(pass);
            }
        }
    }

    @Override
    public String toString() {
        return "FlowModel[" + flow + ", " + parameters + "]";
    }
}
