package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fluvial.Block;
import io.fluvial.kernel.Kernels;
import io.fluvial.kernel.Staircase;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Scalar = vector for the masked kernels, at the width that `fluvial.simd.bits` says.
class StaircaseTest {

    private static final int[] ROWS = {1, 2, 3, 5, 16, 67, 130};
    private static final int[] DEPTHS = {1, 3, 4, 15, 64, 65, 131};
    private static final int[] LANES = {16, 48, 64, 112, 128};

    /// Half an ulp of 1, the relative error of one rounding.
    private static final double ROUNDING = 0x1p-24;

    private final Kernels scalar = Kernels.scalar();
    private final Kernels vector = new VectorKernels();

    /// One problem, with NaN between the rows' lanes, and room before and after the weights.
    private static final class Case {
        final Staircase shape;
        final int n;
        final int stride;
        final int wAt = 5;
        final int biasAt;
        final int in = 3;
        final int out;
        final float[] w;
        final float[] d;

        Case(Staircase shape, int n, int stride, RandomGenerator random) {
            this.shape = shape;
            this.n = n;
            this.stride = stride;
            this.biasAt = wAt + shape.size() + 2;
            this.out = in + shape.depth() * stride + 11;
            this.w = numbers(biasAt + shape.rows() + 9, random);
            this.d = numbers(out + shape.rows() * stride + 13, random);
            for (int r = 0; r < shape.depth(); r++) {
                Arrays.fill(d, in + r * stride + n, in + (r + 1) * stride, Float.NaN);
            }
            for (int r = 0; r < shape.rows(); r++) {
                Arrays.fill(d, out + r * stride + n, out + (r + 1) * stride, Float.NaN);
            }
        }

        private static float[] numbers(int count, RandomGenerator random) {
            float[] x = new float[count];
            for (int i = 0; i < count; i++) {
                x[i] = (float) random.nextGaussian();
            }
            return x;
        }

        @Override
        public String toString() {
            return shape.rows() + " rows, " + shape.depth() + " columns, " + n + " lanes, " + stride + " apart";
        }
    }

    private interface Check {
        void on(Case c, RandomGenerator random);
    }

    /// Random stairs, stairs that begin late or stay flat, and full rows.
    private static void forAll(Check check) {
        SplittableRandom random = new SplittableRandom(1);
        for (int rows : ROWS) {
            for (int depth : DEPTHS) {
                for (int n : LANES) {
                    int[] length = new int[rows];
                    int kind = random.nextInt(4);
                    for (int r = 0; r < rows; r++) {
                        length[r] = switch (kind) {
                            case 0 -> depth;
                            case 1 -> (int) ((long) r * depth / rows);
                            case 2 -> random.nextInt(depth + 1);
                            default -> random.nextInt(4) * depth / 3;
                        };
                    }
                    Arrays.sort(length);
                    check.on(new Case(Staircase.of(depth, length), n, n + 7, random), random);
                    if (n <= Block.LANES) {
                        check.on(new Case(Staircase.of(depth, length), n, Block.LANES, random), random);
                    }
                }
            }
        }
    }

    @Test
    void linearEqualsScalar() {
        forAll((c, random) -> {
            float[] expected = c.d.clone();
            float[] actual = c.d.clone();
            int rows = c.shape.rows();
            scalar.linear(c.shape, 0, rows, c.w, c.wAt, c.biasAt, expected, c.in, c.out, c.stride, c.n);
            vector.linear(c.shape, 0, rows, c.w, c.wAt, c.biasAt, actual, c.in, c.out, c.stride, c.n);
            assertClose(expected, actual, c.shape.depth(), c);
        });
    }

    /// What an incremental inverse rests on.
    @Test
    void rowsInPortionsHaveTheSameBits() {
        forAll((c, random) -> {
            for (Kernels kernels : new Kernels[] {scalar, vector}) {
                float[] whole = c.d.clone();
                float[] portions = c.d.clone();
                int rows = c.shape.rows();
                kernels.linear(c.shape, 0, rows, c.w, c.wAt, c.biasAt, whole, c.in, c.out, c.stride, c.n);
                for (int r = 0; r < rows; ) {
                    int end = Math.min(rows, r + random.nextInt(6));
                    kernels.linear(c.shape, r, end, c.w, c.wAt, c.biasAt, portions, c.in, c.out, c.stride, c.n);
                    r = end;
                }
                assertArrayEquals(whole, portions, c.toString());
            }
        });
    }

    @Test
    void linearTransposeEqualsScalar() {
        forAll((c, random) -> {
            float[] expected = c.d.clone();
            float[] actual = c.d.clone();
            int from = random.nextInt(c.shape.rows() + 1);
            int to = from + random.nextInt(c.shape.rows() + 1 - from);
            if (random.nextBoolean()) {
                from = 0;
                to = c.shape.rows();
            }
            scalar.linearTranspose(c.shape, from, to, c.w, c.wAt, expected, c.out, c.in, c.stride, c.n);
            vector.linearTranspose(c.shape, from, to, c.w, c.wAt, actual, c.out, c.in, c.stride, c.n);
            assertClose(expected, actual, c.shape.rows(), c);
        });
    }

    @Test
    void linearGradientEqualsScalar() {
        forAll((c, random) -> {
            float[] expected = c.w.clone();
            float[] actual = c.w.clone();
            float[] g = c.d.clone();
            scalar.linearGradient(c.shape, c.d, c.in, g, c.out, expected, c.wAt, c.stride, c.n);
            vector.linearGradient(c.shape, c.d, c.in, g, c.out, actual, c.wAt, c.stride, c.n);
            assertClose(expected, actual, c.n, c);
        });
    }

    /// The scalar masked kernels against the dense ones with zeros written out.
    @Test
    void maskedEqualsDenseWithZeros() {
        forAll((c, random) -> {
            int rows = c.shape.rows();
            int depth = c.shape.depth();
            float[] dense = new float[rows * depth + rows];
            for (int r = 0; r < rows; r++) {
                System.arraycopy(c.w, c.wAt + c.shape.start(r), dense, r * depth, c.shape.length(r));
                dense[rows * depth + r] = c.w[c.biasAt + r];
            }
            float[] expected = c.d.clone();
            float[] actual = c.d.clone();
            scalar.linear(dense, 0, rows * depth, rows, depth, expected, c.in, c.out, c.stride, c.n);
            scalar.linear(c.shape, 0, rows, c.w, c.wAt, c.biasAt, actual, c.in, c.out, c.stride, c.n);
            assertArrayEquals(expected, actual, c.toString());
            scalar.linearTranspose(dense, 0, rows, depth, expected, c.out, c.in, true, c.stride, c.n);
            scalar.linearTranspose(c.shape, 0, rows, c.w, c.wAt, actual, c.out, c.in, c.stride, c.n);
            assertClose(expected, actual, rows, c);
        });
    }

    @Test
    void maskedKernelsAllocateNothing() {
        int[] length = new int[70];
        for (int r = 0; r < length.length; r++) {
            length[r] = 2 * r;
        }
        for (int stride : new int[] {119, Block.LANES}) {
            Case c = new Case(Staircase.of(140, length), 112, stride, new SplittableRandom(2));
            float[] g = c.d.clone();
            Compiled.run(
                    () -> vector.linear(c.shape, 0, 70, c.w, c.wAt, c.biasAt, c.d, c.in, c.out, c.stride, c.n),
                    () -> vector.linear(c.shape, 3, 6, c.w, c.wAt, c.biasAt, c.d, c.in, c.out, c.stride, c.n),
                    () -> vector.linearTranspose(c.shape, 0, 70, c.w, c.wAt, g, c.out, c.in, c.stride, c.n),
                    () -> vector.linearGradient(c.shape, c.d, c.in, c.d, c.out, c.w, c.wAt, c.stride, c.n));
        }
    }

    /// Everything equal to the bit but the results; these within the bound of [ProductTest].
    private static void assertClose(float[] expected, float[] actual, int terms, Case c) {
        double tolerance = 2 * ROUNDING * (terms + 1) * (4 + 4 * 0.64 * terms);
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(actual[i])) {
                assertEquals(expected[i], actual[i], tolerance, c + " at " + i);
            }
        }
    }
}
