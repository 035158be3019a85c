package io.fluvial.flows;

import io.fluvial.Bijector;
import io.fluvial.bijector.ActNorm;
import io.fluvial.bijector.LuLinear;
import java.util.List;

/// What stands between two layers that condition.
public enum Mixing {
    /// Nothing but the next mask, as Real NVP has it.
    NONE,
    /// Activation normalisation.
    ACT_NORM,
    /// A trained full linear map, as Glow has it.
    LU_LINEAR;

    /// @param last whether no conditioning layer follows, so that nothing is left to mix for
    void addTo(List<Bijector> parts, int dim, boolean last) {
        if (this == ACT_NORM) {
            parts.add(new ActNorm(dim));
        } else if (this == LU_LINEAR && !last) {
            parts.add(LuLinear.of(dim));
        }
    }
}
