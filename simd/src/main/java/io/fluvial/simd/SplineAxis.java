package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/// The bins of a spline along one axis: knots from K raw numbers, the bin that holds a number, and
/// the way back.
///
/// With E = exp(a − max a) and scale = 2B (1 − K min) / Σ E, knot j is −B + 2B min j + scale · (E₀
/// + … + Eⱼ₋₁) and bin j has the size 2B min + scale · Eⱼ. No lane branches: a loop over all bins
/// keeps, by comparison, what belongs to the lane's own.
///
/// Knots are sums of the size of B and off by some 2⁻²³ B; sizes are not differences of them, hence
/// accurate relative to themselves.
final class SplineAxis {

    // Rows of the bin, after the axis's first.
    static final int LEFT = 0;
    static final int SIZE = 1;
    private static final int SUM = 2; // of the E before the bin
    private static final int OWN = 3; // E of the bin
    private static final int SCALE = 4;

    private final int bins;
    private final float bound;
    private final float least;
    private final float range;
    private final int first;
    private final int exponentials;

    /// @param min the least share of a bin
    /// @param first the axis's first row
    /// @param exponentials the first of the rows of E
    SplineAxis(int bins, double bound, double min, int first, int exponentials) {
        this.bins = bins;
        this.bound = (float) bound;
        this.least = (float) (2 * bound * min);
        this.range = (float) (2 * bound * (1 - bins * min));
        this.first = first;
        this.exponentials = exponentials;
    }

    /// K.
    int bins() {
        return bins;
    }

    private float knot(int j) {
        return j * least - bound;
    }

    /// E and the scale, from the raw numbers at `d[a ..)`.
    void prepare(float[] d, int a, int stride, float[] r, int m) {
        largest(d, a, stride, r, m);
        int most = (first + SCALE) * m;
        for (int j = 0; j < bins; j++) {
            subtract(d, a + j * stride, r, most, (exponentials + j) * m, m);
        }
        Exponential.apply(r, exponentials * m, r, exponentials * m, bins * m);
        scale(r, m);
    }

    private void largest(float[] d, int a, int stride, float[] r, int m) {
        int to = (first + SCALE) * m;
        for (int i = 0; i < m; i += LANES) {
            FloatVector most = FloatVector.fromArray(F, d, a + i);
            for (int j = 1; j < bins; j++) {
                FloatVector next = FloatVector.fromArray(F, d, a + j * stride + i);
                most = most.blend(next, next.compare(GT, most)); // a NaN shows elsewhere
            }
            most.intoArray(r, to + i);
        }
    }

    private static void subtract(float[] d, int a, float[] r, int most, int to, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, d, a + i)
                    .sub(FloatVector.fromArray(F, r, most + i))
                    .intoArray(r, to + i);
        }
    }

    private void scale(float[] r, int m) {
        int to = (first + SCALE) * m;
        for (int i = 0; i < m; i += LANES) {
            FloatVector sum = FloatVector.zero(F);
            for (int j = 0; j < bins; j++) {
                sum = sum.add(FloatVector.fromArray(F, r, (exponentials + j) * m + i));
            }
            FloatVector.broadcast(F, range).div(sum).intoArray(r, to + i); // sum ≥ 1
        }
    }

    /// The number of the bin that holds what stands in row IN.
    void locate(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, r, SplineRows.IN * m + i);
            FloatVector scale = FloatVector.fromArray(F, r, (first + SCALE) * m + i);
            FloatVector sum = FloatVector.zero(F);
            FloatVector bin = FloatVector.zero(F);
            for (int j = 1; j < bins; j++) {
                sum = sum.add(FloatVector.fromArray(F, r, (exponentials + j - 1) * m + i));
                FloatVector knot = sum.fma(scale, FloatVector.broadcast(F, knot(j)));
                bin = bin.blend((float) j, x.compare(GE, knot));
            }
            bin.intoArray(r, SplineRows.BIN * m + i);
        }
    }

    /// Left knot and size of the bin.
    void pick(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, r, SplineRows.BIN * m + i);
            FloatVector sum = FloatVector.zero(F);
            FloatVector before = sum;
            FloatVector own = FloatVector.fromArray(F, r, exponentials * m + i);
            for (int j = 1; j < bins; j++) {
                sum = sum.add(FloatVector.fromArray(F, r, (exponentials + j - 1) * m + i));
                FloatVector e = FloatVector.fromArray(F, r, (exponentials + j) * m + i);
                before = before.blend(sum, bin.compare(GE, (float) j));
                own = own.blend(e, bin.compare(GE, (float) j));
            }
            before.intoArray(r, (first + SUM) * m + i);
            own.intoArray(r, (first + OWN) * m + i);
            FloatVector scale = FloatVector.fromArray(F, r, (first + SCALE) * m + i);
            FloatVector even = bin.fma(FloatVector.broadcast(F, least), FloatVector.broadcast(F, -bound));
            before.fma(scale, even).intoArray(r, (first + LEFT) * m + i);
            own.fma(scale, FloatVector.broadcast(F, least)).intoArray(r, (first + SIZE) * m + i);
        }
    }

    /// The sizes of all bins into the rows from `to` on.
    void sizes(float[] r, int to, int m) {
        for (int j = 0; j < bins; j++) {
            for (int i = 0; i < m; i += LANES) {
                FloatVector.fromArray(F, r, (exponentials + j) * m + i)
                        .fma(FloatVector.fromArray(F, r, (first + SCALE) * m + i), FloatVector.broadcast(F, least))
                        .intoArray(r, (to + j) * m + i);
            }
        }
    }

    /// From the cotangents of left knot and size in rows `given` and `given + 1`: overwrites those
    /// of the raw numbers at `g[a ..)`. All bins before move the left knot.
    void pullback(float[] r, int given, float[] g, int a, int stride, int m) {
        mean(r, given, m);
        for (int j = 0; j < bins; j++) {
            scatter(r, given, j, g, a + j * stride, m);
        }
    }

    /// Σ σⱼ gⱼ into the row SUM.
    private void mean(float[] r, int given, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector before = FloatVector.fromArray(F, r, (first + SUM) * m + i);
            FloatVector own = FloatVector.fromArray(F, r, (first + OWN) * m + i);
            before.mul(FloatVector.fromArray(F, r, given * m + i))
                    .add(own.mul(FloatVector.fromArray(F, r, (given + 1) * m + i)))
                    .mul(FloatVector.fromArray(F, r, (first + SCALE) * m + i))
                    .mul(1 / range) // scale / range = 1 / Σ E
                    .intoArray(r, (first + SUM) * m + i);
        }
    }

    private void scatter(float[] r, int given, int j, float[] g, int to, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, r, SplineRows.BIN * m + i);
            FloatVector cotangent = FloatVector.zero(F)
                    .blend(FloatVector.fromArray(F, r, given * m + i), bin.compare(GT, (float) j))
                    .blend(FloatVector.fromArray(F, r, (given + 1) * m + i), bin.compare(EQ, (float) j));
            cotangent
                    .sub(FloatVector.fromArray(F, r, (first + SUM) * m + i))
                    .mul(FloatVector.fromArray(F, r, (exponentials + j) * m + i))
                    .mul(FloatVector.fromArray(F, r, (first + SCALE) * m + i))
                    .intoArray(g, to + i);
        }
    }

    /// The same where every size has a cotangent of its own, at `g[a ..)` in place of that of the raw
    /// number.
    void pull(float[] r, float[] g, int a, int stride, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector sum = FloatVector.zero(F);
            for (int j = 0; j < bins; j++) {
                sum = FloatVector.fromArray(F, r, (exponentials + j) * m + i)
                        .fma(FloatVector.fromArray(F, g, a + j * stride + i), sum);
            }
            sum.mul(FloatVector.fromArray(F, r, (first + SCALE) * m + i))
                    .mul(1 / range) // as in mean
                    .intoArray(r, (first + SUM) * m + i);
        }
        for (int j = 0; j < bins; j++) {
            for (int i = 0; i < m; i += LANES) {
                FloatVector.fromArray(F, g, a + j * stride + i)
                        .sub(FloatVector.fromArray(F, r, (first + SUM) * m + i))
                        .mul(FloatVector.fromArray(F, r, (exponentials + j) * m + i))
                        .mul(FloatVector.fromArray(F, r, (first + SCALE) * m + i))
                        .add(FloatVector.fromArray(F, r, SplineRows.NOT_FINITE * m + i))
                        .intoArray(g, a + j * stride + i);
            }
        }
    }
}
