package io.fluvial.constraint;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several constraints one after the other in a vector: the first takes the first numbers, and so on.
public record Cat(List<Constraint> parts) implements Constraint {

    public Cat {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a concatenation needs at least one constraint");
        }
    }

    public static Cat of(Constraint... parts) {
        return new Cat(List.of(parts));
    }

    @Override
    public Shape shape() {
        int size = 0;
        for (Constraint part : parts) {
            size += part.shape().size();
        }
        return Shape.of(size);
    }

    @Override
    public boolean isDiscrete() {
        return parts.stream().allMatch(Constraint::isDiscrete);
    }

    @Override
    public @Nullable String violation(double[] event) {
        int size = shape().size();
        if (event.length != size) {
            return "expected " + size + " numbers, got " + event.length;
        }
        int at = 0;
        for (Constraint part : parts) {
            int end = at + part.shape().size();
            String violation = part.violation(Arrays.copyOfRange(event, at, end));
            if (violation != null) {
                return (end - at == 1 ? "number " + at : "numbers " + at + " to " + (end - 1)) + ": " + violation;
            }
            at = end;
        }
        return null;
    }
}
