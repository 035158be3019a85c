package io.fluvial;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.kernel.Kernels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One block of samples on its way through a flow: every buffer of every layer in one array.
///
/// Lanes are samples. A buffer of r rows stands at `data[at .. at + r * lanes)`, row k at `at + k * lanes`; lane i
/// of every row belongs to sample i. Kernels work on the first [#active()] lanes: the samples themselves
/// ([#count()]), rounded up to a multiple of [#GRANULE] so that no vector loop needs a tail. The lanes between hold
/// copies of the last sample and never reach a result.
///
/// A block and the [Pass] tree over it belong to one thread.
public final class Block {

    /// Lanes come in multiples of this: the width of the widest vector in use (16 floats, 512 bits).
    public static final int GRANULE = 16;

    /// Lanes of a block for many samples: a flow's activations for so many stay in the second-level cache. Products are
    /// fastest where rows lie this far apart.
    public static final int LANES = 128;

    private final int lanes;
    private final int context;
    private final float[] data;
    private final double[] logDet;
    private final double[] scratch;
    private double[][] terms = new double[0][];
    private final Kernels kernels;
    private final Map<ScalarBijector, ColumnKernel> columns = new HashMap<>();
    private float[] theta = new float[0];
    private int count;
    private @Nullable Noise noise;
    private @Nullable Pass atWork;

    Block(int lanes, int context, int floats, int scratch, Kernels kernels) {
        this.lanes = lanes;
        this.context = context;
        this.data = new float[floats];
        this.logDet = new double[lanes];
        this.scratch = new double[scratch];
        this.kernels = kernels;
        this.count = lanes;
    }

    /// Capacity in samples, and the distance between two rows of a buffer.
    public int lanes() {
        return lanes;
    }

    /// Samples in the block now, 1 … lanes.
    public int count() {
        return count;
    }

    /// Lanes that kernels work on: count rounded up to a multiple of [#GRANULE].
    public int active() {
        return (count + GRANULE - 1) & -GRANULE;
    }

    /// All buffers. *Shared with every layer.*
    public float[] data() {
        return data;
    }

    /// Where the conditioning input `[contextDim × lanes]` starts in [#data()].
    public int context() {
        return context;
    }

    /// The sum of log-determinants (then log-densities) so far, one per lane, in nats; kept in double because
    /// layers add up.
    public double[] logDet() {
        return logDet;
    }

    /// Where the share of one feature goes: the one sum, or the feature's own while log-densities are split
    /// ([#splitLogDet]). Layers that treat features apart add here.
    public double[] logDet(int feature) {
        return terms.length == 0 ? logDet : terms[feature];
    }

    /// Whether every feature has a sum of its own.
    public boolean splitsLogDet() {
        return terms.length > 0;
    }

    /// From now on keeps one sum for each of `dim` features beside what belongs to none.
    void splitLogDet(int dim) {
        terms = new double[dim][lanes];
    }

    /// Changes the sign of all sums, for a map whose log-det enters negatively.
    public void negateLogDet() {
        negate(logDet);
        for (double[] sum : terms) {
            negate(sum);
        }
    }

    private void negate(double[] sum) {
        for (int i = 0; i < active(); i++) {
            sum[i] = -sum[i];
        }
    }

    /// Doubles for whoever is at work, as many as the most demanding layer asked for ([Workspace#scratch]): small
    /// matrices that are computed from θ before any lane is touched. Nothing in them survives a call.
    public double[] scratch() {
        return scratch;
    }

    /// The flow's parameters, the whole flat array.
    public float[] theta() {
        return theta;
    }

    public Kernels kernels() {
        return kernels;
    }

    /// The kernel for a scalar bijector: the provider's, or the loop over its three methods. Looked up once per
    /// block.
    public ColumnKernel column(ScalarBijector map) {
        ColumnKernel known = columns.get(map); // computeIfAbsent would make a function object each time
        if (known == null) {
            known = findColumn(map);
            columns.put(map, known);
        }
        return known;
    }

    private ColumnKernel findColumn(ScalarBijector map) {
        ColumnKernel found = kernels.column(map);
        return found != null ? found : new ScalarColumn(map);
    }

    /// The source of dropout masks: present while training, absent whenever a density is asked for.
    public @Nullable Noise noise() {
        return noise;
    }

    /// Lets the block read these parameters from now on. *Read*, never copied.
    public void bind(float[] theta) {
        this.theta = theta;
    }

    /// Switches dropout on (a source) or off (null).
    public void noise(@Nullable Noise noise) {
        this.noise = noise;
    }

    /// Whether the buffers that layers share hold what this layer left there ([Activations#RECOMPUTED]).
    public boolean holds(Pass pass) {
        return atWork == pass;
    }

    /// Says that this layer now fills the buffers that layers share.
    public void holdsNow(Pass pass) {
        this.atWork = pass;
    }

    /// Starts a new set of `count` samples: sets the log-determinants to zero.
    public void begin(int count) {
        if (count < 1 || count > lanes) {
            throw new IllegalArgumentException("block holds 1 to " + lanes + " samples, not " + count);
        }
        this.count = count;
        Arrays.fill(logDet, 0, active(), 0.0);
        for (double[] sum : terms) {
            Arrays.fill(sum, 0, active(), 0.0);
        }
    }

    /// Writes number r into all active lanes of row r at `at`.
    void fill(int at, float[] numbers, int rows) {
        for (int r = 0; r < rows; r++) {
            Arrays.fill(data, at + r * lanes, at + r * lanes + active(), numbers[r]);
        }
    }

    /// Copies the last sample into the lanes between count and active, for `rows` rows at `at`.
    void pad(int at, int rows) {
        for (int r = 0; r < rows; r++) {
            int row = at + r * lanes;
            Arrays.fill(data, row + count, row + active(), data[row + count - 1]);
        }
    }
}
