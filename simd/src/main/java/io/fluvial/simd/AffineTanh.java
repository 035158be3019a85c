package io.fluvial.simd;

import static io.fluvial.simd.Width.D;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.EXP;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.TANH;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// [VectorAffine] with s = limit · tanh(φ₁ / limit).
///
/// The pullback has tanh and its slope from e = exp(−2 |φ₁ / limit|), the slope as 4e / (1 + e)² and not as 1
/// − tanh²: it is multiplied by x, which may be large, so its relative error counts.
final class AffineTanh implements ColumnKernel {

    private final float limit;

    AffineTanh(LogScale.Tanh s) {
        limit = (float) s.limit();
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector s = a.div(limit).lanewise(TANH).mul(limit);
            FloatVector scale = s.lanewise(EXP);
            FloatVector shift = FloatVector.fromArray(F, d, phi + i);
            FloatVector.fromArray(F, d, x + i).fma(scale, shift).intoArray(d, y + i);
            DoubleVector.fromArray(D, logDet, i).add(s.convertShape(F2D, D, 0)).intoArray(logDet, i);
            DoubleVector.fromArray(D, logDet, i + LANES / 2)
                    .add(s.convertShape(F2D, D, 1))
                    .intoArray(logDet, i + LANES / 2);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector s = a.div(limit).lanewise(TANH).mul(limit);
            FloatVector scale = s.lanewise(EXP);
            FloatVector shift = FloatVector.fromArray(F, d, phi + i);
            FloatVector.fromArray(F, d, y + i).sub(shift).div(scale).intoArray(d, x + i); // scale > 0
            DoubleVector.fromArray(D, logDet, i).add(s.convertShape(F2D, D, 0)).intoArray(logDet, i);
            DoubleVector.fromArray(D, logDet, i + LANES / 2)
                    .add(s.convertShape(F2D, D, 1))
                    .intoArray(logDet, i + LANES / 2);
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector one = FloatVector.broadcast(F, 1f);
            FloatVector e = a.abs().mul(-2 / limit).lanewise(EXP);
            FloatVector r = one.div(e.add(one)); // e >= 0
            FloatVector t = one.sub(e).mul(r);
            FloatVector scale = t.blend(t.neg(), a.compare(LT, 0f)).mul(limit).lanewise(EXP);
            FloatVector slope = e.mul(4f).mul(r).mul(r);
            FloatVector gY = FloatVector.fromArray(F, g, y + i);
            FloatVector gX = gY.mul(scale);
            FloatVector gS = gX.fma(FloatVector.fromArray(F, d, x + i), FloatVector.fromArray(F, gLogDet, i));
            gY.intoArray(g, phi + i);
            gS.mul(slope).intoArray(g, phi + stride + i);
            gX.intoArray(g, x + i);
        }
    }
}
