package io.fluvial.flows;

/// What stands before the first coupling.
public enum Preparation {
    /// Data as they come.
    NONE,
    /// Every feature to mean 0 and deviation 1.
    STANDARDIZE,
    /// Also a trained full linear map that starts by removing all correlations, so that training starts at the
    /// likelihood of the full-covariance Gaussian.
    WHITEN
}
