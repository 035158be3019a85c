package io.fluvial.simd;

import static io.fluvial.simd.Width.F;
import static io.fluvial.simd.Width.LANES;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/// The softmax of every lane times its number of rows, as the splines of `io.fluvial.scalar` use it:
/// qₖ = eₖ · count / Σ e with eₖ = exp(φₖ − max φ), exactly 1 where all φ are equal. Rows of q stand n
/// apart without gaps.
final class Shares {

    private Shares() {}

    /// The largest float not above the bound of a box: no float lies between them.
    static float atMost(double bound) {
        float rounded = (float) bound;
        return rounded > bound ? Math.nextDown(rounded) : rounded;
    }

    /// Fills the rows at `q` from those at `d[phi + k * stride]`, and the row at `scale` with count / Σ e,
    /// which is NaN where any φ is and at most `count` otherwise.
    static void apply(float[] d, int phi, int stride, int count, float[] s, int q, int scale, int n) {
        exponentials(d, phi, stride, count, s, q, scale, n);
        for (int i = 0; i < n; i += LANES) {
            FloatVector sum = FloatVector.fromArray(F, s, q + i);
            for (int k = 1; k < count; k++) {
                sum = sum.add(FloatVector.fromArray(F, s, q + k * n + i));
            }
            FloatVector.broadcast(F, count).div(sum).intoArray(s, scale + i); // sum >= 1
        }
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector.fromArray(F, s, q + k * n + i)
                        .mul(FloatVector.fromArray(F, s, scale + i))
                        .intoArray(s, q + k * n + i);
            }
        }
    }

    /// Fills the rows at `q` with exp(φₖ − max φ); the row at `max` is scratch.
    static void exponentials(float[] d, int phi, int stride, int count, float[] s, int q, int max, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector top = FloatVector.fromArray(F, d, phi + i);
            for (int k = 1; k < count; k++) {
                FloatVector next = FloatVector.fromArray(F, d, phi + k * stride + i);
                top = top.blend(next, next.compare(GT, top)); // a NaN reaches the sum by its own exponential
            }
            top.intoArray(s, max + i);
        }
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < n; i += LANES) {
                FloatVector.fromArray(F, d, phi + k * stride + i)
                        .sub(FloatVector.fromArray(F, s, max + i))
                        .intoArray(s, q + k * n + i);
            }
        }
        Exponential.apply(s, q, s, q, count * n);
    }
}
