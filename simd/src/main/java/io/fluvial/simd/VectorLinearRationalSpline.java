package io.fluvial.simd;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.LinearRationalSpline;
import org.jspecify.annotations.Nullable;

/// [LinearRationalSpline], a chunk of lanes at a time and one short loop after the other through
/// [SplineRows], as [VectorSpline]: exponentials of all widths and heights, the bin, its knots,
/// slopes and λ, then two [LinearFractions].
///
/// Against the scalar kernel, knots and x in its bin are off by some 2⁻²³ B, as if x were. Where
/// minWidth and minHeight are the same, φ = 0 is the identity to the last bit.
final class VectorLinearRationalSpline implements ColumnKernel {

    private final int parameters;
    private final SplineAxis alongX;
    private final SplineAxis alongY;
    private final SplineSlopes slopes;
    private final LinearFractions fractions;
    private final float[] rows;

    private VectorLinearRationalSpline(LinearRationalSpline map) {
        int bins = map.bins();
        float bound = Shares.atMost(map.bound());
        int e = SplineRows.EXPONENTIALS;
        parameters = map.parameterCount();
        alongX = new SplineAxis(bins, bound, map.minWidth(), SplineRows.ALONG_X, e);
        alongY = new SplineAxis(bins, bound, map.minHeight(), SplineRows.ALONG_Y, e + bins);
        slopes = new SplineSlopes(map);
        fractions = new LinearFractions(bins, bound, map.minLambda(), slopes.factor());
        rows = SplineRows.of(bins, 2);
    }

    /// The kernel, or null where bins may be as narrow as the knots are uncertain, or the box or the
    /// other minima near the ends of float, and the scalar kernel's doubles are needed.
    static @Nullable ColumnKernel of(LinearRationalSpline map) {
        double uncertain = map.bins() * 0x1p-20;
        boolean wide = map.minWidth() > uncertain && map.minHeight() > uncertain;
        boolean inRange = map.bound() > 1e-20 && map.bound() < 1e20;
        boolean away = map.minSlope() >= 0x1p-20 && map.minLambda() >= 0x1p-20;
        return wide && inRange && away ? new VectorLinearRationalSpline(map) : null;
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int at = 0; at < n; at += SplineRows.CHUNK) {
            int m = Math.min(SplineRows.CHUNK, n - at);
            prepare(d, x + at, phi + at, stride, m);
            alongX.locate(rows, m);
            pick(d, phi + at, stride, m);
            fractions.forward(rows, m);
            SplineRows.finish(rows, d, y + at, logDet, at, m);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        for (int at = 0; at < n; at += SplineRows.CHUNK) {
            int m = Math.min(SplineRows.CHUNK, n - at);
            prepare(d, y + at, phi + at, stride, m);
            alongY.locate(rows, m);
            pick(d, phi + at, stride, m);
            fractions.inverse(rows, m);
            SplineRows.finish(rows, d, x + at, logDet, at, m);
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int at = 0; at < n; at += SplineRows.CHUNK) {
            int m = Math.min(SplineRows.CHUNK, n - at);
            prepare(d, x + at, phi + at, stride, m);
            alongX.locate(rows, m);
            pick(d, phi + at, stride, m);
            System.arraycopy(g, y + at, rows, SplineRows.G_OUT * m, m);
            System.arraycopy(gLogDet, at, rows, SplineRows.G_LOG * m, m);
            fractions.pullback(rows, m);
            System.arraycopy(rows, SplineRows.G_IN * m, g, x + at, m);
            alongX.pullback(rows, SplineRows.G_ALONG_X, g, phi + at, stride, m);
            alongY.pullback(rows, SplineRows.G_ALONG_Y, g, phi + at + alongX.bins() * stride, stride, m);
            slopes.pullback(rows, g, phi + at, stride, m);
            fractions.lambdaPullback(rows, g, lambda(phi + at, stride), stride, m);
        }
    }

    private void prepare(float[] d, int in, int phi, int stride, int m) {
        System.arraycopy(d, in, rows, SplineRows.IN * m, m);
        SplineRows.notFinite(d, phi, stride, parameters, rows, m);
        alongX.prepare(d, phi, stride, rows, m);
        alongY.prepare(d, phi + alongX.bins() * stride, stride, rows, m);
    }

    private void pick(float[] d, int phi, int stride, int m) {
        alongX.pick(rows, m);
        alongY.pick(rows, m);
        slopes.pick(d, phi, stride, rows, m);
        fractions.pick(d, lambda(phi, stride), stride, rows, m);
    }

    private int lambda(int phi, int stride) {
        return phi + (3 * alongX.bins() - 1) * stride;
    }
}
