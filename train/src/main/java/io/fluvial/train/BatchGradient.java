package io.fluvial.train;

import io.fluvial.Activations;
import io.fluvial.Block;
import io.fluvial.Flow;
import io.fluvial.FlowPass;
import io.fluvial.Noise;
import io.fluvial.Pullback;
import io.fluvial.internal.Blocks;
import io.fluvial.kernel.Kernels;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The gradient of the mean negative log-density of a batch.
///
/// A batch is cut into blocks of a fixed size, which are dealt to a fixed number of slots; a slot adds up the
/// gradients of its blocks in order, and the slots are added in a fixed tree. Threads take slots as they come free,
/// so that the bits depend on batch and flow alone, never on the number of threads.
final class BatchGradient {

    private static final int MOST_SLOTS = 16;
    private static final int FEWER_SLOTS = 4;
    private static final int STRANDS = 64;
    private static final int LARGE = 1_000_000; // parameters from which summing many gradients costs more than it gains

    private final TrainableRanges ranges;
    private final int lanes;
    private final Team team;
    private final Slot[] slots;
    private final Map<Thread, Buffers> byThread = new ConcurrentHashMap<>();
    private final double[] squares; // of a range, in strands from range · STRANDS on; their sum in the first

    // Made once, and the arguments of a run in fields, so that a step allocates nothing.
    private final Blocks.Body fill = this::fillSlot;
    private final Blocks.Body add = this::sumSlots;
    private final Function<Thread, Buffers> make;
    private @Nullable TrainingData data;
    private int[] order = {};
    private int from;
    private int n;
    private float[] theta = {};
    private long noiseSeed;
    private double weight;

    BatchGradient(
            Flow flow, TrainableRanges ranges, int batchSize, Team team, Activations activations, Kernels kernels) {
        this.ranges = ranges;
        this.team = team;
        this.lanes = lanes(batchSize);
        int blocks = (batchSize + lanes - 1) / lanes;
        int parameters = flow.parameters().size();
        this.slots = new Slot[Math.min(blocks, parameters < LARGE ? MOST_SLOTS : FEWER_SLOTS)];
        for (int s = 0; s < slots.length; s++) {
            slots[s] = new Slot(parameters);
        }
        this.make = _ -> new Buffers(flow, activations, kernels);
        this.squares = new double[ranges.count() * STRANDS];
    }

    /// Samples per block: at least two blocks to a batch where there is enough for both.
    private static int lanes(int batchSize) {
        int half = (batchSize + 1) / 2;
        return Math.clamp((half + Block.GRANULE - 1) & -Block.GRANULE, Block.GRANULE, Block.LANES);
    }

    /// Sums the gradient of −Σ wᵢ log pᵢ / Σ wᵢ over the samples `order[from .. from + n)` into [#gradient()].
    ///
    /// @return Σ wᵢ log pᵢ
    double run(TrainingData data, int[] order, int from, int n, float[] theta, long noiseSeed) {
        this.data = data;
        this.order = order;
        this.from = from;
        this.n = n;
        this.theta = theta;
        this.noiseSeed = noiseSeed;
        this.weight = weight(data, order, from, n);
        team.run(slots.length, fill);
        double sum = 0;
        for (Slot slot : slots) {
            sum += slot.logProb;
        }
        team.run(ranges.count(), add);
        return sum;
    }

    private void fillSlot(int s) {
        Slot slot = slots[s];
        Buffers buffers = byThread.computeIfAbsent(Thread.currentThread(), make);
        if (s == 0) {
            Arrays.fill(slot.gradient, 0f); // the others gave theirs away, see take
        }
        buffers.bind(theta, slot.gradient);
        slot.logProb = 0;
        for (int start = s * lanes; start < n; start += slots.length * lanes) {
            long seed = noiseSeed + start / lanes;
            int count = Math.min(lanes, n - start);
            slot.logProb += buffers.add(Objects.requireNonNull(data), order, from + start, count, weight, seed);
        }
    }

    static double weight(TrainingData data, int[] order, int from, int n) {
        double weight = 0;
        for (int i = from; i < from + n; i++) {
            weight += data.weight(order[i]);
        }
        return weight;
    }

    private void sumSlots(int range) {
        int from = ranges.from(range);
        int to = ranges.to(range);
        for (int gap = 1; gap < slots.length; gap *= 2) {
            for (int s = 0; s + gap < slots.length; s += 2 * gap) {
                take(slots[s].gradient, slots[s + gap].gradient, from, to);
            }
        }
        sumSquares(slots[0].gradient, from, to, squares, range * STRANDS);
    }

    /// Adds, and leaves zeros for the next step: what was just read costs little to write.
    private static void take(float[] to, float[] from, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] += from[i];
            from[i] = 0f;
        }
    }

    /// Leaves Σ gᵢ² over `from … to − 1` in `strands[at]`. Numbers that are [#STRANDS] apart make a sum of their
    /// own, in loops that the compiler makes vector code of: 2.7 times as fast as eight sums in one loop.
    private static void sumSquares(float[] gradient, int from, int to, double[] strands, int at) {
        Arrays.fill(strands, at, at + STRANDS, 0);
        for (int i = from; i < to; i += STRANDS) {
            addSquares(gradient, i, strands, at, Math.min(STRANDS, to - i));
        }
        for (int half = STRANDS / 2; half > 0; half /= 2) {
            for (int j = at; j < at + half; j++) {
                strands[j] += strands[j + half];
            }
        }
    }

    private static void addSquares(float[] gradient, int from, double[] strands, int at, int count) {
        for (int j = 0; j < count; j++) {
            double g = gradient[from + j];
            strands[at + j] += g * g;
        }
    }

    /// The gradient of the last [#run], by parameter.
    float[] gradient() {
        return slots[0].gradient;
    }

    /// Its Euclidean norm over the trainable parameters; NaN or infinite if one of its numbers is.
    double norm() {
        double sum = 0;
        for (int at = 0; at < squares.length; at += STRANDS) {
            sum += squares[at];
        }
        return Math.sqrt(sum);
    }

    /// One gradient array, and what belongs to it.
    private static final class Slot {
        private final float[] gradient;
        private double logProb;

        Slot(int parameters) {
            this.gradient = new float[parameters];
        }
    }

    /// What one block of samples needs on its way. They belong to the thread at work and not to a slot: those
    /// of sixteen slots would not stay in a processor's cache.
    private static final class Buffers {
        private final FlowPass pass;
        private final Pullback pullback;
        private final Noise noise = new Noise();

        Buffers(Flow flow, Activations activations, Kernels kernels) {
            this.pass = FlowPass.keepingFor(flow, Block.LANES, activations, kernels);
            this.pullback = Pullback.of(pass.block(), flow.contextDim());
        }

        void bind(float[] theta, float[] gradient) {
            pass.block().bind(theta);
            pullback.bind(gradient);
        }

        /// Adds the gradient of n samples; returns Σ wᵢ log pᵢ.
        double add(TrainingData data, int[] order, int from, int n, double weight, long noiseSeed) {
            Block block = pass.block();
            noise.start(noiseSeed);
            block.noise(noise);
            pass.load(data.samples(), data.context(), order, from, n);
            pass.logProb();
            float[] gLogProb = pullback.gLogDet();
            Arrays.fill(gLogProb, 0f);
            double logProb = 0;
            for (int i = 0; i < n; i++) {
                float w = data.weight(order[from + i]);
                if (w != 0) {
                    logProb += w * block.logDet()[i];
                }
                gLogProb[i] = (float) (-w / weight);
            }
            pass.logProbVjp(pullback);
            return logProb;
        }
    }
}
