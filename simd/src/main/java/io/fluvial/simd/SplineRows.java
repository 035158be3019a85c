package io.fluvial.simd;

import static io.fluvial.simd.Width.D;
import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.F2D;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// What a spline kernel keeps between its loops: rows of as many floats as there are lanes in the
/// chunk at work, row k at k times that number. Two rows that a loop over both at once runs through
/// are neighbours.
final class SplineRows {

    /// Lanes worked on at a time: few enough that the rows, φ and its gradients stay in the
    /// first-level cache.
    static final int CHUNK = 128;

    /// What goes in: x on the way to the latent, y on the way back.
    static final int IN = 0;

    /// What comes out.
    static final int OUT = 1;

    /// NaN where a number in φ is not finite, else 0.
    static final int NOT_FINITE = 2;

    /// The number of the bin.
    static final int BIN = 3;

    /// The bin in x, at the offsets of [SplineAxis].
    static final int ALONG_X = 4;

    /// The bin in y.
    static final int ALONG_Y = 9;

    /// softplus⁻¹ of the slopes at both ends of the bin, less their minimum.
    static final int RAW_SLOPES = 14;

    /// The slopes at both ends of the bin.
    static final int SLOPES = 16;

    /// f′, then its logarithm.
    static final int DERIVATIVE = 18;

    /// Cotangents of y, of log f′ and, at last, of x.
    static final int G_OUT = 19;

    static final int G_LOG = 20;
    static final int G_IN = 21;

    /// Cotangents of the left knot and the size of the bin, in x and in y.
    static final int G_ALONG_X = 22;

    static final int G_ALONG_Y = 24;

    /// Cotangents of both slopes, then of their raw numbers.
    static final int G_SLOPES = 26;

    /// σ of the raw slopes.
    static final int SIGMAS = 28;

    /// Sizes of the box, and what to multiply by them, for a learned box.
    static final int BOX = 30;

    /// The same rows where the box is fixed: what pieces keep for themselves.
    static final int PIECE = 30;

    /// Exponentials of w, then those of h.
    static final int EXPONENTIALS = 40;

    private SplineRows() {}

    /// @param perBin how many rows there are of something for each bin
    static float[] of(int bins, int perBin) {
        return new float[(EXPONENTIALS + perBin * bins) * CHUNK];
    }

    /// Fills the row NOT_FINITE from all of φ.
    static void notFinite(float[] d, int phi, int stride, int parameters, float[] r, int m) {
        FloatVector zero = FloatVector.zero(F);
        for (int i = 0; i < m; i += LANES) {
            FloatVector sum = zero;
            for (int k = 0; k < parameters; k++) {
                sum = FloatVector.fromArray(F, d, phi + k * stride + i).fma(zero, sum);
            }
            sum.intoArray(r, NOT_FINITE * m + i);
        }
    }

    /// Writes the row OUT to `d[out ..)` and adds DERIVATIVE, by now a logarithm, to `logDet[at ..)`.
    static void finish(float[] r, float[] d, int out, double[] logDet, int at, int m) {
        int log = DERIVATIVE * m;
        for (int i = 0; i < m; i += LANES) {
            FloatVector bad = FloatVector.fromArray(F, r, NOT_FINITE * m + i);
            FloatVector.fromArray(F, r, OUT * m + i).add(bad).intoArray(d, out + i);
            FloatVector l = FloatVector.fromArray(F, r, log + i).add(bad);
            DoubleVector.fromArray(D, logDet, at + i)
                    .add(l.convertShape(F2D, D, 0))
                    .intoArray(logDet, at + i);
            DoubleVector.fromArray(D, logDet, at + i + LANES / 2)
                    .add(l.convertShape(F2D, D, 1))
                    .intoArray(logDet, at + i + LANES / 2);
        }
    }
}
