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
        Exponential.apply(d, y, d, y, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector shift = FloatVector.fromArray(F, d, phi + i);
            FloatVector.fromArray(F, d, x + i)
                    .fma(FloatVector.fromArray(F, d, y + i), shift)
                    .intoArray(d, y + i);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        logScale(d, phi + stride, x, logDet, n);
        Exponential.apply(d, x, d, x, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector shift = FloatVector.fromArray(F, d, phi + i);
            FloatVector.fromArray(F, d, y + i)
                    .sub(shift)
                    .div(FloatVector.fromArray(F, d, x + i)) // scale > 0
                    .intoArray(d, x + i);
        }
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
