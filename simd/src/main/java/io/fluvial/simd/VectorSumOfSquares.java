package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.SumOfSquares;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// [SumOfSquares] over lanes. The integral is a Gauss quadrature of r + 1 nodes, exact for degree 2r + 1:
///
///     y = c + x · (ε + w Σ_j ω_j Σ_m p_m(t_j u)²),   w = (1 − ε) / k,
///
/// a sum of positive terms where the coefficients of the integral would cancel. Its pullback uses the same
/// values p_m(t_j u): ∂y/∂φ_{ml} = 2 w x Σ_j ω_j p_m(t_j u) (t_j u)^l.
///
/// With a_m = Σ_l |coefficient| |u|^l, Horner's rule is off by at most 2r · 2⁻²⁴ · a_m, hence g by 4r · 2⁻²⁴ ·
/// w Σ |p_m| a_m ≤ 4r · 2⁻²⁴ · √(g A) with A = ε + w Σ a_m² (Cauchy and Schwarz). So where A ≤ 32² g, the
/// relative error of g is at most 128 r · 2⁻²⁴ and a few roundings (for ordinary parameters, where A / g
/// is about 4, a tenth of that), and that of y − c likewise from the mean of g. Other lanes, near a common
/// root of all p_m, are left to the scalar map, as are NaN and what is beyond float. The inverse is that of
/// the scalar map.
final class VectorSumOfSquares implements ColumnKernel {

    private static final int CHUNK = 128;
    private static final float UNIT = 4;
    private static final float WIDTH = 0.5f;
    private static final float LARGEST_RATIO = 32 * 32;
    private static final float LARGEST = 1e30f; // beyond, products may overflow

    // Rows, each of m lanes; then coefficients, then values at all places, for each p_m.
    private static final int U = 0;
    private static final int SIZE = 1; // A
    private static final int MEAN = 2; // of g on the way from 0 to x
    private static final int SLOPE = 3; // g(x)
    private static final int BEND = 4; // w Σ p p′, by u, then scratch
    private static final int LOG = 5;
    private static final int Y = 6;
    private static final int PER_SLOPE = 7; // 2 w ∂loss/∂g(x)
    private static final int PER_MEAN = 8; // 2 w ∂loss/∂mean
    private static final int COEFFICIENTS = 9;

    private final int degree;
    private final int terms;
    private final float minimum;
    private final float weight;
    private final float[] start; // what is added to φ
    private final int places; // r + 1 nodes, x itself, and as many as make it a multiple of 3
    private final float[] place; // t
    private final float[] share; // ω, 0 but at nodes
    private final LaneByLane scalar;
    private final float[] s;
    private int m;

    private VectorSumOfSquares(SumOfSquares map) {
        degree = map.degree();
        terms = map.terms();
        minimum = (float) map.minimum();
        weight = (float) ((1 - map.minimum()) / terms);
        start = new float[terms * (degree + 1)];
        for (int k = 0; k < terms; k++) {
            start[k * (degree + 1)] = 1;
            start[k * (degree + 1) + 1] = WIDTH * ((2 * k + 1f) / terms - 1);
        }
        places = (degree + 4) / 3 * 3;
        place = new float[places];
        share = new float[places];
        GaussLegendre rule = new GaussLegendre(degree + 1);
        for (int j = 0; j <= degree; j++) {
            place[j] = (float) rule.node(j);
            share[j] = (float) rule.weight(j);
        }
        place[degree + 1] = 1;
        scalar = new LaneByLane(map);
        s = new float[(COEFFICIENTS + terms * (degree + 1 + places)) * CHUNK];
    }

    /// The kernel, or null where ε is lost in a float.
    static @Nullable VectorSumOfSquares of(SumOfSquares map) {
        return map.minimum() > 1e-12 ? new VectorSumOfSquares(map) : null;
    }

    private int row(int number) {
        return number * m;
    }

    private int coefficient(int k, int l) {
        return row(COEFFICIENTS + k * (degree + 1) + l);
    }

    /// p_k at place j.
    private int value(int k, int j) {
        return row(COEFFICIENTS + terms * (degree + 1) + k * places + j);
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int at = 0; at < n; at += CHUNK) {
            value(d, x + at, phi + at, stride, Math.min(CHUNK, n - at));
            Logarithm.apply(s, row(SLOPE), s, row(LOG), m); // at least ε
            for (int i = 0; i < m; i++) {
                if (trusted(i)) {
                    d[y + at + i] = s[row(Y) + i];
                    logDet[at + i] += s[row(LOG) + i];
                } else {
                    logDet[at + i] += scalar.forward(d, x, y, phi, stride, at + i);
                }
            }
        }
    }

    /// How many of the lanes last computed needed no scalar map.
    int trusted() {
        int count = 0;
        for (int i = 0; i < m; i++) {
            count += trusted(i) ? 1 : 0;
        }
        return count;
    }

    private boolean trusted(int i) {
        return s[row(SIZE) + i] <= LARGEST_RATIO * Math.min(s[row(SLOPE) + i], s[row(MEAN) + i])
                && s[row(SIZE) + i] < LARGEST
                && Math.abs(s[row(Y) + i]) < LARGEST;
    }

    /// Fills the rows for lanes of x at `d[x ..)`.
    private void value(float[] d, int x, int phi, int stride, int lanes) {
        m = lanes;
        begin(d, x);
        for (int k = 0; k < terms; k++) {
            for (int l = 0; l <= degree; l++) {
                coefficient(d, phi + (1 + k * (degree + 1) + l) * stride, k, l);
            }
            size(k);
            for (int j = 0; j < places; j += 3) {
                values(k, j);
            }
            addSquares(k);
        }
        result(d, x, phi);
    }

    private void begin(float[] d, int x) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, d, x + i).mul(1 / UNIT).intoArray(s, row(U) + i);
        }
        Arrays.fill(s, row(SIZE), row(SIZE) + m, minimum);
        Arrays.fill(s, row(MEAN), row(MEAN) + m, minimum);
        Arrays.fill(s, row(SLOPE), row(SLOPE) + m, minimum);
    }

    private void coefficient(float[] d, int phi, int k, int l) {
        int to = coefficient(k, l);
        float plus = start[k * (degree + 1) + l];
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, d, phi + i).add(plus).intoArray(s, to + i);
        }
    }

    /// Adds w a_k² to A.
    private void size(int k) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector u = FloatVector.fromArray(F, s, row(U) + i).abs();
            FloatVector a =
                    FloatVector.fromArray(F, s, coefficient(k, degree) + i).abs();
            for (int l = degree - 1; l >= 0; l--) {
                a = a.fma(u, FloatVector.fromArray(F, s, coefficient(k, l) + i).abs());
            }
            a.mul(weight).fma(a, FloatVector.fromArray(F, s, row(SIZE) + i)).intoArray(s, row(SIZE) + i);
        }
    }

    /// p_k at three places from j on, which share the reading of coefficients.
    private void values(int k, int j) {
        int to = value(k, j);
        int last = coefficient(k, degree);
        int first = coefficient(k, 0);
        for (int i = 0; i < m; i += LANES) {
            FloatVector u = FloatVector.fromArray(F, s, row(U) + i);
            FloatVector u0 = u.mul(place[j]);
            FloatVector u1 = u.mul(place[j + 1]);
            FloatVector u2 = u.mul(place[j + 2]);
            FloatVector p0 = FloatVector.fromArray(F, s, last + i);
            FloatVector p1 = p0;
            FloatVector p2 = p0;
            for (int from = last - m; from >= first; from -= m) {
                FloatVector c = FloatVector.fromArray(F, s, from + i);
                p0 = p0.fma(u0, c);
                p1 = p1.fma(u1, c);
                p2 = p2.fma(u2, c);
            }
            p0.intoArray(s, to + i);
            p1.intoArray(s, to + m + i);
            p2.intoArray(s, to + 2 * m + i);
        }
    }

    /// Adds w p_k² to g(x), and its mean to that of g.
    private void addSquares(int k) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector mean = FloatVector.zero(F);
            for (int j = 0; j <= degree; j++) {
                FloatVector p = FloatVector.fromArray(F, s, value(k, j) + i);
                mean = p.mul(share[j]).fma(p, mean);
            }
            mean.fma(FloatVector.broadcast(F, weight), FloatVector.fromArray(F, s, row(MEAN) + i))
                    .intoArray(s, row(MEAN) + i);
        }
        for (int i = 0; i < m; i += LANES) {
            FloatVector p = FloatVector.fromArray(F, s, value(k, degree + 1) + i);
            p.mul(weight).fma(p, FloatVector.fromArray(F, s, row(SLOPE) + i)).intoArray(s, row(SLOPE) + i);
        }
    }

    private void result(float[] d, int x, int phi) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, d, x + i)
                    .fma(FloatVector.fromArray(F, s, row(MEAN) + i), FloatVector.fromArray(F, d, phi + i))
                    .intoArray(s, row(Y) + i);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        scalar.inverse(d, y, x, phi, stride, logDet, n);
    }

    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int at = 0; at < n; at += CHUNK) {
            value(d, x + at, phi + at, stride, Math.min(CHUNK, n - at));
            Arrays.fill(s, row(BEND), row(BEND) + m, 0f);
            for (int k = 0; k < terms; k++) {
                bend(k);
            }
            point(d, g, x + at, y + at, gLogDet, at);
            for (int k = 0; k < terms; k++) {
                weigh(k);
                int to = phi + at + (1 + k * (degree + 1)) * stride;
                for (int l = 0; l <= degree; l++) {
                    Arrays.fill(g, to + l * stride, to + l * stride + m, 0f);
                }
                for (int j = 0; j < places; j += 3) {
                    pull(g, to, stride, k, j);
                }
            }
            System.arraycopy(s, row(LOG), g, x + at, m);
            System.arraycopy(g, y + at, g, phi + at, m);
            for (int i = 0; i < m; i++) {
                if (!trusted(i)) {
                    scalar.forwardVjp(d, g, gLogDet, x, y, phi, stride, at + i);
                }
            }
        }
    }

    private void bend(int k) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector u = FloatVector.fromArray(F, s, row(U) + i);
            FloatVector p = FloatVector.fromArray(F, s, coefficient(k, degree) + i);
            FloatVector derivative = p;
            for (int l = degree - 1; l >= 1; l--) {
                p = p.fma(u, FloatVector.fromArray(F, s, coefficient(k, l) + i));
                derivative = derivative.fma(u, p);
            }
            derivative
                    .mul(weight)
                    .fma(
                            FloatVector.fromArray(F, s, value(k, degree + 1) + i),
                            FloatVector.fromArray(F, s, row(BEND) + i))
                    .intoArray(s, row(BEND) + i);
        }
    }

    /// gX, to LOG, and what the values p are to be multiplied with.
    private void point(float[] d, float[] g, int x, int y, float[] gLogDet, int at) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector gY = FloatVector.fromArray(F, g, y + i);
            FloatVector f = FloatVector.fromArray(F, s, row(SLOPE) + i);
            FloatVector perSlope = FloatVector.fromArray(F, gLogDet, at + i).div(f); // at least ε
            perSlope.mul(2 / UNIT)
                    .fma(FloatVector.fromArray(F, s, row(BEND) + i), gY.mul(f))
                    .intoArray(s, row(LOG) + i);
            perSlope.mul(2 * weight).intoArray(s, row(PER_SLOPE) + i);
            gY.mul(FloatVector.fromArray(F, d, x + i)).mul(2 * weight).intoArray(s, row(PER_MEAN) + i);
        }
    }

    /// Values become ∂loss/∂p at their places.
    private void weigh(int k) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, s, value(k, degree + 1) + i)
                    .mul(FloatVector.fromArray(F, s, row(PER_SLOPE) + i))
                    .intoArray(s, row(BEND) + i);
        }
        for (int i = 0; i < m; i += LANES) {
            FloatVector perMean = FloatVector.fromArray(F, s, row(PER_MEAN) + i);
            for (int j = 0; j < places; j++) {
                FloatVector.fromArray(F, s, value(k, j) + i)
                        .mul(perMean.mul(share[j]))
                        .intoArray(s, value(k, j) + i);
            }
        }
        System.arraycopy(s, row(BEND), s, value(k, degree + 1), m);
    }

    /// Adds what three places from j on contribute to the gradients of the coefficients of p_k: ∂loss/∂p times
    /// powers of u.
    private void pull(float[] g, int to, int stride, int k, int j) {
        int from = value(k, j);
        int end = to + (degree + 1) * stride;
        for (int i = 0; i < m; i += LANES) {
            FloatVector u = FloatVector.fromArray(F, s, row(U) + i);
            FloatVector u0 = u.mul(place[j]);
            FloatVector u1 = u.mul(place[j + 1]);
            FloatVector u2 = u.mul(place[j + 2]);
            FloatVector g0 = FloatVector.fromArray(F, s, from + i);
            FloatVector g1 = FloatVector.fromArray(F, s, from + m + i);
            FloatVector g2 = FloatVector.fromArray(F, s, from + 2 * m + i);
            for (int at = to; at < end; at += stride) {
                FloatVector.fromArray(F, g, at + i).add(g0.add(g1).add(g2)).intoArray(g, at + i);
                g0 = g0.mul(u0);
                g1 = g1.mul(u1);
                g2 = g2.mul(u2);
            }
        }
    }
}
