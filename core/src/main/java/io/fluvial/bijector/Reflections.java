package io.fluvial.bijector;

import java.util.Arrays;

/// The orthogonal matrix Q = H_R ⋯ H_1 of reflections H = I − 2·v·vᵀ / ‖v‖² and its adjoint, in double, in a block's
/// scratch.
///
/// Only the direction of v matters, and v = 0 has none. So one component of each v is 1 and not a parameter: ‖v‖ ≥ 1,
/// the redundant length is gone, and what cannot be written (mirrors that contain that axis) is the limit of what can.
/// In θ stand the other dim − 1 components of every v. The fixed component is number 0 for the first two reflections,
/// 1 for the next two, and so on, so that at θ = 0 the reflections undo each other in pairs and every pair turns
/// another axis at the first step.
///
/// Scratch: Q `[dim × dim]`, its cotangent `[dim × dim]`, three vectors.
final class Reflections {

    private Reflections() {}

    /// So many that, from Q = 1, every plane can turn at the first step: a pair turns planes through its own axis.
    static int toTurnEveryPlane(int dim) {
        return 2 * (dim - 1);
    }

    static int scratch(int dim) {
        return 2 * dim * dim + 3 * dim;
    }

    /// Where the cotangent of Q is expected in the scratch.
    static int cotangent(int dim) {
        return dim * dim;
    }

    /// Writes Q to the start of the scratch. Cost: 2 · dim² multiply-adds for every reflection.
    static void product(double[] s, float[] theta, int at, int dim, int count) {
        Arrays.fill(s, 0, dim * dim, 0.0);
        for (int r = 0; r < dim; r++) {
            s[r * dim + r] = 1;
        }
        int v = 2 * dim * dim;
        for (int k = 0; k < count; k++) {
            double factor = load(s, v, theta, at, dim, k);
            project(s, 0, v, v + dim, dim);
            subtract(s, 0, v, factor, v + dim, dim);
        }
    }

    /// Writes Q, which stands in the scratch, as floats.
    static void round(double[] s, int dim, float[] d, int at) {
        for (int k = 0; k < dim * dim; k++) {
            d[at + k] = (float) s[k];
        }
    }

    /// From Q and its cotangent G in the scratch, both overwritten: adds the cotangents of the parameters.
    ///
    /// Reflections are taken off one by one, P ← H·P being its own inverse: with M = G·Pᵀ the cotangent of H,
    ///
    ///     gv = −(2 / ‖v‖²) · (M·v + Mᵀ·v) + (4 / ‖v‖⁴) · (vᵀ·M·v) · v,   then G ← H·G.
    ///
    /// Cost: 6 · dim² multiply-adds for every reflection.
    static void pullBack(double[] s, float[] theta, int at, int dim, int count, float[] gTheta) {
        int g = cotangent(dim);
        int v = 2 * dim * dim;
        int a = v + dim;
        int b = a + dim;
        for (int k = count - 1; k >= 0; k--) {
            double factor = load(s, v, theta, at, dim, k);
            project(s, 0, v, a, dim);
            subtract(s, 0, v, factor, a, dim);
            project(s, g, v, b, dim);
            double both = 0;
            for (int c = 0; c < dim; c++) {
                s[a + c] = -s[a + c]; // Pᵀ·v before this reflection is −Pᵀ·v after it
                both += s[a + c] * s[b + c];
            }
            int next = at + k * (dim - 1);
            for (int r = 0; r < dim; r++) {
                if (r != axis(dim, k)) {
                    double sum = 0;
                    for (int c = 0; c < dim; c++) {
                        sum += s[g + r * dim + c] * s[a + c] + s[r * dim + c] * s[b + c];
                    }
                    gTheta[next++] += (float) (factor * (factor * both * s[v + r] - sum));
                }
            }
            subtract(s, g, v, factor, b, dim);
        }
    }

    private static int axis(int dim, int k) {
        return (k / 2) % dim;
    }

    /// v of reflection k; returns 2 / ‖v‖².
    private static double load(double[] s, int v, float[] theta, int at, int dim, int k) {
        int next = at + k * (dim - 1);
        double squares = 0;
        for (int r = 0; r < dim; r++) {
            s[v + r] = r == axis(dim, k) ? 1 : theta[next++];
            squares += s[v + r] * s[v + r];
        }
        return 2 / squares; // squares ≥ 1: one component is 1
    }

    /// to = Mᵀ·v.
    private static void project(double[] s, int m, int v, int to, int dim) {
        Arrays.fill(s, to, to + dim, 0.0);
        for (int r = 0; r < dim; r++) {
            for (int c = 0; c < dim; c++) {
                s[to + c] += s[v + r] * s[m + r * dim + c];
            }
        }
    }

    /// M −= factor · v·wᵀ.
    private static void subtract(double[] s, int m, int v, double factor, int w, int dim) {
        for (int r = 0; r < dim; r++) {
            double scale = factor * s[v + r];
            for (int c = 0; c < dim; c++) {
                s[m + r * dim + c] -= scale * s[w + c];
            }
        }
    }
}
