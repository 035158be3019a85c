package io.fluvial.simd;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.RationalQuadraticSpline;
import io.fluvial.scalar.Tails;
import org.jspecify.annotations.Nullable;

/// [RationalQuadraticSpline], a chunk of lanes at a time and one short loop after the other through
/// [SplineRows]: exponentials of all widths and heights, the bin, its knots and slopes, then the
/// rational quadratic.
///
/// Against the scalar kernel, knots and x in its bin are off by some 2⁻²³ B, as if x were; so
/// results differ by that times their derivative in x, which is large in narrow bins.
final class VectorSpline implements ColumnKernel {

    private final int parameters;
    private final SplineAxis alongX;
    private final SplineAxis alongY;
    private final SplineSlopes slopes;
    private final SplinePiece piece;
    private final float[] rows;

    /// Which row of φ is the first of a learned box; −1 for none.
    private final int box;

    private VectorSpline(RationalQuadraticSpline map) {
        int bins = map.bins();
        int e = SplineRows.EXPONENTIALS;
        parameters = map.parameterCount();
        alongX = new SplineAxis(bins, map.bound(), map.minWidth(), SplineRows.ALONG_X, e);
        alongY = new SplineAxis(bins, map.bound(), map.minHeight(), SplineRows.ALONG_Y, e + bins);
        slopes = new SplineSlopes(map);
        piece = new SplinePiece(map.bound(), map.tails() == Tails.LINEAR || map.tails() == Tails.AFFINE);
        box = map.tails() == Tails.AFFINE ? parameters - 4 : -1;
        rows = SplineRows.of(bins, 2);
    }

    /// The kernel, or null where bins may be as narrow as the knots are uncertain and the scalar
    /// kernel's doubles are needed.
    static @Nullable ColumnKernel of(RationalQuadraticSpline map) {
        double uncertain = map.bins() * 0x1p-20;
        boolean wide = map.minWidth() > uncertain && map.minHeight() > uncertain;
        return wide ? new VectorSpline(map) : null;
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int at = 0; at < n; at += SplineRows.CHUNK) {
            int m = Math.min(SplineRows.CHUNK, n - at);
            prepare(d, x + at, phi + at, stride, m);
            enter(d, phi + at, stride, true, m);
            alongX.locate(rows, m);
            pick(d, phi + at, stride, m);
            piece.forward(rows, m);
            leave(d, phi + at, stride, false, m);
            SplineRows.finish(rows, d, y + at, logDet, at, m);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        for (int at = 0; at < n; at += SplineRows.CHUNK) {
            int m = Math.min(SplineRows.CHUNK, n - at);
            prepare(d, y + at, phi + at, stride, m);
            enter(d, phi + at, stride, false, m);
            alongY.locate(rows, m);
            pick(d, phi + at, stride, m);
            piece.inverse(rows, m);
            leave(d, phi + at, stride, true, m);
            SplineRows.finish(rows, d, x + at, logDet, at, m);
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int at = 0; at < n; at += SplineRows.CHUNK) {
            int m = Math.min(SplineRows.CHUNK, n - at);
            prepare(d, x + at, phi + at, stride, m);
            enter(d, phi + at, stride, true, m);
            alongX.locate(rows, m);
            pick(d, phi + at, stride, m);
            System.arraycopy(g, y + at, rows, SplineRows.G_OUT * m, m);
            System.arraycopy(gLogDet, at, rows, SplineRows.G_LOG * m, m);
            if (box >= 0) {
                piece.forward(rows, m);
                SplineBox.leavePullback(rows, g, phi + at + box * stride, stride, m);
            }
            piece.pullback(rows, m);
            if (box >= 0) {
                SplineBox.enterPullback(rows, g, phi + at + box * stride, stride, m);
            }
            System.arraycopy(rows, SplineRows.G_IN * m, g, x + at, m);
            alongX.pullback(rows, SplineRows.G_ALONG_X, g, phi + at, stride, m);
            alongY.pullback(rows, SplineRows.G_ALONG_Y, g, phi + at + alongX.bins() * stride, stride, m);
            slopes.pullback(rows, g, phi + at, stride, m);
        }
    }

    private void prepare(float[] d, int in, int phi, int stride, int m) {
        System.arraycopy(d, in, rows, SplineRows.IN * m, m);
        SplineRows.notFinite(d, phi, stride, parameters, rows, m);
        alongX.prepare(d, phi, stride, rows, m);
        alongY.prepare(d, phi + alongX.bins() * stride, stride, rows, m);
    }

    /// Into the fixed box, where there is a learned one.
    private void enter(float[] d, int phi, int stride, boolean isX, int m) {
        if (box >= 0) {
            SplineBox.prepare(d, phi + box * stride, stride, rows, m);
            SplineBox.enter(d, phi + (isX ? box : box + 2) * stride, rows, isX, m);
        }
    }

    /// log f′ from f′, and out of the fixed box.
    private void leave(float[] d, int phi, int stride, boolean isX, int m) {
        int log = SplineRows.DERIVATIVE * m;
        Logarithm.apply(rows, log, rows, log, m);
        if (box >= 0) {
            SplineBox.leave(d, phi + (isX ? box : box + 2) * stride, rows, isX, m);
        }
    }

    private void pick(float[] d, int phi, int stride, int m) {
        alongX.pick(rows, m);
        alongY.pick(rows, m);
        slopes.pick(d, phi, stride, rows, m);
    }
}
