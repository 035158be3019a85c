package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// The logarithm and softplus of rows against `java.lang.Math` in double, whose own error (1 ulp of double) does not
/// count here.
class LogarithmTest {

    private static final int N = 1 << 18;

    /// f − f²/2 + f³ P, then k · ln 2 in two parts: three roundings, of which only the last is as large as the result.
    private static final double LOG_ULPS = 0.9;

    /// 1.5 ulp of exp, one rounding each of ln(1 + e) and of the sum with x, the second of at most its own size.
    private static final double SOFTPLUS_ULPS = 2.5;

    @FunctionalInterface
    private interface Row {
        void apply(float[] from, int fromAt, float[] to, int toAt, int n);
    }

    /// A row, compiled.
    private static Row compiled(Row row) {
        float[] d = points();
        float[] to = new float[512];
        Compiled.run(() -> row.apply(d, 5, to, 3, 256));
        return row;
    }

    /// All exponents alike, some numbers near 1, where ln is small.
    private static float[] points() {
        SplittableRandom random = new SplittableRandom(4);
        float[] x = new float[N];
        for (int i = 0; i < N; i++) {
            x[i] = i % 2 == 0
                    ? Float.intBitsToFloat(random.nextInt(0x7f800000))
                    : (float) (1 + Math.scalb(random.nextDouble() - 0.4, -random.nextInt(24)));
        }
        return x;
    }

    private static double worstUlps(Row row, float[] x, DoubleUnaryOperator exact) {
        float[] y = new float[x.length];
        compiled(row).apply(x, 0, y, 0, x.length);
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            double expected = exact.applyAsDouble(x[i]);
            double ulps = Math.abs(y[i] - expected) / Math.ulp((float) expected);
            assertTrue(ulps < 100, "at " + x[i] + ": " + y[i] + " instead of " + expected);
            worst = Math.max(worst, ulps);
        }
        return worst;
    }

    @Test
    void logarithmOfPositiveNumbers() {
        double worst = worstUlps(Logarithm::apply, points(), Math::log);
        assertTrue(worst <= LOG_ULPS, worst + " ulp");
    }

    @Test
    void logarithmOfSubnormalNumbers() {
        SplittableRandom random = new SplittableRandom(5);
        float[] x = new float[1 << 12];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(1 + (random.nextInt(0x7fffff) >> random.nextInt(23)));
        }
        double worst = worstUlps(Logarithm::apply, x, Math::log);
        assertTrue(worst <= LOG_ULPS, worst + " ulp");
    }

    @Test
    void logarithmAtTheEnds() {
        float[] x = {
            0f,
            -0f,
            -1f,
            -Float.MIN_VALUE,
            Float.NEGATIVE_INFINITY,
            Float.POSITIVE_INFINITY,
            Float.NaN,
            1f,
            Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            0x1p-24f,
            2f,
            -Float.MAX_VALUE,
            Float.intBitsToFloat(0xffc00001), // a NaN with its sign bit set
            4f
        };
        float[] y = new float[16];
        compiled(Logarithm::apply).apply(x, 0, y, 0, 16);
        for (int i = 0; i < 16; i++) {
            float expected = (float) Math.log(x[i]);
            double tolerance = Float.isFinite(expected) ? Math.ulp(expected) : 0;
            assertEquals(expected, y[i], tolerance, "ln " + x[i]);
        }
        assertEquals(0f, y[7], "ln 1");
    }

    @Test
    void softplusIsAccurateWhereItIsSmall() {
        SplittableRandom random = new SplittableRandom(6);
        float[] x = new float[N];
        for (int i = 0; i < N; i++) {
            x[i] = (float) (i % 3 == 0 ? 200 * random.nextDouble() - 87 : 8 * random.nextDouble() - 4);
        }
        double worst = worstUlps(SoftplusRow::apply, x, t -> Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t))));
        assertTrue(worst <= SOFTPLUS_ULPS, worst + " ulp");
    }

    @Test
    void softplusAtTheEnds() {
        float[] x = {
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            0f,
            -0f,
            -88f,
            88f,
            1e10f,
            -1e10f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            1e-8f,
            -1e-8f,
            17f
        };
        float[] y = new float[16];
        compiled(SoftplusRow::apply).apply(x, 0, y, 0, 16);
        for (int i = 0; i < 16; i++) {
            float expected = (float) (Math.max(x[i], 0) + Math.log1p(Math.exp(-Math.abs((double) x[i]))));
            // 0 instead of what is smaller than the least normal number
            double tolerance = Math.max(2 * Math.ulp(expected), Float.MIN_NORMAL);
            if (Float.floatToIntBits(expected) != Float.floatToIntBits(y[i])) {
                assertEquals(expected, y[i], tolerance, "softplus " + x[i]);
            }
        }
    }

    @Test
    void interpretedAndCompiledGiveTheSameBits() {
        float[] x = points();
        x[8] = Float.NaN;
        x[9] = 0;
        x[10] = -3;
        float[] first = new float[2 * N];
        Logarithm.apply(x, 0, first, 0, 512);
        SoftplusRow.apply(first, 0, first, N, 512);
        float[] later = new float[2 * N];
        compiled(Logarithm::apply).apply(x, 0, later, 0, 512);
        compiled(SoftplusRow::apply).apply(later, 0, later, N, 512);
        assertArrayEquals(first, later);
    }

    /// Of the 2²³ NaNs of either sign those whose low bits a shift into the exponent would make numbers of.
    @Test
    void everyNanStays() {
        float[] x = new float[1024];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat((i % 2 == 0 ? 0x7fc00000 : 0xffc00000) | i / 2);
        }
        for (Row row : List.<Row>of(Exponential::apply, Logarithm::apply, SoftplusRow::apply)) {
            float[] y = new float[x.length];
            compiled(row).apply(x, 0, y, 0, x.length);
            for (int i = 0; i < x.length; i++) {
                assertEquals(Float.NaN, y[i], "NaN number " + i);
            }
        }
    }
}
