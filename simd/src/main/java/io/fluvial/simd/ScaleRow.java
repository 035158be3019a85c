package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// exp of a [LogScale] over rows, and the slope of that log-scale.
///
/// Relative error of the scale: (8 + |t|) 2⁻²⁴ with t the log-scale itself for the bounded kinds, t = a
/// + offset where σ or softplus is small and 0 where it is not. The slope, in [0, 1], is off by as much
/// absolutely.
sealed interface ScaleRow {

    /// exp of it and of its negative stay normal floats below this bound of |s|.
    double LARGEST_LOG_SCALE = 80;

    /// Smallest scale whose reciprocal times a slope stays far from the ends of float.
    double LEAST_SCALE = 1e-12;

    /// Writes the scales of the n raw numbers at `s[raw ..)` to `s[scale ..)`; what it leaves at
    /// `s[raw ..)` is for [#slope].
    void scale(float[] s, int raw, int scale, int n);

    /// After [#scale], overwrites `s[raw ..)` with ds/da.
    void slope(float[] s, int raw, int scale, int n);

    /// The kernel, or null where its bounds do not fit a float.
    static @Nullable ScaleRow of(LogScale logScale) {
        return switch (logScale) {
            case LogScale.Tanh s -> s.limit() < LARGEST_LOG_SCALE ? new Tanh((float) s.limit()) : null;
            case LogScale.SoftClip s -> s.limit() < LARGEST_LOG_SCALE ? new SoftClip((float) s.limit()) : null;
            case LogScale.Sigmoid s ->
                s.min() > LEAST_SCALE && s.max() < 1 / LEAST_SCALE
                        ? new Sigmoid((float) s.min(), (float) (s.max() - s.min()), (float) s.offset())
                        : null;
            case LogScale.Softplus s ->
                s.min() > LEAST_SCALE ? new Softplus((float) s.min(), (float) s.offset()) : null;
        };
    }

    /// s = limit · (1 − E) / (1 + E) with E = exp(−2a / limit), which is kept; beyond exponents of ±40
    /// the quotient is ±1.
    record Tanh(float limit) implements ScaleRow {
        @Override
        public void scale(float[] s, int raw, int scale, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector x = FloatVector.fromArray(F, s, raw + i).mul(-2 / limit);
                x.blend(-40f, x.compare(LT, -40f))
                        .blend(40f, x.compare(GT, 40f))
                        .intoArray(s, raw + i);
            }
            Exponential.apply(s, raw, s, raw, n);
            FloatVector one = FloatVector.broadcast(F, 1f);
            for (int i = 0; i < n; i += LANES) {
                FloatVector e = FloatVector.fromArray(F, s, raw + i);
                one.sub(e).div(e.add(one)).mul(limit).intoArray(s, scale + i); // e ≥ 0
            }
            Exponential.apply(s, scale, s, scale, n);
        }

        @Override
        public void slope(float[] s, int raw, int scale, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector e = FloatVector.fromArray(F, s, raw + i);
                FloatVector r = FloatVector.broadcast(F, 2f).div(e.add(1f)); // e ≥ 0
                e.mul(r).mul(r).intoArray(s, raw + i);
            }
        }
    }

    /// s = a · r with r = limit / (limit + |a|), which is kept.
    record SoftClip(float limit) implements ScaleRow {
        @Override
        public void scale(float[] s, int raw, int scale, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector a = FloatVector.fromArray(F, s, raw + i);
                FloatVector r = FloatVector.broadcast(F, limit).div(a.abs().add(limit)); // limit > 0
                a.mul(r).intoArray(s, scale + i);
                r.intoArray(s, raw + i);
            }
            Exponential.apply(s, scale, s, scale, n);
        }

        @Override
        public void slope(float[] s, int raw, int scale, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector r = FloatVector.fromArray(F, s, raw + i);
                r.mul(r).intoArray(s, raw + i);
            }
        }
    }

    /// min + span / (1 + E) with E = exp(−a − offset), which is kept; where E would pass e⁸⁰, σ is
    /// nothing beside min.
    record Sigmoid(float min, float span, float offset) implements ScaleRow {
        @Override
        public void scale(float[] s, int raw, int scale, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector.fromArray(F, s, raw + i).add(offset).neg().min(80f).intoArray(s, raw + i);
            }
            Exponential.apply(s, raw, s, raw, n);
            for (int i = 0; i < n; i += LANES) {
                FloatVector e = FloatVector.fromArray(F, s, raw + i);
                FloatVector.broadcast(F, span).div(e.add(1f)).add(min).intoArray(s, scale + i); // e ≥ 0
            }
        }

        @Override
        public void slope(float[] s, int raw, int scale, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector e = FloatVector.fromArray(F, s, raw + i);
                FloatVector sigma = FloatVector.broadcast(F, 1f).div(e.add(1f)); // e ≥ 0
                e.mul(sigma)
                        .mul(sigma)
                        .mul(span)
                        .div(FloatVector.fromArray(F, s, scale + i)) // at least min
                        .intoArray(s, raw + i);
            }
        }
    }

    /// min + softplus(t) with t = a + offset, which is kept.
    record Softplus(float min, float offset) implements ScaleRow {
        @Override
        public void scale(float[] s, int raw, int scale, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector.fromArray(F, s, raw + i).add(offset).intoArray(s, raw + i);
            }
            SoftplusRow.apply(s, raw, s, scale, n);
            for (int i = 0; i < n; i += LANES) {
                FloatVector.fromArray(F, s, scale + i).add(min).intoArray(s, scale + i);
            }
        }

        /// σ(t) as 1 / (1 + exp(−t)), where an infinite exponential gives 0.
        @Override
        public void slope(float[] s, int raw, int scale, int n) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector.fromArray(F, s, raw + i).neg().intoArray(s, raw + i);
            }
            Exponential.apply(s, raw, s, raw, n);
            for (int i = 0; i < n; i += LANES) {
                FloatVector e = FloatVector.fromArray(F, s, raw + i);
                FloatVector.broadcast(F, 1f)
                        .div(e.add(1f)) // e ≥ 0
                        .div(FloatVector.fromArray(F, s, scale + i)) // at least min
                        .intoArray(s, raw + i);
            }
        }
    }
}
