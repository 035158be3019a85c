package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// [VectorAffine] with s = limit · tanh(φ₁ / limit).
final class AffineTanh implements ColumnKernel {

    private final float limit;

    AffineTanh(LogScale.Tanh s) {
        limit = (float) s.limit();
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector s = a.div(limit).lanewise(VectorOperators.TANH).mul(limit);
            FloatVector scale = s.lanewise(VectorOperators.EXP);
            VectorAffine.forward(d, x + i, y + i, phi + i, scale);
            Width.addTo(logDet, i, s);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector s = a.div(limit).lanewise(VectorOperators.TANH).mul(limit);
            FloatVector scale = s.lanewise(VectorOperators.EXP);
            VectorAffine.inverse(d, y + i, x + i, phi + i, scale);
            Width.addTo(logDet, i, s);
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector t = a.div(limit).lanewise(VectorOperators.TANH);
            FloatVector scale = t.mul(limit).lanewise(VectorOperators.EXP);
            FloatVector slope = t.fma(t.neg(), FloatVector.broadcast(F, 1f));
            VectorAffine.vjp(d, g, gLogDet, i, x + i, y + i, phi + i, stride, scale, slope);
        }
    }
}
