package io.fluvial.simd;

import static io.fluvial.simd.Width.D;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.QuadraticSpline;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// [QuadraticSpline] over lanes, in mean bins and by the offset v − u as the scalar form, in single
/// precision. Each lane walks through all bins and keeps the last whose lower knot does not lie above it.
final class VectorQuadraticSpline implements ColumnKernel {

    private final int bins;
    private final float bound;
    private final float unit;
    private final float leastWidth;
    private final float restWidth;
    private final float leastSlope;
    private final float restSlope;

    // Rows of n lanes: shares of the widths; from `shares` those of the inner slopes, between two rows
    // of 1, so that the slope at knot j is least + rest · share j; then the following.
    private float[] s = new float[0];
    private int shares;
    private int scale;
    private int filled; // Σ weights of the inner slopes
    private int place; // distance from the lower knot
    private int offset; // v − u at the lower knot
    private int width;
    private int left; // slopes at both knots
    private int right;
    private int number; // of the bin
    private int slope;
    private int log;

    VectorQuadraticSpline(QuadraticSpline map) {
        bins = map.bins();
        bound = Shares.atMost(map.bound());
        unit = (float) (2 * map.bound() / bins);
        leastWidth = (float) (bins * map.minWidth());
        restWidth = 1 - leastWidth;
        leastSlope = (float) map.minSlope();
        restSlope = 1 - leastSlope;
    }

    private void begin(float[] d, int phi, int stride, int n) {
        int rows = 2 * bins + 11;
        if (s.length < rows * n) {
            s = new float[rows * n];
        }
        shares = bins * n;
        scale = shares + (bins + 1) * n;
        filled = scale + n;
        place = filled + n;
        offset = place + n;
        width = offset + n;
        left = width + n;
        right = left + n;
        number = right + n;
        slope = number + n;
        log = slope + n;
        Shares.apply(d, phi, stride, bins, s, 0, scale, n);
        Shares.exponentials(d, phi + bins * stride, stride, bins - 1, s, shares + n, scale, n);
        fill(n);
    }

    /// Scales the exponentials such that their mean, weighted with half the widths of both neighbours, is 1.
    private void fill(int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector before = FloatVector.fromArray(F, s, i);
            FloatVector sum = FloatVector.zero(F);
            FloatVector total = sum;
            for (int j = 1; j < bins; j++) {
                FloatVector after = FloatVector.fromArray(F, s, j * n + i);
                FloatVector weight = before.add(after).mul(0.5f * restWidth).add(leastWidth);
                sum = weight.fma(FloatVector.fromArray(F, s, shares + j * n + i), sum);
                total = total.add(weight);
                before = after;
            }
            total.intoArray(s, filled + i);
            total.div(sum).intoArray(s, scale + i); // sum >= the weight of the largest φ > 0
            FloatVector.broadcast(F, 1f).intoArray(s, shares + i);
            FloatVector.broadcast(F, 1f).intoArray(s, shares + bins * n + i);
        }
        for (int j = 1; j < bins; j++) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector.fromArray(F, s, shares + j * n + i)
                        .mul(FloatVector.fromArray(F, s, scale + i))
                        .intoArray(s, shares + j * n + i);
            }
        }
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        begin(d, phi, stride, n);
        locateX(d, x, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector at = FloatVector.fromArray(F, d, x + i);
            FloatVector z = FloatVector.fromArray(F, s, place + i);
            FloatVector d0 = FloatVector.fromArray(F, s, left + i);
            FloatVector rise = FloatVector.fromArray(F, s, right + i)
                    .sub(d0)
                    .mul(z.div(FloatVector.fromArray(F, s, width + i))); // width > 0
            d0.add(rise).intoArray(s, slope + i);
            FloatVector off = rise.mul(0.5f).add(d0.sub(1f)).fma(z, FloatVector.fromArray(F, s, offset + i));
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
            FloatVector d0 = FloatVector.fromArray(F, s, left + i);
            FloatVector d1 = FloatVector.fromArray(F, s, right + i);
            FloatVector w = FloatVector.fromArray(F, s, width + i);
            FloatVector bend = d1.sub(d0).mul(p.add(p).div(w)); // width > 0
            // f′ at the answer lies between both slopes, which rounding must not undo
            FloatVector root = d0.fma(d0, bend).max(0f).sqrt().max(d0.min(d1)).min(d0.max(d1));
            root.intoArray(s, slope + i);
            FloatVector z = p.add(p).div(d0.add(root)); // a sum of two slopes > 0
            FloatVector off = z.sub(p).sub(FloatVector.fromArray(F, s, offset + i));
            off.fma(FloatVector.broadcast(F, unit), at).intoArray(d, x + i);
        }
        addLog(logDet, n);
    }

    /// Finds the bins of points at `d[x ..)`. In the tails: slopes 1, place 0 and offset 0, or NaN where φ has one.
    private void locateX(float[] d, int x, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector u = FloatVector.fromArray(F, d, x + i).add(bound).div(unit);
            FloatVector w = FloatVector.fromArray(F, s, i).mul(restWidth).add(leastWidth);
            FloatVector knot = w;
            FloatVector below = FloatVector.zero(F);
            FloatVector found = w;
            FloatVector k = below;
            for (int b = 1; b < bins; b++) {
                VectorMask<Float> past = u.compare(GE, knot);
                w = FloatVector.fromArray(F, s, b * n + i).mul(restWidth).add(leastWidth);
                below = below.blend(knot, past);
                found = found.blend(w, past);
                k = k.blend((float) b, past);
                knot = knot.add(w);
            }
            u.sub(below).intoArray(s, place + i);
            found.intoArray(s, width + i);
            k.intoArray(s, number + i);
        }
        ends(n);
        tails(d, x, n);
    }

    /// The same for points at `d[y ..)`.
    private void locateY(float[] d, int y, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector v = FloatVector.fromArray(F, d, y + i).add(bound).div(unit);
            FloatVector knot = FloatVector.zero(F);
            FloatVector below = knot;
            FloatVector found = FloatVector.fromArray(F, s, i).mul(restWidth).add(leastWidth);
            FloatVector k = knot;
            FloatVector w = found;
            FloatVector d0 = FloatVector.broadcast(F, 1f);
            for (int b = 1; b < bins; b++) {
                FloatVector d1 = FloatVector.fromArray(F, s, shares + b * n + i)
                        .mul(restSlope)
                        .add(leastSlope);
                knot = d0.add(d1).mul(0.5f).fma(w, knot);
                VectorMask<Float> past = v.compare(GE, knot);
                w = FloatVector.fromArray(F, s, b * n + i).mul(restWidth).add(leastWidth);
                below = below.blend(knot, past);
                found = found.blend(w, past);
                k = k.blend((float) b, past);
                d0 = d1;
            }
            v.sub(below).intoArray(s, place + i);
            found.intoArray(s, width + i);
            k.intoArray(s, number + i);
        }
        ends(n);
        tails(d, y, n);
    }

    /// The slopes at both ends of the bins found, and the offsets.
    private void ends(int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector k = FloatVector.fromArray(F, s, number + i);
            FloatVector sum = FloatVector.zero(F);
            FloatVector below = sum;
            FloatVector d0 = FloatVector.broadcast(F, 1f);
            FloatVector low = d0;
            FloatVector high = d0;
            for (int b = 0; b < bins; b++) {
                FloatVector d1 = FloatVector.fromArray(F, s, shares + (b + 1) * n + i)
                        .mul(restSlope)
                        .add(leastSlope);
                VectorMask<Float> here = k.compare(EQ, (float) b);
                low = low.blend(d0, here);
                high = high.blend(d1, here);
                below = below.blend(sum, here);
                FloatVector w =
                        FloatVector.fromArray(F, s, b * n + i).mul(restWidth).add(leastWidth);
                sum = d0.add(d1).mul(0.5f).sub(1f).fma(w, sum);
                d0 = d1;
            }
            low.intoArray(s, left + i);
            high.intoArray(s, right + i);
            below.intoArray(s, offset + i);
        }
    }

    private void tails(float[] d, int at, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Float> outside =
                    FloatVector.fromArray(F, d, at + i).abs().compare(GT, bound);
            FloatVector defect = FloatVector.fromArray(F, s, scale + i).mul(0f);
            FloatVector.fromArray(F, s, left + i).blend(1f, outside).intoArray(s, left + i);
            FloatVector.fromArray(F, s, right + i).blend(1f, outside).intoArray(s, right + i);
            FloatVector.fromArray(F, s, place + i).blend(0f, outside).intoArray(s, place + i);
            FloatVector.fromArray(F, s, width + i).blend(1f, outside).intoArray(s, width + i);
            FloatVector.fromArray(F, s, offset + i).blend(defect, outside).intoArray(s, offset + i);
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
        point(d, g, gLogDet, x, y, n);
        slopes(g, phi + (bins - 1) * stride, stride, n);
        widths(g, phi, stride, n);
        pull(d, g, x, phi + (bins - 1) * stride, stride, n);
        pullWidths(d, g, x, phi, stride, n);
    }

    /// Overwrites `g[x ..)`, and these rows, all 0 in the tails: `offset` with ∂loss/∂v, `slope` with ∂loss/∂u,
    /// `width` with the gradient of the width of the bin, `left` and `right` with those of its slopes.
    private void point(float[] d, float[] g, float[] gLogDet, int x, int y, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Float> outside = FloatVector.fromArray(F, d, x + i).abs().compare(GT, bound);
            FloatVector z = FloatVector.fromArray(F, s, place + i);
            FloatVector w = FloatVector.fromArray(F, s, width + i);
            FloatVector d0 = FloatVector.fromArray(F, s, left + i);
            FloatVector rise = FloatVector.fromArray(F, s, right + i).sub(d0);
            FloatVector t = z.div(w); // width > 0
            FloatVector f = rise.fma(t, d0);
            FloatVector gY = FloatVector.fromArray(F, g, y + i);
            FloatVector gV = gY.mul(unit).blend(0f, outside);
            FloatVector gF = FloatVector.fromArray(F, gLogDet, i).div(f).blend(0f, outside); // slope > 0
            FloatVector bend = gF.mul(rise).div(w); // 0 in the tails: no rise
            gY.fma(f, bend.div(unit)).intoArray(g, x + i);
            gV.intoArray(s, offset + i);
            gV.fma(f, bend).intoArray(s, slope + i);
            gV.mul(0.5f).mul(rise).fma(t, bend).mul(t).neg().intoArray(s, width + i);
            FloatVector half = gV.mul(0.5f).mul(z).mul(t);
            gF.fma(t, half).intoArray(s, right + i);
            gV.mul(z).sub(half).add(gF.sub(gF.mul(t))).intoArray(s, left + i);
        }
    }

    /// Writes the gradients of the shares of inner slopes j to `g[at + j * stride]`, and their mean to the row `log`.
    private void slopes(float[] g, int at, int stride, int n) {
        for (int j = 1; j < bins; j++) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector k = FloatVector.fromArray(F, s, number + i);
                FloatVector half = FloatVector.fromArray(F, s, offset + i).mul(0.5f);
                FloatVector before = FloatVector.fromArray(F, s, (j - 1) * n + i)
                        .mul(restWidth)
                        .add(leastWidth);
                FloatVector after =
                        FloatVector.fromArray(F, s, j * n + i).mul(restWidth).add(leastWidth);
                FloatVector zero = FloatVector.zero(F);
                FloatVector fromBefore = zero.blend(half.mul(before), k.compare(GT, (float) (j - 1)))
                        .blend(FloatVector.fromArray(F, s, right + i), k.compare(EQ, (float) (j - 1)));
                FloatVector fromAfter = zero.blend(half.mul(after), k.compare(GT, (float) j))
                        .blend(FloatVector.fromArray(F, s, left + i), k.compare(EQ, (float) j));
                fromBefore.add(fromAfter).mul(restSlope).intoArray(g, at + j * stride + i);
            }
        }
        for (int i = 0; i < n; i += LANES) {
            FloatVector sum = FloatVector.zero(F);
            for (int j = 1; j < bins; j++) {
                sum = FloatVector.fromArray(F, s, shares + j * n + i)
                        .fma(FloatVector.fromArray(F, g, at + j * stride + i), sum);
            }
            sum.div(FloatVector.fromArray(F, s, filled + i)).intoArray(s, log + i); // a sum of widths > 0
        }
    }

    /// Writes the gradients of the shares of widths to `g[at + b * stride]`.
    private void widths(float[] g, int at, int stride, int n) {
        for (int b = 0; b < bins; b++) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector k = FloatVector.fromArray(F, s, number + i);
                FloatVector both = FloatVector.fromArray(F, s, shares + b * n + i)
                        .add(FloatVector.fromArray(F, s, shares + (b + 1) * n + i))
                        .mul(0.5f);
                FloatVector mean = both.mul(restSlope).add(leastSlope);
                FloatVector below =
                        FloatVector.fromArray(F, s, offset + i).mul(mean).sub(FloatVector.fromArray(F, s, slope + i));
                FloatVector gW = FloatVector.zero(F)
                        .blend(below, k.compare(GT, (float) b))
                        .blend(FloatVector.fromArray(F, s, width + i), k.compare(EQ, (float) b));
                FloatVector.broadcast(F, 1f)
                        .sub(both)
                        .fma(FloatVector.fromArray(F, s, log + i), gW)
                        .mul(restWidth)
                        .intoArray(g, at + b * stride + i);
            }
        }
    }

    /// From gradients of shares of slopes to those of φ, 0 in the tails.
    private void pull(float[] d, float[] g, int x, int at, int stride, int n) {
        for (int j = 1; j < bins; j++) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector weight = FloatVector.fromArray(F, s, (j - 1) * n + i)
                        .add(FloatVector.fromArray(F, s, j * n + i))
                        .mul(0.5f * restWidth)
                        .add(leastWidth);
                FloatVector.fromArray(F, g, at + j * stride + i)
                        .sub(weight.mul(FloatVector.fromArray(F, s, log + i)))
                        .mul(FloatVector.fromArray(F, s, shares + j * n + i))
                        .blend(0f, FloatVector.fromArray(F, d, x + i).abs().compare(GT, bound))
                        .intoArray(g, at + j * stride + i);
            }
        }
    }

    /// From gradients of shares of widths to those of φ, 0 in the tails.
    private void pullWidths(float[] d, float[] g, int x, int at, int stride, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector sum = FloatVector.zero(F);
            for (int b = 0; b < bins; b++) {
                sum = FloatVector.fromArray(F, s, b * n + i).fma(FloatVector.fromArray(F, g, at + b * stride + i), sum);
            }
            sum.div((float) bins).intoArray(s, log + i);
        }
        for (int b = 0; b < bins; b++) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector.fromArray(F, g, at + b * stride + i)
                        .sub(FloatVector.fromArray(F, s, log + i))
                        .mul(FloatVector.fromArray(F, s, b * n + i))
                        .blend(0f, FloatVector.fromArray(F, d, x + i).abs().compare(GT, bound))
                        .intoArray(g, at + b * stride + i);
            }
        }
    }
}
