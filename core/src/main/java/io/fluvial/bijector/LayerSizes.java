package io.fluvial.bijector;

/// Argument checks that layers share.
final class LayerSizes {

    private LayerSizes() {}

    static void checkDim(int dim) {
        if (dim < 1) {
            throw new IllegalArgumentException("a layer needs at least 1 feature, got " + dim);
        }
    }

    static void checkContext(int contextDim) {
        if (contextDim < 0) {
            throw new IllegalArgumentException("contextDim must not be negative, got " + contextDim);
        }
    }

    static void checkReflections(int reflections) {
        if (reflections < 0) {
            throw new IllegalArgumentException("the number of reflections must not be negative, got " + reflections);
        }
    }
}
