package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fluvial.Block;
import io.fluvial.kernel.Kernels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Scalar = vector for the four linear kernels, at the width that `fluvial.simd.bits` says.
class ProductTest {

    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 16, 17, 63, 65, 130};
    private static final int[] LANES = {16, 48, 64, 80, 128, 256};

    /// Half an ulp of 1, the relative error of one rounding.
    private static final double ROUNDING = 0x1p-24;

    private final Kernels scalar = Kernels.scalar();
    private final Kernels vector = new VectorKernels();

    /// One problem: weights, data and cotangents at odd places in arrays with room around, and NaN in that
    /// room where it is only read past, so that a kernel that reads too much fails.
    private static final class Case {
        final int rows;
        final int depth;
        final int n;
        final int stride;
        final int wAt = 5;
        final int biasAt;
        final int in = 3;
        final int out;
        final float[] w;
        final float[] d;
        final float[] g;

        Case(int rows, int depth, int n, int stride) {
            this.rows = rows;
            this.depth = depth;
            this.n = n;
            this.stride = stride;
            this.biasAt = wAt + rows * depth + 2;
            this.out = in + depth * stride + 11;
            Random random = new Random(rows * 1000L + depth * 10L + n);
            this.w = numbers(biasAt + rows + 9, random);
            this.d = numbers(out + rows * stride + 13, random);
            this.g = numbers(out + rows * stride + 13, random);
            for (int r = 0; r < depth; r++) {
                Arrays.fill(d, in + r * stride + n, in + (r + 1) * stride, Float.NaN);
                Arrays.fill(g, in + r * stride + n, in + (r + 1) * stride, Float.NaN);
            }
            for (int r = 0; r < rows; r++) {
                Arrays.fill(g, out + r * stride + n, out + (r + 1) * stride, Float.NaN);
            }
        }

        private static float[] numbers(int count, Random random) {
            float[] x = new float[count];
            for (int i = 0; i < count; i++) {
                x[i] = (float) random.nextGaussian();
            }
            return x;
        }

        @Override
        public String toString() {
            return rows + " x " + depth + " x " + n + ", rows " + stride + " apart";
        }
    }

    private interface Check {
        void on(Case c);
    }

    private static void forAll(Check check) {
        for (int rows : SIZES) {
            for (int depth : SIZES) {
                for (int n : LANES) {
                    check.on(new Case(rows, depth, n, n + 7));
                    if (n <= Block.LANES) {
                        check.on(new Case(rows, depth, n, Block.LANES)); // has tiles of its own
                    }
                }
            }
        }
    }

    @Test
    void linearEqualsScalar() {
        forAll(c -> {
            for (int biasAt : new int[] {-1, c.biasAt}) {
                float[] expected = c.d.clone();
                float[] actual = c.d.clone();
                scalar.linear(c.w, c.wAt, biasAt, c.rows, c.depth, expected, c.in, c.out, c.stride, c.n);
                vector.linear(c.w, c.wAt, biasAt, c.rows, c.depth, actual, c.in, c.out, c.stride, c.n);
                assertClose(expected, actual, c.depth, c);
            }
        });
    }

    @Test
    void linearTransposeEqualsScalar() {
        forAll(c -> {
            for (boolean add : new boolean[] {false, true}) {
                float[] expected = c.g.clone();
                float[] actual = c.g.clone();
                scalar.linearTranspose(c.w, c.wAt, c.rows, c.depth, expected, c.out, c.in, add, c.stride, c.n);
                vector.linearTranspose(c.w, c.wAt, c.rows, c.depth, actual, c.out, c.in, add, c.stride, c.n);
                assertClose(expected, actual, c.rows, c);
            }
        });
    }

    @Test
    void linearGradientEqualsScalar() {
        forAll(c -> {
            float[] expected = c.w.clone();
            float[] actual = c.w.clone();
            scalar.linearGradient(c.d, c.in, c.g, c.out, c.rows, c.depth, expected, c.wAt, c.stride, c.n);
            vector.linearGradient(c.d, c.in, c.g, c.out, c.rows, c.depth, actual, c.wAt, c.stride, c.n);
            assertClose(expected, actual, c.n, c);
        });
    }

    @Test
    void rowSumsEqualScalar() {
        forAll(c -> {
            float[] expected = c.w.clone();
            float[] actual = c.w.clone();
            scalar.rowSums(c.g, c.out, c.rows, expected, c.biasAt, c.stride, c.n);
            vector.rowSums(c.g, c.out, c.rows, actual, c.biasAt, c.stride, c.n);
            assertClose(expected, actual, c.n, c);
        });
    }

    /// Sizes that reach every tile.
    @Test
    void linearKernelsAllocateNothing() {
        for (int stride : new int[] {119, Block.LANES}) {
            Case c = new Case(21, 127, 112, stride);
            Compiled.run(
                    () -> vector.linear(c.w, c.wAt, c.biasAt, c.rows, c.depth, c.d, c.in, c.out, c.stride, c.n),
                    () -> vector.linearTranspose(c.w, c.wAt, c.rows, c.depth, c.g, c.out, c.in, false, c.stride, c.n),
                    () -> vector.linearGradient(c.d, c.in, c.g, c.out, c.rows, c.depth, c.w, c.wAt, c.stride, c.n),
                    () -> vector.rowSums(c.g, c.out, c.rows, c.w, c.biasAt, c.stride, c.n));
        }
    }

    @Test
    void notANumberStaysInItsLane() {
        forAll(c -> {
            float[] actual = c.d.clone();
            int lane = c.n / 3;
            actual[c.in + lane] = Float.NaN;
            vector.linear(c.w, c.wAt, c.biasAt, c.rows, c.depth, actual, c.in, c.out, c.stride, c.n);
            for (int r = 0; r < c.rows; r++) {
                for (int i = 0; i < c.n; i++) {
                    assertEquals(i == lane, Float.isNaN(actual[c.out + r * c.stride + i]), c + " lane " + i);
                }
            }
        });
    }

    @Test
    void notANumberStaysInItsColumnOfTheWeightGradient() {
        forAll(c -> {
            float[] actual = c.w.clone();
            int column = c.depth / 2;
            c.d[c.in + column * c.stride + c.n - 1] = Float.NaN;
            vector.linearGradient(c.d, c.in, c.g, c.out, c.rows, c.depth, actual, c.wAt, c.stride, c.n);
            for (int r = 0; r < c.rows; r++) {
                for (int k = 0; k < c.depth; k++) {
                    assertEquals(k == column, Float.isNaN(actual[c.wAt + r * c.depth + k]), c + " column " + k);
                }
            }
        });
    }

    /// Everything equal to the bit but the results, and these within the error of two sums of `terms` + 1
    /// products of two standard normal numbers in different order: each at most (terms + 1) roundings of the
    /// sum of absolute products, 0.64 each on average; the factor 4 allows for the tail of that sum when
    /// terms are few.
    private static void assertClose(float[] expected, float[] actual, int terms, Case c) {
        double tolerance = 2 * ROUNDING * (terms + 1) * (4 + 4 * 0.64 * terms);
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(actual[i])) {
                assertEquals(expected[i], actual[i], tolerance, c + " at " + i);
            }
        }
    }

    /// The tolerance above would hide a stray write of nearly the same number; this one finds every write.
    @Test
    void writesNothingElse() {
        forAll(c -> {
            float[] w = new float[c.w.length];
            vector.linearGradient(c.d, c.in, c.g, c.out, c.rows, c.depth, w, c.wAt, c.stride, c.n);
            for (int i = 0; i < w.length; i++) {
                assertEquals(i >= c.wAt && i < c.wAt + c.rows * c.depth, w[i] != 0, c + " weight " + i);
            }
            float[] d = c.d.clone();
            Arrays.fill(d, c.out, d.length, Float.NaN);
            vector.linear(c.w, c.wAt, c.biasAt, c.rows, c.depth, d, c.in, c.out, c.stride, c.n);
            for (int i = c.out; i < d.length; i++) {
                int lane = (i - c.out) % c.stride;
                boolean result = i < c.out + c.rows * c.stride && lane < c.n;
                assertEquals(result, !Float.isNaN(d[i]), c + " place " + i);
            }
        });
    }
}
