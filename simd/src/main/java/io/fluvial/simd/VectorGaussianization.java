package io.fluvial.simd;

import static io.fluvial.simd.MixtureRows.row;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.Gaussianization;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// [Gaussianization]. Lanes where float is too narrow – beyond about 9
/// deviations from all means, in gaps as wide, NaN, infinities – are left to the scalar map, and so
/// is the inverse.
final class VectorGaussianization implements ColumnKernel {

    private static final float HALF_LOG_TWO_PI = 0.91893853f;

    private final int components;
    private final ScaleRow scale;
    private final float perScale;
    private final float[] means;
    private final MixtureRows rows;
    private final LaneByLane scalar;

    private VectorGaussianization(Gaussianization map, ScaleRow scale) {
        components = map.components();
        this.scale = scale;
        perScale = (float) (1 / map.startingScale());
        means = new float[components];
        for (int k = 0; k < components; k++) {
            means[k] = (float) map.startingMean(k);
        }
        rows = new MixtureRows(components);
        scalar = new LaneByLane(map);
    }

    /// The kernel, or null where the bounds of the scale do not fit a float.
    static @Nullable ColumnKernel of(Gaussianization map) {
        ScaleRow scale = MixtureRows.scales(map.logScale());
        return scale == null ? null : new VectorGaussianization(map, scale);
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        float[] s = rows.s;
        for (int at = 0; at < n; at += MixtureRows.CHUNK) {
            int m = Math.min(MixtureRows.CHUNK, n - at);
            value(d, x + at, phi + at, stride, m);
            for (int i = 0; i < m; i++) {
                if (rows.trusted(i)) {
                    d[y + at + i] = s[row(MixtureRows.SIDE) + i] * s[row(MixtureRows.Y) + i];
                    logDet[at + i] += s[row(MixtureRows.LOG_SLOPE) + i];
                } else {
                    logDet[at + i] += scalar.forward(d, x, y, phi, stride, at + i);
                }
            }
        }
    }

    /// How many of the n lanes last computed needed no scalar map.
    int trusted(int n) {
        return rows.trustedOf(n);
    }

    /// Fills the rows for m lanes.
    private void value(float[] d, int x, int phi, int stride, int m) {
        rows.softmax(d, phi, stride, m);
        rows.begin(m);
        for (int k = 0; k < components; k++) {
            rows.scaleDown(scale, perScale, d, phi + (2 * components + k) * stride, k, m);
            rows.place(d, x, phi + (components + k) * stride, means[k], k, m);
            logHeight(k, m);
            rows.most(k, m);
        }
        float[] s = rows.s;
        for (int k = 0; k < components; k++) {
            rows.height(k, m);
            NormalTailRow.mills(s, rows.z(k), s, rows.tail(k), m);
            times(rows.height(k), rows.tail(k), m);
            rows.addToTail(k, m);
        }
        shifted(row(MixtureRows.MOST), row(MixtureRows.UNIT), m);
        Exponential.apply(s, row(MixtureRows.UNIT), s, row(MixtureRows.UNIT), m);
        for (int k = 0; k < components; k++) {
            rows.addToSides(k, m);
        }
        rows.decide(HALF_LOG_TWO_PI, m);
        NormalTailRow.quantile(
                s, row(MixtureRows.LOG_TAIL), row(MixtureRows.Y), row(MixtureRows.MILLS), row(MixtureRows.SPARE), m);
        rows.slope(m);
    }

    /// log π_k − z_k²/2.
    private void logHeight(int k, int m) {
        float[] s = rows.s;
        for (int i = 0; i < m; i += LANES) {
            FloatVector z = FloatVector.fromArray(F, s, rows.z(k) + i);
            z.mul(-0.5f)
                    .fma(z, FloatVector.fromArray(F, s, rows.logWeight(k) + i))
                    .intoArray(s, rows.height(k) + i);
        }
    }

    private void times(int from, int to, int m) {
        float[] s = rows.s;
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, s, to + i)
                    .mul(FloatVector.fromArray(F, s, from + i))
                    .intoArray(s, to + i);
        }
    }

    private void shifted(int from, int to, int m) {
        float[] s = rows.s;
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, s, from + i).sub(HALF_LOG_TWO_PI).intoArray(s, to + i);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        scalar.inverse(d, y, x, phi, stride, logDet, n);
    }

    /// The formulas of [Gaussianization#forwardVjp].
    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int at = 0; at < n; at += MixtureRows.CHUNK) {
            int m = Math.min(MixtureRows.CHUNK, n - at);
            value(d, x + at, phi + at, stride, m);
            start(g, y + at, gLogDet, at, m);
            for (int k = 0; k < components; k++) {
                int logit = phi + at + k * stride;
                rows.pullWeight(g, logit, gLogDet, at, k, m);
                pullPlace(g, logit + components * stride, logit + 2 * components * stride, gLogDet, at, k, m);
            }
            System.arraycopy(rows.s, row(MixtureRows.G_X), g, x + at, m);
            for (int i = 0; i < m; i++) {
                if (!rows.trusted(i)) {
                    scalar.forwardVjp(d, g, gLogDet, x, y, phi, stride, at + i);
                }
            }
        }
    }

    /// gY + gℓ y, and gX = 0.
    private void start(float[] g, int y, float[] gLogDet, int at, int m) {
        float[] s = rows.s;
        for (int i = 0; i < m; i += LANES) {
            FloatVector result = FloatVector.fromArray(F, s, row(MixtureRows.SIDE) + i)
                    .mul(FloatVector.fromArray(F, s, row(MixtureRows.Y) + i));
            FloatVector.fromArray(F, gLogDet, at + i)
                    .fma(result, FloatVector.fromArray(F, g, y + i))
                    .intoArray(s, row(MixtureRows.G) + i);
            FloatVector.zero(F).intoArray(s, row(MixtureRows.G_X) + i);
        }
    }

    private void pullPlace(float[] g, int mean, int raw, float[] gLogDet, int at, int k, int m) {
        float[] s = rows.s;
        for (int i = 0; i < m; i += LANES) {
            FloatVector height = FloatVector.fromArray(F, s, rows.height(k) + i);
            FloatVector perScale = FloatVector.fromArray(F, s, rows.perScale(k) + i);
            FloatVector z = FloatVector.fromArray(F, s, rows.z(k) + i);
            FloatVector share = height.mul(perScale).mul(FloatVector.fromArray(F, gLogDet, at + i));
            FloatVector gZ = FloatVector.fromArray(F, s, row(MixtureRows.G) + i)
                    .mul(FloatVector.fromArray(F, s, row(MixtureRows.SLOPE) + i))
                    .mul(height)
                    .sub(share.mul(z));
            FloatVector gX = gZ.mul(perScale);
            gX.neg().intoArray(g, mean + i);
            gX.add(FloatVector.fromArray(F, s, row(MixtureRows.G_X) + i)).intoArray(s, row(MixtureRows.G_X) + i);
            gZ.fma(z, share)
                    .neg()
                    .mul(FloatVector.fromArray(F, s, rows.scaleSlope(k) + i))
                    .intoArray(g, raw + i);
        }
    }
}
