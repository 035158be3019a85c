package io.fluvial.simd;

import static io.fluvial.simd.Width.F;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.Affine;
import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// y = x · scale + φ₀ with log-scale s(φ₁): what the four kernels of [Affine], one per [LogScale], have in common. They
/// repeat the loops because a loop that is shared calls s through an interface, and then its vectors become objects.
final class VectorAffine {

    /// exp(s) stays a normal float below this bound of |s|.
    private static final double LARGEST_LOG_SCALE = 80;

    private VectorAffine() {}

    /// The kernel, or null where the bounds of the scale do not fit a float and the scalar kernel's doubles are needed.
    static @Nullable ColumnKernel of(Affine map) {
        return switch (map.logScale()) {
            case LogScale.Tanh s -> s.limit() < LARGEST_LOG_SCALE ? new AffineTanh(s) : null;
            case LogScale.SoftClip s -> s.limit() < LARGEST_LOG_SCALE ? new AffineSoftClip(s) : null;
            case LogScale.Sigmoid s -> fits(s.min()) && fits(s.max()) ? new AffineSigmoid(s) : null;
            case LogScale.Softplus s -> fits(s.min()) ? new AffineSoftplus(s) : null;
        };
    }

    private static boolean fits(double scale) {
        return Math.abs(Math.log(scale)) < LARGEST_LOG_SCALE;
    }

    static void forward(float[] d, int x, int y, int phi, FloatVector scale) {
        FloatVector.fromArray(F, d, x)
                .fma(scale, FloatVector.fromArray(F, d, phi))
                .intoArray(d, y);
    }

    static void inverse(float[] d, int y, int x, int phi, FloatVector scale) {
        FloatVector.fromArray(F, d, y)
                .sub(FloatVector.fromArray(F, d, phi))
                .div(scale) // at least exp(-80) or the smallest scale
                .intoArray(d, x);
    }

    /// gφ₀ = gY, gφ₁ = (gY · x · scale + gℓ) · s′, gX = gY · scale.
    static void vjp(
            float[] d,
            float[] g,
            float[] gLogDet,
            int i,
            int x,
            int y,
            int phi,
            int stride,
            FloatVector scale,
            FloatVector slope) {
        FloatVector gY = FloatVector.fromArray(F, g, y);
        FloatVector gX = gY.mul(scale);
        FloatVector gScale = gX.fma(FloatVector.fromArray(F, d, x), FloatVector.fromArray(F, gLogDet, i));
        gY.intoArray(g, phi);
        gScale.mul(slope).intoArray(g, phi + stride);
        gX.intoArray(g, x);
    }
}
