package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.Bernstein;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/// [Bernstein] over lanes: with x̂ = x clamped to ±B, p = (x̂ + B) / 2B, q = (B − x̂) / 2B and the slopes
/// s_i = n d_i / 2B,
///
///     y = x̂ + φ₀ + 2B / n · Σ (s_i − 1) (P_i − ½) + f′ · (x − x̂),   f′ = Σ s_i b_{i−1,n−1},
///
/// where P_i = Σ_{j≥i} b_{j,n}: the identity, what is added to it, and a tail, without a case.
///
/// p and q are each right to 4 · 2⁻²⁴ of themselves, so a term of the basis is to 5n · 2⁻²⁴, and f′,
/// whose terms are all positive, too. y is off by at most 5n · 2⁻²⁴ · (R + B) with R = B / n · Σ s_i half
/// the rise in ±B (about √n where roundings do not conspire). Lanes with R > 16 (B + |y|) are left to the
/// scalar map, and so are those that are not finite, or where what underflows in a basis might count:
/// terms below 1e-24 = C(50, 25) · 1e-38, times a slope. The inverse is that of the scalar map.
final class VectorBernstein implements ColumnKernel {

    private static final int CHUNK = 128;
    private static final float LARGEST_RISE = 16;
    private static final float LARGEST = 1e30f; // beyond, products may overflow
    private static final float LEAST_SHARE = 1e-16f; // 1e-24 beside it is less than 2⁻²⁴

    // Rows, each of m lanes; then slopes, raw numbers and a basis.
    private static final int P = 0;
    private static final int Q = 1;
    private static final int CLAMPED = 2;
    private static final int PAST = 3; // x − x̂
    private static final int SUM = 4; // Σ s
    private static final int SLOPE = 5;
    private static final int BEND = 6; // f″
    private static final int LOG = 7;
    private static final int Y = 8;
    private static final int PER_SLOPE = 9; // ∂loss/∂f′
    private static final int SLOPES = 10;

    private final int degree;
    private final float bound;
    private final float high; // B = high + low
    private final float low;
    private final float perWidth; // 1 / 2B
    private final float step; // 2B / n
    private final float[][] binomials = new float[2][]; // of degree n − 2 and n − 1
    private final ScaleRow scale;
    private final LaneByLane scalar;
    private final float[] s;
    private int m;

    private VectorBernstein(Bernstein map, ScaleRow scale) {
        degree = map.degree();
        bound = Shares.atMost(map.bound());
        high = (float) map.bound();
        low = (float) (map.bound() - high);
        perWidth = (float) (1 / (2 * map.bound()));
        step = (float) (2 * map.bound() / degree);
        binomials[0] = binomials(degree - 2);
        binomials[1] = binomials(degree - 1);
        this.scale = scale;
        scalar = new LaneByLane(map);
        s = new float[(SLOPES + 3 * degree) * CHUNK];
    }

    /// The kernel, or null where the slopes or the bound do not fit a float.
    static @Nullable VectorBernstein of(Bernstein map) {
        ScaleRow scale = ScaleRow.of(map.logStep());
        return scale != null && map.bound() > 1e-12 && map.bound() < 1e12 ? new VectorBernstein(map, scale) : null;
    }

    private static float[] binomials(int n) {
        float[] all = new float[n + 1];
        double binomial = 1;
        for (int i = 0; i <= n; i++) {
            all[i] = (float) binomial;
            binomial = binomial * (n - i) / (i + 1);
        }
        return all;
    }

    private int row(int number) {
        return number * m;
    }

    /// Slope of step i = 1 … n: the first two are the same row, and the last two.
    private int slope(int i) {
        return row(SLOPES + parameter(i) - 1);
    }

    private int parameter(int i) {
        return Math.min(Math.max(i, 2), degree - 1) - 1;
    }

    /// The raw number of parameter p = 1 … n − 2, later its slope.
    private int raw(int p) {
        return row(SLOPES + degree - 2 + p - 1);
    }

    private int basis(int i) {
        return row(SLOPES + 2 * degree + i);
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int at = 0; at < n; at += CHUNK) {
            value(d, x + at, phi + at, stride, Math.min(CHUNK, n - at));
            Logarithm.apply(s, row(SLOPE), s, row(LOG), m); // a sum of positive terms
            for (int i = 0; i < m; i++) {
                if (trusted(i, s[row(Y) + i])) {
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
            count += trusted(i, s[row(Y) + i]) ? 1 : 0;
        }
        return count;
    }

    private boolean trusted(int i, float y) {
        float sum = s[row(SUM) + i];
        float size = Math.abs(y);
        return 0.5f * step * sum <= LARGEST_RISE * (high + size)
                && s[row(SLOPE) + i] > LEAST_SHARE * sum
                && size < Float.MAX_VALUE
                && Math.abs(s[row(PAST) + i]) < LARGEST
                && sum < LARGEST;
    }

    /// Fills the rows for lanes of x at `d[x ..)`.
    private void value(float[] d, int x, int phi, int stride, int lanes) {
        m = lanes;
        slopes(d, phi, stride);
        place(d, x);
        fillBasis(1);
        rise();
        result(d, phi);
    }

    private void slopes(float[] d, int phi, int stride) {
        for (int p = 1; p <= degree - 2; p++) {
            System.arraycopy(d, phi + p * stride, s, raw(p), m);
        }
        scale.scale(s, raw(1), row(SLOPES), (degree - 2) * m);
    }

    private void place(float[] d, int x) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector at = FloatVector.fromArray(F, d, x + i);
            FloatVector inside = at.max(-bound).min(bound); // NaN stays NaN
            inside.intoArray(s, row(CLAMPED) + i);
            at.sub(inside).intoArray(s, row(PAST) + i);
            inside.add(high).add(low).mul(perWidth).intoArray(s, row(P) + i);
            FloatVector.broadcast(F, high).sub(inside).add(low).mul(perWidth).intoArray(s, row(Q) + i);
        }
        for (int i = 0; i < m; i += LANES) { // exactly the ends, where B is not a float
            FloatVector past = FloatVector.fromArray(F, s, row(PAST) + i);
            VectorMask<Float> below = past.compare(LT, 0f);
            VectorMask<Float> above = past.compare(GT, 0f);
            FloatVector p = FloatVector.fromArray(F, s, row(P) + i);
            FloatVector q = FloatVector.fromArray(F, s, row(Q) + i);
            p.blend(0f, below).blend(1f, above).intoArray(s, row(P) + i);
            q.blend(1f, below).blend(0f, above).intoArray(s, row(Q) + i);
        }
    }

    /// C(k, i) pⁱ qᵏ⁻ⁱ, i = 0 … k, with k = n − 2 or n − 1.
    private void fillBasis(int which) {
        float[] binomial = binomials[which];
        int last = binomial.length - 1;
        for (int i = 0; i < m; i += LANES) {
            FloatVector p = FloatVector.fromArray(F, s, row(P) + i);
            FloatVector power = FloatVector.broadcast(F, 1f);
            for (int k = 0; k <= last; k++) {
                power.mul(binomial[k]).intoArray(s, basis(k) + i);
                power = power.mul(p);
            }
        }
        for (int i = 0; i < m; i += LANES) {
            FloatVector q = FloatVector.fromArray(F, s, row(Q) + i);
            FloatVector power = q;
            for (int k = last - 1; k >= 0; k--) {
                FloatVector.fromArray(F, s, basis(k) + i).mul(power).intoArray(s, basis(k) + i);
                power = power.mul(q);
            }
        }
    }

    /// f′, Σ s, and Σ (s_i − 1) (P_i − ½) at Y, with b_{i,n} = p b_{i−1,n−1} + q b_{i,n−1}.
    private void rise() {
        for (int i = 0; i < m; i += LANES) {
            FloatVector p = FloatVector.fromArray(F, s, row(P) + i);
            FloatVector q = FloatVector.fromArray(F, s, row(Q) + i);
            FloatVector upper = FloatVector.zero(F); // b_{k,n−1}
            FloatVector above = FloatVector.broadcast(F, -0.5f); // P_k − ½
            FloatVector sum = upper;
            FloatVector rise = upper;
            FloatVector f = upper;
            for (int k = degree; k >= 1; k--) {
                FloatVector b = FloatVector.fromArray(F, s, basis(k - 1) + i);
                FloatVector slope = FloatVector.fromArray(F, s, slope(k) + i);
                above = p.fma(b, q.fma(upper, above));
                rise = slope.sub(1f).fma(above, rise);
                f = slope.fma(b, f);
                sum = sum.add(slope);
                upper = b;
            }
            f.intoArray(s, row(SLOPE) + i);
            sum.intoArray(s, row(SUM) + i);
            rise.intoArray(s, row(Y) + i);
        }
    }

    private void result(float[] d, int phi) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector tail =
                    FloatVector.fromArray(F, s, row(SLOPE) + i).mul(FloatVector.fromArray(F, s, row(PAST) + i));
            FloatVector.fromArray(F, s, row(Y) + i)
                    .fma(FloatVector.broadcast(F, step), FloatVector.fromArray(F, d, phi + i))
                    .add(FloatVector.fromArray(F, s, row(CLAMPED) + i))
                    .add(tail)
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
            m = Math.min(CHUNK, n - at);
            slopes(d, phi + at, stride);
            scale.slope(s, raw(1), row(SLOPES), (degree - 2) * m);
            place(d, x + at);
            fillBasis(0);
            bend();
            fillBasis(1);
            rise();
            point(g, y + at, gLogDet, at);
            pull(g, y + at, phi + at, stride);
            System.arraycopy(s, row(Y), g, x + at, m);
            System.arraycopy(g, y + at, g, phi + at, m);
            for (int i = 0; i < m; i++) {
                if (!trusted(i, d[y + at + i])) {
                    scalar.forwardVjp(d, g, gLogDet, x, y, phi, stride, at + i);
                }
            }
        }
    }

    private void bend() {
        float perBend = (degree - 1) * perWidth;
        for (int i = 0; i < m; i += LANES) {
            FloatVector sum = FloatVector.zero(F);
            for (int k = 1; k < degree; k++) {
                sum = FloatVector.fromArray(F, s, slope(k + 1) + i)
                        .sub(FloatVector.fromArray(F, s, slope(k) + i))
                        .fma(FloatVector.fromArray(F, s, basis(k - 1) + i), sum);
            }
            sum.mul(perBend).intoArray(s, row(BEND) + i);
        }
    }

    /// gX to Y, and ∂loss/∂f′, that in a tail included.
    private void point(float[] g, int y, float[] gLogDet, int at) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector f = FloatVector.fromArray(F, s, row(SLOPE) + i);
            FloatVector gY = FloatVector.fromArray(F, g, y + i);
            FloatVector perSlope = FloatVector.fromArray(F, gLogDet, at + i).div(f); // a sum of positive terms
            perSlope.fma(FloatVector.fromArray(F, s, row(BEND) + i), gY.mul(f)).intoArray(s, row(Y) + i);
            gY.fma(FloatVector.fromArray(F, s, row(PAST) + i), perSlope).intoArray(s, row(PER_SLOPE) + i);
        }
    }

    /// Gradients of slopes, then of the parameters they stem from.
    private void pull(float[] g, int y, int phi, int stride) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector p = FloatVector.fromArray(F, s, row(P) + i);
            FloatVector q = FloatVector.fromArray(F, s, row(Q) + i);
            FloatVector rise = FloatVector.fromArray(F, g, y + i).mul(step);
            FloatVector perSlope = FloatVector.fromArray(F, s, row(PER_SLOPE) + i);
            FloatVector upper = FloatVector.zero(F);
            FloatVector above = FloatVector.broadcast(F, -0.5f);
            for (int k = degree; k >= 1; k--) {
                FloatVector b = FloatVector.fromArray(F, s, basis(k - 1) + i);
                above = p.fma(b, q.fma(upper, above));
                rise.fma(above, perSlope.mul(b)).intoArray(s, basis(k - 1) + i);
                upper = b;
            }
        }
        shareEnds();
        for (int k = 1; k <= degree - 2; k++) {
            for (int i = 0; i < m; i += LANES) {
                FloatVector.fromArray(F, s, basis(k) + i)
                        .mul(FloatVector.fromArray(F, s, slope(k + 1) + i))
                        .mul(FloatVector.fromArray(F, s, raw(k) + i))
                        .intoArray(g, phi + k * stride + i);
            }
        }
    }

    /// Adds the gradient of the first step to that of the second, and of the last to that before.
    private void shareEnds() {
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, s, basis(1) + i)
                    .add(FloatVector.fromArray(F, s, basis(0) + i))
                    .intoArray(s, basis(1) + i);
        }
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, s, basis(degree - 2) + i)
                    .add(FloatVector.fromArray(F, s, basis(degree - 1) + i))
                    .intoArray(s, basis(degree - 2) + i);
        }
    }
}
