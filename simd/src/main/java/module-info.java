/// Kernels written with the Vector API, found by `io.fluvial.kernel.Kernels.best()`.
module io.fluvial.simd {
    requires io.fluvial;
    requires jdk.incubator.vector;
    requires static org.jspecify;

    provides io.fluvial.kernel.Kernels with
            io.fluvial.simd.VectorKernels;
}
