package io.fluvial.flows;

/// What stands between two layers that condition.
public enum Mixing {
    /// Nothing but the next mask, as Real NVP has it.
    NONE,
    /// Activation normalisation.
    ACT_NORM,
    /// A trained full linear map, as Glow has it.
    LU_LINEAR
}
