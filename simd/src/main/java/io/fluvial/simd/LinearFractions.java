package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// The two linear fractions of a lane's bin, of which one holds the lane's number.
///
/// Between its knot and where the two meet, 1/√f′ is linear in x: with the distance z from the knot,
/// the length L = part · w of the fraction, τ = z / L, a = √f′ at the knot and m = part · a + (1 −
/// part) · b of both knots,
///
///     1/√f′ = ρ = (1 − τ) / a + τ · m w / h,   p = a z / ρ ,
///
/// p the distance from the knot in y. The inverse is such a fraction too: √f′ is linear in p, from a
/// to h / (m w) at a distance of part · h · a / m. All terms are positive. What is wanted, p − z, is
///
///     z · ((1 − τ)(e − c) + τ (e − c′)) / ρ
///
/// with ρ from c to c′ and e = 1 / c: 0 to the last bit where the map is the identity, and nowhere
/// less accurate than p and z themselves.
final class LinearFractions {

    private static final int LEFT = SplineRows.ALONG_X + SplineAxis.LEFT;
    private static final int W = SplineRows.ALONG_X + SplineAxis.SIZE;
    private static final int BOTTOM = SplineRows.ALONG_Y + SplineAxis.LEFT;
    private static final int H = SplineRows.ALONG_Y + SplineAxis.SIZE;

    private static final int LOW = SplineRows.SLOPES; // roots, from slopes
    private static final int HIGH = LOW + 1;
    private static final int RAW = SplineRows.PIECE; // of λ
    private static final int LAMBDA = RAW + 1;
    private static final int NEAR = RAW + 2; // roots of the slopes at the fraction's knot and at the other
    private static final int FAR = RAW + 3;
    private static final int PART = RAW + 4; // λ or 1 − λ
    private static final int SIGN = RAW + 5; // −1 where the fraction hangs on the upper knot
    private static final int PLACE = RAW + 6; // distance from the knot
    private static final int START = RAW + 7; // ρ there
    private static final int END = RAW + 8; // ρ where the fractions meet
    private static final int LENGTH = RAW + 9;

    private final int bins;
    private final float bound;
    private final float least;
    private final float range;
    private final float slopeFactor;

    /// @param slopeFactor what slopes are multiplied by after softplus
    LinearFractions(int bins, float bound, double minLambda, float slopeFactor) {
        this.bins = bins;
        this.bound = bound;
        this.slopeFactor = slopeFactor;
        least = (float) minLambda;
        range = (float) (1 - 2 * minLambda);
    }

    /// The roots of the slopes, and λ from the raw numbers at `d[a ..)`.
    void pick(float[] d, int a, int stride, float[] r, int m) {
        for (int i = 0; i < 2 * m; i += LANES) {
            FloatVector.fromArray(F, r, LOW * m + i)
                    .min(Float.MAX_VALUE) // softplus / log 2 overflows for φ above 2e38
                    .sqrt()
                    .intoArray(r, LOW * m + i);
        }
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, r, SplineRows.BIN * m + i);
            FloatVector raw = FloatVector.fromArray(F, d, a + i);
            for (int k = 1; k < bins; k++) {
                raw = raw.blend(FloatVector.fromArray(F, d, a + k * stride + i), bin.compare(GE, (float) k));
            }
            raw.intoArray(r, RAW * m + i);
            raw.neg().intoArray(r, LAMBDA * m + i);
        }
        Exponential.apply(r, LAMBDA * m, r, LAMBDA * m, m);
        for (int i = 0; i < m; i += LANES) {
            FloatVector e = FloatVector.fromArray(F, r, LAMBDA * m + i);
            FloatVector.broadcast(F, range).div(e.add(1f)).add(least).intoArray(r, LAMBDA * m + i); // e ≥ 0
        }
    }

    /// IN = x to OUT = y, and log f′.
    void forward(float[] r, int m) {
        enterX(r, m);
        fraction(r, 1f, m);
        logarithm(r, -2f, m);
    }

    /// IN = y to OUT = x, and log f′.
    void inverse(float[] r, int m) {
        enterY(r, m);
        fraction(r, -1f, m);
        logarithm(r, 2f, m);
    }

    private void enterX(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector lambda = FloatVector.fromArray(F, r, LAMBDA * m + i);
            FloatVector.fromArray(F, r, W * m + i).mul(lambda).intoArray(r, LENGTH * m + i);
        }
        choose(r, LEFT, W, m);
        for (int i = 0; i < m; i += LANES) {
            FloatVector w = FloatVector.fromArray(F, r, W * m + i);
            FloatVector near = FloatVector.fromArray(F, r, NEAR * m + i);
            FloatVector part = FloatVector.fromArray(F, r, PART * m + i);
            FloatVector middle = part.mul(near)
                    .add(FloatVector.broadcast(F, 1f).sub(part).mul(FloatVector.fromArray(F, r, FAR * m + i)));
            FloatVector.broadcast(F, 1f).div(near).intoArray(r, START * m + i); // a root of at least minSlope
            w.div(FloatVector.fromArray(F, r, H * m + i)).mul(middle).intoArray(r, END * m + i); // h > 0
            part.mul(w).intoArray(r, LENGTH * m + i);
        }
    }

    private void enterY(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector lambda = FloatVector.fromArray(F, r, LAMBDA * m + i);
            FloatVector low = FloatVector.fromArray(F, r, LOW * m + i).mul(lambda);
            FloatVector high = FloatVector.broadcast(F, 1f).sub(lambda).mul(FloatVector.fromArray(F, r, HIGH * m + i));
            low.div(low.add(high)) // a sum of positive numbers
                    .mul(FloatVector.fromArray(F, r, H * m + i))
                    .intoArray(r, LENGTH * m + i);
        }
        choose(r, BOTTOM, H, m);
        for (int i = 0; i < m; i += LANES) {
            FloatVector h = FloatVector.fromArray(F, r, H * m + i);
            FloatVector near = FloatVector.fromArray(F, r, NEAR * m + i);
            FloatVector part = FloatVector.fromArray(F, r, PART * m + i);
            FloatVector middle = part.mul(near)
                    .add(FloatVector.broadcast(F, 1f).sub(part).mul(FloatVector.fromArray(F, r, FAR * m + i)));
            near.intoArray(r, START * m + i);
            h.div(FloatVector.fromArray(F, r, W * m + i)).div(middle).intoArray(r, END * m + i); // w > 0
            part.mul(near).div(middle).mul(h).intoArray(r, LENGTH * m + i);
        }
    }

    /// The fraction that holds the number, the upper one beyond LENGTH.
    private void choose(float[] r, int knot, int size, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector one = FloatVector.broadcast(F, 1f);
            FloatVector whole = FloatVector.fromArray(F, r, size * m + i);
            FloatVector low = FloatVector.fromArray(F, r, LOW * m + i);
            FloatVector high = FloatVector.fromArray(F, r, HIGH * m + i);
            FloatVector lambda = FloatVector.fromArray(F, r, LAMBDA * m + i);
            FloatVector at = FloatVector.fromArray(F, r, SplineRows.IN * m + i)
                    .max(-bound)
                    .min(bound)
                    .sub(FloatVector.fromArray(F, r, knot * m + i))
                    .max(0f) // the size and the difference of the knots are not rounded alike
                    .min(whole);
            VectorMask<Float> above = at.compare(GT, FloatVector.fromArray(F, r, LENGTH * m + i));
            low.blend(high, above).intoArray(r, NEAR * m + i);
            high.blend(low, above).intoArray(r, FAR * m + i);
            lambda.blend(one.sub(lambda), above).intoArray(r, PART * m + i);
            one.blend(-1f, above).intoArray(r, SIGN * m + i);
            at.blend(whole.sub(at), above).intoArray(r, PLACE * m + i);
        }
    }

    /// OUT, and ρ into DERIVATIVE.
    private void fraction(float[] r, float direction, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector one = FloatVector.broadcast(F, 1f);
            FloatVector in = FloatVector.fromArray(F, r, SplineRows.IN * m + i);
            FloatVector z = FloatVector.fromArray(F, r, PLACE * m + i);
            FloatVector start = FloatVector.fromArray(F, r, START * m + i);
            FloatVector end = FloatVector.fromArray(F, r, END * m + i);
            FloatVector sign = FloatVector.fromArray(F, r, SIGN * m + i);
            FloatVector tau = z.div(FloatVector.fromArray(F, r, LENGTH * m + i)).min(1f); // length > 0
            FloatVector rest = one.sub(tau); // τ + (1 − τ) rounds to 1
            FloatVector rho = rest.mul(start).add(tau.mul(end));
            FloatVector other = one.div(start);
            FloatVector off = rest.mul(other.sub(start))
                    .add(tau.mul(other.sub(end)))
                    .div(rho) // between two positive numbers
                    .mul(z);
            FloatVector low =
                    FloatVector.fromArray(F, r, BOTTOM * m + i).sub(FloatVector.fromArray(F, r, LEFT * m + i));
            FloatVector more = FloatVector.fromArray(F, r, H * m + i).sub(FloatVector.fromArray(F, r, W * m + i));
            FloatVector base = low.blend(low.add(more), sign.compare(LT, 0f)).mul(direction);
            in.add(base.add(off.mul(sign)))
                    .max(-bound)
                    .min(bound)
                    .blend(in, in.abs().compare(GT, bound))
                    .intoArray(r, SplineRows.OUT * m + i);
            rho.blend(1f, in.abs().compare(GT, bound)).intoArray(r, SplineRows.DERIVATIVE * m + i);
        }
    }

    private static void logarithm(float[] r, float times, int m) {
        int log = SplineRows.DERIVATIVE * m;
        Logarithm.apply(r, log, r, log, m);
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, r, log + i).mul(times).intoArray(r, log + i);
        }
    }

    /// Cotangents of x, of the bin, its slopes and λ, from those of y and log f′.
    void pullback(float[] r, int m) {
        enterX(r, m);
        point(r, m);
        bin(r, m);
        sides(r, m);
        SplinePiece.finish(r, bound, true, m);
    }

    /// Overwrites START with the cotangent of the root at the fraction's knot, DERIVATIVE with that of
    /// c′, LENGTH with that of the length, and G_IN with that of z.
    private static void point(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector one = FloatVector.broadcast(F, 1f);
            FloatVector z = FloatVector.fromArray(F, r, PLACE * m + i);
            FloatVector start = FloatVector.fromArray(F, r, START * m + i);
            FloatVector end = FloatVector.fromArray(F, r, END * m + i);
            FloatVector length = FloatVector.fromArray(F, r, LENGTH * m + i);
            FloatVector tau = z.div(length).min(1f);
            FloatVector rest = one.sub(tau);
            FloatVector perRho = one.div(rest.mul(start).add(tau.mul(end)));
            FloatVector gP = FloatVector.fromArray(F, r, SplineRows.G_OUT * m + i)
                    .mul(FloatVector.fromArray(F, r, SIGN * m + i));
            FloatVector gLog = FloatVector.fromArray(F, r, SplineRows.G_LOG * m + i);
            FloatVector twice = gLog.add(gLog);
            FloatVector bend = end.sub(start).div(length);
            FloatVector p = z.mul(perRho).div(start);
            FloatVector gRho = gP.mul(p).add(twice).mul(perRho).neg();
            gP.mul(perRho).sub(twice.mul(bend)).mul(perRho).intoArray(r, SplineRows.G_IN * m + i);
            gP.mul(z).mul(perRho).sub(gRho.mul(rest).mul(start).mul(start)).intoArray(r, START * m + i);
            gRho.mul(tau).intoArray(r, SplineRows.DERIVATIVE * m + i);
            gRho.mul(tau).mul(bend).neg().intoArray(r, LENGTH * m + i);
        }
    }

    /// From those to the cotangents of the bin, of the raw slopes before softplus, and of λ, which goes
    /// to END.
    private void bin(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector w = FloatVector.fromArray(F, r, W * m + i);
            FloatVector perH = FloatVector.broadcast(F, 1f).div(FloatVector.fromArray(F, r, H * m + i));
            FloatVector a = FloatVector.fromArray(F, r, NEAR * m + i);
            FloatVector b = FloatVector.fromArray(F, r, FAR * m + i);
            FloatVector part = FloatVector.fromArray(F, r, PART * m + i);
            FloatVector rest = FloatVector.broadcast(F, 1f).sub(part);
            FloatVector sign = FloatVector.fromArray(F, r, SIGN * m + i);
            FloatVector gEnd = FloatVector.fromArray(F, r, SplineRows.DERIVATIVE * m + i);
            FloatVector gLength = FloatVector.fromArray(F, r, LENGTH * m + i);
            FloatVector gMiddle = gEnd.mul(w).mul(perH);
            FloatVector gW = part.mul(a).add(rest.mul(b)).mul(gEnd).mul(perH).add(gLength.mul(part));
            FloatVector gH = gEnd.mul(FloatVector.fromArray(F, r, END * m + i)).mul(perH);
            gW.intoArray(r, (SplineRows.G_ALONG_X + 1) * m + i);
            gH.neg().intoArray(r, (SplineRows.G_ALONG_Y + 1) * m + i);
            a.sub(b).mul(gMiddle).add(gLength.mul(w)).mul(sign).intoArray(r, END * m + i);
            gMiddle.mul(part)
                    .add(FloatVector.fromArray(F, r, START * m + i))
                    .mul(0.5f * slopeFactor)
                    .div(a) // √d has the derivative ½ / √d
                    .intoArray(r, START * m + i);
            gMiddle.mul(rest).mul(0.5f * slopeFactor).div(b).intoArray(r, SplineRows.DERIVATIVE * m + i);
        }
    }

    /// What depends on the side: a fraction on the upper knot moves with the size of the bin, too.
    private static void sides(float[] r, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector zero = FloatVector.zero(F);
            FloatVector sign = FloatVector.fromArray(F, r, SIGN * m + i);
            VectorMask<Float> above = sign.compare(LT, 0f);
            FloatVector gZ = FloatVector.fromArray(F, r, SplineRows.G_IN * m + i);
            FloatVector gY = FloatVector.fromArray(F, r, SplineRows.G_OUT * m + i);
            FloatVector near = FloatVector.fromArray(F, r, START * m + i);
            FloatVector far = FloatVector.fromArray(F, r, SplineRows.DERIVATIVE * m + i);
            gZ.mul(sign).intoArray(r, SplineRows.G_IN * m + i);
            FloatVector.fromArray(F, r, (SplineRows.G_ALONG_X + 1) * m + i)
                    .add(zero.blend(gZ, above))
                    .intoArray(r, (SplineRows.G_ALONG_X + 1) * m + i);
            FloatVector.fromArray(F, r, (SplineRows.G_ALONG_Y + 1) * m + i)
                    .add(zero.blend(gY, above))
                    .intoArray(r, (SplineRows.G_ALONG_Y + 1) * m + i);
            near.blend(far, above).intoArray(r, SplineRows.G_SLOPES * m + i);
            far.blend(near, above).intoArray(r, (SplineRows.G_SLOPES + 1) * m + i);
        }
    }

    /// Overwrites the cotangents of the raw λ of all bins at `g[a ..)`.
    void lambdaPullback(float[] r, float[] g, int a, int stride, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, r, RAW * m + i).abs().neg().intoArray(r, LAMBDA * m + i);
        }
        Exponential.apply(r, LAMBDA * m, r, LAMBDA * m, m);
        for (int i = 0; i < m; i += LANES) {
            FloatVector e = FloatVector.fromArray(F, r, LAMBDA * m + i);
            FloatVector per = FloatVector.broadcast(F, 1f).div(e.add(1f)); // e ≥ 0
            FloatVector in = FloatVector.fromArray(F, r, SplineRows.IN * m + i);
            e.mul(per) // σ′ = e / (1 + e)²
                    .mul(per)
                    .mul(range)
                    .mul(FloatVector.fromArray(F, r, END * m + i))
                    .blend(0f, in.abs().compare(GT, bound))
                    .add(FloatVector.fromArray(F, r, SplineRows.NOT_FINITE * m + i))
                    .intoArray(r, END * m + i);
        }
        for (int k = 0; k < bins; k++) {
            lambda(r, k, g, a + k * stride, m);
        }
    }

    private static void lambda(float[] r, int k, float[] g, int to, int m) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector bin = FloatVector.fromArray(F, r, SplineRows.BIN * m + i);
            FloatVector.zero(F)
                    .blend(FloatVector.fromArray(F, r, END * m + i), bin.compare(EQ, (float) k))
                    .intoArray(g, to + i);
        }
    }
}
