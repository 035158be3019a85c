package io.fluvial.base;

/// The argument check that density families share.
final class Dims {

    private Dims() {}

    static void check(int dim) {
        if (dim < 1) {
            throw new IllegalArgumentException("a density needs at least 1 feature, got " + dim);
        }
    }
}
