package io.fluvial.transform;

import io.fluvial.constraint.Cat;
import io.fluvial.constraint.Constraint;
import java.util.List;

/// Transforms for the parts of a vector, the first numbers through the first part, and so on: from the [Cat] of their
/// domains to that of their codomains. Parts may differ in size; the Jacobian is block diagonal, ℓ the sum.
public record CatTransform(List<Transform> parts) implements Blocks {

    public CatTransform {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a concatenation needs at least one transform");
        }
    }

    public static CatTransform of(Transform... parts) {
        return new CatTransform(List.of(parts));
    }

    @Override
    public Constraint domain() {
        return new Cat(parts.stream().map(Transform::domain).toList());
    }

    @Override
    public Constraint codomain() {
        return new Cat(parts.stream().map(Transform::codomain).toList());
    }
}
