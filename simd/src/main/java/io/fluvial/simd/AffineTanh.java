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

    /// The slope 1 − tanh² by e = exp(−2 |φ₁ / limit|), as 4e / (1 + e)²: it is multiplied by x, which may be large, so
    /// its relative error counts.
    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector one = FloatVector.broadcast(F, 1f);
            FloatVector e = a.abs().mul(-2 / limit).lanewise(VectorOperators.EXP);
            FloatVector r = one.div(e.add(one)); // e >= 0
            FloatVector t = one.sub(e).mul(r);
            FloatVector s = t.blend(t.neg(), a.compare(VectorOperators.LT, 0f)).mul(limit);
            FloatVector scale = s.lanewise(VectorOperators.EXP);
            FloatVector slope = e.mul(4f).mul(r).mul(r);
            VectorAffine.vjp(d, g, gLogDet, i, x + i, y + i, phi + i, stride, scale, slope);
        }
    }
}
