package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.LT;

import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/// A [LogScale] over a row of raw numbers a: start · exp(± s(a)), and s′(a). By tanh and by softplus;
/// of the latter min + softplus is the scale itself, without exponential and logarithm.
final class ScaleRow {

    private static final double LARGEST_LOG_SCALE = 40;

    private final boolean softplus;
    private final boolean divides;
    private final float limit; // of tanh, or min of softplus
    private final float offset; // of softplus
    private final float start;

    private ScaleRow(boolean softplus, boolean divides, double limit, double offset, double start) {
        this.softplus = softplus;
        this.divides = divides;
        this.limit = (float) limit;
        this.offset = (float) offset;
        this.start = (float) start;
    }

    /// Rows of start · exp(s), or null where s is of another kind or its bounds do not fit a float.
    static @Nullable ScaleRow times(LogScale scale, double start) {
        return of(scale, false, start);
    }

    /// Rows of start · exp(−s), or null likewise.
    static @Nullable ScaleRow over(LogScale scale, double start) {
        return of(scale, true, start);
    }

    private static @Nullable ScaleRow of(LogScale scale, boolean divides, double start) {
        return switch (scale) {
            case LogScale.Tanh(double limit)
            when limit < LARGEST_LOG_SCALE -> new ScaleRow(false, divides, limit, 0, start);
            case LogScale.Softplus kind
            when kind.min() > Math.exp(-LARGEST_LOG_SCALE) ->
                new ScaleRow(true, divides, kind.min(), kind.offset(), start);
            default -> null;
        };
    }

    /// From `d[raw ..)` to rows of s, which must not overlap.
    void apply(float[] d, int raw, float[] s, int to, int slope, int n) {
        if (softplus) {
            bySoftplus(d, raw, s, to, slope, n);
        } else {
            byTanh(d, raw, s, to, slope, n);
        }
    }

    private void byTanh(float[] d, int raw, float[] s, int to, int slope, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, d, raw + i).abs().mul(-2 / limit).intoArray(s, slope + i);
        }
        Exponential.apply(s, slope, s, slope, n);
        FloatVector one = FloatVector.broadcast(F, 1f);
        float sign = divides ? -limit : limit;
        for (int i = 0; i < n; i += LANES) {
            FloatVector e = FloatVector.fromArray(F, s, slope + i);
            FloatVector r = one.div(e.add(one)); // e ≥ 0
            FloatVector t = one.sub(e).mul(r);
            e.mul(4f).mul(r).mul(r).intoArray(s, slope + i);
            VectorMask<Float> negative = FloatVector.fromArray(F, d, raw + i).compare(LT, 0f);
            t.blend(t.neg(), negative).mul(sign).intoArray(s, to + i);
        }
        Exponential.apply(s, to, s, to, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, s, to + i).mul(start).intoArray(s, to + i);
        }
    }

    /// With t = a + b and e = exp(−|t|), the slope is σ(t) / (min + softplus t); σ(t) = e / (1 + e) below 0.
    private void bySoftplus(float[] d, int raw, float[] s, int to, int slope, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, d, raw + i).add(offset).intoArray(s, slope + i);
        }
        SoftplusRow.apply(s, slope, s, to, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, s, slope + i).abs().neg().intoArray(s, slope + i);
        }
        Exponential.apply(s, slope, s, slope, n);
        FloatVector one = FloatVector.broadcast(F, 1f);
        for (int i = 0; i < n; i += LANES) {
            FloatVector e = FloatVector.fromArray(F, s, slope + i);
            VectorMask<Float> negative = FloatVector.fromArray(F, d, raw + i).compare(LT, -offset);
            FloatVector scale = FloatVector.fromArray(F, s, to + i).add(limit); // at least min > 0
            one.blend(e, negative).div(e.add(one).mul(scale)).intoArray(s, slope + i);
            scale.intoArray(s, to + i);
        }
        if (divides) {
            reciprocal(s, to, n);
        } else {
            multiply(s, to, n);
        }
    }

    private void reciprocal(float[] s, int at, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.broadcast(F, start)
                    .div(FloatVector.fromArray(F, s, at + i))
                    .intoArray(s, at + i);
        }
    }

    private void multiply(float[] s, int at, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector.fromArray(F, s, at + i).mul(start).intoArray(s, at + i);
        }
    }
}
