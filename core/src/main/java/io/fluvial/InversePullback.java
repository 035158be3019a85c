package io.fluvial;

import java.util.Arrays;

/// The pullback through the inverse of any bijector, by the implicit function theorem: slow, allocating, and right.
///
/// The forward pullback V is affine in gY: V(gY, gℓ).x = Jᵀ·gY + h with J = ∂y/∂x and h = V(0, gℓ).x. `dim`
/// pullbacks of unit cotangents give Jᵀ column by column; then Jᵀ·gY = gX + h is solved per lane in double, and one
/// more pullback at −gY adds the cotangents of parameters and context.
final class InversePullback {

    private InversePullback() {}

    static void solve(Bijector bijector, Pass p, Pullback g) {
        int dim = bijector.dim();
        int lanes = p.lanes();
        int n = p.active();
        float[] gd = g.data();
        float[] gTheta = g.theta();
        float[] gLogDet = g.gLogDet().clone();
        int contextFloats = bijector.contextDim() * lanes;
        float[] gContext = Arrays.copyOfRange(gd, p.block().context(), p.block().context() + contextFloats);

        double[] right = new double[dim * lanes];
        for (int k = 0; k < right.length; k++) {
            right[k] = gd[p.x() + k];
        }
        g.bind(null);
        Arrays.fill(gd, p.y(), p.y() + dim * lanes, 0f);
        bijector.forwardVjp(p, g);
        for (int k = 0; k < right.length; k++) {
            right[k] += gd[p.x() + k];
        }
        double[] transposed = new double[dim * dim * lanes]; // [row of Jᵀ][column][lane]
        Arrays.fill(g.gLogDet(), 0f);
        for (int unit = 0; unit < dim; unit++) {
            Arrays.fill(gd, p.y(), p.y() + dim * lanes, 0f);
            Arrays.fill(gd, p.y() + unit * lanes, p.y() + unit * lanes + n, 1f);
            bijector.forwardVjp(p, g);
            for (int row = 0; row < dim; row++) {
                for (int i = 0; i < n; i++) {
                    transposed[(row * dim + unit) * lanes + i] = gd[p.x() + row * lanes + i];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            eliminate(transposed, right, dim, lanes, i);
        }

        System.arraycopy(gLogDet, 0, g.gLogDet(), 0, gLogDet.length);
        System.arraycopy(gContext, 0, gd, p.block().context(), contextFloats);
        g.bind(gTheta);
        for (int k = 0; k < right.length; k++) {
            gd[p.y() + k] = (float) -right[k];
        }
        bijector.forwardVjp(p, g);
        for (int k = 0; k < right.length; k++) {
            gd[p.y() + k] = (float) right[k];
        }
    }

    /// Gaussian elimination with partial pivoting for the system of lane i; the solution replaces `right`.
    private static void eliminate(double[] a, double[] right, int dim, int lanes, int i) {
        for (int k = 0; k < dim; k++) {
            int pivot = k;
            for (int r = k + 1; r < dim; r++) {
                if (Math.abs(a[(r * dim + k) * lanes + i]) > Math.abs(a[(pivot * dim + k) * lanes + i])) {
                    pivot = r;
                }
            }
            for (int c = 0; c < dim; c++) {
                swap(a, (k * dim + c) * lanes + i, (pivot * dim + c) * lanes + i);
            }
            swap(right, k * lanes + i, pivot * lanes + i);
            for (int r = k + 1; r < dim; r++) {
                double factor = a[(r * dim + k) * lanes + i] / a[(k * dim + k) * lanes + i];
                for (int c = k; c < dim; c++) {
                    a[(r * dim + c) * lanes + i] -= factor * a[(k * dim + c) * lanes + i];
                }
                right[r * lanes + i] -= factor * right[k * lanes + i];
            }
        }
        for (int r = dim - 1; r >= 0; r--) {
            double sum = right[r * lanes + i];
            for (int c = r + 1; c < dim; c++) {
                sum -= a[(r * dim + c) * lanes + i] * right[c * lanes + i];
            }
            right[r * lanes + i] = sum / a[(r * dim + r) * lanes + i]; // a bijector's Jacobian is not singular
        }
    }

    private static void swap(double[] values, int i, int j) {
        double kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }
}
