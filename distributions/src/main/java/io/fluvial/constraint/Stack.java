package io.fluvial.constraint;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several constraints of one shape, one upon the other: events of shape `[parts, …]`, the first part first.
public record Stack(List<Constraint> parts) implements Constraint {

    public Stack {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a stack needs at least one constraint");
        }
        for (int i = 1; i < parts.size(); i++) {
            if (!parts.get(i).shape().equals(parts.getFirst().shape())) {
                throw new IllegalArgumentException("constraints of a stack have one shape, got "
                        + parts.getFirst().shape() + " and, as number " + i + ", "
                        + parts.get(i).shape());
            }
        }
    }

    public static Stack of(Constraint... parts) {
        return new Stack(List.of(parts));
    }

    /// `part`, so many times: rows of a table that each lie in a simplex, say.
    public static Stack of(int times, Constraint part) {
        return new Stack(Collections.nCopies(times, part));
    }

    @Override
    public Shape shape() {
        Shape part = parts.getFirst().shape();
        int[] axes = new int[part.rank() + 1];
        axes[0] = parts.size();
        for (int i = 0; i < part.rank(); i++) {
            axes[i + 1] = part.axis(i);
        }
        return Shape.of(axes);
    }

    @Override
    public boolean isDiscrete() {
        return parts.stream().allMatch(Constraint::isDiscrete);
    }

    @Override
    public @Nullable String violation(double[] event) {
        Shape shape = shape();
        if (event.length != shape.size()) {
            return "expected " + shape.size() + " numbers for shape " + shape + ", got " + event.length;
        }
        int size = event.length / parts.size();
        for (int i = 0; i < parts.size(); i++) {
            String violation = parts.get(i).violation(Arrays.copyOfRange(event, i * size, (i + 1) * size));
            if (violation != null) {
                return "part " + i + ": " + violation;
            }
        }
        return null;
    }
}
