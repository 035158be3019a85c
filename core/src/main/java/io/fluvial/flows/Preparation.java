package io.fluvial.flows;

import io.fluvial.Bijector;
import io.fluvial.bijector.LuLinear;
import io.fluvial.bijector.Standardization;
import java.util.List;

/// What stands before the first coupling.
public enum Preparation {
    /// Data as they come.
    NONE,
    /// Every feature to mean 0 and deviation 1.
    STANDARDIZE,
    /// Also a trained full linear map that starts by removing all correlations, so that training starts at the
    /// likelihood of the full-covariance Gaussian.
    WHITEN;

    void addTo(List<Bijector> parts, int dim) {
        if (this != NONE) {
            parts.add(new Standardization(dim));
        }
        if (this == WHITEN) {
            parts.add(LuLinear.whitening(dim));
        }
    }
}
