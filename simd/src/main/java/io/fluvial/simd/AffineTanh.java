package io.fluvial.simd;

import static io.fluvial.simd.Width.D;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.LT;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// [VectorAffine] with s = limit · tanh(φ₁ / limit).
///
/// tanh and its slope come from e = exp(−2 |φ₁ / limit|), the slope as 4e / (1 + e)² and not as 1
/// − tanh²: it is multiplied by x, which may be large, so its relative error counts.
final class AffineTanh implements ColumnKernel {

    private final float limit;

    AffineTanh(LogScale.Tanh s) {
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
            FloatVector.fromArray(F, d, raw + i).abs().mul(-2 / limit).intoArray(d, to + i);
        }
        Exponential.apply(d, to, d, to, n);
        FloatVector one = FloatVector.broadcast(F, 1f);
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, raw + i);
            FloatVector e = FloatVector.fromArray(F, d, to + i);
            FloatVector t = one.sub(e).div(e.add(one)); // e >= 0
            FloatVector s = t.blend(t.neg(), a.compare(LT, 0f)).mul(limit);
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
            FloatVector.fromArray(F, d, raw + i).abs().mul(-2 / limit).intoArray(g, x + i);
        }
        Exponential.apply(g, x, g, x, n);
        FloatVector one = FloatVector.broadcast(F, 1f);
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, raw + i);
            FloatVector e = FloatVector.fromArray(F, g, x + i);
            FloatVector r = one.div(e.add(one)); // e >= 0
            FloatVector t = one.sub(e).mul(r);
            e.mul(4f).mul(r).mul(r).intoArray(g, raw + i);
            t.blend(t.neg(), a.compare(LT, 0f)).mul(limit).intoArray(g, x + i);
        }
        VectorAffine.pullback(d, g, gLogDet, x, y, phi, raw, n);
    }
}
