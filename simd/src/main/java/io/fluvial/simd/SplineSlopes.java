package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;

import io.fluvial.scalar.LinearRationalSpline;
import io.fluvial.scalar.RationalQuadraticSpline;
import io.fluvial.scalar.Tails;
import jdk.incubator.vector.FloatVector;

/// The slopes at both ends of a lane's bin: which raw numbers they come from is all that the tails
/// of a spline change inside its box. softplus is taken after the choice, of two numbers rather
/// than of all.
final class SplineSlopes {

    private final int bins;
    private final boolean fixedEnds;
    private final float offset;
    private final float least;
    private final float factor;

    /// For knots 0 … K the row of φ with the raw slope; where the slope is fixed at 1, some other
    /// row.
    private final int[] rows;

    /// Slopes least + softplus(φ + offset).
    SplineSlopes(RationalQuadraticSpline map) {
        this(map.bins(), map.tails(), map.slopeOffset(), map.minSlope(), 1f);
    }

    /// Slopes least + factor · softplus(φ), exactly 1 at φ = 0; 1 at both ends.
    SplineSlopes(LinearRationalSpline map) {
        this(map.bins(), Tails.LINEAR, 0, map.minSlope(), factorOf((float) map.minSlope()));
    }

    private SplineSlopes(int bins, Tails tails, double offset, double least, float factor) {
        this.bins = bins;
        this.offset = (float) offset;
        this.least = (float) least;
        this.factor = factor;
        fixedEnds = switch (tails) {
            case LINEAR, AFFINE -> true;
            case CIRCULAR, NONE -> false;
        };
        rows = new int[bins + 1];
        for (int k = 0; k <= bins; k++) {
            rows[k] = 2 * bins
                    + switch (tails) {
                        case LINEAR, AFFINE -> k == 0 || k == bins ? -1 : k - 1;
                        case CIRCULAR -> k % bins;
                        case NONE -> k;
                    };
        }
    }

    /// The factor that takes softplus(0) to 1 − least such that the sum with least is 1 to the last bit: steps of
    /// it move the sum by less than what rounds to 1.
    private static float factorOf(float least) {
        float factor = (1 - least) / SoftplusRow.LN2;
        while (Math.fma(SoftplusRow.LN2, factor, least) < 1) {
            factor = Math.nextUp(factor);
        }
        while (Math.fma(SoftplusRow.LN2, factor, least) > 1) {
            factor = Math.nextDown(factor);
        }
        return factor;
    }

    /// What softplus is multiplied by.
    float factor() {
        return factor;
    }

    /// Both slopes of the bin.
    void pick(float[] d, int phi, int stride, float[] r, int m) {
        choose(d, phi, stride, r, m);
        SoftplusRow.apply(r, SplineRows.RAW_SLOPES * m, r, SplineRows.SLOPES * m, 2 * m);
        finish(r, m);
    }

    private void choose(float[] d, int phi, int stride, float[] r, int m) {
        int raw = SplineRows.RAW_SLOPES * m;
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, r, SplineRows.BIN * m + i);
            FloatVector left = FloatVector.fromArray(F, d, phi + rows[0] * stride + i);
            FloatVector right = FloatVector.fromArray(F, d, phi + rows[1] * stride + i);
            for (int k = 1; k < bins; k++) {
                FloatVector at = FloatVector.fromArray(F, d, phi + rows[k] * stride + i);
                FloatVector next = FloatVector.fromArray(F, d, phi + rows[k + 1] * stride + i);
                left = left.blend(at, bin.compare(GE, (float) k));
                right = right.blend(next, bin.compare(GE, (float) k));
            }
            left.add(offset).intoArray(r, raw + i);
            right.add(offset).intoArray(r, raw + m + i);
        }
    }

    private void finish(float[] r, int m) {
        int slopes = SplineRows.SLOPES * m;
        FloatVector plus = FloatVector.broadcast(F, least);
        FloatVector times = FloatVector.broadcast(F, factor);
        if (!fixedEnds) {
            for (int i = 0; i < 2 * m; i += LANES) {
                FloatVector.fromArray(F, r, slopes + i).fma(times, plus).intoArray(r, slopes + i);
            }
            return;
        }
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, r, SplineRows.BIN * m + i);
            FloatVector left = FloatVector.fromArray(F, r, slopes + i).fma(times, plus);
            FloatVector right = FloatVector.fromArray(F, r, slopes + m + i).fma(times, plus);
            left.blend(1f, bin.compare(EQ, 0f)).intoArray(r, slopes + i);
            right.blend(1f, bin.compare(EQ, (float) (bins - 1))).intoArray(r, slopes + m + i);
        }
    }

    /// From the cotangents of both slopes, times the factor: overwrites those of all raw slopes in g.
    void pullback(float[] r, float[] g, int phi, int stride, int m) {
        toRaw(r, m);
        int from = fixedEnds ? 1 : 0;
        int to = fixedEnds || rows[bins] == rows[0] ? bins : bins + 1;
        for (int k = from; k < to; k++) {
            // the bin that ends at knot k: the last one on a circle, none (-1) where the knot is an end
            int before = k == 0 && rows[bins] == rows[0] ? bins - 1 : k - 1;
            scatter(r, before, k, g, phi + rows[k] * stride, m);
        }
    }

    /// softplus′ = σ.
    private static void toRaw(float[] r, int m) {
        int raw = SplineRows.RAW_SLOPES * m;
        int sigmas = SplineRows.SIGMAS * m;
        int given = SplineRows.G_SLOPES * m;
        for (int i = 0; i < 2 * m; i += LANES) {
            FloatVector.fromArray(F, r, raw + i).neg().intoArray(r, sigmas + i);
        }
        Exponential.apply(r, sigmas, r, sigmas, 2 * m);
        for (int i = 0; i < 2 * m; i += LANES) {
            FloatVector e = FloatVector.fromArray(F, r, sigmas + i);
            FloatVector.fromArray(F, r, given + i).div(e.add(1f)).intoArray(r, given + i); // e ≥ 0
        }
    }

    private static void scatter(float[] r, int before, int after, float[] g, int to, int m) {
        int given = SplineRows.G_SLOPES * m;
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, r, SplineRows.BIN * m + i);
            FloatVector left = FloatVector.fromArray(F, r, given + i);
            FloatVector right = FloatVector.fromArray(F, r, given + m + i);
            FloatVector zero = FloatVector.zero(F);
            zero.blend(left, bin.compare(EQ, (float) after))
                    .add(zero.blend(right, bin.compare(EQ, (float) before)))
                    .intoArray(g, to + i);
        }
    }
}
