package io.fluvial.nn;

import io.fluvial.Pass;
import io.fluvial.Pullback;
import java.util.random.RandomGenerator;

/// One affine layer y = W·x + b inside a conditioner: θ is W `[rows × depth]`, then b `[rows]`.
/// Functions rather than an object: one made per call would not always be optimised away, and the
/// hot path makes no garbage.
final class Dense {

    private Dense() {}

    static int size(int depth, int rows) {
        return rows * depth + rows;
    }

    /// From the rows at `in` to the rows at `out`.
    static void forward(Pass p, int depth, int rows, int theta, int in, int out) {
        p.block()
                .kernels()
                .linear(
                        p.parameters(),
                        theta,
                        theta + rows * depth,
                        rows,
                        depth,
                        p.data(),
                        in,
                        out,
                        p.lanes(),
                        p.active());
    }

    /// Adds gW and gb from the cotangent at `out`.
    static void gradients(Pass p, Pullback g, int depth, int rows, int theta, int in, int out) {
        float[] gTheta = g.theta();
        if (gTheta != null) {
            var kernels = p.block().kernels();
            kernels.linearGradient(p.data(), in, g.data(), out, rows, depth, gTheta, theta, p.lanes(), p.active());
            kernels.rowSums(g.data(), out, rows, gTheta, theta + rows * depth, p.lanes(), p.active());
        }
    }

    /// gX from the cotangent at `out`, written or added.
    static void inputs(Pass p, Pullback g, int depth, int rows, int theta, int out, int in, boolean add) {
        p.block()
                .kernels()
                .linearTranspose(p.parameters(), theta, rows, depth, g.data(), out, in, add, p.lanes(), p.active());
    }

    /// Random weights for inputs that feed `activation`, or that are fed by it; zero bias.
    static void initialize(float[] theta, int at, int depth, int rows, Activation activation, RandomGenerator random) {
        double scale = scale(depth, rows, activation);
        for (int i = 0; i < rows * depth; i++) {
            theta[at + i] = (float) (scale * random.nextGaussian());
        }
    }

    /// Deviation of the random weights of a row that sums over `depth` inputs.
    static double scale(int depth, int rows, Activation activation) {
        return Math.sqrt(
                activation.glorot()
                        ? 2.0 / (depth + rows)
                        : activation.gain() * activation.gain() / Math.max(1, depth));
    }
}
