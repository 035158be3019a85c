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

    static void checkAutoregressive(int contextDim, int parametersPerFeature) {
        if (contextDim < 0) {
            throw new IllegalArgumentException("contextDim must not be negative, got " + contextDim);
        }
        if (parametersPerFeature < 1) {
            throw new IllegalArgumentException(
                    "a network needs at least 1 output for each feature, got " + parametersPerFeature);
        }
    }

    static void checkResidual(int width, int blocks) {
        if (width < 1 || blocks < 1) {
            throw new IllegalArgumentException("a residual network needs a positive width and at least one block, got "
                    + width + " and " + blocks);
        }
    }

    static void checkHidden(List<Integer> hidden) {
        if (hidden.isEmpty() || hidden.stream().anyMatch(h -> h < 1)) {
            throw new IllegalArgumentException(
                    "hidden widths must be a list of at least one positive number, got " + hidden);
        }
    }
}
