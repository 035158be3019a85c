package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import io.fluvial.kernel.ColumnKernel;
import io.fluvial.scalar.PositiveIntegral;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/// [PositiveIntegral] over lanes. With h_i = g(t_i) and areas of cells of width w, x clamped to ±B lies in
/// cell c at r in [0, 1], and the integral from 0 is the areas of the cells between it and the cell of 0,
/// and parts of both:
///
///     y = β + w · (Σ_{c₀ ≤ i < c} a_i − Σ_{c ≤ i < c₀} a_i + part(c, r) − part(c₀, r₀)) + f′ · (x − x̂),
///     a_i = (h_i + h_{i+1}) / 2,   part(c, r) = r h_c + r² (h_{c+1} − h_c) / 2,   f′ = (1 − r) h_c + r h_{c+1}.
///
/// r is off by N 2⁻²⁴, as if x were by 2B 2⁻²⁴. The network's output at a node is off by at most 2⁻²³ V with
/// V = |v₀| + Σ |v_k| (|a_k| B + |b_k| + 4), half of that from the arguments of tanh, which all have a slope of
/// at most 1, and so is log h, since every log-scale has one too. Lanes with V > 256 are left to the scalar map,
/// as are those that are not finite. The inverse is that of the scalar map.
final class VectorPositiveIntegral implements ColumnKernel {

    private static final int CHUNK = 64;
    private static final float LARGEST_SIZE = 256;
    private static final float LARGEST = 1e30f; // beyond, products may overflow
    private static final float STEEP = 18; // tanh of half of it is 1 in float

    // Rows, each of m lanes; then heights, raw numbers (later slopes), gradients, and the units at all nodes.
    private static final int PLACE = 0; // r
    private static final int CELL = 1; // c
    private static final int PAST = 2; // x − x̂
    private static final int SIZE = 3; // V
    private static final int SLOPE = 4; // f′
    private static final int BEND = 5; // f″
    private static final int LOG = 6;
    private static final int Y = 7;
    private static final int LOWER = 8; // h_c, then what its gradient adds
    private static final int UPPER = 9; // h_{c+1}, likewise
    private static final int HEIGHTS = 10;

    private final int units;
    private final int nodes;
    private final float bound;
    private final float high; // B = high + low
    private final float low;
    private final float cell;
    private final float perCell;
    private final int zeroCell;
    private final float zeroPlace;
    private final float[] node;
    private final float[] center;
    private final ScaleRow scale;
    private final LaneByLane scalar;
    private final float[] s;
    private int m;

    private VectorPositiveIntegral(PositiveIntegral map, ScaleRow scale) {
        units = map.units();
        nodes = map.nodes();
        bound = Shares.atMost(map.bound());
        high = (float) map.bound();
        low = (float) (map.bound() - high);
        double width = 2 * map.bound() / (nodes - 1);
        cell = (float) width;
        perCell = (float) (1 / width);
        zeroCell = Math.min((nodes - 1) / 2, nodes - 2);
        zeroPlace = nodes % 2 == 0 ? 0.5f : 0;
        node = new float[nodes];
        for (int i = 0; i < nodes; i++) {
            node[i] = (float) (-map.bound() + i * width);
        }
        center = new float[units];
        for (int k = 0; k < units; k++) {
            center[k] = (float) (0.5 * map.bound() * ((2 * k + 1.0) / units - 1));
        }
        this.scale = scale;
        scalar = new LaneByLane(map);
        s = new float[(HEIGHTS + (3 + units) * nodes) * CHUNK];
    }

    /// The kernel, or null where the slopes or the bound do not fit a float.
    static @Nullable VectorPositiveIntegral of(PositiveIntegral map) {
        ScaleRow scale = ScaleRow.of(map.logSlope());
        return scale != null && map.bound() > 1e-12 && map.bound() < 1e12
                ? new VectorPositiveIntegral(map, scale)
                : null;
    }

    private int row(int number) {
        return number * m;
    }

    private int height(int i) {
        return row(HEIGHTS + i);
    }

    /// The network's output at node i, later its slope.
    private int raw(int i) {
        return row(HEIGHTS + nodes + i);
    }

    private int gradient(int i) {
        return row(HEIGHTS + 2 * nodes + i);
    }

    /// Unit k at node i; those of a node follow each other.
    private int unit(int k, int i) {
        return row(HEIGHTS + 3 * nodes + i * units + k);
    }

    @Override
    public void forward(float[] d, int x, int y, int phi, int stride, double[] logDet, int n) {
        for (int at = 0; at < n; at += CHUNK) {
            value(d, x + at, phi + at, stride, Math.min(CHUNK, n - at));
            Logarithm.apply(s, row(SLOPE), s, row(LOG), m); // between two heights > 0
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
        return s[row(SIZE) + i] <= LARGEST_SIZE
                && Math.abs(y) < Float.MAX_VALUE
                && Math.abs(s[row(PAST) + i]) < LARGEST
                && s[row(SLOPE) + i] < LARGEST;
    }

    /// Fills the rows for lanes of x at `d[x ..)`.
    private void value(float[] d, int x, int phi, int stride, int lanes) {
        m = lanes;
        size(d, phi, stride);
        for (int i = 0; i < nodes; i++) {
            arguments(d, phi, stride, i);
            Exponential.apply(s, unit(0, i), s, unit(0, i), units * m);
            output(d, phi, stride, i);
        }
        scale.scale(s, raw(0), height(0), nodes * m);
        place(d, x);
        cells();
        result(d, phi);
    }

    private void size(float[] d, int phi, int stride) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector sum = FloatVector.fromArray(F, d, phi + stride + i).abs();
            for (int k = 0; k < units; k++) {
                FloatVector a = FloatVector.fromArray(F, d, phi + (2 + units + k) * stride + i)
                        .add(1f)
                        .abs();
                FloatVector b = FloatVector.fromArray(F, d, phi + (2 + 2 * units + k) * stride + i)
                        .sub(center[k])
                        .abs();
                FloatVector v =
                        FloatVector.fromArray(F, d, phi + (2 + k) * stride + i).abs();
                sum = a.fma(FloatVector.broadcast(F, high), b.add(4f)).fma(v, sum);
            }
            sum.intoArray(s, row(SIZE) + i);
        }
    }

    /// 2 (a_k t_i + b_k).
    private void arguments(float[] d, int phi, int stride, int node) {
        float t = 2 * this.node[node];
        for (int k = 0; k < units; k++) {
            int a = phi + (2 + units + k) * stride;
            int b = phi + (2 + 2 * units + k) * stride;
            int to = unit(k, node);
            float c = center[k];
            for (int i = 0; i < m; i += LANES) {
                FloatVector twice = FloatVector.fromArray(F, d, b + i).sub(c).mul(2f);
                FloatVector.fromArray(F, d, a + i)
                        .add(1f)
                        .fma(FloatVector.broadcast(F, t), twice)
                        .max(-STEEP)
                        .min(STEEP)
                        .intoArray(s, to + i);
            }
        }
    }

    /// From exponentials to units, and their sum.
    private void output(float[] d, int phi, int stride, int node) {
        int to = raw(node);
        System.arraycopy(d, phi + stride, s, to, m);
        for (int k = 0; k < units; k++) {
            int unit = unit(k, node);
            int v = phi + (2 + k) * stride;
            for (int i = 0; i < m; i += LANES) {
                FloatVector e = FloatVector.fromArray(F, s, unit + i);
                FloatVector tanh = e.sub(1f).div(e.add(1f)); // e > 0
                tanh.intoArray(s, unit + i);
                tanh.fma(FloatVector.fromArray(F, d, v + i), FloatVector.fromArray(F, s, to + i))
                        .intoArray(s, to + i);
            }
        }
    }

    /// The cell and the place in it: exactly its end for x outside.
    private void place(float[] d, int x) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector at = FloatVector.fromArray(F, d, x + i);
            FloatVector inside = at.max(-bound).min(bound); // NaN stays NaN
            at.sub(inside).intoArray(s, row(PAST) + i);
            inside.add(high).add(low).mul(perCell).intoArray(s, row(PLACE) + i);
        }
        for (int i = 0; i < m; i += LANES) {
            FloatVector r = FloatVector.fromArray(F, s, row(PLACE) + i);
            FloatVector c = FloatVector.zero(F);
            for (int j = 1; j < nodes - 1; j++) {
                c = c.blend((float) j, r.compare(GE, (float) j));
            }
            c.intoArray(s, row(CELL) + i);
            FloatVector past = FloatVector.fromArray(F, s, row(PAST) + i);
            r.sub(c).max(0f).min(1f).blend(1f, past.compare(GT, 0f)).intoArray(s, row(PLACE) + i);
        }
    }

    /// Heights at both ends of the cell, and the areas of the whole cells between 0 and x, at Y.
    private void cells() {
        for (int i = 0; i < m; i += LANES) {
            FloatVector c = FloatVector.fromArray(F, s, row(CELL) + i);
            FloatVector h = FloatVector.fromArray(F, s, height(0) + i);
            FloatVector zero = FloatVector.zero(F);
            FloatVector sum = zero;
            FloatVector lower = h;
            FloatVector upper = h;
            for (int j = 0; j < nodes - 1; j++) {
                FloatVector next = FloatVector.fromArray(F, s, height(j + 1) + i);
                VectorMask<Float> here = c.compare(EQ, (float) j);
                lower = lower.blend(h, here);
                upper = upper.blend(next, here);
                FloatVector area = h.add(next).mul(j < zeroCell ? -0.5f : 0.5f);
                VectorMask<Float> between = j < zeroCell ? c.compare(LE, (float) j) : c.compare(GT, (float) j);
                sum = sum.add(zero.blend(area, between));
                h = next;
            }
            sum.intoArray(s, row(Y) + i);
            lower.intoArray(s, row(LOWER) + i);
            upper.intoArray(s, row(UPPER) + i);
        }
    }

    private void result(float[] d, int phi) {
        float r0 = zeroPlace - 0.5f * zeroPlace * zeroPlace;
        float r1 = 0.5f * zeroPlace * zeroPlace;
        for (int i = 0; i < m; i += LANES) {
            FloatVector r = FloatVector.fromArray(F, s, row(PLACE) + i);
            FloatVector h = FloatVector.fromArray(F, s, row(LOWER) + i);
            FloatVector next = FloatVector.fromArray(F, s, row(UPPER) + i);
            FloatVector f = r.mul(next).add(h.sub(r.mul(h))); // exactly h or next at the ends
            f.intoArray(s, row(SLOPE) + i);
            next.sub(h).mul(perCell).intoArray(s, row(BEND) + i);
            FloatVector from = FloatVector.fromArray(F, s, height(zeroCell) + i)
                    .mul(r0)
                    .add(FloatVector.fromArray(F, s, height(zeroCell + 1) + i).mul(r1));
            h.add(f)
                    .mul(0.5f)
                    .mul(r)
                    .sub(from)
                    .add(FloatVector.fromArray(F, s, row(Y) + i))
                    .mul(cell)
                    .add(FloatVector.fromArray(F, d, phi + i))
                    .add(f.mul(FloatVector.fromArray(F, s, row(PAST) + i)))
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
            scale.slope(s, raw(0), height(0), nodes * m);
            point(g, x + at, y + at, gLogDet, at);
            heights(g, y + at);
            outputs(g, phi + at + stride);
            for (int k = 0; k < units; k++) {
                pull(d, g, phi + at + (2 + k) * stride, stride, k);
            }
            System.arraycopy(g, y + at, g, phi + at, m);
            for (int i = 0; i < m; i++) {
                if (!trusted(i, d[y + at + i])) {
                    scalar.forwardVjp(d, g, gLogDet, x, y, phi, stride, at + i);
                }
            }
        }
    }

    /// gX, and what the point adds to the gradients of the heights of its cell.
    private void point(float[] g, int x, int y, float[] gLogDet, int at) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector gY = FloatVector.fromArray(F, g, y + i);
            FloatVector f = FloatVector.fromArray(F, s, row(SLOPE) + i);
            FloatVector past = FloatVector.fromArray(F, s, row(PAST) + i);
            FloatVector perSlope = FloatVector.fromArray(F, gLogDet, at + i).div(f); // between two heights > 0
            FloatVector bend = FloatVector.fromArray(F, s, row(BEND) + i)
                    .blend(0f, past.abs().compare(GT, 0f));
            perSlope.fma(bend, gY.mul(f)).intoArray(g, x + i);
            FloatVector r = FloatVector.fromArray(F, s, row(PLACE) + i);
            FloatVector part = r.mul(r).mul(0.5f);
            FloatVector gSlope = gY.fma(past, perSlope);
            FloatVector gArea = gY.mul(cell);
            gArea.fma(part, r.mul(gSlope)).intoArray(s, row(UPPER) + i);
            gArea.fma(r.sub(part), gSlope.sub(r.mul(gSlope))).intoArray(s, row(LOWER) + i);
        }
    }

    /// Gradients of all heights.
    private void heights(float[] g, int y) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector c = FloatVector.fromArray(F, s, row(CELL) + i);
            FloatVector lower = FloatVector.fromArray(F, s, row(LOWER) + i);
            FloatVector upper = FloatVector.fromArray(F, s, row(UPPER) + i);
            FloatVector half = FloatVector.fromArray(F, g, y + i).mul(0.5f * cell);
            FloatVector zero = FloatVector.zero(F);
            FloatVector before = zero; // from the cell before
            for (int j = 0; j < nodes - 1; j++) {
                VectorMask<Float> here = c.compare(EQ, (float) j);
                VectorMask<Float> between = j < zeroCell ? c.compare(LE, (float) j) : c.compare(GT, (float) j);
                FloatVector area = zero.blend(j < zeroCell ? half.neg() : half, between);
                before.add(area).add(zero.blend(lower, here)).intoArray(s, gradient(j) + i);
                before = area.add(zero.blend(upper, here));
            }
            before.intoArray(s, gradient(nodes - 1) + i);
        }
        fromZero(g, y, zeroCell, zeroPlace - 0.5f * zeroPlace * zeroPlace);
        fromZero(g, y, zeroCell + 1, 0.5f * zeroPlace * zeroPlace);
    }

    /// The part of the cell of 0 that is taken off.
    private void fromZero(float[] g, int y, int j, float part) {
        for (int i = 0; i < m; i += LANES) {
            FloatVector.fromArray(F, g, y + i)
                    .fma(FloatVector.broadcast(F, -part * cell), FloatVector.fromArray(F, s, gradient(j) + i))
                    .intoArray(s, gradient(j) + i);
        }
    }

    /// From gradients of heights to those of outputs, and their sum.
    private void outputs(float[] g, int to) {
        Arrays.fill(g, to, to + m, 0f);
        for (int j = 0; j < nodes; j++) {
            for (int i = 0; i < m; i += LANES) {
                FloatVector gOutput = FloatVector.fromArray(F, s, gradient(j) + i)
                        .mul(FloatVector.fromArray(F, s, height(j) + i))
                        .mul(FloatVector.fromArray(F, s, raw(j) + i));
                gOutput.intoArray(s, gradient(j) + i);
                gOutput.add(FloatVector.fromArray(F, g, to + i)).intoArray(g, to + i);
            }
        }
    }

    /// Gradients of v_k, a_k and b_k.
    private void pull(float[] d, float[] g, int v, int stride, int k) {
        int a = v + units * stride;
        int b = a + units * stride;
        for (int i = 0; i < m; i += LANES) {
            FloatVector weight = FloatVector.zero(F);
            FloatVector slope = weight;
            FloatVector offset = weight;
            for (int j = 0; j < nodes; j++) {
                FloatVector unit = FloatVector.fromArray(F, s, unit(k, j) + i);
                FloatVector gOutput = FloatVector.fromArray(F, s, gradient(j) + i);
                FloatVector gTanh = gOutput.sub(gOutput.mul(unit).mul(unit));
                weight = gOutput.fma(unit, weight);
                offset = offset.add(gTanh);
                slope = gTanh.fma(FloatVector.broadcast(F, node[j]), slope);
            }
            FloatVector factor = FloatVector.fromArray(F, d, v + i);
            weight.intoArray(g, v + i);
            slope.mul(factor).intoArray(g, a + i);
            offset.mul(factor).intoArray(g, b + i);
        }
    }
}
