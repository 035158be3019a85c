package io.fluvial.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fluvial.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VectorKernelsTest {

    @Test
    void isWhatCoreChooses() {
        assertInstanceOf(VectorKernels.class, Kernels.best());
    }

    @Test
    void nameSaysTheWidth() {
        int forced = Integer.getInteger("fluvial.simd.bits", 0);
        String expected = "vector-" + (forced == 0 ? Width.F.vectorBitSize() : forced);
        assertEquals(expected, new VectorKernels().name());
    }

    @Test
    void unknownActivationsAreLeftToTheScalarKernel() {
        assertNull(new VectorKernels().activation(TimeUnit.DAYS));
    }
}
