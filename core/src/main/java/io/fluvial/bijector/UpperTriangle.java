package io.fluvial.bijector;

import java.util.Arrays;

/// An upper triangular matrix U with the diagonal exp(d) > 0, invertible for every parameter: log det U = Σ d. In θ
/// the entries above the diagonal stand row by row, d elsewhere.
final class UpperTriangle {

    private UpperTriangle() {}

    /// Number of entries above the diagonal.
    static int entries(int dim) {
        return dim * (dim - 1) / 2;
    }

    /// Writes the full matrix to `d[at ..)`; returns Σ d.
    static double unpack(float[] theta, int entries, int diagonal, int dim, float[] d, int at) {
        Arrays.fill(d, at, at + dim * dim, 0f);
        int next = entries;
        double logDet = 0;
        for (int r = 0; r < dim; r++) {
            float logDiagonal = theta[diagonal + r];
            d[at + r * dim + r] = (float) Math.exp(logDiagonal);
            logDet += logDiagonal;
            System.arraycopy(theta, next, d, at + r * dim + r + 1, dim - 1 - r);
            next += dim - 1 - r;
        }
        return logDet;
    }

    /// Adds `sign` times the cotangent of U, at `gd[at ..)`, and that of Σ d to those of the parameters.
    static void addGradient(
            float[] d,
            float[] gd,
            int at,
            int dim,
            int sign,
            double gLogDet,
            float[] gTheta,
            int entries,
            int diagonal) {
        int next = entries;
        for (int r = 0; r < dim; r++) {
            int entry = at + r * dim + r;
            gTheta[diagonal + r] += (float) (sign * gd[entry] * d[entry] + gLogDet);
            for (int k = r + 1; k < dim; k++) {
                gTheta[next++] += sign * gd[at + r * dim + k];
            }
        }
    }
}
