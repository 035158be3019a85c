package io.fluvial.simd;

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

    /// Exponentials of w, then those of h.
    static final int EXPONENTIALS = 36;

    private SplineRows() {}

    static float[] of(int bins) {
        return new float[(EXPONENTIALS + 2 * bins) * CHUNK];
    }
}
