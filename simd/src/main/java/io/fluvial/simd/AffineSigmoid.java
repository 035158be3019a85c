package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.LogScale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// [VectorAffine] with scale = min + (max − min) · σ(φ₁ + offset), s = log scale.
final class AffineSigmoid implements ColumnKernel {

    private final float min;
    private final float range;
    private final float offset;

    AffineSigmoid(LogScale.Sigmoid s) {
        min = (float) s.min();
        range = (float) (s.max() - s.min());
        offset = (float) s.offset();
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector scale = Sigmoid.of(a.add(offset)).mul(range).add(min);
            FloatVector s = scale.lanewise(VectorOperators.LOG); // scale >= min > 0
            VectorAffine.forward(d, x + i, y + i, phi + i, scale);
            Width.addTo(logDet, i, s);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector scale = Sigmoid.of(a.add(offset)).mul(range).add(min);
            FloatVector s = scale.lanewise(VectorOperators.LOG); // scale >= min > 0
            VectorAffine.inverse(d, y + i, x + i, phi + i, scale);
            Width.addTo(logDet, i, s);
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, phi + stride + i);
            FloatVector sigma = Sigmoid.of(a.add(offset));
            FloatVector scale = sigma.mul(range).add(min);
            FloatVector slope =
                    sigma.mul(Sigmoid.of(a.add(offset).neg())).mul(range).div(scale);
            VectorAffine.vjp(d, g, gLogDet, i, x + i, y + i, phi + i, stride, scale, slope);
        }
    }
}
