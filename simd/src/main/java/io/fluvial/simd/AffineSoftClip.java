package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// [VectorAffine] with s = limit · φ₁ / (limit + |φ₁|), written so that no finite φ₁ overflows.
final class AffineSoftClip implements ColumnKernel {

    private final float limit;

    AffineSoftClip(LogScale.SoftClip s) {
        limit = (float) s.limit();
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector s = a.div(a.abs().add(limit)).mul(limit);
            FloatVector scale = s.lanewise(VectorOperators.EXP);
            VectorAffine.forward(d, x + i, y + i, phi + i, scale);
            Width.addTo(logDet, i, s);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector s = a.div(a.abs().add(limit)).mul(limit);
            FloatVector scale = s.lanewise(VectorOperators.EXP);
            VectorAffine.inverse(d, y + i, x + i, phi + i, scale);
            Width.addTo(logDet, i, s);
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector r = FloatVector.broadcast(F, limit).div(a.abs().add(limit)); // limit > 0
            FloatVector scale = a.div(a.abs().add(limit)).mul(limit).lanewise(VectorOperators.EXP);
            FloatVector slope = r.mul(r);
            VectorAffine.vjp(d, g, gLogDet, i, x + i, y + i, phi + i, stride, scale, slope);
        }
    }
}
