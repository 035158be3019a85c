package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import io.fluvial.kernel.ColumnKernel;
import jdk.incubator.vector.FloatVector;

/// y = x + φ₀; log f′ = 0, so log-determinants stay as they are.
final class VectorShift implements ColumnKernel {

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector shift = FloatVector.fromArray(F, d, phi + i);
            FloatVector.fromArray(F, d, x + i).add(shift).intoArray(d, y + i);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector shift = FloatVector.fromArray(F, d, phi + i);
            FloatVector.fromArray(F, d, y + i).sub(shift).intoArray(d, x + i);
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector gY = FloatVector.fromArray(F, g, y + i);
            gY.intoArray(g, phi + i);
            gY.intoArray(g, x + i);
        }
    }
}
