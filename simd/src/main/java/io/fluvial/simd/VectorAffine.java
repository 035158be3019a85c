package io.fluvial.simd;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.LogScale;
import org.jspecify.annotations.Nullable;

/// y = x · scale + φ₀ with log-scale s(φ₁): one kernel for each [LogScale], which differ in three lines.
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
            // Their logarithms would have to be written first, without the Vector API's: see Exponential.
            case LogScale.Sigmoid _, LogScale.Softplus _ -> null;
        };
    }
}
