package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/// The learned box of a spline with affine tails: x goes into the fixed box as (x − cₓ) · exp(−sₓ),
/// and y comes out of it as c_y + exp(s_y) · v, with s = 3 tanh(a / 3) of the raw sizes a. Four
/// rows of φ: cₓ, aₓ, c_y, a_y.
///
/// |s| < 3, so no exponential leaves the range of float, and nothing on the way does for |x|, |y| ≤ 1e37.
final class SplineBox {

    private static final float LIMIT = 3;

    // Rows: s of x and y, their exponentials, and 1 − tanh² for the pullback.
    private static final int LOG_X = SplineRows.BOX;
    private static final int LOG_Y = LOG_X + 1;
    private static final int SCALE_X = LOG_X + 2;
    private static final int SCALE_Y = LOG_X + 3;
    private static final int BEND_X = LOG_X + 4;
    private static final int BEND_Y = LOG_X + 5;

    private SplineBox() {}

    /// Sizes, from φ of the box at `d[box ..)`.
    static void prepare(float[] d, int box, int stride, float[] r, int m) {
        tanh(d, box + stride, r, LOG_X * m, BEND_X * m, m);
        tanh(d, box + 3 * stride, r, LOG_Y * m, BEND_Y * m, m);
        Exponential.apply(r, LOG_X * m, r, SCALE_X * m, 2 * m);
    }

    /// As in [AffineTanh]: tanh and its slope from e = exp(−2 |a / 3|).
    private static void tanh(float[] d, int raw, float[] r, int to, int bend, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, d, raw + i).abs().mul(-2 / LIMIT).intoArray(r, to + i);
        }
        Exponential.apply(r, to, r, to, m);
        FloatVector one = FloatVector.broadcast(F, 1f);
        for (int i = 0; i < m; i += LANES) {
            FloatVector a = FloatVector.fromArray(F, d, raw + i);
            FloatVector e = FloatVector.fromArray(F, r, to + i);
            FloatVector per = one.div(e.add(one)); // e ≥ 0
            FloatVector t = one.sub(e).mul(per);
            e.mul(4f).mul(per).mul(per).intoArray(r, bend + i);
            t.blend(t.neg(), a.compare(LT, 0f)).mul(LIMIT).intoArray(r, to + i);
        }
    }

    /// What stands in row IN, x or y, into the fixed box.
    static void enter(float[] d, int center, float[] r, boolean isX, int m) {
        int scale = (isX ? SCALE_X : SCALE_Y) * m;
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, r, SplineRows.IN * m + i)
                    .sub(FloatVector.fromArray(F, d, center + i))
                    .div(FloatVector.fromArray(F, r, scale + i)) // > 0
                    .intoArray(r, SplineRows.IN * m + i);
        }
    }

    /// What stands in row OUT, y or x, out of the fixed box; log f′, which must be there, gets s_y
    /// − sₓ.
    static void leave(float[] d, int center, float[] r, boolean isX, int m) {
        int scale = (isX ? SCALE_X : SCALE_Y) * m;
        for (int i = 0; i < m; i += LANES) {
            FloatVector shift = FloatVector.fromArray(F, d, center + i);
            FloatVector.fromArray(F, r, SplineRows.OUT * m + i)
                    .fma(FloatVector.fromArray(F, r, scale + i), shift)
                    .intoArray(r, SplineRows.OUT * m + i);
            FloatVector.fromArray(F, r, LOG_Y * m + i)
                    .sub(FloatVector.fromArray(F, r, LOG_X * m + i))
                    .add(FloatVector.fromArray(F, r, SplineRows.DERIVATIVE * m + i))
                    .intoArray(r, SplineRows.DERIVATIVE * m + i);
        }
    }

    /// Before the pullback through the fixed box: gY becomes that of v, and gφ of the box in y is set.
    /// Row OUT has v, what the fixed box maps IN to.
    static void leavePullback(float[] r, float[] g, int box, int stride, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector bad = FloatVector.fromArray(F, r, SplineRows.NOT_FINITE * m + i);
            FloatVector gY = FloatVector.fromArray(F, r, SplineRows.G_OUT * m + i);
            FloatVector gV = gY.mul(FloatVector.fromArray(F, r, SCALE_Y * m + i));
            gY.add(bad).intoArray(g, box + 2 * stride + i);
            gV.intoArray(r, SplineRows.G_OUT * m + i);
            gV.mul(FloatVector.fromArray(F, r, SplineRows.OUT * m + i))
                    .add(FloatVector.fromArray(F, r, SplineRows.G_LOG * m + i))
                    .mul(FloatVector.fromArray(F, r, BEND_Y * m + i))
                    .intoArray(g, box + 3 * stride + i);
        }
    }

    /// After it: gX from that of what entered, and gφ of the box in x.
    static void enterPullback(float[] r, float[] g, int box, int stride, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector gU = FloatVector.fromArray(F, r, SplineRows.G_IN * m + i);
            FloatVector gX = gU.div(FloatVector.fromArray(F, r, SCALE_X * m + i));
            gX.intoArray(r, SplineRows.G_IN * m + i);
            gX.neg().intoArray(g, box + i);
            gU.mul(FloatVector.fromArray(F, r, SplineRows.IN * m + i))
                    .add(FloatVector.fromArray(F, r, SplineRows.G_LOG * m + i))
                    .mul(FloatVector.fromArray(F, r, BEND_X * m + i))
                    .neg()
                    .intoArray(g, box + stride + i);
        }
    }
}
