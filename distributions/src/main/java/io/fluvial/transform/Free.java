package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Each;
import java.util.List;

/// Transforms side by side from one vector of free numbers into a constraint that has parts: what the registry makes of
/// them.
record Free(List<Transform> parts, Constraint codomain) implements Blocks {

    Free {
        parts = List.copyOf(parts);
    }

    @Override
    public Constraint domain() {
        int size = 0;
        for (Transform part : parts) {
            size += part.domain().shape().size();
        }
        return Each.real(size);
    }
}
