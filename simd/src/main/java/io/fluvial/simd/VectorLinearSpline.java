package io.fluvial.simd;

import static io.fluvial.simd.Width.D;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.LinearSpline;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// [LinearSpline] over lanes, in mean bins and by the offset v − u as the scalar form, in single
/// precision. Each lane walks through all bins and keeps the last whose lower knot does not lie above it.
final class VectorLinearSpline implements ColumnKernel {

    private final int bins;
    private final float bound;
    private final float unit;
    private final float least;
    private final float rest;

    // Rows of n lanes: shares of all bins, then the following.
    private float[] s = new float[0];
    private int scale;
    private int slope;
    private int offset; // v − u at the lower knot
    private int place; // distance from the lower knot
    private int number; // of the bin
    private int log;
    private int mean;

    VectorLinearSpline(LinearSpline map) {
        bins = map.bins();
        bound = Shares.atMost(map.bound());
        unit = (float) (2 * map.bound() / bins);
        least = (float) (bins * map.minHeight());
        rest = 1 - least;
    }

    private void begin(float[] d, int phi, int stride, int n) {
        if (s.length < (bins + 7) * n) {
            s = new float[(bins + 7) * n];
        }
        scale = bins * n;
        slope = scale + n;
        offset = slope + n;
        place = offset + n;
        number = place + n;
        log = number + n;
        mean = log + n;
        Shares.apply(d, phi, stride, bins, s, 0, scale, n);
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        begin(d, phi, stride, n);
        locateX(d, x, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector at = FloatVector.fromArray(F, d, x + i);
            FloatVector off = FloatVector.fromArray(F, s, slope + i)
                    .sub(1f)
                    .fma(FloatVector.fromArray(F, s, place + i), FloatVector.fromArray(F, s, offset + i));
            off.fma(FloatVector.broadcast(F, unit), at).intoArray(d, y + i);
        }
        addLog(logDet, n);
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        begin(d, phi, stride, n);
        locateY(d, y, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector at = FloatVector.fromArray(F, d, y + i);
            FloatVector p = FloatVector.fromArray(F, s, place + i);
            FloatVector off = p.div(FloatVector.fromArray(F, s, slope + i)) // slope > 0
                    .sub(p)
                    .sub(FloatVector.fromArray(F, s, offset + i));
            off.fma(FloatVector.broadcast(F, unit), at).intoArray(d, x + i);
        }
        addLog(logDet, n);
    }

    /// Finds the bins of points at `d[x ..)`. In the tails: slope 1, place 0 and offset 0, or NaN where φ has one.
    private void locateX(float[] d, int x, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector at = FloatVector.fromArray(F, d, x + i);
            FloatVector u = at.add(bound).div(unit); // a quotient is a whole number at a knot, a product may miss it
            FloatVector size = FloatVector.fromArray(F, s, i).mul(rest).add(least);
            FloatVector sum = size.sub(1f);
            FloatVector below = FloatVector.zero(F);
            FloatVector found = size;
            FloatVector k = below;
            for (int b = 1; b < bins; b++) {
                VectorMask<Float> past = u.compare(GE, (float) b);
                size = FloatVector.fromArray(F, s, b * n + i).mul(rest).add(least);
                below = below.blend(sum, past);
                found = found.blend(size, past);
                k = k.blend((float) b, past);
                sum = sum.add(size.sub(1f));
            }
            VectorMask<Float> outside = at.abs().compare(GT, bound);
            found.blend(1f, outside).intoArray(s, slope + i);
            below.blend(FloatVector.fromArray(F, s, scale + i).mul(0f), outside).intoArray(s, offset + i);
            u.sub(k).blend(0f, outside).intoArray(s, place + i);
            k.intoArray(s, number + i);
        }
    }

    /// The same for points at `d[y ..)`.
    private void locateY(float[] d, int y, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector at = FloatVector.fromArray(F, d, y + i);
            FloatVector v = at.add(bound).div(unit);
            FloatVector size = FloatVector.fromArray(F, s, i).mul(rest).add(least);
            FloatVector sum = size.sub(1f);
            FloatVector below = FloatVector.zero(F);
            FloatVector found = size;
            FloatVector k = below;
            for (int b = 1; b < bins; b++) {
                VectorMask<Float> past = v.sub((float) b).compare(GE, sum);
                size = FloatVector.fromArray(F, s, b * n + i).mul(rest).add(least);
                below = below.blend(sum, past);
                found = found.blend(size, past);
                k = k.blend((float) b, past);
                sum = sum.add(size.sub(1f));
            }
            VectorMask<Float> outside = at.abs().compare(GT, bound);
            found.blend(1f, outside).intoArray(s, slope + i);
            below.blend(FloatVector.fromArray(F, s, scale + i).mul(0f), outside).intoArray(s, offset + i);
            v.sub(k).sub(below).blend(0f, outside).intoArray(s, place + i);
            k.intoArray(s, number + i);
        }
    }

    /// Adds log slope; the offset is NaN in the tails of a NaN in φ.
    private void addLog(double[] logDet, int n) {
        Logarithm.apply(s, slope, s, log, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector l = FloatVector.fromArray(F, s, offset + i)
                    .fma(FloatVector.zero(F), FloatVector.fromArray(F, s, log + i));
            DoubleVector.fromArray(D, logDet, i).add(l.convertShape(F2D, D, 0)).intoArray(logDet, i);
            DoubleVector.fromArray(D, logDet, i + LANES / 2)
                    .add(l.convertShape(F2D, D, 1))
                    .intoArray(logDet, i + LANES / 2);
        }
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        begin(d, phi, stride, n);
        locateX(d, x, n);
        slopes(d, g, gLogDet, x, y, n);
        shares(d, g, x, phi, stride, n);
    }

    /// Overwrites `g[x ..)`, the row `offset` with the gradient of the slopes of bins below, `place` with that of the
    /// bin itself, both 0 in the tails, and `mean` with Σ q · gradient / bins.
    private void slopes(float[] d, float[] g, float[] gLogDet, int x, int y, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Float> outside = FloatVector.fromArray(F, d, x + i).abs().compare(GT, bound);
            FloatVector gY = FloatVector.fromArray(F, g, y + i);
            FloatVector found = FloatVector.fromArray(F, s, slope + i);
            FloatVector gV = gY.mul(unit).blend(0f, outside);
            FloatVector gLog = FloatVector.fromArray(F, gLogDet, i).div(found); // slope > 0
            FloatVector gAt =
                    gV.fma(FloatVector.fromArray(F, s, place + i), gLog).blend(0f, outside);
            gY.mul(found).intoArray(g, x + i);
            gV.intoArray(s, offset + i);
            gAt.intoArray(s, place + i);
        }
        for (int i = 0; i < n; i += LANES) {
            FloatVector gV = FloatVector.fromArray(F, s, offset + i);
            FloatVector gAt = FloatVector.fromArray(F, s, place + i);
            FloatVector k = FloatVector.fromArray(F, s, number + i);
            FloatVector sum = FloatVector.zero(F);
            for (int b = 0; b < bins; b++) {
                FloatVector gS =
                        FloatVector.zero(F).blend(gV, k.compare(GT, (float) b)).blend(gAt, k.compare(EQ, (float) b));
                sum = FloatVector.fromArray(F, s, b * n + i).fma(gS, sum);
            }
            sum.div((float) bins).intoArray(s, mean + i);
        }
    }

    /// Pulls the gradients of slopes back to φ: gφ = rest · q (gradient − mean), 0 in the tails.
    private void shares(float[] d, float[] g, int x, int phi, int stride, int n) {
        for (int b = 0; b < bins; b++) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector k = FloatVector.fromArray(F, s, number + i);
                FloatVector q = FloatVector.fromArray(F, s, b * n + i).mul(rest);
                FloatVector.zero(F)
                        .blend(FloatVector.fromArray(F, s, offset + i), k.compare(GT, (float) b))
                        .blend(FloatVector.fromArray(F, s, place + i), k.compare(EQ, (float) b))
                        .sub(FloatVector.fromArray(F, s, mean + i))
                        .mul(q)
                        .blend(0f, FloatVector.fromArray(F, d, x + i).abs().compare(GT, bound))
                        .intoArray(g, phi + b * stride + i);
            }
        }
    }
}
