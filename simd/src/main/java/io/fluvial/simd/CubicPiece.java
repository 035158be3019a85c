package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The cubic of a lane's bin, with the formulas of `CubicSpline`, from widths and mean slopes of the
/// bin and both its neighbours.
///
/// f′ is taken from the nearer end, a + r (2 (3s − 2a − b) + 3 (a + b − 2s) r) with r ≤ ½ of the bin
/// from the slope a: from the farther one, what is small at the end of a steep bin would be a
/// difference of large numbers.
final class CubicPiece {

    private static final int LEFT = SplineRows.ALONG_X + SplineAxis.LEFT;
    private static final int OFFSET = SplineRows.ALONG_Y; // y − x at the left knot
    private static final int LOW = SplineRows.SLOPES;
    private static final int HIGH = LOW + 1;

    /// Widths and mean slopes of the bin before, the bin and the one after, then their cotangents.
    static final int WIDTHS = SplineRows.PIECE;

    static final int MEANS = WIDTHS + 3;
    private static final int W = WIDTHS + 1;
    private static final int S = MEANS + 1;

    // Parabolas through the knots at both ends.
    private static final int SMOOTH = WIDTHS + 6;

    // What the slopes at both ends pull back to width and mean slope of the bin before the knot and of
    // the bin after it; two rows each.
    private static final int W_BEFORE = SplineRows.RAW_SLOPES - 3;
    private static final int W_AFTER = SMOOTH;
    private static final int S_BEFORE = SplineRows.RAW_SLOPES;
    private static final int S_AFTER = SplineRows.SIGMAS;

    private final int bins;
    private final float bound;

    CubicPiece(int bins, float bound) {
        this.bins = bins;
        this.bound = bound;
    }

    /// The slopes at both ends, 1 at those of the box.
    private void slopes(float[] r, int m) {
        for (int i = 0; i < 2 * m; i += LANES) { // left ends, then right ones
            FloatVector w0 = FloatVector.fromArray(F, r, WIDTHS * m + i);
            FloatVector w1 = FloatVector.fromArray(F, r, W * m + i);
            FloatVector s0 = FloatVector.fromArray(F, r, MEANS * m + i);
            FloatVector s1 = FloatVector.fromArray(F, r, S * m + i);
            FloatVector smooth = s0.mul(w1).add(s1.mul(w0)).div(w0.add(w1)); // widths > 0
            smooth.intoArray(r, SMOOTH * m + i);
            smooth.min(s0.min(s1).mul(2f)).intoArray(r, LOW * m + i);
        }
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, r, SplineRows.BIN * m + i);
            FloatVector.fromArray(F, r, LOW * m + i)
                    .blend(1f, bin.compare(EQ, 0f))
                    .intoArray(r, LOW * m + i);
            FloatVector.fromArray(F, r, HIGH * m + i)
                    .blend(1f, bin.compare(EQ, (float) (bins - 1)))
                    .intoArray(r, HIGH * m + i);
        }
    }

    /// The distance from the left knot into OUT, f′ into DERIVATIVE.
    void enter(float[] r, int m) {
        slopes(r, m);
        for (int i = 0; i < m; i += LANES) {
            FloatVector one = FloatVector.broadcast(F, 1f);
            FloatVector w = FloatVector.fromArray(F, r, W * m + i);
            FloatVector s = FloatVector.fromArray(F, r, S * m + i);
            FloatVector d0 = FloatVector.fromArray(F, r, LOW * m + i);
            FloatVector d1 = FloatVector.fromArray(F, r, HIGH * m + i);
            FloatVector z = FloatVector.fromArray(F, r, SplineRows.IN * m + i)
                    .max(-bound)
                    .min(bound)
                    .sub(FloatVector.fromArray(F, r, LEFT * m + i))
                    .max(0f) // the width and the difference of the knots are not rounded alike
                    .min(w);
            z.intoArray(r, SplineRows.OUT * m + i);
            FloatVector t = z.div(w); // w > 0
            VectorMask<Float> right = t.compare(GT, 0.5f);
            FloatVector a = d0.blend(d1, right);
            FloatVector b = d1.blend(d0, right);
            FloatVector at = t.blend(one.sub(t), right);
            FloatVector square = s.mul(3f).sub(a.add(a)).sub(b);
            FloatVector cube = a.add(b).sub(s.add(s));
            cube.mul(at).mul(3f).add(square.add(square)).fma(at, a).intoArray(r, SplineRows.DERIVATIVE * m + i);
        }
    }

    /// IN = x to OUT = y, and log f′.
    void forward(float[] r, int m) {
        enter(r, m);
        for (int i = 0; i < m; i += LANES) {
            FloatVector in = FloatVector.fromArray(F, r, SplineRows.IN * m + i);
            FloatVector s = FloatVector.fromArray(F, r, S * m + i);
            FloatVector d0 = FloatVector.fromArray(F, r, LOW * m + i);
            FloatVector d1 = FloatVector.fromArray(F, r, HIGH * m + i);
            FloatVector z = FloatVector.fromArray(F, r, SplineRows.OUT * m + i);
            FloatVector t = z.div(FloatVector.fromArray(F, r, W * m + i));
            FloatVector square = s.mul(3f).sub(d0.add(d0)).sub(d1);
            FloatVector cube = d0.add(d1).sub(s.add(s));
            FloatVector rise = cube.fma(t, square).fma(t, d0.sub(1f));
            rise.fma(z, FloatVector.fromArray(F, r, OFFSET * m + i))
                    .add(in)
                    .max(-bound)
                    .min(bound)
                    .blend(in, in.abs().compare(GT, bound))
                    .intoArray(r, SplineRows.OUT * m + i);
            FloatVector.fromArray(F, r, SplineRows.DERIVATIVE * m + i)
                    .blend(1f, in.abs().compare(GT, bound))
                    .intoArray(r, SplineRows.DERIVATIVE * m + i);
        }
        Logarithm.apply(r, SplineRows.DERIVATIVE * m, r, SplineRows.DERIVATIVE * m, m);
    }

    /// From the cotangents of y and log f′: overwrites G_IN with that of x in the box, G_OUT with that
    /// of y in it, both 0 outside, and widths and mean slopes with theirs, where those of the bins before
    /// only have what goes through the slope at the knot.
    void pullback(float[] r, int m) {
        enter(r, m);
        point(r, m);
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, r, SplineRows.BIN * m + i);
            FloatVector gLow = FloatVector.fromArray(F, r, SplineRows.G_SLOPES * m + i);
            FloatVector gHigh = FloatVector.fromArray(F, r, (SplineRows.G_SLOPES + 1) * m + i);
            gLow.blend(0f, bin.compare(EQ, 0f)).intoArray(r, SplineRows.G_SLOPES * m + i);
            gHigh.blend(0f, bin.compare(EQ, (float) (bins - 1))).intoArray(r, (SplineRows.G_SLOPES + 1) * m + i);
        }
        knots(r, m);
        gather(r, m);
    }

    /// Rows G_ALONG_X: cotangent of the width; G_ALONG_Y: of the mean slope.
    private void point(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            VectorMask<Float> outside =
                    FloatVector.fromArray(F, r, SplineRows.IN * m + i).abs().compare(GT, bound);
            FloatVector w = FloatVector.fromArray(F, r, W * m + i);
            FloatVector s = FloatVector.fromArray(F, r, S * m + i);
            FloatVector d0 = FloatVector.fromArray(F, r, LOW * m + i);
            FloatVector d1 = FloatVector.fromArray(F, r, HIGH * m + i);
            FloatVector slope = FloatVector.fromArray(F, r, SplineRows.DERIVATIVE * m + i);
            FloatVector z = FloatVector.fromArray(F, r, SplineRows.OUT * m + i);
            FloatVector t = z.div(w);
            FloatVector rest = FloatVector.broadcast(F, 1f).sub(t);
            FloatVector square = s.mul(3f).sub(d0.add(d0)).sub(d1);
            FloatVector turn = d0.add(d1).sub(s.add(s)).mul(t);
            FloatVector gY =
                    FloatVector.fromArray(F, r, SplineRows.G_OUT * m + i).blend(0f, outside);
            FloatVector gF = FloatVector.fromArray(F, r, SplineRows.G_LOG * m + i)
                    .div(slope) // > 0
                    .blend(0f, outside);
            FloatVector bend = gF.mul(turn.mul(6f).add(square.add(square))).div(w);
            FloatVector gZ = gY.mul(z);
            gY.intoArray(r, SplineRows.G_OUT * m + i);
            gY.fma(slope, bend).intoArray(r, SplineRows.G_IN * m + i);
            gY.mul(t).mul(square.add(turn.add(turn))).add(bend).mul(t).neg().intoArray(r, SplineRows.G_ALONG_X * m + i);
            FloatVector three = FloatVector.broadcast(F, 3f);
            gZ.mul(three.sub(t.add(t))).add(gF.mul(6f).mul(rest)).mul(t).intoArray(r, SplineRows.G_ALONG_Y * m + i);
            gZ.mul(rest).add(gF.sub(gF.mul(t).mul(3f))).mul(rest).intoArray(r, SplineRows.G_SLOPES * m + i);
            gZ.mul(rest)
                    .add(gF.add(gF).sub(gF.mul(t).mul(3f)))
                    .mul(t)
                    .neg()
                    .intoArray(r, (SplineRows.G_SLOPES + 1) * m + i);
        }
    }

    private static void knots(float[] r, int m) {
        for (int i = 0; i < 2 * m; i += LANES) {
            FloatVector zero = FloatVector.zero(F);
            FloatVector w0 = FloatVector.fromArray(F, r, WIDTHS * m + i);
            FloatVector w1 = FloatVector.fromArray(F, r, W * m + i);
            FloatVector s0 = FloatVector.fromArray(F, r, MEANS * m + i);
            FloatVector s1 = FloatVector.fromArray(F, r, S * m + i);
            FloatVector smooth = FloatVector.fromArray(F, r, SMOOTH * m + i);
            FloatVector g = FloatVector.fromArray(F, r, SplineRows.G_SLOPES * m + i);
            VectorMask<Float> isSmooth = smooth.compare(LE, s0.min(s1).mul(2f));
            VectorMask<Float> first = s0.compare(LT, s1);
            FloatVector twice = g.add(g);
            FloatVector part = g.div(w0.add(w1));
            FloatVector least0 = zero.blend(twice, first);
            FloatVector least1 = twice.blend(zero, first);
            least0.blend(part.mul(w1), isSmooth).intoArray(r, S_BEFORE * m + i);
            least1.blend(part.mul(w0), isSmooth).intoArray(r, S_AFTER * m + i);
            zero.blend(part.mul(s1.sub(smooth)), isSmooth).intoArray(r, W_BEFORE * m + i);
            zero.blend(part.mul(s0.sub(smooth)), isSmooth).intoArray(r, W_AFTER * m + i);
        }
    }

    /// Those of the three bins.
    private static void gather(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            gather(r, W_BEFORE * m + i, W_AFTER * m + i, SplineRows.G_ALONG_X * m + i, WIDTHS * m + i, m);
            gather(r, S_BEFORE * m + i, S_AFTER * m + i, SplineRows.G_ALONG_Y * m + i, MEANS * m + i, m);
        }
    }

    private static void gather(float[] r, int before, int after, int own, int to, int m) {
        FloatVector.fromArray(F, r, before).intoArray(r, to);
        FloatVector.fromArray(F, r, own)
                .add(FloatVector.fromArray(F, r, after))
                .add(FloatVector.fromArray(F, r, before + m))
                .intoArray(r, to + m);
        FloatVector.fromArray(F, r, after + m).intoArray(r, to + 2 * m);
    }
}
