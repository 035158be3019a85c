package io.fluvial.transform;

import io.fluvial.constraint.Constraint;
import io.fluvial.constraint.Stack;
import java.util.Collections;
import java.util.List;

/// Transforms of one shape for the parts of a stack: from the [Stack] of their domains to that of their codomains; ℓ is
/// the sum.
public record StackTransform(List<Transform> parts) implements Blocks {

    public StackTransform {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a stack needs at least one transform");
        }
        for (int i = 1; i < parts.size(); i++) {
            checkShape("take", i, parts.getFirst().domain(), parts.get(i).domain());
            checkShape("give", i, parts.getFirst().codomain(), parts.get(i).codomain());
        }
    }

    private static void checkShape(String verb, int i, Constraint first, Constraint part) {
        if (!part.shape().equals(first.shape())) {
            throw new IllegalArgumentException("transforms of a stack " + verb + " events of one shape, got "
                    + first.shape() + " and, as number " + i + ", " + part.shape());
        }
    }

    public static StackTransform of(Transform... parts) {
        return new StackTransform(List.of(parts));
    }

    /// `part`, so many times.
    public static StackTransform of(int times, Transform part) {
        return new StackTransform(Collections.nCopies(times, part));
    }

    @Override
    public Constraint domain() {
        return new Stack(parts.stream().map(Transform::domain).toList());
    }

    @Override
    public Constraint codomain() {
        return new Stack(parts.stream().map(Transform::codomain).toList());
    }
}
