package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fluvial.Block;
import io.fluvial.kernel.Kernels;
import io.fluvial.kernel.Staircase;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Products with weights that stay have the bits of the others, for one sample and for many, at the width that
/// `fluvial.simd.bits` says.
class FixedKernelsTest {

    private static final int[] ROWS = {1, 3, 15, 16, 17, 63, 64, 65, 130};
    private static final int[] DEPTHS = {1, 2, 5, 33, 64, 131};
    private static final int LANES = 16;

    private final SplittableRandom random = new SplittableRandom(1);
    private final VectorKernels many = new VectorKernels();

    private float[] numbers(int count) {
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    /// Rows of one number in all lanes, then room for the result.
    private float[] block(int rows, int depth) {
        float[] d = new float[(depth + rows) * LANES];
        for (int k = 0; k < depth; k++) {
            Arrays.fill(d, k * LANES, (k + 1) * LANES, (float) random.nextGaussian());
        }
        return d;
    }

    @Test
    void denseMatricesWithAndWithoutBias() {
        for (int rows : ROWS) {
            for (int depth : DEPTHS) {
                int wAt = 3;
                float[] w = numbers(wAt + rows * depth + rows);
                Kernels one = many.forOneSample(w);
                for (int biasAt : new int[] {wAt + rows * depth, -1}) {
                    Kernels fresh = biasAt < 0 ? many.forOneSample(w) : one;
                    float[] d = block(rows, depth);
                    float[] e = d.clone();
                    for (int turn = 0; turn < 2; turn++) { // the first call copies the weights
                        fresh.linear(w, wAt, biasAt, rows, depth, d, 0, depth * LANES, LANES, LANES);
                    }
                    many.linear(w, wAt, biasAt, rows, depth, e, 0, depth * LANES, LANES, LANES);
                    assertSame(e, d, rows + " × " + depth);
                }
            }
        }
    }

    /// What a row must not see is NaN.
    @Test
    void maskedMatrices() {
        for (int rows : ROWS) {
            for (int depth : DEPTHS) {
                int[] length = new int[rows];
                for (int r = 0; r < rows; r++) {
                    length[r] = random.nextInt(depth); // never the last column
                }
                Arrays.sort(length);
                Staircase shape = Staircase.of(depth, length);
                float[] w = numbers(shape.size() + rows);
                float[] d = block(rows, depth);
                Arrays.fill(d, (depth - 1) * LANES, depth * LANES, Float.NaN);
                float[] e = d.clone();
                Kernels one = many.forOneSample(w);
                one.linear(shape, 0, rows, w, 0, shape.size(), d, 0, depth * LANES, LANES, LANES);
                many.linear(shape, 0, rows, w, 0, shape.size(), e, 0, depth * LANES, LANES, LANES);
                assertSame(e, d, rows + " × " + depth);
            }
        }
    }

    @Test
    void severalMatricesOfOneFlowInTurns() {
        float[] w = numbers(3000);
        Kernels one = many.forOneSample(w);
        for (int turn = 0; turn < 3; turn++) {
            for (int at : new int[] {0, 700, 1500}) {
                float[] d = block(20, 30);
                float[] e = d.clone();
                one.linear(w, at, at + 600, 20, 30, d, 0, 30 * LANES, LANES, LANES);
                many.linear(w, at, at + 600, 20, 30, e, 0, 30 * LANES, LANES, LANES);
                assertSame(e, d, "weights at " + at);
            }
        }
    }

    @Test
    void packedMatricesForManySamples() {
        for (int rows : ROWS) {
            for (int depth : DEPTHS) {
                for (int[] lanes : new int[][] {{16, 16}, {48, 48}, {48, Block.LANES}, {128, Block.LANES}}) {
                    int n = lanes[0];
                    int stride = lanes[1];
                    int wAt = 3;
                    float[] w = numbers(wAt + rows * depth + rows);
                    for (int biasAt : new int[] {wAt + rows * depth, -1}) {
                        Kernels packed = many.forFixed(w);
                        float[] d = numbers((depth + rows) * stride);
                        float[] e = d.clone();
                        for (int turn = 0; turn < 2; turn++) { // the first call packs the weights
                            packed.linear(w, wAt, biasAt, rows, depth, d, 0, depth * stride, stride, n);
                        }
                        many.linear(w, wAt, biasAt, rows, depth, e, 0, depth * stride, stride, n);
                        assertSame(e, d, rows + " × " + depth + " × " + n);
                    }
                }
            }
        }
    }

    /// The weights at one place are asked for by fewer rows or columns, without their bias, and as a masked matrix.
    @Test
    void onePlaceInSeveralShapes() {
        float[] w = numbers(700);
        Staircase[] shapes = {staircase(20, 30), staircase(20, 25)};
        for (Kernels fixed : List.of(many.forFixed(w), many.forOneSample(w))) {
            for (int[] ask : new int[][] {{600, 20, 30}, {600, 10, 30}, {600, 20, 25}, {650, 20, 30}, {-1, 20, 30}}) {
                float[] d = block(ask[1], ask[2]);
                float[] e = d.clone();
                fixed.linear(w, 0, ask[0], ask[1], ask[2], d, 0, ask[2] * LANES, LANES, LANES);
                many.linear(w, 0, ask[0], ask[1], ask[2], e, 0, ask[2] * LANES, LANES, LANES);
                assertSame(e, d, Arrays.toString(ask));
            }
            for (Staircase shape : shapes) {
                float[] d = block(20, 30);
                float[] e = d.clone();
                fixed.linear(shape, 0, 20, w, 0, 600, d, 0, 30 * LANES, LANES, LANES);
                many.linear(shape, 0, 20, w, 0, 600, e, 0, 30 * LANES, LANES, LANES);
                assertSame(e, d, "masked, of " + shape.size());
            }
        }
    }

    private static Staircase staircase(int rows, int depth) {
        int[] length = new int[rows];
        Arrays.setAll(length, r -> depth - rows + 1 + r);
        return Staircase.of(depth, length);
    }

    /// Weights of another array are not those that stay.
    @Test
    void anotherArrayIsReadAsItIs() {
        float[] w = numbers(20 * 31);
        Kernels packed = many.forFixed(w);
        float[] d = numbers(50 * LANES);
        packed.linear(w, 0, 600, 20, 30, d, 0, 30 * LANES, LANES, LANES);
        float[] other = numbers(20 * 31);
        float[] e = d.clone();
        packed.linear(other, 0, 600, 20, 30, d, 0, 30 * LANES, LANES, LANES);
        many.linear(other, 0, 600, 20, 30, e, 0, 30 * LANES, LANES, LANES);
        assertSame(e, d, "another array");
    }

    /// Many threads ask for products that nobody has packed.
    @Test
    void packedByManyThreadsAtOnce() {
        float[] w = numbers(40 * (20 * 31));
        Kernels packed = many.forFixed(w);
        float[] x = numbers(30 * LANES);
        IntStream.range(0, 400).parallel().forEach(i -> {
            int at = (i * 7 % 40) * 620;
            float[] d = Arrays.copyOf(x, 50 * LANES);
            float[] e = d.clone();
            packed.linear(w, at, at + 600, 20, 30, d, 0, 30 * LANES, LANES, LANES);
            many.linear(w, at, at + 600, 20, 30, e, 0, 30 * LANES, LANES, LANES);
            assertSame(e, d, "weights at " + at);
        });
    }

    private static void assertSame(float[] expected, float[] actual, String where) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(actual[i]), where + ", " + i);
        }
    }
}
