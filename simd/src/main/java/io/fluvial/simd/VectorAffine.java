package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// y = x · scale + φ₀ with log-scale s(φ₁): one kernel for each bounded [LogScale], which differ in three
/// lines, and [AffineByScale] for the others.
///
/// They repeat the rest because C2 must inline every method that has a vector among its arguments or results,
/// and does so for certain only with those of the Vector API. A shared pullback step of 77 bytes was inlined
/// in most launches; in the others C2 found it "already compiled into a medium method" and every call
/// allocated 6.5 kB.
final class VectorAffine {

    /// exp(s) stays a normal float below this bound of |s|.
    private static final double LARGEST_LOG_SCALE = 80;

    private VectorAffine() {}

    /// The kernel, or null where the bounds of the scale do not fit a float and the scalar kernel's doubles
    /// are needed.
    static @Nullable ColumnKernel of(Affine map) {
        return switch (map.logScale()) {
            case LogScale.Tanh s -> s.limit() < LARGEST_LOG_SCALE ? new AffineTanh(s) : null;
            case LogScale.SoftClip s -> s.limit() < LARGEST_LOG_SCALE ? new AffineSoftClip(s) : null;
            case LogScale.Sigmoid _, LogScale.Softplus _ -> byScale(map.logScale());
        };
    }

    private static @Nullable ColumnKernel byScale(LogScale logScale) {
        ScaleRow scale = ScaleRow.of(logScale);
        return scale == null ? null : new AffineByScale(scale);
    }

    /// y = x · exp(s) + φ₀ from s at y.
    static void forward(float[] d, int x, int y, int phi, int n) {
        Exponential.apply(d, y, d, y, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector shift = FloatVector.fromArray(F, d, phi + i);
            FloatVector.fromArray(F, d, x + i)
                    .fma(FloatVector.fromArray(F, d, y + i), shift)
                    .intoArray(d, y + i);
        }
    }

    /// x = (y − φ₀) / exp(s) from s at x.
    static void inverse(float[] d, int y, int x, int phi, int n) {
        Exponential.apply(d, x, d, x, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector shift = FloatVector.fromArray(F, d, phi + i);
            FloatVector.fromArray(F, d, y + i)
                    .sub(shift)
                    .div(FloatVector.fromArray(F, d, x + i)) // scale > 0
                    .intoArray(d, x + i);
        }
    }

    /// From s at `g[x]` and ds/dφ₁ at `g[raw]`: overwrites `g[x]`, gφ₀ at `g[phi]` and gφ₁ at `g[raw]`.
    static void pullback(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int raw, int n) {
        Exponential.apply(g, x, g, x, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector gY = FloatVector.fromArray(F, g, y + i);
            FloatVector gX = gY.mul(FloatVector.fromArray(F, g, x + i));
            FloatVector gS = gX.fma(FloatVector.fromArray(F, d, x + i), FloatVector.fromArray(F, gLogDet, i));
            gY.intoArray(g, phi + i);
            gS.mul(FloatVector.fromArray(F, g, raw + i)).intoArray(g, raw + i);
            gX.intoArray(g, x + i);
        }
    }
}
