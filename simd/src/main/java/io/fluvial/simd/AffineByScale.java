package io.fluvial.simd;

import static io.fluvial.simd.Width.D;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.HEAD;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.F2D;

import io.fluvial.kernel.ColumnKernel;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// [VectorAffine] where the scale is known and its logarithm is not: scales by sigmoid and softplus.
///
/// The pullback takes scale · slope as one number, which is at most about 1 where the scale is a softplus of
/// any size: no finite parameter overflows.
final class AffineByScale implements ColumnKernel {

    private static final int CHUNK = 128;

    // Rows, each of CHUNK lanes.
    private static final int RAW = HEAD;
    private static final int SCALE = RAW + CHUNK;
    private static final int LOG = SCALE + CHUNK;

    private final ScaleRow scale;
    private final float[] s = new float[LOG + CHUNK];

    AffineByScale(ScaleRow scale) {
        this.scale = scale;
    }

    private void scale(float[] d, int raw, int n) {
        System.arraycopy(d, raw, s, RAW, n);
        scale.scale(s, RAW, SCALE, n);
    }

    private void addLog(double[] logDet, int at, int n) {
        Logarithm.apply(s, SCALE, s, LOG, n); // scale > 0
        for (int i = 0; i < n; i += LANES) {
            FloatVector log = FloatVector.fromArray(F, s, LOG + i);
            DoubleVector.fromArray(D, logDet, at + i)
                    .add(log.convertShape(F2D, D, 0))
                    .intoArray(logDet, at + i);
            DoubleVector.fromArray(D, logDet, at + i + LANES / 2)
                    .add(log.convertShape(F2D, D, 1))
                    .intoArray(logDet, at + i + LANES / 2);
        }
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int at = 0; at < n; at += CHUNK) {
            int m = Math.min(CHUNK, n - at);
            scale(d, phi + stride + at, m);
            addLog(logDet, at, m);
            for (int i = 0; i < m; i += LANES) {
                FloatVector shift = FloatVector.fromArray(F, d, phi + at + i);
                FloatVector.fromArray(F, d, x + at + i)
                        .fma(FloatVector.fromArray(F, s, SCALE + i), shift)
                        .intoArray(d, y + at + i);
            }
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        for (int at = 0; at < n; at += CHUNK) {
            int m = Math.min(CHUNK, n - at);
            scale(d, phi + stride + at, m);
            addLog(logDet, at, m);
            for (int i = 0; i < m; i += LANES) {
                FloatVector.fromArray(F, d, y + at + i)
                        .sub(FloatVector.fromArray(F, d, phi + at + i))
                        .div(FloatVector.fromArray(F, s, SCALE + i)) // scale > 0
                        .intoArray(d, x + at + i);
            }
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int at = 0; at < n; at += CHUNK) {
            int m = Math.min(CHUNK, n - at);
            scale(d, phi + stride + at, m);
            scale.slope(s, RAW, SCALE, m);
            for (int i = 0; i < m; i += LANES) {
                FloatVector gY = FloatVector.fromArray(F, g, y + at + i);
                FloatVector scale = FloatVector.fromArray(F, s, SCALE + i);
                FloatVector slope = FloatVector.fromArray(F, s, RAW + i);
                FloatVector.fromArray(F, d, x + at + i)
                        .mul(scale.mul(slope))
                        .fma(gY, slope.mul(FloatVector.fromArray(F, gLogDet, at + i)))
                        .intoArray(g, phi + stride + at + i);
                gY.intoArray(g, phi + at + i);
                gY.mul(scale).intoArray(g, x + at + i);
            }
        }
    }
}
