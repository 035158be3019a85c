package io.fluvial.simd;

import static io.fluvial.simd.MixtureRows.row;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.GT;

import io.fluvial.ScalarBijector;
import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.DeepSigmoidal;
import io.fluvial.scalar.MixtureOfLogistics;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// [MixtureOfLogistics] and [DeepSigmoidal]: y = ±(log(1 − p) − log p)
/// where p is the smaller tail of Σ_k π_k σ(z_k). Lanes where float is too narrow – beyond 40 scales from
/// all means, in gaps as wide, NaN, infinities – are left to the scalar map, and so is the inverse.
final class VectorLogisticMixture implements ColumnKernel {

    private final int components;
    private final boolean onLine; // z = a x + b; else (x − μ) / s
    private final int scaleRow; // of the first raw scale in φ
    private final int placeRow; // of the first mean or offset
    private final float[] places;
    private final ScaleRow scale;
    private final float start; // of 1 / s or a
    private final MixtureRows rows;
    private final LaneByLane scalar;

    private VectorLogisticMixture(ScalarBijector map, float[] places, ScaleRow scale, double start, boolean onLine) {
        this.components = places.length;
        this.places = places;
        this.scale = scale;
        this.start = (float) start;
        this.onLine = onLine;
        this.scaleRow = onLine ? components : 2 * components;
        this.placeRow = onLine ? 2 * components : components;
        this.rows = new MixtureRows(components);
        this.scalar = new LaneByLane(map);
    }

    /// The kernel, or null where the bounds of the scale do not fit a float.
    static @Nullable ColumnKernel of(MixtureOfLogistics map) {
        ScaleRow scale = MixtureRows.scales(map.logScale());
        float[] means = new float[map.components()];
        for (int k = 0; k < means.length; k++) {
            means[k] = (float) map.startingMean(k);
        }
        return scale == null ? null : new VectorLogisticMixture(map, means, scale, 1 / map.startingScale(), false);
    }

    /// The kernel, or null likewise.
    static @Nullable ColumnKernel of(DeepSigmoidal map) {
        ScaleRow scale = MixtureRows.scales(map.logSlope());
        float[] offsets = new float[map.units()];
        for (int k = 0; k < offsets.length; k++) {
            offsets[k] = (float) map.startingOffset(k);
        }
        return scale == null ? null : new VectorLogisticMixture(map, offsets, scale, map.startingSlope(), true);
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
            int place = phi + (placeRow + k) * stride;
            int raw = phi + (scaleRow + k) * stride;
            if (onLine) {
                rows.scaleUp(scale, start, d, raw, k, m);
                rows.placeOnLine(d, x, place, places[k], k, m);
            } else {
                rows.scaleDown(scale, start, d, raw, k, m);
                rows.place(d, x, place, places[k], k, m);
            }
            logHeight(k, m);
            rows.most(k, m);
        }
        float[] s = rows.s;
        for (int k = 0; k < components; k++) {
            rows.height(k, m);
            Exponential.apply(s, rows.tail(k), s, rows.tail(k), m);
            tail(k, m);
            rows.addToTail(k, m);
        }
        Exponential.apply(s, row(MixtureRows.MOST), s, row(MixtureRows.UNIT), m);
        for (int k = 0; k < components; k++) {
            rows.addToSides(k, m);
        }
        rows.decide(0, m);
        logit(m);
        rows.slope(m);
    }

    /// log π_k − |z_k|, and −|z_k| where the tail will stand.
    private void logHeight(int k, int m) {
        float[] s = rows.s;
        for (int i = 0; i < m; i += LANES) {
            FloatVector away = FloatVector.fromArray(F, s, rows.z(k) + i).abs().neg();
            away.intoArray(s, rows.tail(k) + i);
            away.add(FloatVector.fromArray(F, s, rows.logWeight(k) + i)).intoArray(s, rows.height(k) + i);
        }
    }

    /// From e = π exp(−|z|) and exp(−|z|): tail e r and height e r², with r = σ(|z|) in the place of log π.
    private void tail(int k, int m) {
        float[] s = rows.s;
        for (int i = 0; i < m; i += LANES) {
            FloatVector r = FloatVector.broadcast(F, 1f)
                    .div(FloatVector.fromArray(F, s, rows.tail(k) + i).add(1f)); // in [1, 2]
            FloatVector t = FloatVector.fromArray(F, s, rows.height(k) + i).mul(r);
            r.intoArray(s, rows.logWeight(k) + i);
            t.intoArray(s, rows.tail(k) + i);
            t.mul(r).intoArray(s, rows.height(k) + i);
        }
    }

    /// |y| from the logarithm of the smaller tail p; f′ is density / p / (1 − p).
    private void logit(int m) {
        float[] s = rows.s;
        Exponential.apply(s, row(MixtureRows.LOG_TAIL), s, row(MixtureRows.SPARE), m);
        for (int i = 0; i < m; i += LANES) {
            FloatVector rest = FloatVector.broadcast(F, 1f)
                    .sub(FloatVector.fromArray(F, s, row(MixtureRows.SPARE) + i)); // at least ½
            rest.intoArray(s, row(MixtureRows.SPARE) + i);
            FloatVector.broadcast(F, 1f).div(rest).intoArray(s, row(MixtureRows.MILLS) + i);
        }
        Logarithm.apply(s, row(MixtureRows.SPARE), s, row(MixtureRows.Y), m);
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, s, row(MixtureRows.Y) + i)
                    .sub(FloatVector.fromArray(F, s, row(MixtureRows.LOG_TAIL) + i))
                    .intoArray(s, row(MixtureRows.Y) + i);
        }
    }

    @Override
    public void inverse(float[] d, int y, int x, int phi, int stride, double[] logDet, int n) {
        scalar.inverse(d, y, x, phi, stride, logDet, n);
    }

    /// The formulas of the scalar maps: ∂(−log F − log(1 − F))/∂y is tanh(y/2).
    @Override
    public void forwardVjp(float[] d, float[] g, float[] gLogDet, int x, int y, int phi, int stride, int n) {
        for (int at = 0; at < n; at += MixtureRows.CHUNK) {
            int m = Math.min(MixtureRows.CHUNK, n - at);
            value(d, x + at, phi + at, stride, m);
            start(g, y + at, gLogDet, at, m);
            for (int k = 0; k < components; k++) {
                int first = phi + at + k * stride;
                rows.pullWeight(g, first, gLogDet, at, k, m);
                pullZ(gLogDet, at, k, m);
                int raw = first + scaleRow * stride;
                int place = first + placeRow * stride;
                if (onLine) {
                    pullLine(d, x + at, g, place, raw, k, m);
                } else {
                    pullPlace(g, place, raw, k, m);
                }
            }
            System.arraycopy(rows.s, row(MixtureRows.G_X), g, x + at, m);
            for (int i = 0; i < m; i++) {
                if (!rows.trusted(i)) {
                    scalar.forwardVjp(d, g, gLogDet, x, y, phi, stride, at + i);
                }
            }
        }
    }

    /// gY + gℓ tanh(y/2) with tanh(|y|/2) = 1 − 2p, and gX = 0.
    private void start(float[] g, int y, float[] gLogDet, int at, int m) {
        float[] s = rows.s;
        for (int i = 0; i < m; i += LANES) {
            FloatVector rest = FloatVector.fromArray(F, s, row(MixtureRows.SPARE) + i);
            FloatVector bend = rest.add(rest).sub(1f).mul(FloatVector.fromArray(F, s, row(MixtureRows.SIDE) + i));
            FloatVector.fromArray(F, gLogDet, at + i)
                    .fma(bend, FloatVector.fromArray(F, g, y + i))
                    .intoArray(s, row(MixtureRows.G) + i);
            FloatVector.zero(F).intoArray(s, row(MixtureRows.G_X) + i);
        }
    }

    /// Puts gℓ times the share where the height was and gz = g f′ height − gℓ share tanh(z/2) where
    /// the tail was; tanh(|z|/2) = 2r − 1.
    private void pullZ(float[] gLogDet, int at, int k, int m) {
        float[] s = rows.s;
        for (int i = 0; i < m; i += LANES) {
            FloatVector height = FloatVector.fromArray(F, s, rows.height(k) + i);
            FloatVector perScale = FloatVector.fromArray(F, s, rows.perScale(k) + i);
            FloatVector share = height.mul(perScale).mul(FloatVector.fromArray(F, gLogDet, at + i));
            FloatVector r = FloatVector.fromArray(F, s, rows.logWeight(k) + i);
            FloatVector bend = r.add(r).sub(1f);
            FloatVector z = FloatVector.fromArray(F, s, rows.z(k) + i);
            bend = bend.neg().blend(bend, z.compare(GT, 0f));
            FloatVector gZ = FloatVector.fromArray(F, s, row(MixtureRows.G) + i)
                    .mul(FloatVector.fromArray(F, s, row(MixtureRows.SLOPE) + i))
                    .mul(height)
                    .sub(share.mul(bend));
            share.intoArray(s, rows.height(k) + i);
            gZ.intoArray(s, rows.tail(k) + i);
            gZ.fma(perScale, FloatVector.fromArray(F, s, row(MixtureRows.G_X) + i))
                    .intoArray(s, row(MixtureRows.G_X) + i);
        }
    }

    private void pullPlace(float[] g, int mean, int raw, int k, int m) {
        float[] s = rows.s;
        for (int i = 0; i < m; i += LANES) {
            FloatVector gZ = FloatVector.fromArray(F, s, rows.tail(k) + i).neg();
            gZ.mul(FloatVector.fromArray(F, s, rows.perScale(k) + i)).intoArray(g, mean + i);
            gZ.mul(FloatVector.fromArray(F, s, rows.z(k) + i))
                    .sub(FloatVector.fromArray(F, s, rows.height(k) + i))
                    .mul(FloatVector.fromArray(F, s, rows.scaleSlope(k) + i))
                    .intoArray(g, raw + i);
        }
    }

    private void pullLine(float[] d, int x, float[] g, int offset, int raw, int k, int m) {
        float[] s = rows.s;
        for (int i = 0; i < m; i += LANES) {
            FloatVector gZ = FloatVector.fromArray(F, s, rows.tail(k) + i);
            gZ.intoArray(g, offset + i);
            gZ.mul(FloatVector.fromArray(F, d, x + i))
                    .fma(
                            FloatVector.fromArray(F, s, rows.perScale(k) + i),
                            FloatVector.fromArray(F, s, rows.height(k) + i))
                    .mul(FloatVector.fromArray(F, s, rows.scaleSlope(k) + i))
                    .intoArray(g, raw + i);
        }
    }
}
