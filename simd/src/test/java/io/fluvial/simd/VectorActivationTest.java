package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fluvial.kernel.ActivationKernel;
import io.fluvial.nn.Activation;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Vector activations against the scalar ones, which compute in double.
class VectorActivationTest {

    private static final int ROWS = 3;
    private static final int STRIDE = 4103;
    private static final int N = 4096;
    private static final int Z = 5;
    private static final int A = Z + ROWS * STRIDE + 9;

    /// Absolute below 1, relative above: four roundings of a float, and for GELU 2.1e-8 of its polynomial,
    /// times |z| where that counts (below 6).
    private static final double TOLERANCE = 4 * 0x1p-24 + 6 * 2.1e-8;

    private static final float[] SPECIAL = {
        0f,
        -0f,
        Float.NaN,
        Float.intBitsToFloat(0x7fc00025), // NaN too
        Float.intBitsToFloat(0xffc001ff),
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1e30f,
        -1e30f,
        1e10f,
        -1e10f,
        1000f,
        -1000f,
        104f,
        -104f,
        89f,
        -89f,
        88f,
        -88f,
        20f,
        -20f,
        13f,
        -13f,
        1e-4f,
        -1e-4f,
        1e-10f,
        -1e-10f
    };

    private static float[] inputs() {
        float[] d = new float[A + ROWS * STRIDE + 9];
        for (int i = 0; i < d.length; i++) {
            d[i] = i % 57 < SPECIAL.length ? SPECIAL[i % 57] : (float) (12 * Math.sin(i * 0.7) * Math.sin(i * 0.013));
        }
        return d;
    }

    /// The kernel, compiled.
    private static ActivationKernel vector(Activation activation) {
        ActivationKernel kernel = Objects.requireNonNull(new VectorKernels().activation(activation));
        float[] d = new float[512];
        float[] g = new float[512];
        Compiled.run(() -> kernel.apply(d, 0, 256, 1, 256, 256), () -> kernel.vjp(d, g, 0, 256, 1, 256, 256));
        return kernel;
    }

    @ParameterizedTest
    @EnumSource
    void applyEqualsScalar(Activation activation) {
        float[] expected = inputs();
        float[] actual = inputs();
        activation.apply(expected, Z, A, ROWS, STRIDE, N);
        vector(activation).apply(actual, Z, A, ROWS, STRIDE, N);
        assertClose(expected, actual, inputs());
    }

    @ParameterizedTest
    @EnumSource(names = {"RELU", "LEAKY_RELU", "TANH", "ELU", "SOFTPLUS"})
    void applyInPlaceEqualsScalar(Activation activation) {
        float[] expected = inputs();
        float[] actual = inputs();
        activation.apply(expected, Z, Z, ROWS, STRIDE, N);
        vector(activation).apply(actual, Z, Z, ROWS, STRIDE, N);
        assertClose(expected, actual, inputs());
    }

    @ParameterizedTest
    @EnumSource
    void pullbackEqualsScalar(Activation activation) {
        for (int a : activation.knownFromOutput() ? new int[] {A, Z} : new int[] {A}) {
            float[] d = inputs();
            activation.apply(d, Z, a, ROWS, STRIDE, N);
            float[] expected = new float[d.length];
            for (int i = 0; i < d.length; i++) {
                expected[i] = (float) Math.cos(i);
            }
            float[] actual = expected.clone();
            activation.vjp(d, expected, Z, a, ROWS, STRIDE, N);
            vector(activation).vjp(d, actual, Z, a, ROWS, STRIDE, N);
            assertClose(expected, actual, d);
        }
    }

    /// Where exp(z) − 1 would cancel: four roundings of the result itself.
    @Test
    void differencesFromOneKeepTheirDigits() {
        float[] d = new float[32];
        float[] g = new float[32];
        for (int i = 0; i < 16; i++) {
            d[i] = (float) -Math.pow(10, -0.7 * i);
        }
        VectorActivation.ELU.apply(d, 0, 16, 1, 16, 16);
        for (int i = 0; i < 16; i++) {
            double expected = Math.expm1(d[i]);
            assertEquals(expected, d[16 + i], 4 * 0x1p-24 * Math.abs(expected), "ELU of " + d[i]);
            d[16 + i] = -d[i];
        }
        Arrays.fill(g, 1);
        VectorActivation.SOFTPLUS.vjp(d, g, 16, 16, 1, 16, 16);
        for (int i = 0; i < 16; i++) {
            double expected = -Math.expm1(-d[16 + i]);
            assertEquals(expected, g[16 + i], 4 * 0x1p-24 * expected, "slope of softplus at the result " + d[16 + i]);
        }
    }

    private static void assertClose(float[] expected, float[] actual, float[] d) {
        for (int i = 0; i < expected.length; i++) {
            double tolerance = Math.max(1, Math.abs(expected[i])) * TOLERANCE;
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
                assertEquals(expected[i], actual[i], tolerance, "at " + i + " where the buffer has " + d[i]);
            }
        }
    }

    /// The same bits from the first, interpreted call as from compiled code: what one seed gives must not
    /// depend on how warm the process is. EXP and TANH of the Vector API fail this.
    @ParameterizedTest
    @EnumSource
    void interpretedAndCompiledGiveTheSameBits(Activation activation) {
        ActivationKernel cold = Objects.requireNonNull(new VectorKernels().activation(activation));
        float[] first = inputs();
        float[] gradients = inputs();
        cold.apply(first, Z, A, ROWS, STRIDE, N);
        cold.vjp(first, gradients, Z, A, ROWS, STRIDE, N);
        float[] later = inputs();
        float[] laterGradients = inputs();
        ActivationKernel warm = vector(activation);
        warm.apply(later, Z, A, ROWS, STRIDE, N);
        warm.vjp(later, laterGradients, Z, A, ROWS, STRIDE, N);
        org.junit.jupiter.api.Assertions.assertArrayEquals(first, later);
        org.junit.jupiter.api.Assertions.assertArrayEquals(gradients, laterGradients);
    }
}
