package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.HEAD;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.fluvial.scalar.LogScale;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/// What the kernels of mixture maps share: rows of [#CHUNK] floats, and the loops over K components
/// that fill them.
///
/// With z_k = (x − μ_k) / s_k, a component has the height e_k and the tail t_k beyond |z_k|, both
/// divided by the largest height, e^most. Where x lies on one side of all means, the tail of the
/// mixture on the other side is Σ t_k; where it lies amidst them, tails are multiplied by unit =
/// e^most / norm, and the smaller of the two sides counts.
final class MixtureRows {

    /// Bound of a log-scale up to which z and its square fit a float.
    private static final double LARGEST_LOG_SCALE = 40;

    /// Lanes worked on at a time.
    static final int CHUNK = 128;

    static final int MOST = 0;
    static final int DENSITY = 1; // Σ e_k r_k / s_k
    static final int TAIL = 2;
    static final int UPPER = 3;
    static final int LOWER = 4;
    static final int UNIT = 5;
    static final int SIDE = 6; // 1 for upper tails, −1 for lower
    static final int LOG_TAIL = 7;
    static final int Y = 8; // without its sign
    static final int MILLS = 9; // what turns density / tail into f′
    static final int SLOPE = 10;
    static final int LOG_SLOPE = 11;
    static final int LOW_Z = 12;
    static final int HIGH_Z = 13;
    static final int SPARE = 14;
    static final int G = 15; // gY + gℓ · ∂(−log h)/∂y
    static final int G_X = 16;
    static final int FIXED = 17;

    final int components;
    final float[] s;

    MixtureRows(int components) {
        this.components = components;
        this.s = new float[row(FIXED + 7 * components)];
    }

    static int row(int number) {
        return HEAD + number * CHUNK;
    }

    int logWeight(int k) {
        return row(FIXED + k);
    }

    int weight(int k) {
        return row(FIXED + components + k);
    }

    /// 1 / s_k = a_k.
    int perScale(int k) {
        return row(FIXED + 2 * components + k);
    }

    int z(int k) {
        return row(FIXED + 3 * components + k);
    }

    int height(int k) {
        return row(FIXED + 4 * components + k);
    }

    int tail(int k) {
        return row(FIXED + 5 * components + k);
    }

    /// ∂log s_k / ∂ its raw number.
    int scaleSlope(int k) {
        return row(FIXED + 6 * components + k);
    }

    /// Weights and their logarithms from the logits at `d[phi ..)`.
    void softmax(float[] d, int phi, int stride, int n) {
        int most = row(MOST);
        System.arraycopy(d, phi, s, most, n);
        for (int k = 1; k < components; k++) {
            max(d, phi + k * stride, most, n);
        }
        int sum = row(SPARE);
        Arrays.fill(s, sum, sum + n, 0f);
        for (int k = 0; k < components; k++) {
            difference(d, phi + k * stride, most, logWeight(k), n);
            Exponential.apply(s, logWeight(k), s, weight(k), n);
            add(weight(k), sum, n);
        }
        Logarithm.apply(s, sum, s, most, n); // sum ≥ 1
        for (int k = 0; k < components; k++) {
            difference(s, logWeight(k), most, logWeight(k), n);
            divide(weight(k), sum, n);
        }
    }

    private void max(float[] d, int from, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, s, to + i)
                    .max(FloatVector.fromArray(F, d, from + i))
                    .intoArray(s, to + i);
        }
    }

    private void difference(float[] d, int from, int less, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, d, from + i)
                    .sub(FloatVector.fromArray(F, s, less + i))
                    .intoArray(s, to + i);
        }
    }

    private void add(int from, int to, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, s, to + i)
                    .add(FloatVector.fromArray(F, s, from + i))
                    .intoArray(s, to + i);
        }
    }

    private void divide(int at, int by, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, s, at + i)
                    .div(FloatVector.fromArray(F, s, by + i)) // a sum of exponentials, at least 1
                    .intoArray(s, at + i);
        }
    }

    /// 1 / s_k = start / exp(log-scale) from the raw log-scale at `d[raw ..)`, and its slope.
    void scaleDown(ScaleRow scale, float start, float[] d, int raw, int k, int n) {
        scale(scale, d, raw, k, n);
        int to = perScale(k);
        for (int i = 0; i < n; i += LANES) {
            FloatVector.broadcast(F, start)
                    .div(FloatVector.fromArray(F, s, to + i)) // > 0
                    .intoArray(s, to + i);
        }
    }

    /// a_k = start · exp(log-slope), likewise.
    void scaleUp(ScaleRow scale, float start, float[] d, int raw, int k, int n) {
        scale(scale, d, raw, k, n);
        int to = perScale(k);
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, s, to + i).mul(start).intoArray(s, to + i);
        }
    }

    private void scale(ScaleRow scale, float[] d, int raw, int k, int n) {
        System.arraycopy(d, raw, s, scaleSlope(k), n);
        scale.scale(s, scaleSlope(k), perScale(k), n);
        scale.slope(s, scaleSlope(k), perScale(k), n);
    }

    /// z_k of x at `d[x ..)` with mean m + `d[mean ..)`; keeps track of the smallest and the
    /// largest.
    void place(float[] d, int x, int mean, float m, int k, int n) {
        int z = z(k);
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, d, x + i)
                    .sub(FloatVector.fromArray(F, d, mean + i).add(m))
                    .mul(FloatVector.fromArray(F, s, perScale(k) + i))
                    .intoArray(s, z + i);
        }
        extremes(z, n);
    }

    /// z_k = a_k x + b_k with b_k = b + `d[offset ..)`, else as [#place].
    void placeOnLine(float[] d, int x, int offset, float b, int k, int n) {
        int z = z(k);
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, d, x + i)
                    .fma(
                            FloatVector.fromArray(F, s, perScale(k) + i),
                            FloatVector.fromArray(F, d, offset + i).add(b))
                    .intoArray(s, z + i);
        }
        extremes(z, n);
    }

    private void extremes(int z, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector at = FloatVector.fromArray(F, s, z + i);
            FloatVector low = FloatVector.fromArray(F, s, row(LOW_Z) + i);
            FloatVector high = FloatVector.fromArray(F, s, row(HIGH_Z) + i);
            low.min(at).intoArray(s, row(LOW_Z) + i);
            high.max(at).intoArray(s, row(HIGH_Z) + i);
        }
    }

    /// Starts the extremes and the sums.
    void begin(int n) {
        Arrays.fill(s, row(LOW_Z), row(LOW_Z) + n, Float.POSITIVE_INFINITY);
        Arrays.fill(s, row(HIGH_Z), row(HIGH_Z) + n, Float.NEGATIVE_INFINITY);
        Arrays.fill(s, row(MOST), row(MOST) + n, Float.NEGATIVE_INFINITY);
        Arrays.fill(s, row(DENSITY), row(DENSITY) + n, 0f);
        Arrays.fill(s, row(TAIL), row(TAIL) + n, 0f);
        Arrays.fill(s, row(UPPER), row(UPPER) + n, 0f);
        Arrays.fill(s, row(LOWER), row(LOWER) + n, 0f);
    }

    /// e_k from its logarithm, in place.
    void height(int k, int n) {
        difference(s, height(k), row(MOST), height(k), n);
        Exponential.apply(s, height(k), s, height(k), n);
    }

    void most(int k, int n) {
        max(s, height(k), row(MOST), n);
    }

    /// Adds component k, whose heights and tails are known, to density and one-sided tail.
    void addToTail(int k, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, s, height(k) + i)
                    .fma(FloatVector.fromArray(F, s, perScale(k) + i), FloatVector.fromArray(F, s, row(DENSITY) + i))
                    .intoArray(s, row(DENSITY) + i);
        }
        add(tail(k), row(TAIL), n);
    }

    /// Adds component k to the two sides of a mixture in whose midst x lies.
    void addToSides(int k, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector t = FloatVector.fromArray(F, s, tail(k) + i).mul(FloatVector.fromArray(F, s, row(UNIT) + i));
            FloatVector rest = FloatVector.fromArray(F, s, weight(k) + i).sub(t);
            VectorMask<Float> above = FloatVector.fromArray(F, s, z(k) + i).compare(GT, 0f);
            FloatVector upper = FloatVector.fromArray(F, s, row(UPPER) + i);
            FloatVector lower = FloatVector.fromArray(F, s, row(LOWER) + i);
            upper.add(rest.blend(t, above)).intoArray(s, row(UPPER) + i);
            lower.add(t.blend(rest, above)).intoArray(s, row(LOWER) + i);
        }
    }

    /// Decides per lane which tail counts, in which unit, and where its logarithm starts: log norm
    /// is to be taken off.
    void decide(float logNorm, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector upper = FloatVector.fromArray(F, s, row(UPPER) + i);
            FloatVector lower = FloatVector.fromArray(F, s, row(LOWER) + i);
            VectorMask<Float> right =
                    FloatVector.fromArray(F, s, row(LOW_Z) + i).compare(GT, 0f);
            VectorMask<Float> oneSided = right.or(
                    FloatVector.fromArray(F, s, row(HIGH_Z) + i).compare(GT, 0f).not());
            VectorMask<Float> up = right.or(upper.compare(LT, lower).andNot(oneSided));
            FloatVector.broadcast(F, -1f).blend(1f, up).intoArray(s, row(SIDE) + i);
            upper.min(lower)
                    .blend(FloatVector.fromArray(F, s, row(TAIL) + i), oneSided)
                    .intoArray(s, row(TAIL) + i);
            FloatVector.fromArray(F, s, row(UNIT) + i).blend(1f, oneSided).intoArray(s, row(UNIT) + i);
            FloatVector.zero(F)
                    .blend(FloatVector.fromArray(F, s, row(MOST) + i).sub(logNorm), oneSided)
                    .intoArray(s, row(SPARE) + i);
        }
        Logarithm.apply(s, row(TAIL), s, row(LOG_TAIL), n);
        add(row(SPARE), row(LOG_TAIL), n);
    }

    /// f′ = density · unit / tail · what stands at MILLS, and its logarithm.
    void slope(int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, s, row(DENSITY) + i)
                    .mul(FloatVector.fromArray(F, s, row(UNIT) + i))
                    .div(FloatVector.fromArray(F, s, row(TAIL) + i)) // a positive sum, or else left to the scalar map
                    .mul(FloatVector.fromArray(F, s, row(MILLS) + i))
                    .intoArray(s, row(SLOPE) + i);
        }
        Logarithm.apply(s, row(SLOPE), s, row(LOG_SLOPE), n);
    }

    /// Pulls back component k as far as mixtures agree: its share in the tail replaces its tail, its
    /// height is divided by the density, and the gradient of its logit goes to `g[logit ..)`.
    void pullWeight(float[] g, int logit, float[] gLogDet, int at, int k, int n) {
        shares(k, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector weight = FloatVector.fromArray(F, s, weight(k) + i);
            FloatVector inTail = weight.sub(FloatVector.fromArray(F, s, tail(k) + i));
            FloatVector share =
                    FloatVector.fromArray(F, s, height(k) + i).mul(FloatVector.fromArray(F, s, perScale(k) + i));
            FloatVector perTail = FloatVector.fromArray(F, s, row(G) + i)
                    .mul(FloatVector.fromArray(F, s, row(SIDE) + i))
                    .mul(FloatVector.fromArray(F, s, row(MILLS) + i));
            share.sub(weight)
                    .fma(FloatVector.fromArray(F, gLogDet, at + i), perTail.mul(inTail))
                    .intoArray(g, logit + i);
        }
    }

    private void shares(int k, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector t = FloatVector.fromArray(F, s, tail(k) + i).mul(FloatVector.fromArray(F, s, row(UNIT) + i));
            FloatVector rest = FloatVector.fromArray(F, s, weight(k) + i).sub(t);
            VectorMask<Float> above = FloatVector.fromArray(F, s, z(k) + i).compare(GT, 0f);
            // As addToSides counts it: at z = 0 the component lies below, also where all do.
            FloatVector agree =
                    FloatVector.broadcast(F, -1f).blend(1f, above).mul(FloatVector.fromArray(F, s, row(SIDE) + i));
            rest.blend(t, agree.compare(GT, 0f))
                    .div(FloatVector.fromArray(F, s, row(TAIL) + i))
                    .intoArray(s, tail(k) + i);
        }
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, s, height(k) + i)
                    .div(FloatVector.fromArray(F, s, row(DENSITY) + i))
                    .intoArray(s, height(k) + i);
        }
    }

    /// Whether lane i is good to a few roundings of float: not so far out that squares lose digits,
    /// nor underflowed in a gap, nor NaN.
    ///
    /// z is off by roundings of x and the centre in units of the scale, as if x had been rounded
    /// once more; what follows by relative errors of 2⁻²⁴ times |log e_k| < 40.
    boolean trusted(int i) {
        float tail = s[row(TAIL) + i];
        float slope = s[row(SLOPE) + i];
        return s[row(MOST) + i] > -40
                && tail > 1e-25f
                && slope > 1e-25f
                && slope < 1e25f
                && Math.abs(s[row(Y) + i]) < 1e3f
                && s[row(LOW_Z) + i] > -1e9f
                && s[row(HIGH_Z) + i] < 1e9f;
    }

    /// The scales of a mixture's components, or null where their bounds do not fit a float.
    static @Nullable ScaleRow scales(LogScale scale) {
        boolean fits = switch (scale) {
            case LogScale.Tanh kind -> kind.limit() < LARGEST_LOG_SCALE;
            case LogScale.SoftClip kind -> kind.limit() < LARGEST_LOG_SCALE;
            case LogScale.Sigmoid _, LogScale.Softplus _ -> true;
        };
        return fits ? ScaleRow.of(scale) : null;
    }

    /// How many of the n lanes last computed are.
    int trustedOf(int n) {
        int count = 0;
        for (int i = 0; i < n; i++) {
            count += trusted(i) ? 1 : 0;
        }
        return count;
    }
}
