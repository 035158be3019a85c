package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/// The rational quadratic of a lane's bin, either way, with the formulas of the scalar
/// `RationalQuadratic`: all summands positive, no discriminant below zero. Numbers outside the box
/// are taken to its ends first, so that nothing computed for them is infinite, and replaced at
/// last.
final class SplinePiece {

    private static final int LEFT = SplineRows.ALONG_X + SplineAxis.LEFT;
    private static final int W = SplineRows.ALONG_X + SplineAxis.SIZE;
    private static final int BOTTOM = SplineRows.ALONG_Y + SplineAxis.LEFT;
    private static final int H = SplineRows.ALONG_Y + SplineAxis.SIZE;

    private final float bound;
    private final boolean line;

    /// @param line whether everything outside the box has a y, the same as x
    SplinePiece(double bound, boolean line) {
        this.bound = (float) bound;
        this.line = line;
    }

    /// IN = x to OUT = y, and f′.
    void forward(float[] r, int m) {
        position(r, m);
        value(r, m);
        outside(r, line ? 1f : 0f, m);
    }

    /// IN = y to OUT = x, and f′.
    void inverse(float[] r, int m) {
        root(r, m);
        argument(r, m);
        outside(r, line ? 1f : Float.POSITIVE_INFINITY, m);
    }

    /// t into OUT.
    private void position(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector x = FloatVector.fromArray(F, r, SplineRows.IN * m + i);
            FloatVector t = x.blend(-bound, x.compare(LT, -bound))
                    .blend(bound, x.compare(GT, bound))
                    .sub(FloatVector.fromArray(F, r, LEFT * m + i))
                    .div(FloatVector.fromArray(F, r, W * m + i)); // w > 0
            t.blend(0f, t.compare(LT, 0f)) // w and the difference of the knots are not rounded alike
                    .blend(1f, t.compare(GT, 1f))
                    .intoArray(r, SplineRows.OUT * m + i);
        }
    }

    private static void value(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector t = FloatVector.fromArray(F, r, SplineRows.OUT * m + i);
            FloatVector h = FloatVector.fromArray(F, r, H * m + i);
            FloatVector s = h.div(FloatVector.fromArray(F, r, W * m + i));
            FloatVector d0 = FloatVector.fromArray(F, r, SplineRows.SLOPES * m + i);
            FloatVector d1 = FloatVector.fromArray(F, r, (SplineRows.SLOPES + 1) * m + i);
            FloatVector u = FloatVector.broadcast(F, 1f).sub(t);
            FloatVector tu = t.mul(u);
            FloatVector tt = t.mul(t);
            FloatVector uu = u.mul(u);
            FloatVector ratio = s.div(s.mul(tt.add(uu)).add(d0.add(d1).mul(tu))); // D ≥ s / 2
            FloatVector n = d1.mul(tt).add(s.mul(tu).mul(2f)).add(d0.mul(uu));
            n.mul(ratio).mul(ratio).intoArray(r, SplineRows.DERIVATIVE * m + i);
            FloatVector v = tt.add(d0.mul(tu).div(s)).mul(ratio);
            v.fma(h, FloatVector.fromArray(F, r, BOTTOM * m + i)).intoArray(r, SplineRows.OUT * m + i);
        }
    }

    /// t into OUT. The root does not change when all slopes are divided by the largest, which keeps
    /// squares in range.
    private void root(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector one = FloatVector.broadcast(F, 1f);
            FloatVector h = FloatVector.fromArray(F, r, H * m + i);
            FloatVector d0 = FloatVector.fromArray(F, r, SplineRows.SLOPES * m + i);
            FloatVector d1 = FloatVector.fromArray(F, r, (SplineRows.SLOPES + 1) * m + i);
            FloatVector s = h.div(FloatVector.fromArray(F, r, W * m + i));
            FloatVector unit = one.div(s.max(d0).max(d1));
            FloatVector v = FloatVector.fromArray(F, r, SplineRows.IN * m + i)
                    .max(-bound)
                    .min(bound)
                    .sub(FloatVector.fromArray(F, r, BOTTOM * m + i))
                    .div(h) // h > 0
                    .max(0f)
                    .min(1f);
            FloatVector rest = one.sub(v);
            FloatVector p = d0.mul(rest).sub(d1.mul(v)).mul(unit);
            s = s.mul(unit);
            FloatVector disc = s.mul(s).mul(4f).mul(v).mul(rest).add(p.mul(p));
            FloatVector q = p.abs().add(disc.sqrt()); // a sum of squares
            FloatVector up = s.mul(v).mul(2f);
            FloatVector down = s.mul(rest).mul(2f);
            FloatVector numerator = up.blend(q, p.compare(LT, 0f));
            FloatVector other = q.blend(down, p.compare(LT, 0f));
            numerator.div(numerator.add(other)).intoArray(r, SplineRows.OUT * m + i);
        }
    }

    private static void argument(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector t = FloatVector.fromArray(F, r, SplineRows.OUT * m + i);
            FloatVector w = FloatVector.fromArray(F, r, W * m + i);
            FloatVector s = FloatVector.fromArray(F, r, H * m + i).div(w);
            FloatVector d0 = FloatVector.fromArray(F, r, SplineRows.SLOPES * m + i);
            FloatVector d1 = FloatVector.fromArray(F, r, (SplineRows.SLOPES + 1) * m + i);
            FloatVector u = FloatVector.broadcast(F, 1f).sub(t);
            FloatVector tu = t.mul(u);
            FloatVector tt = t.mul(t);
            FloatVector uu = u.mul(u);
            FloatVector ratio = s.div(s.mul(tt.add(uu)).add(d0.add(d1).mul(tu)));
            FloatVector n = d1.mul(tt).add(s.mul(tu).mul(2f)).add(d0.mul(uu));
            n.mul(ratio).mul(ratio).intoArray(r, SplineRows.DERIVATIVE * m + i);
            t.fma(w, FloatVector.fromArray(F, r, LEFT * m + i)).intoArray(r, SplineRows.OUT * m + i);
        }
    }

    /// Replaces what was computed for numbers outside, and keeps what was computed inside from
    /// being rounded out.
    private void outside(float[] r, float derivative, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector in = FloatVector.fromArray(F, r, SplineRows.IN * m + i);
            FloatVector nearest = in.blend(-bound, in.compare(LT, -bound)).blend(bound, in.compare(GT, bound));
            FloatVector out = FloatVector.fromArray(F, r, SplineRows.OUT * m + i);
            out = out.blend(-bound, out.compare(LT, -bound)).blend(bound, out.compare(GT, bound));
            FloatVector slope = FloatVector.fromArray(F, r, SplineRows.DERIVATIVE * m + i);
            out.blend(line ? in : nearest, in.abs().compare(GT, bound)).intoArray(r, SplineRows.OUT * m + i);
            slope.blend(derivative, in.abs().compare(GT, bound)).intoArray(r, SplineRows.DERIVATIVE * m + i);
        }
    }

    /// Cotangents of everything that x and the bin are, from those of y and log f′.
    void pullback(float[] r, int m) {
        position(r, m);
        slopePullback(r, m);
        boxPullback(r, m);
        finish(r, bound, line, m);
    }

    /// Those of the slopes.
    private static void slopePullback(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector t = FloatVector.fromArray(F, r, SplineRows.OUT * m + i);
            FloatVector h = FloatVector.fromArray(F, r, H * m + i);
            FloatVector s = h.div(FloatVector.fromArray(F, r, W * m + i));
            FloatVector d0 = FloatVector.fromArray(F, r, SplineRows.SLOPES * m + i);
            FloatVector d1 = FloatVector.fromArray(F, r, (SplineRows.SLOPES + 1) * m + i);
            FloatVector one = FloatVector.broadcast(F, 1f);
            FloatVector u = one.sub(t);
            FloatVector tu = t.mul(u);
            FloatVector tt = t.mul(t);
            FloatVector uu = u.mul(u);
            FloatVector perD = one.div(s.mul(tt.add(uu)).add(d0.add(d1).mul(tu)));
            FloatVector gL = FloatVector.fromArray(F, r, SplineRows.G_LOG * m + i);
            FloatVector perN = gL.div(d1.mul(tt).add(s.mul(tu).mul(2f)).add(d0.mul(uu)));
            FloatVector gV =
                    FloatVector.fromArray(F, r, SplineRows.G_OUT * m + i).mul(h);
            FloatVector common = tu.mul(perD);
            FloatVector v = t.mul(s.mul(t).add(d0.mul(u))).mul(perD);
            FloatVector rest = u.mul(s.mul(u).add(d1.mul(t))).mul(perD); // 1 − v
            rest.mul(gV).sub(gL.add(gL)).mul(common).add(uu.mul(perN)).intoArray(r, SplineRows.G_SLOPES * m + i);
            tt.mul(perN).sub(v.mul(gV).add(gL.add(gL)).mul(common)).intoArray(r, (SplineRows.G_SLOPES + 1) * m + i);
            v.intoArray(r, SplineRows.DERIVATIVE * m + i);
        }
    }

    /// Those of x, of the left knots and of the sizes. DERIVATIVE has v.
    private static void boxPullback(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector t = FloatVector.fromArray(F, r, SplineRows.OUT * m + i);
            FloatVector h = FloatVector.fromArray(F, r, H * m + i);
            FloatVector one = FloatVector.broadcast(F, 1f);
            FloatVector perW = one.div(FloatVector.fromArray(F, r, W * m + i));
            FloatVector s = h.mul(perW);
            FloatVector d0 = FloatVector.fromArray(F, r, SplineRows.SLOPES * m + i);
            FloatVector d1 = FloatVector.fromArray(F, r, (SplineRows.SLOPES + 1) * m + i);
            FloatVector u = one.sub(t);
            FloatVector tu = t.mul(u);
            FloatVector tt = t.mul(t);
            FloatVector uu = u.mul(u);
            FloatVector perD = one.div(s.mul(tt.add(uu)).add(d0.add(d1).mul(tu)));
            FloatVector n = d1.mul(tt).add(s.mul(tu).mul(2f)).add(d0.mul(uu));
            FloatVector perN = one.div(n);
            FloatVector gY = FloatVector.fromArray(F, r, SplineRows.G_OUT * m + i);
            FloatVector twice =
                    FloatVector.fromArray(F, r, SplineRows.G_LOG * m + i).mul(2f);
            FloatVector bend = u.sub(t);
            FloatVector ofN = d1.mul(t).add(s.mul(bend)).sub(d0.mul(u)).mul(perN);
            FloatVector ofD = d0.add(d1).sub(s.add(s)).mul(bend).mul(perD);
            FloatVector ratio = s.mul(perD);
            FloatVector gT = n.mul(ratio)
                    .mul(ratio)
                    .mul(h.div(s))
                    .mul(gY)
                    .add(ofN.sub(ofD).mul(twice));
            FloatVector gX = gT.mul(perW);
            FloatVector ofS =
                    one.div(s).add(tu.mul(perN)).sub(tt.add(uu).mul(perD)).mul(twice);
            FloatVector skew = d1.mul(tt).sub(d0.mul(uu)).mul(perD).mul(tu).mul(perD);
            FloatVector gS = skew.mul(gY.mul(h)).add(ofS).mul(perW);
            gX.intoArray(r, SplineRows.G_IN * m + i);
            gX.mul(t).add(s.mul(gS)).neg().intoArray(r, (SplineRows.G_ALONG_X + 1) * m + i);
            gY.mul(FloatVector.fromArray(F, r, SplineRows.DERIVATIVE * m + i))
                    .add(gS)
                    .intoArray(r, (SplineRows.G_ALONG_Y + 1) * m + i);
        }
    }

    /// The cotangents of left knots from that of x, G_IN, and that of y; outside, all zero but, on the
    /// line, that of x. And what is not finite in φ shows everywhere.
    static void finish(float[] r, float bound, boolean line, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector zero = FloatVector.zero(F);
            FloatVector bad = FloatVector.fromArray(F, r, SplineRows.NOT_FINITE * m + i);
            FloatVector in = FloatVector.fromArray(F, r, SplineRows.IN * m + i);
            FloatVector gX = FloatVector.fromArray(F, r, SplineRows.G_IN * m + i);
            FloatVector gY = FloatVector.fromArray(F, r, SplineRows.G_OUT * m + i);
            gX.neg().blend(zero, in.abs().compare(GT, bound)).add(bad).intoArray(r, SplineRows.G_ALONG_X * m + i);
            gY.blend(zero, in.abs().compare(GT, bound)).add(bad).intoArray(r, SplineRows.G_ALONG_Y * m + i);
            gX.blend(line ? gY : zero, in.abs().compare(GT, bound)).add(bad).intoArray(r, SplineRows.G_IN * m + i);
        }
        clear(r, SplineRows.G_ALONG_X + 1, bound, m);
        clear(r, SplineRows.G_ALONG_Y + 1, bound, m);
        clear(r, SplineRows.G_SLOPES, bound, m);
        clear(r, SplineRows.G_SLOPES + 1, bound, m);
    }

    private static void clear(float[] r, int row, float bound, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector in = FloatVector.fromArray(F, r, SplineRows.IN * m + i);
            FloatVector.fromArray(F, r, row * m + i)
                    .blend(0f, in.abs().compare(GT, bound))
                    .add(FloatVector.fromArray(F, r, SplineRows.NOT_FINITE * m + i))
                    .intoArray(r, row * m + i);
        }
    }
}
