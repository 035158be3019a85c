package io.fluvial.scalar;

/// Where the components of a mixture start: equally spaced means, distinct so that components do
/// not stay equal, and one scale, such that mean and variance of the whole are those of a single
/// component of scale 1.
///
/// @param components how many, K
/// @param width means lie at `width · ((2k + 1) / K − 1)`
/// @param variance of a component of scale 1
record Spread(int components, double width, double variance) {

    Spread {
        if (components < 1) {
            throw new IllegalArgumentException("a mixture needs at least 1 component, got " + components);
        }
    }

    double mean(int k) {
        return width * ((2 * k + 1.0) / components - 1);
    }

    /// √(1 − var / variance), where var = width² (1 − K⁻²) / 3 is that of the means; less than the
    /// variance by choice of the width.
    double scale() {
        double var = width * width * (1 - 1.0 / ((double) components * components)) / 3;
        return Math.sqrt(1 - var / variance);
    }
}
