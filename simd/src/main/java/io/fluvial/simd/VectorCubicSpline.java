package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.CubicSpline;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/// [CubicSpline], a chunk of lanes at a time and one short loop after the other through
/// [SplineRows]: exponentials of all widths and mean slopes, the bin, what its [CubicPiece] needs. The
/// inverse, a search for a root, goes lane by lane.
///
/// Against the scalar kernel, knots and x in its bin are off by some 2⁻²³ B, as if x were; φ = 0 is
/// the identity to the last bit.
final class VectorCubicSpline implements ColumnKernel {

    // Rows that the axis in y has in other splines, and which are free here.
    private static final int OFFSET = SplineRows.ALONG_Y;
    private static final int TOTAL = OFFSET + 1; // Σ weights of the shares of slopes
    private static final int SCALE = SplineRows.RAW_SLOPES;

    private final CubicSpline map;
    private final LaneByLane lanes;
    private final int bins;
    private final float bound;
    private final SplineAxis alongX;
    private final CubicPiece piece;
    private final float[] rows;

    // The first of the rows of shares of mean slopes, and of widths.
    private final int shares;
    private final int widths;

    private VectorCubicSpline(CubicSpline map) {
        this.map = map;
        lanes = new LaneByLane(map);
        bins = map.bins();
        bound = Shares.atMost(map.bound());
        alongX = new SplineAxis(bins, bound, map.minWidth(), SplineRows.ALONG_X, SplineRows.EXPONENTIALS);
        piece = new CubicPiece(bins, bound);
        shares = SplineRows.EXPONENTIALS + bins;
        widths = shares + bins;
        rows = SplineRows.of(bins, 3);
    }

    /// The kernel, or null where bins may be as narrow as the knots are uncertain, or box or slopes
    /// near the ends of float, and the scalar kernel's doubles are needed.
    static @Nullable ColumnKernel of(CubicSpline map) {
        boolean wide = map.minWidth() > map.bins() * 0x1p-20;
        boolean inRange = map.bound() > 1e-20 && map.bound() < 1e20;
        return wide && inRange && map.minSlope() >= 0x1p-20 ? new VectorCubicSpline(map) : null;
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int at = 0; at < n; at += SplineRows.CHUNK) {
            int m = Math.min(SplineRows.CHUNK, n - at);
            prepare(d, x + at, phi + at, stride, m);
            piece.forward(rows, m);
            SplineRows.finish(rows, d, y + at, logDet, at, m);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        lanes.inverse(d, y, x, phi, stride, logDet, n);
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int at = 0; at < n; at += SplineRows.CHUNK) {
            int m = Math.min(SplineRows.CHUNK, n - at);
            prepare(d, x + at, phi + at, stride, m);
            System.arraycopy(g, y + at, rows, SplineRows.G_OUT * m, m);
            System.arraycopy(gLogDet, at, rows, SplineRows.G_LOG * m, m);
            piece.pullback(rows, m);
            inX(g, x + at, y + at, m);
            slopesPullback(g, phi + at + bins * stride, stride, m);
            widthsPullback(g, phi + at, stride, m);
            alongX.pull(rows, g, phi + at, stride, m);
        }
    }

    private void prepare(float[] d, int in, int phi, int stride, int m) {
        System.arraycopy(d, in, rows, SplineRows.IN * m, m);
        SplineRows.notFinite(d, phi, stride, map.parameterCount(), rows, m);
        alongX.prepare(d, phi, stride, rows, m);
        alongX.sizes(rows, widths, m);
        Shares.exponentials(d, phi + bins * stride, stride, bins, rows, shares * m, SCALE * m, m);
        fill(m);
        alongX.locate(rows, m);
        alongX.pick(rows, m);
        pickWidths(m);
        pickMeans(m);
    }

    private float least(int j) {
        double least = map.minSlope();
        return (float) (j == 0 || j == bins - 1 ? Math.max(0.5, least) : least);
    }

    /// Scales the exponentials such that their mean, weighted with what a slope of 1 adds to the height,
    /// is 1.
    private void fill(int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector sum = FloatVector.zero(F);
            FloatVector total = sum;
            for (int j = 0; j < bins; j++) {
                FloatVector weight =
                        FloatVector.fromArray(F, rows, (widths + j) * m + i).mul(1 - least(j));
                sum = weight.fma(FloatVector.fromArray(F, rows, (shares + j) * m + i), sum);
                total = total.add(weight);
            }
            total.intoArray(rows, TOTAL * m + i);
            total.div(sum).intoArray(rows, SCALE * m + i); // sum ≥ the weight of the largest φ > 0
        }
        for (int j = 0; j < bins; j++) {
            for (int i = 0; i < m; i += LANES) {
                FloatVector.fromArray(F, rows, (shares + j) * m + i)
                        .mul(FloatVector.fromArray(F, rows, SCALE * m + i))
                        .intoArray(rows, (shares + j) * m + i);
            }
        }
    }

    /// Widths of the bin and its neighbours; where there is none, some other.
    private void pickWidths(int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, rows, SplineRows.BIN * m + i);
            FloatVector before = FloatVector.fromArray(F, rows, widths * m + i);
            FloatVector own = before;
            FloatVector after = FloatVector.fromArray(F, rows, (widths + 1) * m + i);
            for (int j = 1; j < bins; j++) {
                VectorMask<Float> here = bin.compare(GE, (float) j);
                int next = Math.min(j + 1, bins - 1);
                before = before.blend(FloatVector.fromArray(F, rows, (widths + j - 1) * m + i), here);
                own = own.blend(FloatVector.fromArray(F, rows, (widths + j) * m + i), here);
                after = after.blend(FloatVector.fromArray(F, rows, (widths + next) * m + i), here);
            }
            before.intoArray(rows, CubicPiece.WIDTHS * m + i);
            own.intoArray(rows, (CubicPiece.WIDTHS + 1) * m + i);
            after.intoArray(rows, (CubicPiece.WIDTHS + 2) * m + i);
        }
    }

    /// The same for mean slopes, and y − x at the left knot.
    private void pickMeans(int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, rows, SplineRows.BIN * m + i);
            FloatVector last = FloatVector.fromArray(F, rows, shares * m + i)
                    .mul(1 - least(0))
                    .add(least(0));
            FloatVector before = last;
            FloatVector own = last;
            FloatVector after = last;
            FloatVector sum = FloatVector.zero(F);
            FloatVector offset = sum;
            for (int j = 1; j < bins; j++) {
                FloatVector s = FloatVector.fromArray(F, rows, (shares + j) * m + i)
                        .mul(1 - least(j))
                        .add(least(j));
                sum = last.sub(1f).fma(FloatVector.fromArray(F, rows, (widths + j - 1) * m + i), sum);
                VectorMask<Float> here = bin.compare(GE, (float) j);
                before = before.blend(last, here);
                own = own.blend(s, here);
                offset = offset.blend(sum, here);
                after = after.blend(s, bin.compare(GE, (float) (j - 1)));
                last = s;
            }
            before.intoArray(rows, CubicPiece.MEANS * m + i);
            own.intoArray(rows, (CubicPiece.MEANS + 1) * m + i);
            after.intoArray(rows, (CubicPiece.MEANS + 2) * m + i);
            offset.intoArray(rows, OFFSET * m + i);
        }
    }

    /// Writes the cotangent of x.
    private void inX(float[] g, int x, int y, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector in = FloatVector.fromArray(F, rows, SplineRows.IN * m + i);
            FloatVector.fromArray(F, rows, SplineRows.G_IN * m + i)
                    .blend(FloatVector.fromArray(F, g, y + i), in.abs().compare(GT, bound))
                    .add(FloatVector.fromArray(F, rows, SplineRows.NOT_FINITE * m + i))
                    .intoArray(g, x + i);
        }
    }

    /// Overwrites the cotangents of the raw slopes at `g[a ..)`, and the row SCALE with what their shares
    /// pull back to weights.
    private void slopesPullback(float[] g, int a, int stride, int m) {
        for (int j = 0; j < bins; j++) {
            scatterMeans(j, g, a + j * stride, m);
        }
        for (int i = 0; i < m; i += LANES) {
            FloatVector sum = FloatVector.zero(F);
            for (int j = 0; j < bins; j++) {
                sum = FloatVector.fromArray(F, rows, (shares + j) * m + i)
                        .fma(FloatVector.fromArray(F, g, a + j * stride + i), sum);
            }
            sum.div(FloatVector.fromArray(F, rows, TOTAL * m + i)).intoArray(rows, SCALE * m + i); // total > 0
        }
        for (int j = 0; j < bins; j++) {
            for (int i = 0; i < m; i += LANES) {
                FloatVector weight =
                        FloatVector.fromArray(F, rows, (widths + j) * m + i).mul(1 - least(j));
                FloatVector.fromArray(F, g, a + j * stride + i)
                        .sub(weight.mul(FloatVector.fromArray(F, rows, SCALE * m + i)))
                        .mul(FloatVector.fromArray(F, rows, (shares + j) * m + i))
                        .add(FloatVector.fromArray(F, rows, SplineRows.NOT_FINITE * m + i))
                        .intoArray(g, a + j * stride + i);
            }
        }
    }

    private void scatterMeans(int j, float[] g, int to, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, rows, SplineRows.BIN * m + i);
            FloatVector gY = FloatVector.fromArray(F, rows, SplineRows.G_OUT * m + i);
            FloatVector passed = gY.mul(FloatVector.fromArray(F, rows, (widths + j) * m + i));
            FloatVector zero = FloatVector.zero(F);
            zero.blend(FloatVector.fromArray(F, rows, CubicPiece.MEANS * m + i), bin.compare(EQ, (float) (j + 1)))
                    .blend(FloatVector.fromArray(F, rows, (CubicPiece.MEANS + 1) * m + i), bin.compare(EQ, (float) j))
                    .blend(FloatVector.fromArray(F, rows, (CubicPiece.MEANS + 2) * m + i), bin.compare(EQ, (float)
                            (j - 1)))
                    .add(zero.blend(passed, bin.compare(GT, (float) j)))
                    .mul(1 - least(j))
                    .intoArray(g, to + i);
        }
    }

    /// Overwrites the cotangents of widths at `g[a ..)`.
    private void widthsPullback(float[] g, int a, int stride, int m) {
        for (int j = 0; j < bins; j++) {
            scatterWidths(j, g, a + j * stride, m);
        }
    }

    private void scatterWidths(int j, float[] g, int to, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, rows, SplineRows.BIN * m + i);
            FloatVector zero = FloatVector.zero(F);
            FloatVector share = FloatVector.fromArray(F, rows, (shares + j) * m + i);
            FloatVector passed = share.mul(1 - least(j))
                    .add(least(j))
                    .mul(FloatVector.fromArray(F, rows, SplineRows.G_OUT * m + i))
                    .sub(FloatVector.fromArray(F, rows, SplineRows.G_IN * m + i));
            FloatVector weight = FloatVector.broadcast(F, 1f)
                    .sub(share)
                    .mul(FloatVector.fromArray(F, rows, SCALE * m + i))
                    .mul(1 - least(j));
            zero.blend(FloatVector.fromArray(F, rows, CubicPiece.WIDTHS * m + i), bin.compare(EQ, (float) (j + 1)))
                    .blend(FloatVector.fromArray(F, rows, (CubicPiece.WIDTHS + 1) * m + i), bin.compare(EQ, (float) j))
                    .blend(FloatVector.fromArray(F, rows, (CubicPiece.WIDTHS + 2) * m + i), bin.compare(EQ, (float)
                            (j - 1)))
                    .add(zero.blend(passed, bin.compare(GT, (float) j)))
                    .add(weight)
                    .intoArray(g, to + i);
        }
    }
}
