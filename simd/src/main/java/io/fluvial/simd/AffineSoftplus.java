package io.fluvial.simd;

import static io.fluvial.simd.Width.D;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.EXP;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.LOG;
import static jdk.incubator.vector.VectorOperators.LOG1P;
import static jdk.incubator.vector.VectorOperators.LT;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// [VectorAffine] with scale = min + softplus(φ₁ + offset), s = log scale; softplus(t) = max(t, 0) + log(1 +
/// e) with e = exp(−|t|), and its slope is 1 / (1 + e) for t ≥ 0 and e / (1 + e) below.
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
            FloatVector t = a.add(offset);
            FloatVector e = t.abs().neg().lanewise(EXP);
            FloatVector scale = e.lanewise(LOG1P).add(t.max(0f)).add(min);
            FloatVector s = scale.lanewise(LOG); // scale >= min > 0
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
            FloatVector t = a.add(offset);
            FloatVector e = t.abs().neg().lanewise(EXP);
            FloatVector scale = e.lanewise(LOG1P).add(t.max(0f)).add(min);
            FloatVector s = scale.lanewise(LOG); // scale >= min > 0
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
            FloatVector t = a.add(offset);
            FloatVector e = t.abs().neg().lanewise(EXP);
            FloatVector scale = e.lanewise(LOG1P).add(t.max(0f)).add(min);
            FloatVector sigma =
                    FloatVector.broadcast(F, 1f).blend(e, t.compare(LT, 0f)).div(e.add(1f));
            FloatVector slope = sigma.div(scale);
            FloatVector gY = FloatVector.fromArray(F, g, y + i);
            FloatVector gX = gY.mul(scale);
            FloatVector gS = gX.fma(FloatVector.fromArray(F, d, x + i), FloatVector.fromArray(F, gLogDet, i));
            gY.intoArray(g, phi + i);
            gS.mul(slope).intoArray(g, phi + stride + i);
            gX.intoArray(g, x + i);
        }
    }
}
