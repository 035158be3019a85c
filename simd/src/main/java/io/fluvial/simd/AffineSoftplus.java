package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// [VectorAffine] with scale = min + softplus(φ₁ + offset), s = log scale.
final class AffineSoftplus implements ColumnKernel {

    private final float min;
    private final float offset;

    AffineSoftplus(LogScale.Softplus s) {
        min = (float) s.min();
        offset = (float) s.offset();
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector scale = softplus(a.add(offset)).add(min);
            FloatVector s = scale.lanewise(VectorOperators.LOG); // scale >= min > 0
            VectorAffine.forward(d, x + i, y + i, phi + i, scale);
            Width.addTo(logDet, i, s);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector scale = softplus(a.add(offset)).add(min);
            FloatVector s = scale.lanewise(VectorOperators.LOG); // scale >= min > 0
            VectorAffine.inverse(d, y + i, x + i, phi + i, scale);
            Width.addTo(logDet, i, s);
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector t = a.add(offset);
            FloatVector scale = softplus(t).add(min);
            FloatVector slope = Sigmoid.of(t).div(scale);
            VectorAffine.vjp(d, g, gLogDet, i, x + i, y + i, phi + i, stride, scale, slope);
        }
    }

    /// max(t, 0) + log(1 + exp(−|t|)).
    private static FloatVector softplus(FloatVector t) {
        return t.abs()
                .neg()
                .lanewise(VectorOperators.EXP)
                .lanewise(VectorOperators.LOG1P)
                .add(t.max(0f));
    }
}
