package io.fluvial.simd;

import static io.fluvial.simd.Width.D;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.F2D;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// [VectorAffine] with s = φ₁ · limit / (limit + |φ₁|), in this order: no finite φ₁ overflows.
final class AffineSoftClip implements ColumnKernel {

    private final float limit;

    AffineSoftClip(LogScale.SoftClip s) {
        limit = (float) s.limit();
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        logScale(d, phi + stride, y, logDet, n);
        VectorAffine.forward(d, x, y, phi, n);
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        logScale(d, phi + stride, x, logDet, n);
        VectorAffine.inverse(d, y, x, phi, n);
    }

    /// Writes s to `d[to ..)` and adds it to the log-determinants.
    private void logScale(float[] d, int raw, int to, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, raw + i);
            FloatVector r = FloatVector.broadcast(F, limit).div(a.abs().add(limit)); // limit > 0
            FloatVector s = a.mul(r);
            s.intoArray(d, to + i);
            DoubleVector.fromArray(D, logDet, i).add(s.convertShape(F2D, D, 0)).intoArray(logDet, i);
            DoubleVector.fromArray(D, logDet, i + LANES / 2)
                    .add(s.convertShape(F2D, D, 1))
                    .intoArray(logDet, i + LANES / 2);
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        int raw = phi + stride;
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, raw + i);
            FloatVector r = FloatVector.broadcast(F, limit).div(a.abs().add(limit)); // limit > 0
            a.mul(r).intoArray(g, x + i);
            r.mul(r).intoArray(g, raw + i);
        }
        VectorAffine.pullback(d, g, gLogDet, x, y, phi, raw, n);
    }
}
