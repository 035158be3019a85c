/// Kernels written with the Vector API.
module io.fluvial.simd {
    requires io.fluvial;
    requires jdk.incubator.vector;
    requires static org.jspecify;
}
