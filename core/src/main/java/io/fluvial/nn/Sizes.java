package io.fluvial.nn;

import java.util.List;

/// Argument checks that conditioners share.
final class Sizes {

    private Sizes() {}

    static void check(int inputDim, int outputDim) {
        if (inputDim < 1) {
            throw new IllegalArgumentException(
                    "a network needs at least 1 input, got " + inputDim + "; without inputs use FreeParameters");
        }
        if (outputDim < 1) {
            throw new IllegalArgumentException("a network needs at least 1 output, got " + outputDim);
        }
    }

    static void checkHidden(List<Integer> hidden) {
        if (hidden.isEmpty() || hidden.stream().anyMatch(h -> h < 1)) {
            throw new IllegalArgumentException(
                    "hidden widths must be a list of at least one positive number, got " + hidden);
        }
    }
}
